"""Flip points: at which value of a number, or chance of a disruption, a decision of the plan stops paying.

The best plan with a decision and the best without it are carried to both ends of each number's range and priced there.
Where their difference changes sign, three points between are priced too, and the sign at either side is proved by
planning anew: the worth is an interval [LB without − UB with, UB without − LB with], and a value is told only where
one such interval lies above zero and another below it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from tillerman.country import numbers
from tillerman.dispatch import withheld
from tillerman.plan.base import Base, Listener
from tillerman.plan.breakeven import mean_chance
from tillerman.plan.decisions import decisions
from tillerman.plan.flips_price import Decided, Shared, at_chance, at_number
from tillerman.plan.flips_proof import Proofs
from tillerman.plan.flips_result import DecisionWorth, Flip, Flips, Verdict
from tillerman.plan.flips_seen import Range, Seen, costs_at
from tillerman.plan.influence import screen_of, screened
from tillerman.plan.influence_change import Ranged, Terms, ranged
from tillerman.plan.influence_file import stored_influence
from tillerman.plan.influence_likelihood import CHANCES
from tillerman.plan.interval import Interval
from tillerman.plan.rows import Decision
from tillerman.plan.setting import signed_name, start_name
from tillerman.plan.variants import side_by_side

MOST_DECISIONS = 3
MOST_NUMBERS = 20  # numbers, the most influential first, whose ends are priced
MOST_ROWS = 20  # pairs of decision and number that are told
MOST_PROOFS = 6  # plans made anew
SCREENED_ON = 5  # futures on which numbers are screened where no stored study of influence speaks of this file
OFF_ROUNDS = 80  # of the search for the best plan without a decision
INNER = (0.25, 0.5, 0.75)


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
    seen: list[Seen] = []
    for item in (*wide, *chances):
        tell("Pricing plans at the ends of ranges", None)
        ends = [costs_at(base, item, end, decided) for end in (item.low, item.high)]
        seen.extend(Seen(found, item, low, high) for found, low, high in zip(decided, *ends, strict=True))
    seen.sort(key=lambda each: each.nearness)
    proofs = Proofs(base, MOST_PROOFS)
    rows = []
    for each in seen[:MOST_ROWS]:
        tell("Proving where decisions flip", None)
        rows.append(_flip(each, proofs))
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
            futures = other.first_cost + other.future_values
            found.append(Decided(subject, _name(told, subject), held, other.x, futures, worth))
    return found


def _name(rows: Sequence[Decision], subject: str) -> str:
    return next(row.name for row in rows if row.subject == subject)


def _made_of(base: Base, subject: str) -> set[str]:
    """Every start and signature of one subject, in any period."""
    setting = base.assembled.setting
    starts = {start_name(start) for start in setting.dispatch.space.starts if start.subject == subject}
    signatures = {signed_name(subject, t) for t in range(setting.n_periods)}
    return (starts | signatures) & set(base.assembled.problem.first.names)


def _numbers(base: Base, most: int) -> list[Range]:
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
    shared = Shared()
    return [_number(base, items[where], shared) for where in order if where in items][:most]


def _number(base: Base, item: Ranged, shared: Shared) -> Range:
    number = item.number
    return Range(
        number.table, number.row, number.column, number.unit, number.value, item.low, item.high,
        lambda value: at_number(base, item.where, value, shared),
    )  # fmt: skip


def _is_chance(item: Ranged) -> bool:
    return item.number.table == "disruptions" and item.number.column in CHANCES


def _chances(base: Base) -> list[Range]:
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


def _chance(base: Base, disruption: str, chance: float, factors: tuple[float, float]) -> Range:
    return Range(
        "disruptions", disruption, "chance", "1/year", chance, factors[0] * chance, factors[1] * chance,
        lambda value: at_chance(base, disruption, value / chance),
    )  # fmt: skip


def _flip(seen: Seen, proofs: Proofs) -> Flip:
    """Say what becomes of one decision over one range."""
    found, item, worths = seen.found, seen.item, seen.worths
    signs = {np.sign(worth) for worth in worths.values() if not np.isnan(worth)}
    verdict, crossing, pays, fails = Verdict.HOLDS, None, None, None
    if {-1.0, 1.0} <= signs:
        verdict = Verdict.UNDETERMINED
        proved = proofs.both(seen)
        if proved is not None:
            verdict, (pays, fails) = Verdict.FLIPS, proved
            crossing = _crossing(seen, proved, proofs.base)
    return Flip(
        found.subject, found.name, item.table, item.row, item.column, item.unit, item.value, item.low, item.high,
        verdict, crossing, pays, fails, seen.low.worth, seen.high.worth,
    )  # fmt: skip


def _crossing(seen: Seen, between: tuple[float, float], base: Base) -> float:
    """Where the worth passes through zero between two values of proved and opposite sign, three more points priced."""
    start, stop = between
    points = [start + part * (stop - start) for part in INNER]
    worths = [costs_at(base, seen.item, value, [seen.found])[0].worth for value in points]
    known = [(start, seen.worths[start]), *zip(points, worths, strict=True), (stop, seen.worths[stop])]
    known = [(value, worth) for value, worth in known if not np.isnan(worth)]
    for (a, one), (b, two) in pairwise(known):
        if one * two <= 0 and one != two:
            return a + (b - a) * one / (one - two)
    return (start + stop) / 2
