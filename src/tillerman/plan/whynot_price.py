"""How far a price would have to fall for something to pay: the best plan with it, found anew at other prices.

    V(s) = cost of the best plan that has it, where its price is s times the file's        (never falls as s rises)
    it pays at s  where  V(s) <= cost of the best plan without it

A plan x with it costs A + s P(x) at every s up to the one it was found for: its price is linear in the file's numbers,
and only the budget, which a lower price relieves, depends on s besides. So a plan found at one s says at which lower s
it pays, and V's lower bound at one s says that it does not pay at any higher.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from tillerman.country import Country, replace_number
from tillerman.dispatch import compile_dispatch
from tillerman.plan.assemble import rulebook
from tillerman.plan.base import Base
from tillerman.plan.choosable import Group
from tillerman.plan.interval import Interval
from tillerman.plan.setting import Setting, signed_name, start_name
from tillerman.plan.whynot_result import Pays, PriceNeeded
from tillerman.twostage import FirstStage, Solution

Floats = NDArray[np.float64]
MOST_STEPS = 2  # prices that are tried on the way to where it just pays
MARGIN = 1.2  # times the distance at which bounds should prove that it does not
NEAR = 0.01  # of the price: prices nearer than this are the same

PRICES: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "build": ("sites", ("capital_musd_per_kh100e", "upkeep_musd_per_kh100e_year")),
        "sign": ("agreements", ("signing_musd", "fixed_musd_per_year", "reserve_musd_per_kh100e_year")),
        "start": ("levers", ("capital_musd", "annual_musd")),
        "keep_open": ("options", ("fee_musd_per_kh100e_year",)),
    }
)

_FAMILIES = MappingProxyType({"build": "built", "sign": "reserved", "start": "level", "keep_open": "kept"})


def cheaper(country: Country, group: Group, share: float) -> Country:
    """The same country where one thing costs a share of its price."""
    table, columns = PRICES[group.action]
    row = next(item for item in getattr(country, table) if item.id == group.subject)
    for column in columns:
        country = replace_number(country, table, group.subject, column, share * getattr(row, column))
    return country


def first_at(base: Base, group: Group, share: float) -> FirstStage:
    """The first stage where one thing costs a share of its price; no other part of the problem knows it."""
    setting = Setting(compile_dispatch(cheaper(base.country, group, share)), base.request.budget_musd_per_year)
    return rulebook(setting).first_stage()


def paid_by(base: Base, group: Group) -> frozenset[str]:
    """The decisions that are paid at its price, whenever they begin: its own, and the slices an agreement reserves."""
    setting = base.assembled.setting
    starts = {start_name(s) for s in setting.starts(_FAMILIES[group.action]) if s.subject == group.subject}
    signed = {signed_name(group.subject, t) for t in range(setting.n_periods)} if group.action == "sign" else set()
    return frozenset(starts | signed)


@dataclass(frozen=True)
class _Tried:
    """The best plan with it at one share of the price."""

    share: float
    lower: float
    rest: float  # what it costs apart from the price
    price: float

    def pays_below(self, limit: float) -> float:
        """The share below which this plan costs less than a limit; none beyond the one it was found for."""
        return min(self.share, self.reach(limit))

    def reach(self, limit: float) -> float:
        """The same, if the budget lets it be paid beyond too."""
        if self.rest >= limit:
            return -np.inf
        return (limit - self.rest) / self.price if self.price > 0 else np.inf


def price_needed(
    base: Base,
    group: Group,
    found: Solution,
    without: Interval,
    solve_at: Callable[[FirstStage, Floats], Solution],
) -> PriceNeeded:
    """Find at which share of its price something pays.

    `found` is the best plan with it at the file's price, `without` what the best plan without it costs, and
    `solve_at(first, start)` finds the best plan with it for another first stage.
    """
    first, paid = base.assembled.problem.first, paid_by(base, group)
    cost = np.where([name in paid for name in first.names], first.cost, 0.0)
    columns = PRICES[group.action][1]

    def seen(share: float, answer: Solution) -> _Tried:
        price = max(0.0, float(cost @ answer.x))
        return _Tried(share, answer.lower_bound, answer.objective - share * price, price)

    def told(verdict: Pays, share: Interval, even: float | None) -> PriceNeeded:
        return PriceNeeded(verdict, tried[0].price, columns, share, even)

    tried = [seen(1.0, found)]
    if tried[0].pays_below(without.high) >= 1.0:  # the plans found do not differ as things are
        low = tried[0].pays_below(without.low)
        return told(Pays.PAYS if low > 0 else Pays.UNDETERMINED, Interval(max(0.0, low), 1.0), 1.0)
    free = solve_at(first_at(base, group, 0.0), found.x)
    if free.lower_bound > without.high:
        return told(Pays.NEVER, Interval(0.0, 0.0), None)
    tried.append(seen(0.0, free))
    even, start = max(item.pays_below(without.high) for item in tried), free.x
    for share in _steps(tried, without):
        answer = solve_at(first_at(base, group, share), start)
        if not np.isfinite(answer.x).all():
            break
        tried.append(seen(share, answer))
        even, start = max(even, tried[-1].pays_below(without.high)), answer.x
    between = _between(tried, without)
    return told(Pays.PAYS if between.low > 0 else Pays.UNDETERMINED, between, even if even >= 0 else None)


def _steps(tried: list[_Tried], without: Interval) -> Iterator[float]:
    """Prices to try: where a plan found would just pay, then as far beyond as proves that none does."""
    for _ in range(MOST_STEPS):
        even = max(item.pays_below(without.high) for item in tried)
        reach = max(item.reach(without.high) for item in tried)
        if not even + NEAR < reach < 1.0:
            break
        yield reach
    even = max(0.0, *(item.pays_below(without.high) for item in tried))
    nearest, price = min(tried, key=lambda item: abs(item.share - even)), tried[0].price
    blur = without.width + nearest.rest + nearest.share * nearest.price - nearest.lower
    beyond = even + max(NEAR, MARGIN * blur / price) if price > 0 else 1.0
    if beyond < 1.0:
        yield beyond


def _between(tried: list[_Tried], without: Interval) -> Interval:
    """Where it is proved to pay, and from where on it is proved not to."""
    pays = max(item.pays_below(without.low) for item in tried)
    fails = min((item.share for item in tried if item.lower > without.high), default=1.0)
    return Interval(max(0.0, pays), max(fails, pays, 0.0))
