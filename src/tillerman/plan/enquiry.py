"""The next best question: which unknown numbers are worth asking for, and when asking more would change nothing.

All open numbers are drawn within their ranges; at each draw the plans to choose from are priced anew, with their
decisions unchanged. A number is worth asking for as far as the best choice differs with its value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tillerman.country import Country, numbers
from tillerman.country.thirty import BY_KEY, Form
from tillerman.country.thirty.entries import column_of
from tillerman.dispatch import withheld
from tillerman.errors import EngineError, TillermanError
from tillerman.futures import sample
from tillerman.plan.base import find, prepare
from tillerman.plan.enquiry_worth import worths
from tillerman.plan.influence_carry import carried
from tillerman.plan.influence_change import Ranged, probe, ranged, with_number
from tillerman.plan.influence_file import stored_influence
from tillerman.plan.references import comparisons
from tillerman.plan.request import make_request
from tillerman.streams import stream
from tillerman.twostage import Problem, Risk, evaluate, fresh_memory

Floats = NDArray[np.float64]
Listener = Callable[[str, int, int], None]  # ("plan" or "draw"; how many are done; of how many)
TOLERANCE = 0.02  # of the plans to choose from: they are compared over wide ranges
ROUNDS = 6  # each plan to compare with stops after so many
WIDE = 4.0  # a range whose ends are so many times apart is drawn in logarithms
FEWEST = 12  # draws that must succeed
MOST_ASKED = 40  # numbers of a full file that are drawn
WEIGHTY = ("services", "zones", "sites", "disruptions", "frame")  # where the widest ranges are looked for first


@dataclass(frozen=True)
class EnquiryTerms:
    """For what an enquiry is made: how many draws, and how many futures each plan is priced in."""

    n_draws: int = 48
    n_futures: int = 5
    seed: int = 1
    risk_aversion: float = 0.3


@dataclass(frozen=True)
class Asking:
    """One number that could be asked for: what knowing it is worth, and between which plans it decides."""

    key: str  # a question of the thirty, or table/row/column
    low: float
    high: float
    unit: str
    worth_musd: float
    is_told: bool  # False: chance alone could find as much
    decides: tuple[str, ...]  # plans that are best somewhere along its range, from its low end to its high


@dataclass(frozen=True)
class Enquiry:
    """Which numbers are worth asking for, the most worth first."""

    country: str
    content_hash: str
    terms: EnquiryTerms
    choices: tuple[str, ...]  # plans to choose from
    best: str  # the best of them as things are
    worth_of_all_musd: float  # of knowing every number; no single one is worth more
    threshold_musd: float
    n_drawn: int
    n_left_out: int  # open numbers that were not asked about
    n_failed: int  # draws at which the file says nothing that can be planned with
    rows: tuple[Asking, ...]

    @property
    def told(self) -> tuple[Asking, ...]:
        """The numbers that are worth asking for, beyond what chance could find."""
        return tuple(row for row in self.rows if row.is_told)


@dataclass(frozen=True)
class Open:
    """A number that is not known: where it lies."""

    key: str
    low: float
    high: float
    unit: str
    is_log: bool

    def at(self, rank: float) -> float:
        """The number at a place in its range, from 0 to 1."""
        if self.is_log:
            return float(self.low * (self.high / self.low) ** rank)
        return self.low + (self.high - self.low) * rank


class Source(Protocol):
    """What an enquiry draws from: open numbers, and the country at any values of them."""

    open: Sequence[Open]
    n_left_out: int  # open numbers that are not asked about

    def country(self, values: Mapping[str, float]) -> Country:
        """The country with these numbers; the others in the middle of their ranges, or as the file has them."""
        ...


class FormSource:
    """A form of thirty numbers: every question whose answer has two ends."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.n_left_out = 0
        self.open: Sequence[Open] = [
            Open(key, found.low, found.high, BY_KEY[key].unit, BY_KEY[key].is_log and found.low > 0)
            for key, found in form.figures.items()
            if found.low < found.high
        ]

    def country(self, values: Mapping[str, float]) -> Country:
        """The country that the form supports at these answers."""
        return self.form.at(values).country()


class FileSource:
    """A full country file: those of its numbers with a range that are most likely to decide anything."""

    def __init__(self, country: Country) -> None:
        self._country = country
        found = {"/".join(part or "" for part in item.where): item for item in map(ranged, numbers(country)) if item}
        self.n_left_out = max(0, len(found) - MOST_ASKED)
        self._where = {key: found[key].where for key in _shortlist(country, found)}
        self.open: Sequence[Open] = [
            Open(key, item.low, item.high, item.number.unit, 0 < item.low * WIDE <= item.high)
            for key, item in ((key, found[key]) for key in self._where)
        ]

    def country(self, values: Mapping[str, float]) -> Country:
        """The country with these numbers changed."""
        changed = self._country
        for key, value in values.items():
            table, row, column = self._where[key]
            found = column_of(table, column)
            is_whole = found is not None and found.type is int
            changed = with_number(changed, (table, row, column), round(value) if is_whole else value)
        return changed


def _shortlist(country: Country, found: Mapping[str, Ranged]) -> list[str]:
    """The numbers to ask about: by stored influence where it was worked out for this very file, else the widest.

    Draws of a thousand numbers at once cannot tell which of them matters; draws of forty can.
    """
    stored = stored_influence(country.name)
    if stored is not None and stored.content_hash == country.content_hash:
        keys = ["/".join((row.table, row.row or "", row.column)) for row in stored.rows]
        return [key for key in keys if key in found][:MOST_ASKED]

    def width(key: str) -> tuple[bool, float]:
        item = found[key]
        return item.where[0] not in WEIGHTY, -(item.high - item.low) / (abs(item.high) + abs(item.low))

    return sorted(found, key=lambda key: (*width(key), key))[:MOST_ASKED]


@withheld()
def enquire(source: Source, terms: EnquiryTerms | None = None, *, progress: Listener | None = None) -> Enquiry:
    """Find which open numbers are worth asking for.

    Raises:
        ClashError: when the country as it is has no plan.
        EngineError: when too few draws give a country that can be planned for.
        KeyboardInterrupt: when it is interrupted; nothing is kept.
    """
    terms = EnquiryTerms() if terms is None else terms
    tell = progress or (lambda _stage, _done, _all: None)
    tell("plan", 0, 1)
    country = source.country({})
    choices, amounts = _choices(country, terms)
    ranks = _ranks([item.key for item in source.open], terms)
    gains: list[Floats] = []
    kept: list[int] = []
    for draw in range(terms.n_draws if source.open else 0):
        tell("draw", draw, terms.n_draws)
        values = {item.key: item.at(float(ranks[draw, i])) for i, item in enumerate(source.open)}
        try:
            priced = _priced(source.country(values), amounts, terms)
        except TillermanError:
            continue  # a file that these numbers make impossible says nothing about the choice
        if np.isfinite(priced).all():
            gains.append(-priced)
            kept.append(draw)
    if source.open and len(gains) < FEWEST:
        raise EngineError(f"Only {len(gains)} of {terms.n_draws} draws give a file that can be planned with.")
    table = np.array(gains).reshape(len(gains), len(choices))
    return _told(country, source, terms, choices, ranks[kept], table)


def _told(
    country: Country, source: Source, terms: EnquiryTerms, choices: tuple[str, ...], ranks: Floats, gains: Floats
) -> Enquiry:
    if not gains.size:
        gains = np.zeros((1, len(choices)))
    found = worths(ranks.reshape(gains.shape[0], len(source.open)), gains, terms.seed)
    rows = [
        Asking(
            key=item.key,
            low=item.low,
            high=item.high,
            unit=item.unit,
            worth_musd=min(float(found.each[i]), found.of_all),
            is_told=bool(found.each[i] > found.threshold),
            decides=tuple(dict.fromkeys(choices[k] for k in found.best_along[i].tolist())),
        )
        for i, item in enumerate(source.open)
    ]
    return Enquiry(
        country=country.frame.name,
        content_hash=country.content_hash,
        terms=terms,
        choices=choices,
        best=choices[found.best],
        worth_of_all_musd=found.of_all,
        threshold_musd=found.threshold,
        n_drawn=len(ranks),
        n_left_out=source.n_left_out,
        n_failed=(terms.n_draws if source.open else 0) - len(ranks),
        rows=tuple(sorted(rows, key=lambda row: (-row.worth_musd, row.key))),
    )


def _choices(country: Country, terms: EnquiryTerms) -> tuple[tuple[str, ...], list[dict[str, float]]]:
    """Give the plans to choose from: the best one for the numbers as they are, and those it is compared with."""
    request = make_request(
        country,
        futures=terms.n_futures,
        seed=terms.seed,
        risk_aversion=terms.risk_aversion,
        tolerance=TOLERANCE,
    )
    base = find(prepare(country, request))
    others, _ = comparisons(base.assembled, base.best, base.risk, rounds=ROUNDS)
    names = base.assembled.problem.first.names
    plans = [("plan", base.best.x), *((other.name, other.x) for other in others)]
    return tuple(name for name, _ in plans), [dict(zip(names, x.tolist(), strict=True)) for _, x in plans]


def _ranks(keys: Sequence[str], terms: EnquiryTerms) -> Floats:
    """Draw each number's place in its range: one draw in each of as many equal slices (a Latin hypercube)."""
    n = terms.n_draws
    found = np.zeros((n, len(keys)))
    for i, key in enumerate(keys):
        dice = stream(terms.seed, f"ask/{key}")  # a stream of its own: another number more moves no other
        found[:, i] = (dice.permutation(n) + dice.random(n)) / n
    return found


def _priced(country: Country, plans: Sequence[dict[str, float]], terms: EnquiryTerms) -> Floats:
    """Price every plan's decisions in a country with other numbers; budgets and other limits are not asked."""
    futures = sample(country, terms.n_futures, seed=terms.seed)
    new = probe(country, futures)
    problem = Problem(new.first, new.recourse, new.states, futures.weights, futures.probability)
    memory = fresh_memory(problem)  # the second plan starts where the states stood under the first
    risk = Risk(terms.risk_aversion)
    return np.array([evaluate(problem, carried(new, amounts), risk=risk, memory=memory).objective for amounts in plans])
