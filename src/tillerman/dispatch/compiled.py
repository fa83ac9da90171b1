"""Dispatch, compiled once for a country: from states in domain words to the arrays of a two-stage problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.affine import Place, TermTable
from tillerman.country import Country
from tillerman.dispatch.costs import cost_family
from tillerman.dispatch.drivers import Drivers
from tillerman.dispatch.fleet import FleetSpace, fleet_space, quantity
from tillerman.dispatch.layout import Layout, layout
from tillerman.dispatch.terms import LeftIndex, Period
from tillerman.dispatch.withdrawal import Left, Withdrawals
from tillerman.futures.state import Active, State
from tillerman.labels import Phase, ProgrammeKind
from tillerman.twostage import Evaluation, FirstStage, Problem, Recourse, States, evaluate

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Dispatch:
    """The one programme of a country: its layout, its fleet quantities, and states turned into arrays."""

    layout: Layout
    space: FleetSpace

    @cached_property
    def withdrawals(self) -> Withdrawals:
        """What any withdrawal leaves."""
        return Withdrawals(self.layout)

    @cached_property
    def drivers(self) -> Drivers:
        """What multiplies terms in a state."""
        return Drivers(self.space)

    @cached_property
    def index(self) -> LeftIndex:
        """Positions in the vector of shares left."""
        return LeftIndex(self.layout)

    @cached_property
    def tables(self) -> tuple[TermTable, ...]:
        """The terms of each period."""
        periods = range(len(self.space.years))
        return tuple(TermTable.of(Period(self.space, self.drivers, self.index, t).terms()) for t in periods)

    @property
    def n_fleet(self) -> int:
        """How many fleet quantities there are."""
        return len(self.space.names)

    def fleet(self, amounts: Mapping[str, float]) -> Floats:
        """A fleet vector from named amounts; quantities not named are 0."""
        vector = np.zeros(self.n_fleet)
        for name, amount in amounts.items():
            vector[self.space.position[name]] = amount
        return vector

    @cached_property
    def _unpooled(self) -> Floats:
        """0 for the level of a pooling programme in any period, 1 for every other fleet quantity."""
        keep = np.ones(self.n_fleet)
        pooling = [lever.id for lever in self.layout.country.levers if lever.kind is ProgrammeKind.POOLING]
        for name in (quantity("level", lever, t) for lever in pooling for t in range(len(self.space.years))):
            if name in self.space.position:
                keep[self.space.position[name]] = 0.0
        return keep

    def unpooled(self, fleet: Floats) -> Floats:
        """The same fleet without pooling: every use at the hour at which it is wanted."""
        return fleet * self._unpooled

    def unpooled_arrays(self, states: Sequence[State], n_extra: int = 0) -> tuple[States, Recourse]:
        """`arrays` of states in which no use is moved to other hours, whatever the fleet."""
        arrays, recourse = self.arrays(states, n_extra)
        rhs, upper = arrays.rhs_of_first.copy(), arrays.upper_of_first.copy()
        keep = np.append(self._unpooled, np.ones(n_extra))
        for matrix in (rhs, upper):
            matrix.data *= keep[matrix.indices]
            matrix.eliminate_zeros()
        return replace(arrays, rhs_of_first=rhs, upper_of_first=upper), recourse

    def left_vector(self, left: Left) -> Floats:
        """Shares left in the order of `LeftIndex`."""
        return np.concatenate([[1.0], left.pair, left.site, left.site_enforced, left.zone, left.pool, left.platform])

    def arrays(self, states: Sequence[State], n_extra: int = 0) -> tuple[States, Recourse]:
        """Turn states into right-hand sides, bounds and offsets, affine in the fleet (then `n_extra` more columns)."""
        shape, n = self.layout, len(states)
        known: dict[tuple[Active, ...], Left] = {}
        for state in states:
            if state.active not in known:
                known[state.active] = self.withdrawals.left(state.active)
        lefts = {active: self.left_vector(left) for active, left in known.items()}
        families: dict[tuple[int, float, Phase], int] = {}
        family = np.empty(n, dtype=np.int64)
        for s, state in enumerate(states):
            key = (state.period, state.prices, known[state.active].phase)
            family[s] = families.setdefault(key, len(families))
        into = _Collector(n, shape.n_rows, shape.n_columns, self.n_fleet + n_extra)
        for t, table in enumerate(self.tables):
            members = np.array([s for s in range(n) if states[s].period == t], dtype=np.int64)
            if members.size:
                left = np.stack([lefts[states[s].active] for s in members])
                driver = np.stack([self.drivers.values(states[s], known[states[s].active].phase) for s in members])
                into.add(members, table, table.values(left, driver))
        open_columns = slice(shape.first_column["unmet_relied"], shape.first_column["bought"])
        into.upper[:, open_columns] = np.inf
        years = self.space.years
        cost = np.stack(
            [cost_family(shape, years=years[t] - years[0], prices=prices, phase=phase) for t, prices, phase in families]
        )
        recourse = Recourse(shape.matrix, shape.is_equality, cost, shape.row_names, shape.column_names)
        return into.states(family), recourse

    def evaluate(
        self, states: Sequence[State], fleet: Floats, *, cost: Floats | None = None, primal: bool = False
    ) -> Evaluation:
        """Solve dispatch in each state for a given fleet; `cost` replaces the costs of every state (1, n_columns)."""
        arrays, recourse = self.arrays(states)
        if cost is not None:
            recourse = Recourse(recourse.matrix, recourse.is_equality, cost, recourse.row_names, recourse.column_names)
            arrays = _with_one_family(arrays)
        return evaluate(_one_future_each(arrays, recourse, self.n_fleet), fleet, primal=primal, engine="highs")

    def value(self, state: State, fleet: Floats) -> float:
        """The least cost and loss of one state, before the value of demand is taken off."""
        return float(self.evaluate([state], fleet).state_values[0])


def compile_dispatch(country: Country) -> Dispatch:
    """Compile dispatch for a country."""
    shape = layout(country)
    return Dispatch(shape, fleet_space(shape))


class _Collector:
    """Gathers evaluated terms into the arrays of all states."""

    def __init__(self, n_states: int, n_rows: int, n_columns: int, n_first: int) -> None:
        self.rhs = np.zeros((n_states, n_rows))
        self.upper = np.zeros((n_states, n_columns))
        self.offset = np.zeros((n_states, 1))
        self._n_first = n_first
        self._linear: dict[Place, list[tuple[NDArray[np.int64], NDArray[np.int64], Floats]]] = {p: [] for p in Place}

    def add(self, members: NDArray[np.int64], table: TermTable, values: Floats) -> None:
        """Add the terms of the states of one period."""
        for place, constants in ((Place.RHS, self.rhs), (Place.UPPER, self.upper), (Place.OFFSET, self.offset)):
            width = constants.shape[1]
            fixed = table.where(place, is_constant=True)
            # several terms may meet at one place, so they are added one after the other, not assigned
            np.add.at(constants, (members[:, None], table.at[fixed][None, :]), values[:, fixed])
            moving = table.where(place, is_constant=False)
            rows = members[:, None] * width + table.at[moving][None, :]
            columns = np.broadcast_to(table.variable[moving], rows.shape)
            found = values[:, moving]
            nonzero = found != 0.0
            self._linear[place].append((rows[nonzero], columns[nonzero], found[nonzero]))

    def states(self, family: NDArray[np.int64]) -> States:
        """The finished arrays."""
        return States(
            family=family,
            rhs=self.rhs,
            rhs_of_first=self._matrix(Place.RHS, self.rhs.size),
            upper=self.upper,
            upper_of_first=self._matrix(Place.UPPER, self.upper.size),
            offset=self.offset[:, 0],
            offset_of_first=self._matrix(Place.OFFSET, self.offset.size),
        )

    def _matrix(self, place: Place, n_rows: int) -> sparse.csr_array:
        parts = self._linear[place]
        rows = np.concatenate([part[0] for part in parts]) if parts else np.zeros(0, dtype=np.int64)
        columns = np.concatenate([part[1] for part in parts]) if parts else np.zeros(0, dtype=np.int64)
        values = np.concatenate([part[2] for part in parts]) if parts else np.zeros(0)
        return sparse.csr_array(sparse.coo_array((values, (rows, columns)), shape=(n_rows, self._n_first)))


def _with_one_family(states: States) -> States:
    return States(
        family=np.zeros_like(states.family),
        rhs=states.rhs,
        rhs_of_first=states.rhs_of_first,
        upper=states.upper,
        upper_of_first=states.upper_of_first,
        offset=states.offset,
        offset_of_first=states.offset_of_first,
    )


def _one_future_each(states: States, recourse: Recourse, n_first: int) -> Problem:
    """Every state a future of its own, with a free first stage: for pricing given fleets."""
    n = states.family.size
    first = FirstStage(
        cost=np.zeros(n_first),
        matrix=sparse.csr_array((0, n_first)),
        row_lower=np.zeros(0),
        row_upper=np.zeros(0),
        lower=np.zeros(n_first),
        upper=np.full(n_first, np.inf),
        is_integer=np.zeros(n_first, dtype=bool),
        names=tuple(f"x{i}" for i in range(n_first)),
        row_names=(),
    )
    return Problem(first, recourse, states, sparse.csr_array(sparse.eye_array(n)), np.full(n, 1 / n))
