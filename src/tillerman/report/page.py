"""The whole report as one record, in the order in which it is read."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.plan import Plan
from tillerman.report.context import Context, context_for
from tillerman.report.figures import figures
from tillerman.report.sections import (
    accounts,
    agreements,
    alternatives,
    annex,
    balance,
    decisions,
    evidence,
    frontier,
    keeps,
    levers,
    loss,
    posture,
    references,
    trust,
    unknown,
    worth,
)
from tillerman.words import words


@dataclass(frozen=True)
class Page:
    """Every section of a report."""

    context: Context
    keeps: keeps.Keeps
    worth: worth.Worth
    unknown: unknown.Unknown
    decisions: decisions.Decisions
    agreements: agreements.Agreements
    posture: posture.Postures
    balance: balance.Balance
    loss: loss.Loss
    accounts: accounts.Accounts
    references: references.References
    alternatives: alternatives.Alternatives | None
    frontier: frontier.Frontier | None  # a question of its own, told when it was asked
    levers: levers.Levers | None  # a question of its own, told when it was asked
    trust: trust.Trust | None
    evidence: evidence.Evidence
    annex: annex.Annex


def page(plan: Plan, *, language: str = "en", with_hazards: bool = False) -> Page:
    """Turn a plan's record into everything that a report says.

    Raises SettingError for a language there is no catalogue of.
    """
    say = words(language)
    return page_of(context_for(plan, say, figures(say, plan.country.frame), with_hazards=with_hazards))


def page_of(context: Context) -> Page:
    """Turn what a context gives into everything that a report says."""
    return Page(
        context=context,
        keeps=keeps.build(context),
        worth=worth.build(context),
        unknown=unknown.build(context),
        decisions=decisions.build(context),
        agreements=agreements.build(context),
        posture=posture.build(context),
        balance=balance.build(context),
        loss=loss.build(context),
        accounts=accounts.build(context),
        references=references.build(context),
        alternatives=alternatives.build(context),
        frontier=frontier.build(context),
        levers=levers.build(context),
        trust=trust.build(context),
        evidence=evidence.build(context),
        annex=annex.build(context),
    )
