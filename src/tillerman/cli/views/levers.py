"""The answer of `tillerman levers`: what each of the seven levers is worth, between proved bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from tillerman.cli.views.interval import IntervalView, view_interval

if TYPE_CHECKING:
    from tillerman.cli.answering import Head
    from tillerman.plan import Levers


@dataclass(frozen=True)
class LeverWorthView:
    """What one lever saves, in million US$ of the plan's objective."""

    lever: Annotated[int, "Which of the seven, 1 to 7."]
    is_used: Annotated[bool, "False where the file offers nothing under it that can have an effect."]
    alone: Annotated[IntervalView, "As the only lever."]
    last: Annotated[IntervalView, "Added when all others are there."]
    fair_share: Annotated[IntervalView, "On average over all orders in which levers can be added (Shapley)."]


@dataclass(frozen=True)
class LeverSubsetView:
    """What the best plan costs that uses some of the levers only."""

    levers: Annotated[tuple[int, ...], "The levers it may use."]
    cost: Annotated[IntervalView, "Its objective, million US$: cost and loss less value."]


@dataclass(frozen=True)
class LeversView:
    """What the seven levers are worth."""

    joint: Annotated[IntervalView, "What all levers together save, million US$."]
    rows: Annotated[tuple[LeverWorthView, ...], "The seven levers, in their usual order."]
    subsets: Annotated[tuple[LeverSubsetView, ...], "Every set of levers that can have an effect."]
    widest: Annotated[float | None, "The widest interval as a share of the joint effect; null where there is none."]
    is_narrow: Annotated[bool, "True when every interval is as narrow as was asked for."]
    without_targets: Annotated[bool, "True when the file's targets were left out of this question."]
    n_priced: Annotated[int, "How many plans were priced exactly."]


@dataclass(frozen=True)
class LeversAnswer:
    """What the seven levers are worth for one country."""

    country: Annotated[str, "Name of the country or economy."]
    n_futures: Annotated[int, "How many possible futures the plans were tested against."]
    seed: Annotated[int, "Which possible futures were drawn."]
    levers: Annotated[LeversView, "The levers."]
    input_hash: Annotated[str, "Hash of the country file's content."]
    version: Annotated[str, "Version of the program."]
    note: Annotated[str, "How to read this."]


def answer_levers(found: Levers, head: Head) -> LeversAnswer:
    """The answer of the command."""
    return LeversAnswer(
        head.country, head.n_futures, head.seed, view_levers(found), head.input_hash, head.version, head.note
    )


def view_levers(found: Levers) -> LeversView:
    """Put the worths of levers into the form that is shown and printed."""
    has_joint = found.joint.low > 0
    return LeversView(
        joint=view_interval(found.joint),
        rows=tuple(
            LeverWorthView(
                row.lever,
                row.is_used,
                view_interval(row.alone),
                view_interval(row.last),
                view_interval(row.fair_share),
            )
            for row in found.rows
        ),
        subsets=tuple(LeverSubsetView(subset.levers, view_interval(subset.cost)) for subset in found.subsets),
        widest=found.widest if has_joint else None,
        is_narrow=found.is_narrow,
        without_targets=found.without_targets,
        n_priced=found.n_priced,
    )
