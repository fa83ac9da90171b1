"""The answer of `tillerman diff`: what differs between two country files, and what that changed in the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from tillerman.compare import DecisionChange, PlanChange, ServiceChange
from tillerman.country import Change


@dataclass(frozen=True)
class ChangeView:
    """One cell, or one whole row, that differs."""

    table: Annotated[str, "The table; frame for country.toml."]
    row: Annotated[str, "Id of the row; blank where the whole table is meant."]
    column: Annotated[str | None, "The column; null when the whole row is new or gone."]
    before: Annotated[str | None, "What the first file says; null when the row is new."]
    after: Annotated[str | None, "What the second file says; null when the row is gone."]
    unit: Annotated[str, "The column's unit."]
    meaning: Annotated[str, "What the column says, in words; blank for a whole row."]
    text: Annotated[str, "The change in words."]


@dataclass(frozen=True)
class DecisionChangeView:
    """One decision that differs between two plans."""

    kind: Annotated[str, "added, dropped, moved (to another year) or resized."]
    action: Annotated[str, "build, sign, start or keep_open."]
    subject: Annotated[str, "Its id in the country file."]
    name: Annotated[str, "Its name."]
    before: Annotated[str, "What the first plan says of it; blank where it was not there."]
    after: Annotated[str, "What the second plan says of it; blank where it is gone."]
    is_committed: Annotated[bool, "True when it is decided in years 1 to 3 of either plan."]
    first_year: Annotated[str, "When it begins."]


@dataclass(frozen=True)
class ServiceChangeView:
    """One critical service that is kept otherwise."""

    name: Annotated[str, "The service in plain words."]
    before: Annotated[float | None, "Least share kept with the first plan if anyone leaves; null where it is new."]
    after: Annotated[float | None, "The same with the second plan; null where it is gone."]
    stops_before: Annotated[bool, "True when it stopped with the first plan."]
    stops_after: Annotated[bool, "True when it stops with the second plan."]


@dataclass(frozen=True)
class PlanChangeView:
    """What differs between two plans."""

    is_same: Annotated[bool, "True when no decision and no critical service differs."]
    is_clear: Annotated[bool, "True when the plans differ in worth by more than the calculation's tolerance."]
    decisions: Annotated[tuple[DecisionChangeView, ...], "Committed ones first."]
    services: Annotated[tuple[ServiceChangeView, ...], "Critical services that are kept otherwise."]
    stopping_before: Annotated[int, "Critical services that stop with the first plan if any one leaves."]
    stopping_after: Annotated[int, "The same with the second plan."]
    n_critical: Annotated[int, "How many critical services there are."]
    worse_by_musd: Annotated[float, "How much worse off the second plan leaves the country; negative for better."]
    carry: Annotated[
        str, "What becomes of the first plan's decisions now: as_good, worse, impossible, or unknown for stored plans."
    ]
    carry_cost_musd: Annotated[float | None, "What it costs to keep them; null where that is not known."]
    tolerance_musd: Annotated[float, "A difference smaller than this is within what the calculations can tell."]


@dataclass(frozen=True)
class DifferenceView:
    """What differs between two country files."""

    first: Annotated[str, "Hash of the first file's content."]
    second: Annotated[str, "Hash of the second file's content."]
    is_same: Annotated[bool, "True when nothing differs."]
    changes: Annotated[tuple[ChangeView, ...], "Every change, in file order."]
    plan: Annotated[PlanChangeView | None, "What that changed in the plan; null where no two plans are at hand."]


def view_difference(
    first: str, second: str, changes: tuple[Change, ...], plan: PlanChange | None = None
) -> DifferenceView:
    """Put changes into the form that is shown and printed."""
    rows = (ChangeView(c.table, c.row, c.column, c.before, c.after, c.unit, c.meaning, str(c)) for c in changes)
    return DifferenceView(
        first, second, not changes, tuple(rows), plan=None if plan is None else view_plan_change(plan)
    )


def view_plan_change(found: PlanChange) -> PlanChangeView:
    """Put the change of a plan into the form that is shown and printed."""
    return PlanChangeView(
        is_same=found.is_same,
        is_clear=found.is_clear,
        decisions=tuple(map(_decision, found.decisions)),
        services=tuple(map(_service, found.services)),
        stopping_before=found.stopping_before,
        stopping_after=found.stopping_after,
        n_critical=found.n_critical,
        worse_by_musd=found.objective_after_musd - found.objective_before_musd,
        carry=found.carry,
        carry_cost_musd=found.carry_cost_musd,
        tolerance_musd=found.tolerance_musd,
    )


def _decision(found: DecisionChange) -> DecisionChangeView:
    return DecisionChangeView(
        kind=found.kind,
        action=found.action,
        subject=found.subject,
        name=found.name,
        before=found.before,
        after=found.after,
        is_committed=found.is_committed,
        first_year=found.first_year,
    )


def _service(found: ServiceChange) -> ServiceChangeView:
    return ServiceChangeView(found.name, found.before, found.after, found.stops_before, found.stops_after)
