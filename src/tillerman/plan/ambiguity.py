"""If chances are not as assumed: the plan's cost over the ranges that the evidence gives for them.

All chances at their ends, and the few that cost most: fresh futures are drawn with these chances, priced exactly. One
disruption at a time: the same futures are weighted anew by their likelihood, and only what the disruption adds in each
of them counts, so that the luck of everything else stays out. No decision changes.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tillerman.country import numbers
from tillerman.dispatch import withheld
from tillerman.futures import Futures, sample
from tillerman.plan.ambiguity_result import Ambiguity, HazardRange, Worse
from tillerman.plan.base import Base, Listener
from tillerman.plan.breakeven import mean_chance
from tillerman.plan.estimate import mean_of
from tillerman.plan.influence_change import ranged
from tillerman.plan.influence_likelihood import CHANCES, Many
from tillerman.plan.outofsample import fresh_seed, net_costs
from tillerman.settings import ENOUGH_TAIL, TAIL
from tillerman.twostage import combined_weights

Floats = NDArray[np.float64]
FRESH = int(ENOUGH_TAIL / TAIL)  # futures: enough for the average of the worst 5 in 100
STEPS = (2, 5)


@withheld()
def ambiguity(base: Base, *, fresh: int = FRESH, progress: Listener | None = None) -> Ambiguity:
    """Say what the plan costs at best and at worst over the ranges of all chances."""
    tell = progress or (lambda _stage, _bounds: None)
    begun = time.perf_counter()
    drawn = Drawn(base, fresh, tell)
    assumed = drawn.objective({})
    tell("Weighing futures anew", None)
    ranges = hazard_ranges(drawn.assumed.futures)
    hazards = sorted(
        (drawn.hazard(name, ends, assumed) for name, ends in ranges.items()),
        key=lambda row: -max(abs(row.at_high_musd - assumed), abs(row.at_low_musd - assumed)),
    )
    lows, highs = ({name: ends[end] for name, ends in ranges.items()} for end in (0, 1))
    steps = []
    costly = sorted((row for row in hazards if row.at_high_musd > assumed), key=lambda row: -row.at_high_musd)
    for n in (n for n in STEPS if n <= len(costly)):
        chosen = costly[:n]
        cost = drawn.objective({row.disruption: highs[row.disruption] for row in chosen})
        steps.append(Worse(n, max(assumed, cost), tuple(row.name for row in chosen), drawn.n_effective))
    worst = drawn.objective(highs)
    return Ambiguity(
        n_futures=fresh,
        assumed_musd=assumed,
        best_musd=min(assumed, drawn.objective(lows)),
        worst_musd=max(assumed, worst, *(step.objective_musd for step in steps)),
        n_effective_worst=drawn.n_effective,
        n_fixed=len(drawn.assumed.futures.disruptions) - len(ranges),
        hazards=tuple(hazards),
        steps=tuple(steps),
        seconds=time.perf_counter() - begun,
    )


class Drawn:
    """The plan on fresh futures: as assumed, with one disruption weighed anew, or drawn with other chances.

    All are drawn from one stream of random numbers, so that what differs between them is the chances.
    """

    def __init__(self, base: Base, n: int, tell: Listener) -> None:
        self._base, self._n, self._tell = base, n, tell
        self._seed = fresh_seed(base.request.seed)
        self.assumed = self._many({})

    @property
    def n_effective(self) -> float:
        """As many equally likely futures say as much; the shares of the climates are given, whatever the chances."""
        return float(1 / (self.assumed.futures.probability**2).sum())

    def objective(self, factors: Mapping[str, float]) -> float:
        """The plan's objective when chances are multiplied."""
        many = self._many(factors) if factors else self.assumed
        first = float(self._base.assembled.problem.first.cost @ self._base.best.x)
        total = first + many.futures.weights @ many.net
        return float(combined_weights(total, many.futures.probability, many.risk) @ total)

    def hazard(self, disruption: str, ends: tuple[float, float], assumed: float) -> HazardRange:
        """One disruption at both ends of its range; as assumed where these futures cannot tell the difference."""
        futures = self.assumed.futures
        found = next(d for d in futures.disruptions if d.id == disruption)
        chance, costs = mean_chance(futures, found), []
        for factor in ends:
            ratio = futures.reweighted({disruption: factor}) / futures.probability
            change = mean_of((ratio - 1.0) * self.assumed.added(disruption), futures.probability, futures.stratum)
            costs.append(assumed if change.low <= 0.0 <= change.high else assumed + change.value)
        return HazardRange(disruption, found.name, chance, ends[0] * chance, ends[1] * chance, *costs)

    def _many(self, factors: Mapping[str, float]) -> Many:
        self._tell("Drawing fresh futures", None)
        base = self._base
        country = replace(
            base.country,
            disruptions=tuple(
                replace(d, **{column: getattr(d, column) * factors.get(d.id, 1.0) for column in CHANCES})
                for d in base.country.disruptions
            ),
        )
        futures = sample(country, self._n, seed=self._seed, geopolitics=base.request.geopolitics)
        return Many(futures, base.risk, net_costs(base, base.best.x, self._tell))


def hazard_ranges(futures: Futures) -> dict[str, tuple[float, float]]:
    """By disruption, the least and the largest multiple of its chances that the evidence allows.

    Left out are disruptions without a range, and those whose chances these futures cannot be weighted for.
    """
    found: dict[str, tuple[float, float]] = {}
    for item in map(ranged, numbers(futures.country)):
        if item is None or item.number.table != "disruptions" or item.number.column not in CHANCES:
            continue
        if item.number.value > 0:
            was = found.get(str(item.number.row), (1.0, 1.0))
            ends = item.low / item.number.value, item.high / item.number.value
            found[str(item.number.row)] = min(was[0], ends[0]), max(was[1], ends[1])
    drawn = [d.id for d in futures.disruptions]
    return {
        name: found[name]
        for name in drawn
        if name in found and all(futures.can_reweight({name: factor}) for factor in found[name])
    }
