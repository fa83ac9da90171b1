"""Level-stabilised cuts: ask near the last plan visited, where the model promises a set share of the gap.

Each round: the linear master gives a lower bound; the level step gives the next plan to visit; visiting it gives
an upper bound and new cuts. Cuts idle for some rounds leave the master, never the pool.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

import numpy as np

from tillerman.twostage.cuts import FEASIBILITY, TAIL
from tillerman.twostage.highs import Answer, Status
from tillerman.twostage.levelstep import LevelStep
from tillerman.twostage.master import ARTIFICIAL_BOUND, Master
from tillerman.twostage.problem import FirstStage, Floats
from tillerman.twostage.relaxed import RelaxedMaster
from tillerman.twostage.search import Search, is_whole, keeps_rules, relative_gap, rounded

PATIENCE = 2  # rounds a cut may stay idle before it leaves the master
MARGIN = 0.1  # share of the gap by which a cut of the pool must rise above the master to enter it again
LATEST_POINTS = 5  # known plans whose cuts enter the first master; the rest come back when they are missed
FIRST_RECALLS = 30  # times the pool is asked for forgotten cuts before the first plan is visited
MOST_RECALLS = 2  # times the pool is asked for forgotten cuts before every later one
PROGRESS = 1e-9  # how far a new cut must rise above the master to count as progress, as a share of gross cost
SMALLEST_SCALE = 1e-6  # of a decision that is fixed
MOST_STUCK = 3  # rounds without progress before giving up
HOPE = 0.02  # without any plan yet, the level sits this share of gross cost above the lower bound


class Ending(enum.Enum):
    """How a level run ended."""

    CLOSED = enum.auto()
    INFEASIBLE = enum.auto()
    OUT_OF_TIME = enum.auto()
    OPEN_BELOW = enum.auto()  # the plan rests on the artificial box: maybe unbounded
    STALLED = enum.auto()  # no further progress is numerically possible


class LevelRun:
    """One level run over a first stage (or a version of it with some decisions fixed)."""

    def __init__(
        self,
        search: Search,
        first: FirstStage,
        *,
        integers: bool,
        numbers: Sequence[int] = (),
        reach: float = ARTIFICIAL_BOUND,
    ) -> None:
        self.search = search
        self.first = first
        self.integers = integers  # whether only plans with whole numbers may become the best plan
        self.master = Master(first, search.pool, search.n_groups, search.risk, reach=reach)
        self.lower = -np.inf
        self.local_best: tuple[float, Floats] | None = None
        self.tight: list[int] = []  # cuts that held the linear master when the run ended
        self._gross = 1.0
        self._numbers = numbers  # cuts to start from, beside those of earlier solves
        self._centre: Floats = first.lower
        self._is_part = False
        self._idle: dict[int, int] = {}
        self._step: LevelStep | None = None

    def remembered(self) -> list[int]:
        """Give the cuts of earlier solves to start from: what held the last one, the highest at known plans."""
        pool = self.search.pool
        keep = {*self.feasibility_cuts, *self._numbers}
        usable = (pool.kinds != TAIL) | pool.usable(self.search.risk.stamp)
        keep.update(number for number in self.search.memory.tight if usable[number])
        for x, _ in self.search.memory.points[-LATEST_POINTS:]:
            lowest = np.full(self.search.n_groups + 1, -np.inf)
            keep.update(pool.violated(x, lowest, self.search.risk.stamp, margin=0.0))
        return sorted(keep)

    @property
    def feasibility_cuts(self) -> list[int]:
        """Give the cuts that rule out plans."""
        return [int(number) for number in np.flatnonzero(self.search.pool.kinds == FEASIBILITY)]

    def run(self, tolerance: float, start: Floats, *, global_bound: bool) -> Ending:
        """Close the gap to the tolerance (a share of gross cost), or say why not.

        A run whose lower bound is not that of the whole problem also ends when it cannot give a better plan.
        """
        self._is_part = not global_bound
        relaxed = RelaxedMaster(self.master, self.remembered())
        return self._loop(relaxed, tolerance, start)

    def _loop(self, relaxed: RelaxedMaster, tolerance: float, start: Floats) -> Ending:
        search = self.search
        self._take_known_points()
        self._centre = start
        stuck = 0
        lowest = self._lowest(relaxed, most=FIRST_RECALLS)
        while True:
            if lowest.status is not Status.OPTIMAL:
                return Ending.INFEASIBLE if lowest.status is Status.INFEASIBLE else Ending.STALLED
            if relaxed.gives_bound:
                self._raise_lower(lowest)
            self._mark_tight(relaxed, lowest)
            search.report()
            ending = self._ending(tolerance, open_below=self.master.rests_on_box(lowest), stuck=stuck)
            if ending is not None:
                return ending
            before = self._best_value
            query = self._query(relaxed, lowest, start, stuck=stuck)
            if self.integers and stuck == 0:  # all but whole is not whole; but what is stuck has to look closely
                query = rounded(self.search.problem.first, query)
            new = self.visit(query)
            if not new:
                return Ending.STALLED
            progressed = self._best_value < before or self._cuts_off(new, lowest.x)
            stuck = 0 if progressed else stuck + 1
            self._drop_idle(relaxed)
            relaxed.add(new)
            lowest = self._lowest(relaxed, most=MOST_RECALLS)

    def _query(self, relaxed: RelaxedMaster, lowest: Answer, start: Floats, *, stuck: int) -> Floats:
        """Choose the next plan to visit."""
        if stuck > 0 or (not relaxed.gives_bound and self.search.iterations > 0):
            return lowest.x[: self.master.n_x]
        if not relaxed.gives_bound:
            return start
        return self._next(relaxed, lowest.objective, otherwise=lowest.x[: self.master.n_x])

    def _raise_lower(self, lowest: Answer) -> None:
        """Take the least value of the model as a lower bound, unless it rests on the artificial box."""
        if not self.master.rests_on_box(lowest):
            self.lower = max(self.lower, lowest.objective)
            if not self._is_part:
                self.search.lower = max(self.search.lower, min(self.lower, self.search.upper))

    def _ending(self, tolerance: float, *, open_below: bool, stuck: int) -> Ending | None:
        if self.gap <= tolerance or (self._is_part and self._cannot_help(tolerance)):
            return Ending.CLOSED
        if self.search.is_over:
            return Ending.OUT_OF_TIME
        if open_below and self.local_best is not None and stuck > 0:
            return Ending.OPEN_BELOW
        return Ending.STALLED if stuck > MOST_STUCK else None

    def _cannot_help(self, tolerance: float) -> bool:
        """True when the best plan known is as good as any of this run, or good enough for the whole problem."""
        return self.search.gap <= tolerance or self.lower >= self.search.cutoff

    def _lowest(self, relaxed: RelaxedMaster, *, most: int) -> Answer:
        """Solve the linear master as if it held every cut of the pool."""
        answer = relaxed.prove()
        for _ in range(most):
            if answer.status is not Status.OPTIMAL or not relaxed.gives_bound:
                break
            forgotten = self.forgotten(answer.x, relaxed)
            if not forgotten:
                break
            relaxed.add(forgotten)
            answer = relaxed.prove()
        return answer

    def forgotten(self, point: Floats, relaxed: RelaxedMaster) -> list[int]:
        """Give cuts of the pool that rise above a master at its answer and are not in it."""
        n_x = self.master.n_x
        pool = self.search.pool
        found = pool.violated(point[:n_x], point[n_x:], self.search.risk.stamp, margin=self._margin)
        if self.search.risk.aversion == 0.0:
            found = [number for number in found if pool.kinds[number] != TAIL]
        held = set(relaxed.numbers)
        return [number for number in found if number not in held]

    @property
    def _best_value(self) -> float:
        return np.inf if self.local_best is None else self.local_best[0]

    @property
    def gap(self) -> float:
        """The gap of this run, over its own first stage."""
        if self.local_best is None:
            return np.inf
        return relative_gap(self._best_value, self.lower, self._gross, self.search.unit)

    def _take_known_points(self) -> None:
        for x, values in self.search.memory.points:
            if self._is_allowed(x):
                self._note(x, values)

    def _is_allowed(self, x: Floats) -> bool:
        """True when a plan may be the best of this run; with whole numbers fixed, near to them is not enough."""
        if not keeps_rules(self.first, x, integers=False):
            return False
        return not (self._is_part and self.integers) or is_whole(self.search.problem.first, x)

    def _note(self, x: Floats, values: Floats) -> None:
        found = self.search.offer(x, values, integers=self.integers)
        if found.objective < self._best_value and self._is_allowed(x):
            self.local_best = (found.objective, x)
            self._gross = found.gross

    def visit(self, query: Floats) -> list[int]:
        """Price a plan, keep it if it is better, and give the numbers of its cuts."""
        self._centre = query
        sweep, new = self.search.visit(query)
        if bool(np.isfinite(sweep.upper_values).all()) or self.search.pool.kinds[new[0] if new else 0] != FEASIBILITY:
            before = self._best_value
            self._note(query, sweep.upper_values)
            if self._best_value < before:
                self.search.memory.remember(query, sweep.upper_values)
        return new

    def _next(self, relaxed: RelaxedMaster, lowest: float, *, otherwise: Floats) -> Floats:
        """Take the level step from the plan visited last, as the method was proposed: from the best takes longer."""
        floor = max(self.lower, lowest)
        top = self._best_value
        if self.local_best is None:
            top = self.search.upper if self.search.upper > floor else np.inf
            top = min(top, floor + 2.0 * HOPE * self.search.gross_scale)
        if self._step is None:
            self._step = LevelStep(self.master, self.scale)
        for recall in range(MOST_RECALLS):
            self._step.keep_only(relaxed.numbers)
            step = self._step.solve(self._centre, floor, top)
            if step is None:
                break
            self._idle.update(dict.fromkeys(step.used, 0))
            forgotten = self.forgotten(step.point, relaxed)
            if not forgotten or recall + 1 == MOST_RECALLS:
                return self.master.within(step.point)
            relaxed.add(forgotten)
        return otherwise

    @property
    def scale(self) -> Floats:
        """How far each decision moves in a unit step: the root of its range, between range and no range at all."""
        width = self.first.upper - self.first.lower
        return np.maximum(np.sqrt(np.where(np.isfinite(width), width, 1.0)), SMALLEST_SCALE)

    @property
    def _margin(self) -> float:
        distance = self._best_value - self.lower
        if not np.isfinite(distance):
            distance = HOPE * self.search.gross_scale
        return MARGIN * distance + PROGRESS * (1.0 + abs(self.lower) if np.isfinite(self.lower) else 1.0)

    def _cuts_off(self, new: list[int], point: Floats) -> bool:
        """True when a new cut removes the linear master's answer."""
        n_x = self.master.n_x
        rising = self.search.pool.violated(
            point[:n_x], point[n_x:], self.search.risk.stamp, margin=PROGRESS * self.search.gross_scale
        )
        return not set(new).isdisjoint(rising)

    def _mark_tight(self, relaxed: RelaxedMaster, lowest: Answer) -> None:
        kinds = self.search.pool.kinds
        latest = {int(kinds[number]): number for number in relaxed.numbers}  # no group may be left without a cut
        self.tight = [
            number
            for number, price in zip(relaxed.numbers, relaxed.prices(lowest), strict=True)
            if price != 0.0 or kinds[number] == FEASIBILITY or latest[int(kinds[number])] == number
        ]
        for number in relaxed.numbers:
            self._idle[number] = self._idle.get(number, -1) + 1
        self._idle.update(dict.fromkeys(self.tight, 0))
        if not self._is_part:
            self.search.memory.tight = self.tight

    def _drop_idle(self, relaxed: RelaxedMaster) -> None:
        idle = {number for number in relaxed.numbers if self._idle.get(number, 0) > PATIENCE}
        survivors = [number for number in relaxed.numbers if number not in idle]
        if self.master.has_bound(survivors):
            relaxed.drop(idle)
