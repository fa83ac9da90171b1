"""Affine responses: a base plus a coefficient for each decision, multiplied by what a state has left.

A `Term` says: at this place, `coefficient x share left x driver` of this decision (or of a constant) enters.
Rooms left of the plan return terms, not numbers, so that the plan can decide about them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

CONSTANT = -1


class Place(IntEnum):
    """Where a term enters a state's programme."""

    RHS = 0  # the right-hand side of a row
    UPPER = 1  # the upper bound of a column
    OFFSET = 2  # the value added outside the programme


@dataclass(frozen=True)
class Term:
    """One affine contribution to one place of a state's programme."""

    place: Place
    at: int  # row, column, or 0 for the offset
    variable: int  # position of the decision, CONSTANT for none
    coefficient: float
    left: int  # position in the vector of shares left
    driver: int  # position in the vector of drivers


@dataclass(frozen=True)
class TermTable:
    """Many terms as arrays, ready to be evaluated for thousands of states at once."""

    place: NDArray[np.int64]
    at: NDArray[np.int64]
    variable: NDArray[np.int64]
    coefficient: NDArray[np.float64]
    left: NDArray[np.int64]
    driver: NDArray[np.int64]

    @classmethod
    def of(cls, terms: list[Term]) -> TermTable:
        """Stack terms into arrays; terms with coefficient 0 say nothing and are left out."""
        kept = [term for term in terms if term.coefficient != 0.0]
        return cls(
            place=np.array([term.place for term in kept], dtype=np.int64),
            at=np.array([term.at for term in kept], dtype=np.int64),
            variable=np.array([term.variable for term in kept], dtype=np.int64),
            coefficient=np.array([term.coefficient for term in kept], dtype=np.float64),
            left=np.array([term.left for term in kept], dtype=np.int64),
            driver=np.array([term.driver for term in kept], dtype=np.int64),
        )

    def values(self, left: NDArray[np.float64], driver: NDArray[np.float64]) -> NDArray[np.float64]:
        """Evaluate all terms for all states: (n_states, n_terms) from (n_states, n_left) and (n_states, n_drivers)."""
        return self.coefficient * left[:, self.left] * driver[:, self.driver]

    def where(self, place: Place, *, is_constant: bool) -> NDArray[np.int64]:
        """Positions of the terms at a kind of place, constant or not."""
        return np.flatnonzero((self.place == place) & ((self.variable == CONSTANT) == is_constant))
