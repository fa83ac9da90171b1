"""States under a fleet that is given: what is left to decide in each is dispatch alone.

Nothing depends on a first stage any more, so a state takes a few kilobytes and a million of them can pass by in blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.affine import Place, TermTable
from tillerman.dispatch.compiled import Dispatch
from tillerman.dispatch.costs import cost_family
from tillerman.futures.state import Active, State
from tillerman.labels import Phase
from tillerman.twostage import Audit, BlockPricer, FirstStage, NumericalError, Problem, Recourse, States

Floats = NDArray[np.float64]

WORKERS = 2  # threads that solve states; what comes out does not depend on it


@dataclass(frozen=True)
class FixedFleet:
    """Dispatch under one fleet; what a set of withdrawals leaves is worked out once, however many states share it.

    The states that pass by are solved exactly and checked, and HiGHS solves a share of them again; see `audit`.
    """

    dispatch: Dispatch
    fleet: Floats
    pricer: BlockPricer = field(default_factory=lambda: BlockPricer(n_workers=WORKERS), compare=False, repr=False)
    _lefts: dict[tuple[Active, ...], tuple[Floats, Phase]] = field(default_factory=dict, compare=False, repr=False)

    def net_costs(self, states: Sequence[State]) -> Floats:
        """What each state costs, less the value of its demand: solved exactly, every state checked."""
        problem = self.problem(states)
        values = self.pricer.price(problem, np.zeros(0))
        if not self.audit.is_clean:
            raise NumericalError(
                where="states under a given fleet",
                found=f"a disagreement of {self.audit.worst_disagreement:.1e} between the engine and HiGHS",
                expected="the same costs",
                remedy="Please report it with the country file.",
            )
        return np.asarray(values + problem.states.offset)

    @property
    def audit(self) -> Audit:
        """What was checked in all states priced so far."""
        return self.pricer.audit

    def problem(self, states: Sequence[State]) -> Problem:
        """The states' programmes with the fleet put in: no decision is left, and every state is a future of its own."""
        shape, n = self.dispatch.layout, len(states)
        families: dict[tuple[int, float, Phase], int] = {}
        family = np.empty(n, dtype=np.int64)
        for s, state in enumerate(states):
            key = (state.period, state.prices, self._left(state.active)[1])
            family[s] = families.setdefault(key, len(families))
        rhs, upper, offset = np.zeros((n, shape.n_rows)), np.zeros((n, shape.n_columns)), np.zeros((n, 1))
        period = np.array([state.period for state in states])
        amounts = np.append(self.fleet, 1.0)  # the last stands for terms without a decision: CONSTANT is -1
        for t, table in enumerate(self.dispatch.tables):
            members = np.flatnonzero(period == t)
            if not members.size:
                continue
            values = self._values(table, [states[s] for s in members.tolist()])
            for place, into in ((Place.RHS, rhs), (Place.UPPER, upper), (Place.OFFSET, offset)):
                into[members] = values @ _laid_out(table, place, amounts, into.shape[1])
        upper[:, shape.first_column["unmet_relied"] : shape.first_column["bought"]] = np.inf
        years = self.dispatch.space.years
        cost = [
            cost_family(shape, years=years[t] - years[0], prices=prices, phase=phase) for t, prices, phase in families
        ]
        recourse = Recourse(shape.matrix, shape.is_equality, np.stack(cost), shape.row_names, shape.column_names)
        none = [sparse.csr_array((rows, 0)) for rows in (rhs.size, upper.size, n)]
        arrays = States(family, rhs, none[0], upper, none[1], offset[:, 0], none[2])
        return Problem(_nothing(), recourse, arrays, sparse.csr_array(sparse.eye_array(n)), np.full(n, 1 / n))

    def _left(self, active: tuple[Active, ...]) -> tuple[Floats, Phase]:
        """What a set of withdrawals leaves, and the phase it is in."""
        if active not in self._lefts:
            left = self.dispatch.withdrawals.left(active)
            self._lefts[active] = self.dispatch.left_vector(left), left.phase
        return self._lefts[active]

    def _values(self, table: TermTable, states: Sequence[State]) -> Floats:
        left = np.stack([self._left(state.active)[0] for state in states])
        driver = np.stack([self.dispatch.drivers.values(state, self._left(state.active)[1]) for state in states])
        return table.values(left, driver)


def _laid_out(table: TermTable, place: Place, amounts: Floats, width: int) -> sparse.csr_array:
    """Where each term of a table enters a place, times the amount of its decision: (n_terms, width)."""
    mine = np.flatnonzero(table.place == place)
    entries = (amounts[table.variable[mine]], (mine, table.at[mine]))
    return sparse.csr_array(sparse.coo_array(entries, shape=(table.place.size, width)))


def _nothing() -> FirstStage:
    """A first stage without decisions."""
    empty = np.zeros(0)
    return FirstStage(
        cost=empty,
        matrix=sparse.csr_array((0, 0)),
        row_lower=empty,
        row_upper=empty,
        lower=empty,
        upper=empty,
        is_integer=np.zeros(0, dtype=bool),
        names=(),
        row_names=(),
    )
