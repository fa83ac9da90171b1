"""The level step: about the smallest box around a centre in which the model comes down to a level.

    v(t) = min model(x)  s.t.  |x - centre| <= scale t,  rules, bounds, cuts

v falls and is convex in t, and the reduced costs at the box give its slope: one or two Newton steps on t from the last
round's box find a v(t) near the level. Every one is the linear master with other bounds, kept warm. Measured against
moves as rows of one linear programme (min t): as many rounds, less than half of the time a round; against the
usual quadratic step (clarabel): a twentieth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tillerman.twostage.highs import Answer, Status
from tillerman.twostage.master import Master
from tillerman.twostage.problem import Bools, Floats
from tillerman.twostage.relaxed import RelaxedMaster

LEVEL = 0.5  # the level sits this share of the gap above the lower bound
NEAR = 0.15  # share of the gap by which the model may miss the level
MOST_TRIES = 12  # sizes of box tried for one step
WIDER = 4.0  # a box without any plan is widened by this


@dataclass(frozen=True)
class Step:
    """Where the level step leads: a point (x, theta, eta), the cuts that hold it, and a bound where it found one."""

    point: Floats
    used: set[int]
    bound: float  # least value of the model everywhere, where no box held the step; else -inf


class LevelStep:
    """The level programme, kept warm while cuts come and go."""

    def __init__(self, master: Master, scale: Floats) -> None:
        self._scale = scale
        self._boxed = RelaxedMaster(master, [])
        self._size = 1.0

    def keep_only(self, numbers: list[int]) -> None:
        """Hold exactly the numbered cuts."""
        self._boxed.keep_only(numbers)

    def solve(self, centre: Floats, floor: float, top: float) -> Step | None:
        """Step from a centre to a level between floor and top; nothing when the programme gave no answer."""
        gap = max(top - floor, 1e-300)
        short, far = 0.0, np.inf  # sizes known to miss the level on either side
        step = None
        for _ in range(MOST_TRIES):
            size = self._size
            held = self._boxed.put_in_box(centre, self._scale * size)
            found = self._boxed.solve()
            if found.status is Status.INFEASIBLE and (held[0].any() or held[1].any()):
                short, self._size = size, WIDER * size if np.isinf(far) else 0.5 * (size + far)
                continue
            if found.status is not Status.OPTIMAL:
                return step
            slope = self._slope(found, held)
            step = self._step(found, slope)
            miss = (found.objective - floor) / gap - LEVEL
            if abs(miss) <= NEAR or (miss > 0.0 and slope == 0.0):
                break
            if miss > 0.0:
                short = max(short, size)
            else:
                far = min(far, size)
            wanted = size - miss * gap / slope if slope < 0.0 else 0.5 * size
            if short < wanted < far:
                self._size = wanted
            else:
                self._size = 0.5 * (short + far) if np.isfinite(far) else WIDER * max(short, 1e-9)
        return step

    def _slope(self, found: Answer, held: tuple[Bools, Bools]) -> float:
        """Give how fast the model falls as the box grows: reduced costs of decisions that the box holds."""
        prices = found.column_dual[: self._scale.size]
        by_box = np.where(held[0], np.maximum(prices, 0.0), 0.0) - np.where(held[1], np.minimum(prices, 0.0), 0.0)
        return -float(by_box @ self._scale)

    def _step(self, found: Answer, slope: float) -> Step:
        prices = self._boxed.prices(found)
        used = {number for number, price in zip(self._boxed.numbers, prices, strict=True) if price != 0.0}
        return Step(found.x, used, found.objective if slope == 0.0 else -np.inf)
