"""The linear master kept warm in HiGHS while cuts come and go: free it gives lower bounds, in a box plans to visit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tillerman.twostage.highs import Answer, Status, answer, load, quiet, run
from tillerman.twostage.master import Master
from tillerman.twostage.problem import Bools, Floats, Ints
from tillerman.twostage.safe import proved


class RelaxedMaster:
    """A linear master whose cuts are added and dropped without solving from scratch."""

    def __init__(self, master: Master, numbers: list[int]) -> None:
        self.master = master
        self.numbers = list(numbers)
        self._n_rules = int(master.rules.shape[0])
        self._held = not master.has_bound(self.numbers)
        self._places = np.arange(master.n_x, dtype=np.int32)
        self._lower, self._upper = master.lower[: master.n_x].copy(), master.upper[: master.n_x].copy()
        self._solver = quiet()
        self._solver.setOptionValue("presolve", "off")
        load(self._solver, master.programme(self.numbers, hold=self._held))

    def add(self, numbers: list[int]) -> None:
        """Add cuts; once every group has one, its estimate is set free."""
        coefficients, sides = self.master.rows(numbers)
        rows, columns = np.nonzero(coefficients)
        starts = np.searchsorted(rows, np.arange(len(numbers))).astype(np.int32)
        self._solver.addRows(
            len(numbers), sides, np.full(len(numbers), np.inf),
            columns.size, starts, columns.astype(np.int32), coefficients[rows, columns],
        )  # fmt: skip
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

    def keep_only(self, numbers: list[int]) -> None:
        """Hold exactly the numbered cuts."""
        held = set(self.numbers)
        self.drop(held.difference(numbers))
        fresh = [number for number in numbers if number not in held]
        if fresh:
            self.add(fresh)

    def put_in_box(self, centre: Floats, reach: Floats) -> tuple[Bools, Bools]:
        """Let every decision move at most its reach from a centre, which is brought inside the limits first.

        Says which are held closer than by their own limits: from below, and from above.
        """
        n_x = self.master.n_x
        least, most = self.master.lower[:n_x], self.master.upper[:n_x]
        middle = np.clip(centre, least, most)
        lower, upper = np.maximum(least, middle - reach), np.minimum(most, middle + reach)
        self._solver.changeColsBounds(n_x, self._places, lower, upper)
        return np.asarray(lower > least), np.asarray(upper < most)

    def limit(self, places: Ints, lower: Floats, upper: Floats) -> None:
        """Put some decisions between other limits, inside the master's own."""
        lower = np.maximum(lower, self.master.lower[places])
        upper = np.minimum(upper, self.master.upper[places])
        self._lower[places], self._upper[places] = lower, upper
        self._solver.changeColsBounds(places.size, places.astype(np.int32), lower, upper)

    def solve(self) -> Answer:
        """Solve the linear master; prices of the cuts are the last entries of the row duals."""
        return answer(self._solver, run(self._solver))

    def prove(self) -> Answer:
        """Solve the linear master; its objective is no more than its prices prove."""
        found = self.solve()
        if found.status is not Status.OPTIMAL or not self.gives_bound or not found.row_dual.size:
            return found
        least = proved(self.master, self.numbers, found.row_dual, self._lower, self._upper)
        return replace(found, objective=min(found.objective, least))

    def prices(self, found: Answer) -> Floats:
        """Give the price of every held cut in an answer, in the order of their numbers."""
        return found.row_dual[found.row_dual.size - len(self.numbers) :]

    @property
    def gives_bound(self) -> bool:
        """True once the objective of this master is a lower bound of the whole problem."""
        return not self._held
