"""Lower bounds for many first stages over one second stage, from cuts that are known already: no state is solved.

One linear master stays warm while bounds of decisions change; cuts of the pool enter it when its answer breaks them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tillerman.twostage.cuts import FEASIBILITY, TAIL, derive_groups
from tillerman.twostage.highs import Status, answer, load, quiet, run
from tillerman.twostage.master import Master
from tillerman.twostage.memory import Memory, check_memory
from tillerman.twostage.problem import FirstStage, Floats, Problem, Risk

MARGIN = 1e-5  # how far a cut must rise above the master to enter it, relative to 1 + the master's value
PATIENCE = 12  # bounds for which a cut may stay idle before it leaves the master
RULE = -1  # in place of a cut's number
MOST_RECALLS = 100  # stopping early gives a lower bound too
LATEST_POINTS = 5  # known plans whose cuts enter the first master


@dataclass(frozen=True)
class Bound:
    """What no plan of a first stage can undercut, and where the master finds it; inf where no plan keeps the rules."""

    value: float
    x: Floats


class Bounder:
    """Bounds first stages that differ from a problem's own in the limits of their decisions only."""

    def __init__(self, problem: Problem, memory: Memory, risk: Risk) -> None:
        check_memory(memory, problem)
        self._problem, self._memory, self._risk = problem, memory, risk
        n_groups = int(derive_groups(problem).max(initial=-1)) + 1
        self._master = Master(problem.first, memory.cuts, n_groups, risk)
        self._idle: dict[int, int] = {}
        self._rows = self._begin(n_groups)  # numbers of cuts, and RULE for a rule that came later
        self._n_rules = int(self._master.rules.shape[0])
        self._solver = quiet()
        self._solver.setOptionValue("presolve", "off")
        load(self._solver, self._master.programme(self._rows))

    def _begin(self, n_groups: int) -> list[int]:
        pool = self._memory.cuts
        found = {int(number) for number in np.flatnonzero(pool.kinds == FEASIBILITY)}
        lowest = np.full(n_groups + 1, -np.inf)
        for x, _ in self._memory.points[-LATEST_POINTS:]:
            found.update(pool.violated(x, lowest, self._risk.stamp, margin=0.0))
        return sorted(found)

    @property
    def _numbers(self) -> list[int]:
        return [row for row in self._rows if row != RULE]

    def add_rules(self, coefficients: Floats, lower: Floats) -> None:
        """Ask from now on for rules coefficients . x >= lower too, one row each."""
        for row, side in zip(coefficients, lower, strict=True):
            where = np.flatnonzero(row).astype(np.int32)
            self._solver.addRow(float(side), np.inf, where.size, where, row[where])
            self._rows.append(RULE)

    def bound(self, first: FirstStage) -> Bound:
        """A lower bound of the cost of every plan of a first stage, whole numbers left aside."""
        if not self._master.has_bound(self._numbers):
            return Bound(-np.inf, np.full(first.cost.size, np.nan))
        self._limit(first)
        found = Bound(-np.inf, np.full(first.cost.size, np.nan))
        for _ in range(MOST_RECALLS):
            status = run(self._solver)
            if status is Status.INFEASIBLE:
                return Bound(np.inf, found.x)
            if status is not Status.OPTIMAL:
                break
            got = answer(self._solver, status)
            value = -np.inf if self._master.rests_on_box(got) else got.objective
            found = Bound(value, got.x[: first.cost.size])
            missing = self._missing(got.x)
            if not missing:
                self._rest(got.row_dual)
                break
            self._add(missing)
        return found

    def _limit(self, first: FirstStage) -> None:
        n = self._master.n_x
        lower, upper = np.maximum(first.lower, -self._master.box), np.minimum(first.upper, self._master.box)
        self._solver.changeColsBounds(n, np.arange(n, dtype=np.int32), lower, upper)

    def _missing(self, point: Floats) -> list[int]:
        n, pool = self._master.n_x, self._memory.cuts
        margin = MARGIN * (1.0 + float(np.abs(point[n:]).max(initial=0.0)))
        found = pool.violated(point[:n], point[n:], self._risk.stamp, margin=margin)
        if self._risk.aversion == 0.0:
            found = [number for number in found if pool.kinds[number] != TAIL]
        held = set(self._numbers)
        return [number for number in found if number not in held]

    def _add(self, numbers: list[int]) -> None:
        coefficients, sides = self._master.rows(numbers)
        for row, side in zip(coefficients, sides, strict=True):
            where = np.flatnonzero(row).astype(np.int32)
            self._solver.addRow(float(side), np.inf, where.size, where, row[where])
        self._rows.extend(numbers)

    def _rest(self, row_dual: Floats) -> None:
        """Let cuts go that have held nothing for some time; the pool keeps them."""
        prices = row_dual[row_dual.size - len(self._rows) :]
        for number, price in zip(self._rows, prices, strict=True):
            self._idle[number] = 0 if price != 0.0 or number == RULE else self._idle.get(number, 0) + 1
        gone = {number for number in self._numbers if self._idle[number] > PATIENCE}
        survivors = [number for number in self._numbers if number not in gone]
        if gone and self._master.has_bound(survivors):
            places = [self._n_rules + k for k, number in enumerate(self._rows) if number in gone]
            self._solver.deleteRows(len(places), np.array(places, dtype=np.int32))
            self._rows = [number for number in self._rows if number not in gone]
