"""One number of a country at another value: the country, its plan's problem, and what of that problem moved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.country import Country, replace_number
from tillerman.country.frame import Evidence
from tillerman.country.numbers import Number
from tillerman.dispatch import compile_dispatch
from tillerman.futures import Futures, State, sample
from tillerman.plan.assemble import rulebook
from tillerman.plan.rules import Rulebook
from tillerman.plan.setting import Setting
from tillerman.settings import SETTINGS, default
from tillerman.twostage import FirstStage, Recourse, States

Floats = NDArray[np.float64]
# Chances that must add up to 1: columns of one row, or one column of all rows.
ACROSS = {
    "climates": ("to_normal", "to_strained", "to_broken"),
    "deliveries": ("on_time", "late", "never"),
}
DOWN = {("climates", "start")}


class Part(StrEnum):
    """What of a plan's problem a number moves; it decides what a solved plan says about the number for nothing."""

    FIRST = "first stage"
    WEIGHTS = "weights"
    SIDES = "right-hand side"
    COST = "cost"
    MATRIX = "matrix"


@dataclass(frozen=True)
class Terms:
    """For what an influence is computed: which futures, how averse to risk, how exact."""

    n_futures: int = 5
    seed: int = 1
    risk_aversion: float = default("risk_aversion")
    tolerance: float = 0.01
    n_priced: int = 20  # futures on which durations, climates and deliveries are screened
    n_weighted: int = 200  # futures whose weights tell what other chances mean
    most_resolved: int = 50
    seconds_each: float = 120.0  # one re-solve stops here, with bounds that hold but are wider

    def __post_init__(self) -> None:
        for name in ("seed", "risk_aversion", "tolerance"):
            SETTINGS[name].check(getattr(self, name))
        for name in ("n_futures", "n_priced", "n_weighted"):
            SETTINGS["futures"].check(getattr(self, name))


@dataclass(frozen=True)
class Ranged:
    """A number that has a range, and its two ends."""

    number: Number
    low: float
    high: float

    @property
    def ends(self) -> tuple[float, float]:
        """The low and the high end."""
        return self.low, self.high

    @property
    def where(self) -> tuple[str, str | None, str]:
        """Table, row and column."""
        return self.number.table, self.number.row, self.number.column

    @property
    def evidence(self) -> Evidence:
        """The evidence that gives the range."""
        if self.number.evidence is None:
            raise ValueError("number: found no evidence; expected one with a range. Use `ranged`.")
        return self.number.evidence


def ranged(number: Number) -> Ranged | None:
    """A number with its range, or None where its evidence gives none or one without width."""
    found = number.evidence
    if found is None or found.low is None or found.high is None or not found.low < found.high:
        return None
    return Ranged(number, found.low, found.high)


def with_number(country: Country, where: tuple[str, str | None, str], value: float) -> Country:
    """The same country with one number changed, and the chances that must add up with it scaled to fit."""
    table, row, column = where
    changed = replace_number(country, table, row, column, value)
    others = _beside(country, table, row, column)
    if not others:
        return changed
    was = [getattr(country.by_id[table][other_row], other) for other_row, other in others]
    room = 1.0 - value
    shares = [amount / sum(was) for amount in was] if sum(was) > 0 else [1.0] + [0.0] * (len(was) - 1)
    for (other_row, other), share in zip(others, shares, strict=True):
        changed = replace_number(changed, table, other_row, other, room * share)
    return changed


def _beside(country: Country, table: str, row: str | None, column: str) -> list[tuple[str, str]]:
    """The other chances that add up to 1 with this one, as (row, column)."""
    if row is not None and column in ACROSS.get(table, ()):
        return [(row, other) for other in ACROSS[table] if other != column]
    if (table, column) in DOWN:
        return [(str(item.id), column) for item in getattr(country, table) if item.id != row]
    return []


@dataclass(frozen=True)
class Probe:
    """A plan's problem over some of its states: all that a screen compares."""

    setting: Setting
    book: Rulebook
    first: FirstStage
    states: States
    recourse: Recourse
    futures: Futures


def probe(country: Country, futures: Futures, states: list[State] | None = None) -> Probe:
    """Lay down the plan of a country over the given states, or over all of the futures'."""
    setting = Setting(compile_dispatch(country), country.frame.budget_musd_per_year)
    book = rulebook(setting)
    first = book.first_stage()
    chosen = list(futures.states) if states is None else states
    arrays, recourse = setting.dispatch.arrays(chosen, n_extra=first.cost.size - setting.dispatch.n_fleet)
    return Probe(setting, book, first, arrays, recourse, futures)


def drawn(country: Country, n: int, terms: Terms) -> Futures:
    """The futures of a country under these terms: the same seed draws the same luck."""
    return sample(country, n, seed=terms.seed)


def same_states(a: Futures, b: Futures) -> bool:
    """Do two sets of futures meet the same states, in the same order?"""
    return len(a.states) == len(b.states) and tuple(a.states) == tuple(b.states)


def same_weights(a: Futures, b: Futures) -> bool:
    """Do two sets of futures of the same states weigh them equally?"""
    return np.array_equal(a.probability, b.probability) and _equal(a.weights, b.weights)


def same_columns(a: Probe, b: Probe) -> bool:
    """Have two problems the same decisions, and the same rows and columns in every state?"""
    names = ("row_names", "column_names")
    return a.first.names == b.first.names and all(getattr(a.recourse, n) == getattr(b.recourse, n) for n in names)


def moved(old: Probe, new: Probe) -> frozenset[Part]:
    """The parts in which two problems over the same states differ, weights apart."""
    found = set()
    if not _same_first(old.first, new.first):
        found.add(Part.FIRST)
    sides = ("rhs_of_first", "upper_of_first", "offset_of_first")
    if not all(_equal(getattr(old.states, n), getattr(new.states, n)) for n in sides) or not all(
        np.array_equal(getattr(old.states, n), getattr(new.states, n)) for n in ("rhs", "upper", "offset")
    ):
        found.add(Part.SIDES)
    if not np.array_equal(old.recourse.cost[old.states.family], new.recourse.cost[new.states.family]):
        found.add(Part.COST)
    if not _equal(old.recourse.matrix, new.recourse.matrix):
        found.add(Part.MATRIX)
    return frozenset(found)


def _same_first(old: FirstStage, new: FirstStage) -> bool:
    arrays = ("cost", "row_lower", "row_upper", "lower", "upper", "is_integer")
    return (
        old.row_names == new.row_names
        and all(np.array_equal(getattr(old, n), getattr(new, n)) for n in arrays)
        and _equal(old.matrix, new.matrix)
    )


def _equal(a: sparse.csr_array, b: sparse.csr_array) -> bool:
    return a.shape == b.shape and (a - b).count_nonzero() == 0
