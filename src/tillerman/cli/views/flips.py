"""The answer of `tillerman flips`: at which values decisions stop paying."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Annotated

from tillerman.cli.views.interval import IntervalView, view_interval

if TYPE_CHECKING:
    from tillerman.cli.answering import Head
    from tillerman.plan.flips_result import Flip, Flips


@dataclass(frozen=True)
class DecisionWorthView:
    """What a decision is worth at the file's own numbers."""

    subject: Annotated[str, "Its id in the country file."]
    name: Annotated[str, "In plain words."]
    worth: Annotated[IntervalView, "What the best plan without it costs more, million US$."]


@dataclass(frozen=True)
class FlipView:
    """One decision against one number or chance."""

    subject: Annotated[str, "Id of the decision's subject."]
    name: Annotated[str, "In plain words."]
    table: Annotated[str, "Table of the number; frame for country.toml."]
    row: Annotated[str | None, "Id of its row; null in the frame."]
    column: Annotated[str, "Its column; chance for the yearly chance of a disruption, climates together."]
    unit: Annotated[str, "Its unit."]
    value: Annotated[float, "As the file has it."]
    low: Annotated[float, "Low end of its range."]
    high: Annotated[float, "High end of its range."]
    verdict: Annotated[str, "flips, holds (no change seen at the ends) or undetermined."]
    flips_at: Annotated[float | None, "Where the worth passes through zero; null unless both signs are proved."]
    pays_at: Annotated[float | None, "Nearest value at which it is proved to pay."]
    fails_at: Annotated[float | None, "Nearest value at which it is proved not to."]
    worth_at_low_musd: Annotated[float | None, "What it saves at the low end, by plans carried there."]
    worth_at_high_musd: Annotated[float | None, "The same at the high end."]


@dataclass(frozen=True)
class FlipsView:
    """Decisions, and the numbers and chances that come nearest to turning them."""

    decisions: Annotated[tuple[DecisionWorthView, ...], "The decisions looked at."]
    rows: Annotated[tuple[FlipView, ...], "Nearest to turning first."]
    n_numbers: Annotated[int, "Numbers at whose ends plans were priced."]
    n_chances: Annotated[int, "Disruptions over whose chances plans were priced."]
    n_proofs: Annotated[int, "Plans made anew to prove a sign."]


@dataclass(frozen=True)
class FlipsAnswer:
    """Flip points for one country."""

    country: Annotated[str, "Name of the country or economy."]
    n_futures: Annotated[int, "How many possible futures the plan was made for."]
    seed: Annotated[int, "Which possible futures were drawn."]
    flips: Annotated[FlipsView, "The answer."]
    input_hash: Annotated[str, "Hash of the country file's content."]
    version: Annotated[str, "Version of the program."]
    note: Annotated[str, "How to read this."]


def view_flips(found: Flips) -> FlipsView:
    """Put flip points into the form that is shown and printed."""
    return FlipsView(
        decisions=tuple(DecisionWorthView(d.subject, d.name, view_interval(d.worth)) for d in found.decisions),
        rows=tuple(_row(row) for row in found.rows),
        n_numbers=found.n_numbers,
        n_chances=found.n_chances,
        n_proofs=found.n_proofs,
    )


def answer_flips(found: Flips, head: Head) -> FlipsAnswer:
    """The answer of the command."""
    return FlipsAnswer(
        head.country, head.n_futures, head.seed, view_flips(found), head.input_hash, head.version, head.note
    )


def _row(row: Flip) -> FlipView:
    ends = (worth if isfinite(worth) else None for worth in (row.worth_at_low, row.worth_at_high))
    return FlipView(
        row.subject, row.name, row.table, row.row, row.column, row.unit, row.value, row.low, row.high,
        row.verdict.value, row.flips_at, row.pays_at, row.fails_at, *ends,
    )  # fmt: skip
