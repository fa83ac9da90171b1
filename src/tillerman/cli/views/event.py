"""The answer of `tillerman event`: what it changes in the file, what stops, and which decisions change, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from tillerman.cli.views.difference import DecisionChangeView, PlanChangeView, view_plan_change
from tillerman.compare import PlanChange
from tillerman.country import Change, Country
from tillerman.exposure import Consequence
from tillerman.happenings import Happening
from tillerman.labels import Horizon


@dataclass(frozen=True)
class StopsView:
    """Which critical services stop so many days or years after it."""

    horizon: Annotated[str, "7d, 90d, 1y or 5y after it."]
    kept: Annotated[float, "Share of critical service kept, by people."]
    stops: Annotated[tuple[str, ...], "Critical services that keep less than half, in plain words."]


@dataclass(frozen=True)
class DeadlineView:
    """One decision that changes, and by when it must be taken anew."""

    by: Annotated[str, "The first day of the fiscal year in which it begins, as year-month-day."]
    decision: Annotated[DecisionChangeView, "The decision."]


@dataclass(frozen=True)
class EventView:
    """What something that happened changes."""

    country: Annotated[str, "Name of the country or economy."]
    text: Annotated[str, "What happened."]
    on: Annotated[str, "The day, as year-month-day."]
    kind: Annotated[str, "What sort of thing it is."]
    changes_nothing: Annotated[
        bool,
        "True when no new plan is better than the old one by more than the calculation can tell, or none is asked for.",
    ]
    file_changes: Annotated[tuple[str, ...], "What it changes in the country file, in words."]
    is_written: Annotated[bool, "True when the country file was changed."]
    stops: Annotated[tuple[StopsView, ...], "What stops where somebody withdraws today; empty elsewhere."]
    deadlines: Annotated[tuple[DeadlineView, ...], "Every decision that changes, soonest first."]
    plan: Annotated[PlanChangeView | None, "The plan before and after; null where no plan reads what happened."]


def view_event(
    country: Country,
    happening: Happening,
    on: date,
    changes: tuple[Change, ...],
    stops: Consequence | None,
    plans: PlanChange | None,
    *,
    is_written: bool,
) -> EventView:
    """Put the answer into the form that is shown and printed."""
    plan = None if plans is None else view_plan_change(plans)
    deadlines = [] if plan is None else [DeadlineView(_by(country, d), d) for d in plan.decisions]
    return EventView(
        country=country.frame.name,
        text=happening.text,
        on=on.isoformat(),
        kind=happening.kind,
        changes_nothing=plan is None or plan.is_same or plan.carry == "as_good",
        file_changes=tuple(str(change) for change in changes if change.table not in {"dates", "evidence"}),
        is_written=is_written,
        stops=() if stops is None else _stops(country, stops),
        deadlines=tuple(sorted(deadlines, key=lambda item: (item.by, not item.decision.is_committed))),
        plan=plan,
    )


def _by(country: Country, decision: DecisionChangeView) -> str:
    year = int(decision.first_year[: len("2027")])
    return date(year, country.frame.fiscal_year_start_month, 1).isoformat()


def _stops(country: Country, found: Consequence) -> tuple[StopsView, ...]:
    names = {service.id: service.name for service in country.services}
    rows = zip(Horizon, found.kept, found.stops, strict=True)
    return tuple(StopsView(horizon, kept, tuple(names[s] for s in stops)) for horizon, kept, stops in rows)
