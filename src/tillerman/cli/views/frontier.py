"""The answer of `tillerman frontier`: from the cheapest plan to the safest, every point between proved bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from tillerman.cli.views.interval import IntervalView, view_interval

if TYPE_CHECKING:
    from tillerman.cli.answering import Head
    from tillerman.plan import Frontier, Standing


@dataclass(frozen=True)
class FrontierPointView:
    """The best plan that keeps so much critical service 90 days after the loss it is tested by."""

    asked: Annotated[float, "The share that had to be kept."]
    kept: Annotated[float, "The share that the plan found keeps."]
    worst: Annotated[str, "The single loss that leaves so little; blank for all at once, and where nothing is lost."]
    cost: Annotated[IntervalView, "Its objective, million US$: cost and loss less value."]
    more: Annotated[IntervalView, "How much more than the cheapest plan, million US$."]
    is_apart: Annotated[bool, "True when it is surely dearer than the point before."]
    name: Annotated[str, "cheapest, nearly_cheapest, middle, nearly_safest, safest; blank between them."]
    first_cost_musd: Annotated[float, "What is decided now, million US$."]
    deeds: Annotated[tuple[str, ...], "What a named point does in years 1 to 3."]


@dataclass(frozen=True)
class PointPlanView:
    """The plan of one point."""

    point: Annotated[int, "Which point, counted from 0."]
    deeds: Annotated[tuple[str, ...], "What it does by year, apart from where services stand ready."]
    n_stopping: Annotated[int, "Critical services that still stop if one supplier or state withdraws."]
    control: Annotated[float | None, "Critical service that runs with nobody's permission, at 90 days."]
    expected_loss_musd: Annotated[float, "Loss on average over possible futures, discounted, million US$."]
    net_welfare_musd: Annotated[float, "Value less everything it costs, million US$."]
    public_cash_musd: Annotated[tuple[float, ...], "Public cash within each period, undiscounted, million US$."]


@dataclass(frozen=True)
class TailPointView:
    """The best plan for one weight of the worst futures."""

    aversion: Annotated[float, "How much the worst count beside the average."]
    cost: Annotated[IntervalView, "Average and worst, so weighed, million US$."]
    mean_musd: Annotated[float, "Cost and loss less value on average."]
    cvar_musd: Annotated[float, "The same on average over the worst 5 in 100 futures."]


@dataclass(frozen=True)
class FrontierView:
    """From the cheapest plan to the safest."""

    year: Annotated[int, "The year in which losses are tested."]
    test: Annotated[str, "single: the most serious single loss; together: everything abroad withdrawn at once."]
    points: Annotated[tuple[FrontierPointView, ...], "From the cheapest plan to the safest."]
    plans: Annotated[tuple[PointPlanView, ...], "The plan of every point; none in a study that kept no plans."]
    most: Annotated[IntervalView, "The largest share that any plan can keep."]
    set_aside: Annotated[tuple[str, ...], "Losses left out, because no decision softens them."]
    set_aside_kept: Annotated[float, "No plan keeps more than this under them."]
    tail: Annotated[tuple[TailPointView, ...], "Average against the worst futures, by weight of the worst."]
    tail_reason: Annotated[str, "Why there is none."]
    n_priced: Annotated[int, "How many plans were priced exactly."]


@dataclass(frozen=True)
class FrontierAnswer:
    """From the cheapest plan to the safest, for one country."""

    country: Annotated[str, "Name of the country or economy."]
    n_futures: Annotated[int, "How many possible futures the plans were tested against."]
    seed: Annotated[int, "Which possible futures were drawn."]
    frontier: Annotated[FrontierView, "The plans."]
    input_hash: Annotated[str, "Hash of the country file's content."]
    version: Annotated[str, "Version of the program."]
    note: Annotated[str, "How to read this."]


def answer_frontier(found: Frontier, head: Head) -> FrontierAnswer:
    """The answer of the command."""
    return FrontierAnswer(
        head.country, head.n_futures, head.seed, view_frontier(found), head.input_hash, head.version, head.note
    )


def view_frontier(found: Frontier) -> FrontierView:
    """Put a frontier into the form that is shown and printed."""
    return FrontierView(
        year=found.year,
        test=found.test.value,
        points=tuple(
            FrontierPointView(
                asked=p.asked,
                kept=p.kept,
                worst=p.worst,
                cost=view_interval(p.cost),
                more=view_interval(p.more),
                is_apart=p.is_apart,
                name=p.name,
                first_cost_musd=p.first_cost_musd,
                deeds=p.deeds,
            )
            for p in found.points
        ),
        plans=tuple(_plan(i, found.standing(i)) for i in range(len(found.points)) if found.has_plans),
        most=view_interval(found.most),
        set_aside=found.set_aside,
        set_aside_kept=found.set_aside_kept,
        tail=tuple(TailPointView(p.aversion, view_interval(p.cost), p.mean_musd, p.cvar_musd) for p in found.tail),
        tail_reason=found.tail_reason,
        n_priced=found.n_priced,
    )


def _plan(point: int, found: Standing) -> PointPlanView:
    return PointPlanView(
        point=point,
        deeds=tuple(f"{row.years}: {row.text}" for row in found.decisions if row.action != "run"),
        n_stopping=len(found.stopping),
        control=found.trilemma.control,
        expected_loss_musd=found.expected_loss_musd,
        net_welfare_musd=found.accounts.net_welfare,
        public_cash_musd=found.accounts.public_cash_by_period,
    )
