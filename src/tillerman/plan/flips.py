"""Flip points: at which value of a number, or chance of a disruption, a decision of the plan stops paying.

The best plan with a decision and the best without it are carried to both ends of each number's range and priced there.
Where their difference changes sign, three points between are priced too, and the sign at either side is proved by
planning anew: the worth is an interval [LB without − UB with, UB without − LB with], and a value is told only where
one such interval lies above zero and another below it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tillerman.country import Country, numbers
from tillerman.dispatch import withheld
from tillerman.errors import TillermanError
from tillerman.plan.base import Base, Listener
from tillerman.plan.breakeven import mean_chance
from tillerman.plan.decisions import decisions
from tillerman.plan.flips_price import Decided, Place, at_chance, at_number
from tillerman.plan.flips_result import DecisionWorth, Flip, Flips, Verdict
from tillerman.plan.influence import screen_of, screened
from tillerman.plan.influence_change import Ranged, Terms, ranged
from tillerman.plan.influence_file import stored_influence
from tillerman.plan.influence_likelihood import CHANCES
from tillerman.plan.interval import Interval
from tillerman.plan.rows import Decision
from tillerman.plan.setting import signed_name, start_name
from tillerman.plan.variants import side_by_side
from tillerman.twostage import combined_weights

MOST_DECISIONS = 3
MOST_NUMBERS = 20  # numbers, the most influential first, whose ends are priced
MOST_ROWS = 20  # pairs of decision and number that are told
MOST_PROOFS = 6  # plans made anew
SCREENED_ON = 5  # futures on which numbers are screened where no stored study of influence speaks of this file
OFF_ROUNDS = 80  # of the search for the best plan without a decision
INNER = (0.25, 0.5, 0.75)


@dataclass(frozen=True)
class _Range:
    """Something that can take another value: a number of the file, or the chances of one disruption."""

    table: str
    row: str | None
    column: str
    unit: str
    value: float
    low: float
    high: float
    at: Callable[[float], Place]


@withheld()
def flips(base: Base, *, most_numbers: int = MOST_NUMBERS, progress: Listener | None = None) -> Flips:
    """Find the values at which the plan's largest decisions stop paying."""
    tell = progress or (lambda _stage, _bounds: None)
    begun = time.perf_counter()
    tell("Planning without each decision", None)
    decided = _decided(base)
    tell("Looking for the numbers that matter", None)
    wide = _numbers(base, most_numbers)
    chances = _chances(base)
    seen: list[tuple[float, Decided, _Range, float, float]] = []
    for item in (*wide, *chances):
        tell("Pricing plans at the ends of ranges", None)
        ends = [_worths(base, item, end, decided) for end in (item.low, item.high)]
        for found, low, high in zip(decided, *ends, strict=True):
            seen.append((_nearness(found.worth.middle, low, high), found, item, low, high))
    seen.sort(key=lambda each: each[0])
    proofs = _Proofs(base, MOST_PROOFS)
    rows = []
    for _, found, item, low, high in seen[:MOST_ROWS]:
        tell("Proving where decisions flip", None)
        rows.append(_flip(found, item, low, high, proofs))
    return Flips(
        decisions=tuple(DecisionWorth(d.subject, d.name, d.worth) for d in decided),
        rows=tuple(rows),
        n_numbers=len(wide),
        n_chances=len(chances),
        n_proofs=proofs.n,
        gross_musd=base.best.gross,
        seconds=time.perf_counter() - begun,
    )


def _decided(base: Base) -> list[Decided]:
    """The decisions of years 1 to 3 that cost most public money, each with the best plan that does without it."""
    amounts = dict(zip(base.assembled.problem.first.names, base.best.x.tolist(), strict=True))
    rows = decisions(base.assembled.setting, amounts)
    told = [row for row in rows if row.action != "run" and row.is_committed]
    spending: dict[str, float] = {}
    for row in told:
        spending[row.subject] = spending.get(row.subject, 0.0) + row.public_cash_musd
    subjects = sorted(spending, key=lambda s: (-spending[s], s))[:MOST_DECISIONS]
    made = [_made_of(base, subject) for subject in subjects]
    others = side_by_side(base.assembled, made, base.best, base.risk, rounds=OFF_ROUNDS)
    found = []
    for subject, names, other in zip(subjects, made, others, strict=True):
        if np.isfinite(other.x).all():
            worth = Interval(other.lower_bound - base.best.objective, other.objective - base.best.lower_bound)
            held = {name: amounts.get(name, 0.0) for name in names}
            found.append(Decided(subject, _name(told, subject), held, other.x, worth))
    return found


def _name(rows: Sequence[Decision], subject: str) -> str:
    return next(row.name for row in rows if row.subject == subject)


def _made_of(base: Base, subject: str) -> set[str]:
    """Every start and signature of one subject, in any period."""
    setting = base.assembled.setting
    starts = {start_name(start) for start in setting.dispatch.space.starts if start.subject == subject}
    signatures = {signed_name(subject, t) for t in range(setting.n_periods)}
    return (starts | signatures) & set(base.assembled.problem.first.names)


def _numbers(base: Base, most: int) -> list[_Range]:
    """The numbers with a range that move the plan most: from a stored study of this very file, else screened."""
    country = base.country
    held = stored_influence(country.name)
    items = {item.where: item for item in map(ranged, numbers(country)) if item is not None and not _is_chance(item)}
    if held is not None and held.content_hash == country.content_hash:
        order = [(row.table, row.row, row.column) for row in held.rows if row.size > 0]
    else:
        screen = screen_of(country, Terms(n_futures=min(SCREENED_ON, base.request.n_futures), n_priced=SCREENED_ON))
        looks = [(screened(screen, item).size, where) for where, item in items.items()]
        order = [where for size, where in sorted(looks, key=lambda look: -look[0]) if size > 0]
    return [_number(base, country, items[where]) for where in order if where in items][:most]


def _number(base: Base, country: Country, item: Ranged) -> _Range:
    number = item.number
    return _Range(
        number.table, number.row, number.column, number.unit, number.value, item.low, item.high,
        lambda value: at_number(base, country, item.where, value),
    )  # fmt: skip


def _is_chance(item: Ranged) -> bool:
    return item.number.table == "disruptions" and item.number.column in CHANCES


def _chances(base: Base) -> list[_Range]:
    """The disruptions whose chances have a range that these futures can be weighted for."""
    futures = base.assembled.futures
    factors: dict[str, tuple[float, float]] = {}
    for item in map(ranged, numbers(base.country)):
        if item is None or not _is_chance(item) or item.number.value <= 0:
            continue
        low, high = item.low / item.number.value, item.high / item.number.value
        was = factors.get(str(item.number.row), (1.0, 1.0))
        factors[str(item.number.row)] = min(low, was[0]), max(high, was[1])
    found = []
    for disruption in futures.disruptions:
        low, high = factors.get(disruption.id, (1.0, 1.0))
        fits = all(futures.can_reweight({disruption.id: factor}) for factor in (low, high))
        chance = mean_chance(futures, disruption)
        if low < high and fits and chance > 0:
            found.append(_chance(base, disruption.id, chance, (low, high)))
    return found


def _chance(base: Base, disruption: str, chance: float, factors: tuple[float, float]) -> _Range:
    return _Range(
        "disruptions", disruption, "chance", "1/year", chance, factors[0] * chance, factors[1] * chance,
        lambda value: at_chance(base, disruption, value / chance),
    )  # fmt: skip


def _worths(base: Base, item: _Range, value: float, decided: Sequence[Decided]) -> list[float]:
    """What each decision saves at a value, by the plans carried there; not a number where that cannot be said."""
    if value == item.value:
        return [found.worth.middle for found in decided]
    if item.column == "chance":  # the futures' costs are known: only their weights differ
        return [_reweighted(base, item, value, found) for found in decided]
    try:
        place = item.at(value)
        return [_worth(place, base, found) for found in decided]
    except TillermanError:
        return [np.nan for _ in decided]


def _worth(place: Place, base: Base, found: Decided) -> float:
    on, off = (place.cost(place.bring(x, found, on=on)) for x, on in ((base.best.x, True), (found.without, False)))
    return off - on if np.isfinite(on) or np.isfinite(off) else np.nan


def _reweighted(base: Base, item: _Range, value: float, found: Decided) -> float:
    probability = base.assembled.futures.reweighted({str(item.row): value / item.value})
    off = base.priced_futures(found.without)
    on = base.best.first_cost + base.best.future_values
    costs = [float(combined_weights(total, probability, base.risk) @ total) for total in (off, on)]
    return costs[0] - costs[1]


def _nearness(now: float, low: float, high: float) -> float:
    """How near a decision comes to turning: below 0 where it turns, 1 where the number moves nothing."""
    ends = [end / now for end in (low, high) if now and not np.isnan(end)]
    return min(ends, default=np.inf)


class _Proofs:
    """Plans made anew to prove that a decision pays, or does not, at a value; so many and no more."""

    def __init__(self, base: Base, most: int) -> None:
        self.base = base
        self.left = most
        self.n = 0

    def sign(self, item: _Range, value: float, found: Decided, guess: float) -> int:
        """1 where the decision is proved to pay at a value, -1 where it is proved not to, 0 where neither is."""
        if value == item.value:
            return int(found.worth.low > 0) - int(found.worth.high < 0)
        if self.left <= 0 or np.isnan(guess):
            return 0
        self.left -= 1
        self.n += 1
        place = item.at(value)
        loser = guess < 0  # the side whose best plan must be shown to cost more: with it, where it does not pay
        near = {on: place.bring(self.base.best.x if on else found.without, found, on=on) for on in (True, False)}
        rival = place.cost(near[not loser])
        bound = place.proved(found, near[loser], on=loser, tolerance=self.base.request.tolerance / 2).low
        if not bound > rival:
            return 0
        return -1 if loser else 1


def _flip(found: Decided, item: _Range, low: float, high: float, proofs: _Proofs) -> Flip:
    """Say what becomes of one decision over one range."""
    ends = {item.low: low, item.value: found.worth.middle, item.high: high}
    signs = {np.sign(worth) for worth in ends.values() if not np.isnan(worth)}
    verdict, crossing, pays, fails = Verdict.HOLDS, None, None, None
    if {-1.0, 1.0} <= signs:
        verdict = Verdict.UNDETERMINED
        proved = {value: proofs.sign(item, value, found, worth) for value, worth in ends.items()}
        yes = [value for value, sign in proved.items() if sign > 0]
        no = [value for value, sign in proved.items() if sign < 0]
        if yes and no:
            verdict = Verdict.FLIPS
            pays, fails = min(((a, b) for a in yes for b in no), key=lambda pair: abs(pair[0] - pair[1]))
            crossing = _crossing(found, item, ends, (pays, fails), proofs.base)
    return Flip(
        found.subject, found.name, item.table, item.row, item.column, item.unit, item.value, item.low, item.high,
        verdict, crossing, pays, fails, low, high,
    )  # fmt: skip


def _crossing(
    found: Decided, item: _Range, ends: dict[float, float], between: tuple[float, float], base: Base
) -> float:
    """Where the worth passes through zero between two values of proved and opposite sign, three more points priced."""
    start, stop = between
    points = [start + part * (stop - start) for part in INNER]
    worths = [_worths(base, item, value, [found])[0] for value in points]
    known = [(start, ends[start]), *zip(points, worths, strict=True), (stop, ends[stop])]
    known = [(value, worth) for value, worth in known if not np.isnan(worth)]
    for (a, one), (b, two) in pairwise(known):
        if one * two <= 0 and one != two:
            return a + (b - a) * one / (one - two)
    return (start + stop) / 2
