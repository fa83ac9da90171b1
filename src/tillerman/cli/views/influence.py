"""The answer of `tillerman show --by-influence`: which numbers of a file decide its plan, most influential first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from tillerman.plan.influence_result import Influence, InfluenceStudy
    from tillerman.plan.interval import Interval


@dataclass(frozen=True)
class ChangeView:
    """Between which two amounts a change of the objective lies; null where there is no plan or no bound."""

    low_musd: Annotated[float | None, "At least so much, in million US$."]
    high_musd: Annotated[float | None, "At most so much, in million US$."]


@dataclass(frozen=True)
class InfluenceRowView:
    """One number with a range, and how far the plan's objective moves over it."""

    rank: Annotated[int, "1 for the most influential; those planned for again come first."]
    table: Annotated[str, "Its table; frame for country.toml."]
    row: Annotated[str | None, "Id of its row; null in the frame."]
    column: Annotated[str, "Its column."]
    value: Annotated[float, "The number."]
    low: Annotated[float, "Low end of its range."]
    high: Annotated[float, "High end of its range."]
    unit: Annotated[str, "Its unit."]
    grade: Annotated[str, "official, measured, reported, estimate or assumption."]
    changes: Annotated[tuple[str, ...], "What of the plan's problem it moves; empty where it moves nothing."]
    is_resolved: Annotated[bool, "True when the plan was made anew at both ends."]
    influence: Annotated[ChangeView | None, "From the low end to the high end; null unless resolved."]
    at_low: Annotated[ChangeView | None, "From the file's value to the low end; null unless resolved."]
    at_high: Annotated[ChangeView | None, "From the file's value to the high end; null unless resolved."]
    is_distinguishable: Annotated[bool, "False when these intervals all contain zero, or it was not resolved."]
    screened_by: Annotated[str, "How the estimates were made; where there are none, why."]
    estimate_at_low_musd: Annotated[float | None, "First estimate of the change at the low end."]
    estimate_at_high_musd: Annotated[float | None, "First estimate of the change at the high end."]


@dataclass(frozen=True)
class InfluenceView:
    """Which numbers of a country file decide its plan."""

    country: Annotated[str, "Name of the country or economy."]
    n_futures: Annotated[int, "Possible futures of the plans compared."]
    seed: Annotated[int, "Which futures were drawn."]
    risk_aversion: Annotated[float, "How much the average of the worst 5 in 100 counts beside the average."]
    tolerance: Annotated[float, "Calculation tolerance of every plan, as a share of gross cost."]
    objective_musd: Annotated[float, "Objective of the plan for the file as it is, million US$."]
    n_resolved: Annotated[int, "How many of the most influential are counted below; for each the plan was made anew."]
    n_better_than_assumption: Annotated[int, "How many of those rest on better than an assumption."]
    n_distinguishable: Annotated[int, "For how many of those the change is surely not zero."]
    n_without_effect: Annotated[int, "How many numbers with a range move nothing in the plan."]
    n_not_screened: Annotated[int, "How many numbers with a range could not be screened."]
    n_without_range: Annotated[int, "How many numbers have no range, so that nothing could be asked."]
    numbers: Annotated[tuple[InfluenceRowView, ...], "Every number with a range."]
    input_hash: Annotated[str, "Hash of the country file's content."]


def view_influence(study: InfluenceStudy) -> InfluenceView:
    """Describe which numbers decide."""
    return InfluenceView(
        country=study.country,
        n_futures=study.terms.n_futures,
        seed=study.terms.seed,
        risk_aversion=study.terms.risk_aversion,
        tolerance=study.terms.tolerance,
        objective_musd=study.objective_musd,
        n_resolved=len(study.top),
        n_better_than_assumption=study.better_than_assumption,
        n_distinguishable=sum(row.is_distinguishable for row in study.top),
        n_without_effect=sum(row.is_screened and not row.parts for row in study.rows),
        n_not_screened=len(study.not_screened),
        n_without_range=study.n_without_range,
        numbers=tuple(_row(rank, row) for rank, row in enumerate(study.rows, start=1)),
        input_hash=study.content_hash,
    )


def _row(rank: int, row: Influence) -> InfluenceRowView:
    found = row.resolved
    return InfluenceRowView(
        rank=rank,
        table=row.table,
        row=row.row,
        column=row.column,
        value=row.value,
        low=row.low,
        high=row.high,
        unit=row.unit,
        grade=row.grade,
        changes=row.parts,
        is_resolved=found is not None,
        influence=None if found is None else _change(found.across),
        at_low=None if found is None else _change(found.at_low),
        at_high=None if found is None else _change(found.at_high),
        is_distinguishable=row.is_distinguishable,
        screened_by=row.screened_by,
        estimate_at_low_musd=row.estimate_low,
        estimate_at_high_musd=row.estimate_high,
    )


def _change(found: Interval) -> ChangeView:
    """JSON has no infinity: no bound is told as null."""
    return ChangeView(*(end if abs(end) < float("inf") else None for end in (found.low, found.high)))
