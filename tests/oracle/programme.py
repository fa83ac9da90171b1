"""A linear programme written by names and solved by scipy: the oracle's only piece of machinery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog


@dataclass(frozen=True)
class Answer:
    """What one programme gives: its optimal value, and what each class gets and lacks."""

    value: float
    served: dict[str, float]
    unmet: dict[str, float]


class Programme:
    """A linear programme by names, minimised by scipy."""

    def __init__(self) -> None:
        self.at_most: dict[str, float] = {}
        self.exactly: dict[str, float] = {}
        self.columns: dict[str, tuple[float, float | None, dict[str, float]]] = {}

    def column(self, name: str, cost: float, upper: float | None, uses: dict[str, float]) -> None:
        """Add a column with its cost, upper bound (None: open) and what it uses of each row."""
        assert name not in self.columns, name
        self.columns[name] = (cost, upper, uses)

    def answer(self) -> Answer:
        """Solve, and sum what each class gets and lacks."""
        costs = [cost for cost, _, _ in self.columns.values()]
        result = linprog(
            c=costs,
            A_ub=self._matrix(self.at_most) if self.at_most else None,
            b_ub=list(self.at_most.values()) or None,
            A_eq=self._matrix(self.exactly) if self.exactly else None,
            b_eq=list(self.exactly.values()) or None,
            bounds=[(0.0, upper) for _, upper, _ in self.columns.values()],
            method="highs",
            options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        )
        assert result.status == 0, result.message
        solution = np.asarray(result.x, dtype=float)
        served: dict[str, float] = {}
        unmet: dict[str, float] = {}
        for name, amount in zip(self.columns, solution.tolist(), strict=True):
            what, of_class, *_ = name.split(" ")
            if what in ("ready", "moved"):
                served[of_class] = served.get(of_class, 0.0) + amount
            elif what in ("new", "relied"):
                unmet[of_class] = unmet.get(of_class, 0.0) + amount
                served.setdefault(of_class, 0.0)
        return Answer(float(np.dot(costs, solution)), served, unmet)

    def _matrix(self, rows: Mapping[str, float]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        matrix = np.zeros((len(rows), len(self.columns)))
        at = {name: position for position, name in enumerate(rows)}
        for position, (_, _, uses) in enumerate(self.columns.values()):
            for row, amount in uses.items():
                if row in at:
                    matrix[at[row], position] += amount
        return matrix
