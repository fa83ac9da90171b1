"""The linear master kept warm in HiGHS while cuts come and go: the source of every lower bound."""

from __future__ import annotations

import numpy as np

from tillerman.twostage.highs import Answer, answer, highs_model, quiet, run
from tillerman.twostage.master import Master


class RelaxedMaster:
    """A linear master whose cuts are added and dropped without solving from scratch."""

    def __init__(self, master: Master, numbers: list[int]) -> None:
        self.master = master
        self.numbers = list(numbers)
        self._n_rules = int(master.rules.shape[0])
        self._held = not master.has_bound(self.numbers)
        self._solver = quiet()
        self._solver.setOptionValue("presolve", "off")
        self._solver.passModel(highs_model(master.programme(self.numbers, hold=self._held)))

    def add(self, numbers: list[int]) -> None:
        """Add cuts; once every group has one, its estimate is set free."""
        coefficients, sides = self.master.rows(numbers)
        for row, side in zip(coefficients, sides, strict=True):
            where = np.flatnonzero(row).astype(np.int32)
            self._solver.addRow(float(side), np.inf, where.size, where, row[where])
        self.numbers.extend(numbers)
        if self._held and self.master.has_bound(self.numbers):
            self._held = False
            free = np.arange(self.master.n_x, self.master.n, dtype=np.int32)
            self._solver.changeColsBounds(free.size, free, np.full(free.size, -np.inf), np.full(free.size, np.inf))

    def drop(self, numbers: set[int]) -> None:
        """Drop cuts that have been idle; the pool keeps them."""
        rows = [k for k, number in enumerate(self.numbers) if number in numbers]
        if rows:
            places = np.array([self._n_rules + k for k in rows], dtype=np.int32)
            self._solver.deleteRows(places.size, places)
            self.numbers = [number for number in self.numbers if number not in numbers]

    def solve(self) -> Answer:
        """Solve the linear master; prices of the cuts are the last entries of the row duals."""
        return answer(self._solver, run(self._solver))

    @property
    def gives_bound(self) -> bool:
        """True once the objective of this master is a lower bound of the whole problem."""
        return not self._held
