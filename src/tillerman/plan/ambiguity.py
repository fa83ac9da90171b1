"""If chances are not as assumed: the plan's cost over the ranges that the evidence gives for them.

Fresh futures are priced once, exactly. Each other set of chances is then a matter of weights: the likelihood ratio of
each future (see futures, re-weighting), with the shares of the climates kept. No decision changes.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tillerman.country import numbers
from tillerman.dispatch import withheld
from tillerman.futures import Futures, sample
from tillerman.plan.ambiguity_result import Ambiguity, HazardRange, Worse
from tillerman.plan.base import Base, Listener
from tillerman.plan.breakeven import mean_chance
from tillerman.plan.influence_change import ranged
from tillerman.plan.influence_likelihood import CHANCES
from tillerman.plan.outofsample import fresh_seed, totals
from tillerman.settings import ENOUGH_TAIL, TAIL
from tillerman.twostage import Risk, combined_weights

Floats = NDArray[np.float64]
FRESH = 2 * int(ENOUGH_TAIL / TAIL)  # futures: weights that differ leave fewer of them to speak
STEPS = (1, 2, 3, 5)


@withheld()
def ambiguity(base: Base, *, fresh: int = FRESH, progress: Listener | None = None) -> Ambiguity:
    """Say what the plan costs at best and at worst over the ranges of all chances."""
    tell = progress or (lambda _stage, _bounds: None)
    begun = time.perf_counter()
    tell("Drawing fresh futures", None)
    seed = fresh_seed(base.request.seed)
    futures = sample(base.country, fresh, seed=seed, geopolitics=base.request.geopolitics)
    priced = Priced(futures, totals(base, base.best.x, futures, progress=progress), base.risk)
    tell("Weighing futures anew", None)
    ranges = hazard_ranges(futures)
    assumed = priced.objective({})
    hazards, better, worse = [], {}, {}
    for disruption, (low, high) in ranges.items():
        found = next(d for d in futures.disruptions if d.id == disruption)
        chance = mean_chance(futures, found)
        ends = priced.objective({disruption: low}), priced.objective({disruption: high})
        hazards.append(HazardRange(disruption, found.name, chance, low * chance, high * chance, *ends))
        better[disruption], worse[disruption] = (low, high) if ends[0] <= ends[1] else (high, low)
    hazards.sort(key=lambda row: -max(abs(row.at_high_musd - assumed), abs(row.at_low_musd - assumed)))
    return Ambiguity(
        n_futures=fresh,
        assumed_musd=assumed,
        best_musd=min(assumed, priced.objective(better)),
        worst_musd=max(assumed, priced.objective(worse)),
        n_effective_worst=priced.n_effective(worse),
        n_fixed=len(futures.disruptions) - len(ranges),
        hazards=tuple(hazards),
        steps=tuple(_steps(priced, worse, {row.disruption: row.name for row in hazards})),
        seconds=time.perf_counter() - begun,
    )


@dataclass(frozen=True)
class Priced:
    """Futures, what the plan costs in each, and how much the worst count."""

    futures: Futures
    total: Floats
    risk: Risk

    def objective(self, factors: Mapping[str, float]) -> float:
        """The plan's objective when chances are multiplied."""
        probability = self.futures.reweighted(factors)
        return float(combined_weights(self.total, probability, self.risk) @ self.total)

    def n_effective(self, factors: Mapping[str, float]) -> float:
        """As many equally likely futures say as much."""
        return float(1 / (self.futures.reweighted(factors) ** 2).sum())


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


def _steps(priced: Priced, worse: Mapping[str, float], names: Mapping[str, str]) -> list[Worse]:
    """With one, two, three and five disruptions as bad as may be: each time the one is added that makes it worst."""
    chosen: dict[str, float] = {}
    steps = []
    for n in range(1, min(max(STEPS), len(worse)) + 1):
        left = [name for name in worse if name not in chosen]
        costs = {name: priced.objective({**chosen, name: worse[name]}) for name in left}
        worst = max(left, key=lambda name: (costs[name], name))
        chosen[worst] = worse[worst]
        if n in STEPS:
            told = tuple(names[name] for name in chosen)
            steps.append(Worse(n, costs[worst], told, priced.n_effective(chosen)))
    return steps
