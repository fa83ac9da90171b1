"""What a plan costs on a screen: three accounts, the plans beside it, and from which chance on a decision pays."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.screens.exposure import bracketed
from tillerman.cli.screens.purse import Purse
from tillerman.cli.views.plan import MissingReferenceView, PlanView, ReferenceView
from tillerman.units import number, share
from tillerman.words import Words

FALLBACK_PLAN = "rent_and_fallback"
OURS = "plan"


def show_accounts(view: PlanView, screen: Screen, purse: Purse) -> None:
    """Public cash, national welfare, foreign exchange: three views of one plan."""
    say, found = screen.say, view.accounts
    screen.heading(say("cli.accounts.title"))
    screen.line(say("cli.accounts.note"))
    screen.line(say("cli.accounts.cash", total=purse.told(sum(found.public_cash), screen)), style="bold")
    screen.items(
        [
            say.pair(period, purse.told(cash, screen))
            for period, cash in zip(found.periods, found.public_cash, strict=True)
        ]
    )
    screen.line(say("cli.accounts.welfare", total=purse.told(found.net_welfare, screen)), style="bold")
    names = ("value", "first_stage_welfare", "running", "losses", "unmet_value")
    screen.items([say.pair(say(f"cli.accounts.{name}"), purse.told(getattr(found, name), screen)) for name in names])
    screen.line(say("cli.accounts.exchange"), style="bold")
    abroad = ("exchange_first_stage", "exchange_running")
    screen.items([say.pair(say(f"cli.accounts.{name}"), purse.told(getattr(found, name), screen)) for name in abroad])


def show_references(view: PlanView, screen: Screen, purse: Purse) -> None:
    """The plans to compare with, and a plain word where this one does not beat renting plus one fallback."""
    say = screen.say
    screen.heading(say("references.title"))
    screen.line(say("cli.references.note"))
    screen.table(
        [say(f"references.{head}") for head in ("label", "worse", "loss", "kept", "stops")],
        [
            (
                _called(r, say),
                _worse(view, r, screen, purse),
                purse.short(r.expected_loss_musd, screen),
                share(r.worst_kept),
                str(r.stopping),
            )
            for r in view.references
        ],
        right=(3, 4),
    )
    if rate := purse.rate(screen):
        screen.line(rate)
    notes = [say.pair(_called(r, say), screen.said(r.note)) for r in view.references if r.note]
    notes += [
        say("references.missing", label=_called(r, say), reason=screen.said(r.reason)) for r in view.missing_references
    ]
    screen.items(notes)
    fallback = next((r for r in view.references if r.name == FALLBACK_PLAN), None)
    if fallback is not None and fallback.objective_musd - view.objective_musd <= _tolerance(view):
        screen.line(say("references.not_beaten", label=_called(fallback, say)), style="bold")


def _called(row: ReferenceView | MissingReferenceView, say: Words) -> str:
    """What a plan to compare with is called in the language of the screen."""
    key = f"reference.{row.name}"
    return say(key) if say.knows(key) else row.label


def _worse(view: PlanView, row: ReferenceView, screen: Screen, purse: Purse) -> str:
    """How much worse than this plan, where that is more than the calculation can tell."""
    say = screen.say
    if row.name == OURS:
        return say("nothing")
    difference = row.objective_musd - view.objective_musd
    if abs(difference) <= _tolerance(view):
        return say("references.same")
    told = purse.short(abs(difference), screen)
    if difference < 0:
        return say("references.better", money=told)
    return told if row.is_certified else say("references.at_most", money=told)


def _tolerance(view: PlanView) -> float:
    """How far this plan may be from the best one."""
    bound = view.objective_musd if view.lower_bound_musd is None else view.lower_bound_musd
    return max(abs(view.objective_musd - bound), 1e-6 * abs(view.objective_musd))


def show_break_evens(view: PlanView, screen: Screen) -> None:
    """From which yearly chance on the dearest decisions are worth their money."""
    say = screen.say
    if not view.break_evens:
        return
    screen.heading(say("breakeven.title"))
    lines = []
    for found in view.break_evens:
        about = bracketed(found.name, found.disruption_name, say)
        chance = found.break_even_chance
        told = "" if chance is None else say("breakeven.chance", chance=f"{number(100 * chance)} %")
        lines.append(say.pair(about, screen.said(found.verdict) + told))
    screen.items(lines)
