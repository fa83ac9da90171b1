"""Level-stabilised cuts: ask near the best plan, where the model promises a set share of the gap.

Each round: the linear master gives a lower bound; the level step gives the next plan to visit; visiting it gives
an upper bound and new cuts. Cuts idle for some rounds leave the master, never the pool.
"""

from __future__ import annotations

import enum

import numpy as np

from tillerman.twostage.cuts import FEASIBILITY
from tillerman.twostage.highs import Status
from tillerman.twostage.levelstep import LevelStep
from tillerman.twostage.master import Master
from tillerman.twostage.problem import FirstStage, Floats
from tillerman.twostage.relaxed import RelaxedMaster
from tillerman.twostage.search import Search, keeps_rules

LEVEL = 0.5  # the level sits this share of the gap above the lower bound
PATIENCE = 10  # rounds a cut may stay idle before it leaves the master
MOST_REMEMBERED_CUTS = 400  # cuts of an earlier solve that enter the first master


class Ending(enum.Enum):
    """How a level run ended."""

    CLOSED = enum.auto()
    INFEASIBLE = enum.auto()
    OUT_OF_TIME = enum.auto()
    OPEN_BELOW = enum.auto()  # the plan rests on the artificial box: maybe unbounded
    STALLED = enum.auto()  # no further progress is numerically possible


class LevelRun:
    """One level run over a first stage (or a version of it with some decisions fixed)."""

    def __init__(self, search: Search, first: FirstStage, *, integers: bool) -> None:
        self.search = search
        self.first = first
        self.integers = integers  # whether only plans with whole numbers may become the best plan
        self.master = Master(first, search.pool, search.n_groups, search.risk)
        self.lower = -np.inf
        self.local_best: tuple[float, Floats] | None = None
        self.last_numbers: list[int] = []  # cuts in the master when the run ended
        self._gross = 1.0
        self._idle: dict[int, int] = {}
        self._step: LevelStep | None = None

    def remembered(self) -> list[int]:
        """Give the cuts of earlier solves worth starting from: the ones highest at known plans, then the newest."""
        pool = self.search.pool
        usable = [number for number in range(len(pool)) if self.master.usable(number)]
        if len(usable) <= MOST_REMEMBERED_CUTS:
            return usable
        keep = {number for number in usable if pool.kinds[number] == FEASIBILITY}
        gradients = np.array([pool.gradients[number] for number in usable])
        intercepts = np.array([pool.intercepts[number] for number in usable])
        kinds = np.array([pool.kinds[number] for number in usable])
        points = np.array([x for x, _ in self.search.memory.points])
        if points.size:
            heights = intercepts[:, None] + gradients @ points.T
            for kind in np.unique(kinds):
                mine = np.flatnonzero(kinds == kind)
                for best in mine[np.argmax(heights[mine], axis=0)]:
                    keep.add(usable[int(best)])
        for number in reversed(usable):
            if len(keep) >= MOST_REMEMBERED_CUTS:
                break
            keep.add(number)
        return sorted(keep)

    def run(self, tolerance: float, start: Floats, *, global_bound: bool) -> Ending:
        """Close the gap to the tolerance (a share of gross cost), or say why not."""
        relaxed = RelaxedMaster(self.master, self.remembered())
        try:
            return self._loop(relaxed, tolerance, start, global_bound=global_bound)
        finally:
            self.last_numbers = list(relaxed.numbers)

    def _loop(self, relaxed: RelaxedMaster, tolerance: float, start: Floats, *, global_bound: bool) -> Ending:
        search = self.search
        query = start
        self._take_known_points()
        stuck = 0
        while True:
            lowest = relaxed.solve()
            if lowest.status is Status.INFEASIBLE:
                return Ending.INFEASIBLE
            if lowest.status is not Status.OPTIMAL:
                return Ending.STALLED
            lowest_x = lowest.x[: self.master.n_x]
            open_below = self.master.rests_on_box(lowest_x)
            if relaxed.gives_bound and not open_below:
                self.lower = max(self.lower, lowest.objective)
                if global_bound:
                    search.lower = max(search.lower, min(self.lower, search.upper))
            search.report()
            if self.gap <= tolerance:
                return Ending.CLOSED
            if search.seconds_left <= 0.0:
                return Ending.OUT_OF_TIME
            if open_below and self.local_best is not None and stuck > 0:
                return Ending.OPEN_BELOW
            if self.local_best is not None and relaxed.gives_bound:
                query = self._next(relaxed, lowest_x, lowest.objective, use_lowest=stuck > 0)
            elif search.iterations > 0:
                query = lowest_x
            before = self._best_value
            new = self._visit(query)
            if not new:
                return Ending.STALLED
            progressed = self._best_value < before or self._cuts_off(new, lowest_x, lowest.x)
            stuck = 0 if progressed else stuck + 1
            if stuck > 3:
                return Ending.STALLED
            self._age(relaxed, lowest.row_dual)
            relaxed.add(new)

    @property
    def _best_value(self) -> float:
        return np.inf if self.local_best is None else self.local_best[0]

    @property
    def gross_scale(self) -> float:
        """The gross cost of this run's best plan, without sign."""
        return abs(self._gross)

    @property
    def gap(self) -> float:
        """The gap of this run, over its own first stage."""
        if self.local_best is None:
            return np.inf
        distance = self._best_value - self.lower
        if distance <= 1e-9 * (1.0 + abs(self._best_value)):
            return 0.0
        return distance / max(abs(self._gross), 1e-300)

    def _take_known_points(self) -> None:
        for x, values in self.search.memory.points:
            if keeps_rules(self.first, x, integers=False):
                self._note(x, values)

    def _note(self, x: Floats, values: Floats) -> None:
        found = self.search.offer(x, values, integers=self.integers)
        if found.objective < self._best_value and keeps_rules(self.first, x, integers=False):
            self.local_best = (found.objective, x)
            self._gross = found.gross

    def _visit(self, query: Floats) -> list[int]:
        sweep, new = self.search.visit(query)
        if bool(np.isfinite(sweep.upper_values).all()) or self.search.pool.kinds[new[0] if new else 0] != FEASIBILITY:
            before = self._best_value
            self._note(query, sweep.upper_values)
            if self._best_value < before:
                self.search.memory.remember(query, sweep.upper_values)
        return new

    def _next(self, relaxed: RelaxedMaster, lowest_x: Floats, lowest: float, *, use_lowest: bool) -> Floats:
        if use_lowest or self.local_best is None:
            return lowest_x
        centre = self.local_best[1]
        if self._step is None:
            self._step = LevelStep(self.master, self._scale(centre))
        self._step.keep_only(relaxed.numbers)
        floor = max(self.lower, lowest)
        found = self._step.solve(centre, floor + LEVEL * (self._best_value - floor))
        if found is None:
            return lowest_x
        x, used = found
        self._idle.update(dict.fromkeys(used, 0))
        return x

    def _scale(self, centre: Floats) -> Floats:
        width = self.first.upper - self.first.lower
        return np.maximum(np.where(np.isfinite(width), np.minimum(width, 1.0 + np.abs(centre)), 1.0), 1e-6)

    def _cuts_off(self, new: list[int], lowest_x: Floats, point: Floats) -> bool:
        """True when a new cut removes the linear master's answer."""
        pool, n_x = self.search.pool, self.master.n_x
        for number in new:
            kind = pool.kinds[number]
            height = pool.intercepts[number] + float(pool.gradients[number] @ lowest_x)
            held = 0.0 if kind == FEASIBILITY else float(point[n_x + kind] if kind >= 0 else point[-1])
            if height > held + 1e-9 * (1.0 + abs(held)):
                return True
        return False

    def _age(self, relaxed: RelaxedMaster, row_dual: Floats) -> None:
        prices = row_dual[row_dual.size - len(relaxed.numbers) :]
        idle: set[int] = set()
        for number, price in zip(relaxed.numbers, prices, strict=True):
            self._idle[number] = 0 if price != 0.0 else self._idle.get(number, 0) + 1
            if self._idle[number] > PATIENCE and self.search.pool.kinds[number] != FEASIBILITY:
                idle.add(number)
        survivors = [number for number in relaxed.numbers if number not in idle]
        if self.master.has_bound(survivors):
            relaxed.drop(idle)
