"""The answer of `tillerman alternatives`: what every good plan contains, and what is free choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from tillerman.cli.views.interval import IntervalView, view_interval

if TYPE_CHECKING:
    from tillerman.cli.answering import Head
    from tillerman.plan import Alternatives


@dataclass(frozen=True)
class ChoiceView:
    """One thing that can be decided, over all years."""

    action: Annotated[str, "build, sign, start or keep_open."]
    subject: Annotated[str, "Its id in the country file."]
    name: Annotated[str, "In plain words."]
    unit: Annotated[str, "H100e, programme or signature."]
    lever: Annotated[int | None, "Which of the seven levers; null where none."]
    verdict: Annotated[str, "in_every, in_none, free_choice or undetermined."]
    in_plan: Annotated[float, "How much of it the plan has."]
    counts_from: Annotated[float, "So much of it counts as having it."]
    proved: Annotated[IntervalView, "No good plan has less, or more."]
    seen: Annotated[IntervalView, "The least and most among good plans that were found."]


@dataclass(frozen=True)
class AlternativeView:
    """One good plan that differs much from the plan."""

    more_musd: Annotated[float, "It costs so much more than the plan, million US$."]
    deeds: Annotated[tuple[str, ...], "What it does and the plan does not."]
    without: Annotated[tuple[str, ...], "What the plan does and it does not."]


@dataclass(frozen=True)
class AlternativesView:
    """All plans that cost little more than the best."""

    within: Annotated[float, "How much more a good plan may cost, as a share of gross cost."]
    limit_musd: Annotated[float, "The objective up to which a plan is good."]
    choices: Annotated[tuple[ChoiceView, ...], "Everything that can be decided."]
    examples: Annotated[tuple[AlternativeView, ...], "A few good plans, as different as could be found."]
    sovereign_in_plan: Annotated[float, "Critical service that runs with nobody's permission with the plan."]
    sovereign: Annotated[IntervalView, "The most that a good plan can have: found, and proved impossible beyond."]
    n_good: Annotated[int, "How many good plans were found."]
    n_priced: Annotated[int, "How many plans were priced exactly."]


@dataclass(frozen=True)
class AlternativesAnswer:
    """What every good plan for one country contains."""

    country: Annotated[str, "Name of the country or economy."]
    n_futures: Annotated[int, "How many possible futures the plans were tested against."]
    seed: Annotated[int, "Which possible futures were drawn."]
    alternatives: Annotated[AlternativesView, "The choices."]
    input_hash: Annotated[str, "Hash of the country file's content."]
    version: Annotated[str, "Version of the program."]
    note: Annotated[str, "How to read this."]


def answer_alternatives(found: Alternatives, head: Head) -> AlternativesAnswer:
    """The answer of the command."""
    return AlternativesAnswer(
        head.country, head.n_futures, head.seed, view_alternatives(found), head.input_hash, head.version, head.note
    )


def view_alternatives(found: Alternatives) -> AlternativesView:
    """Put alternatives into the form that is shown and printed."""
    return AlternativesView(
        within=found.within,
        limit_musd=found.limit_musd,
        choices=tuple(
            ChoiceView(
                action=c.action,
                subject=c.subject,
                name=c.name,
                unit=c.unit,
                lever=c.lever,
                verdict=c.verdict,
                in_plan=c.in_plan,
                counts_from=c.counts_from,
                proved=view_interval(c.proved),
                seen=view_interval(c.seen),
            )
            for c in found.choices
        ),
        examples=tuple(AlternativeView(e.more, e.deeds, e.without) for e in found.examples),
        sovereign_in_plan=found.sovereign_in_plan,
        sovereign=view_interval(found.sovereign),
        n_good=found.n_good,
        n_priced=found.n_priced,
    )
