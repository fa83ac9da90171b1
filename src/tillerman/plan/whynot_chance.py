"""How likely a disruption would have to be for something to pay that the plan leaves out.

The best plan with it and the plan are compared on the same futures, weighted anew (exactly) for other chances of one
disruption: the one whose chance helps it most. At the highest chance tried both kinds of plan are made anew, to prove
whether it pays there; between, the plans found tell where they change places.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tillerman.country.world import Disruption
from tillerman.plan.base import Base
from tillerman.plan.breakeven import FACTORS, mean_chance
from tillerman.plan.flips_price import at_chance
from tillerman.plan.whynot_result import ChanceNeeded, Pays
from tillerman.twostage import Problem, Solution, combined_weights

Floats = NDArray[np.float64]
ROUNDING = 1e-9  # of gross cost: gains below it are none
RISING = tuple(factor for factor in FACTORS if factor >= 1.0)


@dataclass(frozen=True)
class Sides:
    """The best plan found with it, that without it, and how both are found at other chances."""

    having: Floats
    lacking: Floats
    anew: Callable[[Problem], tuple[Solution, Solution]]  # with it, and without


@dataclass(frozen=True)
class _Curve:
    """What something is worth at the highest chance of one disruption that can be tried, by the two plans."""

    disruption: Disruption
    factor: float  # of the file's chance
    worth: float
    gain: float  # over what it is worth at the file's chance


def chance_needed(base: Base, sides: Sides) -> ChanceNeeded:
    """Find the disruption that speaks for it most, and from which yearly chance on it pays."""
    having, lacking = base.priced_futures(sides.having), base.priced_futures(sides.lacking)
    futures = base.assembled.futures
    curves = []
    for d, disruption in enumerate(futures.disruptions):
        tried = [factor for factor in RISING if futures.can_reweight({disruption.id: factor})]
        if futures.onsets[:, d].any() and len(tried) > 1:
            worth = [_cost(base, lacking, disruption.id, f) - _cost(base, having, disruption.id, f) for f in tried]
            curves.append(_Curve(disruption, tried[-1], worth[-1], worth[-1] - worth[0]))
    curves = [curve for curve in curves if curve.gain > ROUNDING * abs(base.best.gross)]
    if not curves:
        return ChanceNeeded(Pays.NONE, "", "", 0.0, 0.0, None)
    best = max(curves, key=lambda curve: curve.worth)
    found, top = best.disruption, best.factor
    assumed = mean_chance(futures, found)
    yes, no = sides.anew(at_chance(base, found.id, top).problem)
    verdict = Pays.UNDETERMINED
    if yes.objective < no.lower_bound:
        verdict = Pays.PAYS
    elif yes.lower_bound > no.objective:
        verdict = Pays.NEVER
    on, off = [having, yes.first_cost + yes.future_values], [lacking, no.first_cost + no.future_values]

    def worth_at(factor: float) -> float:
        costs = (min(_cost(base, total, found.id, factor) for total in plans) for plans in (off, on))
        return next(costs) - next(costs)

    even = None
    if worth_at(top) > 0.0:
        from scipy.optimize import brentq  # a quarter of a second, for those who ask this alone

        even = 1.0 if worth_at(1.0) >= 0.0 else float(brentq(worth_at, 1.0, top, xtol=1e-3))
    return ChanceNeeded(
        verdict=verdict,
        disruption=found.id,
        name=found.name,
        assumed=assumed,
        tried=top * assumed,
        break_even=None if even is None else even * assumed,
    )


def _cost(base: Base, total: Floats, disruption: str, factor: float) -> float:
    """What a plan costs, by its futures, where a disruption is so much likelier."""
    probability = base.assembled.futures.reweighted({disruption: factor})
    return float(combined_weights(total, probability, base.risk) @ total)
