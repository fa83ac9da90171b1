"""All states at one plan: what each costs, proved from both sides, and the duals that cuts are made of.

An engine proposes a primal point and a dual vector for every state. Nothing an engine says is believed:
the primal point is checked against the state's own rules and priced, the dual is tested against the original
matrix and costs, and the two values must meet. A state that fails goes to the independent solver.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import sparse

from tillerman.twostage.errors import NumericalError
from tillerman.twostage.highs import Programme, Status, solve_programme
from tillerman.twostage.problem import Bools, Floats, Ints, Problem

CHUNK = 512  # states checked together; fixed, so that results do not depend on the number of workers
RESIDUAL_TOLERANCE = 1e-9  # of a state's rules, relative to 1 + its largest right-hand side
DUALITY_TOLERANCE = 1e-8  # between a state's primal and dual value, relative to 1 + value
REPAIR_FLOOR = 1e-13  # dual infeasibility below this share of the largest cost is rounding
SOLVED, INFEASIBLE, FAILED, UNBOUNDED = 0, 1, 2, 3


@dataclass(frozen=True)
class Batch:
    """What an engine proposes for a batch of states."""

    status: Ints  # SOLVED, INFEASIBLE, FAILED or UNBOUNDED
    primal: Floats  # (k, n_columns)
    duals: Floats  # (k, n_rows)


class UnboundedRecourse(Exception):  # noqa: N818 - a finding, caught in this package and returned as an outcome
    """A state can be served at a cost without lower limit."""


class Engine(Protocol):
    """Something that solves many states; each state has a number, so that its basis can be kept."""

    name: str

    def solve(self, numbers: Ints, rhs: Floats, upper: Floats) -> Batch:
        """Propose primal and dual vectors for the numbered states."""
        ...


@dataclass(frozen=True)
class Sweep:
    """All states at one x, checked: upper and lower values, duals, and what could not be served."""

    upper_values: Floats  # (n_states,) cost of a feasible primal point; inf where infeasible
    lower_values: Floats  # (n_states,) value of a feasible dual
    duals: Floats  # (n_states, n_rows), feasible
    is_infeasible: Bools  # (n_states,)
    n_repaired: int
    n_fallbacks: int
    worst_residual: float
    worst_gap: float


class Anchor:
    """A strictly feasible dual for one cost family, towards which slightly infeasible duals are pulled."""

    def __init__(self, problem: Problem, family: int) -> None:
        recourse = problem.recourse
        mine = problem.states.family == family
        self.is_open: Bools = np.isinf(problem.states.upper[mine]).any(axis=0)
        columns = np.flatnonzero(self.is_open)
        n_rows = recourse.matrix.shape[0]
        self.point: Floats = np.zeros(n_rows)
        self.slack = np.inf
        if not columns.size:
            return
        cost = recourse.cost[family, columns]
        room = max(1.0, float(np.abs(cost).max()))
        transposed = recourse.matrix[:, columns].T.tocsr()
        ones = sparse.csr_array(np.ones((columns.size, 1)))
        answer = solve_programme(
            Programme(
                cost=np.concatenate([np.zeros(n_rows), [-1.0]]),
                matrix=sparse.hstack([transposed, ones], format="csr"),
                row_lower=np.full(columns.size, -np.inf),
                row_upper=cost,
                lower=np.concatenate([np.full(n_rows, -np.inf), [0.0]]),
                upper=np.concatenate([np.where(recourse.is_equality, np.inf, 0.0), [room]]),
            )
        )
        self.slack = 0.0
        if answer.status is Status.OPTIMAL:
            self.point = np.where(recourse.is_equality, answer.x[:-1], np.minimum(answer.x[:-1], 0.0))
            self.slack = max(0.0, float((cost - transposed @ self.point).min()))


class Checker:
    """Tests proposals against the original problem; repairs duals; keeps what the audit reports."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.matrix = problem.recourse.matrix
        self.transposed = sparse.csr_array(problem.recourse.matrix.T)
        self.anchors = [Anchor(problem, family) for family in range(problem.recourse.cost.shape[0])]
        self.scale = np.maximum(1.0, np.abs(problem.recourse.cost).max(axis=1, initial=0.0))

    def reduced_costs(self, numbers: Ints, duals: Floats) -> Floats:
        """Give cost minus priced-out rows for every column of the numbered states."""
        priced: Floats = np.ascontiguousarray((self.transposed @ duals.T).T)
        return self.problem.recourse.cost[self.problem.states.family[numbers]] - priced

    def make_feasible(self, numbers: Ints, duals: Floats) -> tuple[Floats, Bools, int]:
        """Clip signs and pull duals into feasibility; say which remain unusable and how many were moved."""
        duals = np.where(self.problem.recourse.is_equality, duals, np.minimum(duals, 0.0))
        reduced = self.reduced_costs(numbers, duals)
        family = self.problem.states.family[numbers]
        usable: Bools = np.asarray(np.isfinite(duals).all(axis=1))
        n_moved = 0
        for each, anchor in enumerate(self.anchors):
            mine = np.flatnonzero((family == each) & usable)
            if not mine.size or not anchor.is_open.any():
                continue
            violation = np.maximum(0.0, -reduced[np.ix_(mine, np.flatnonzero(anchor.is_open))].min(axis=1))
            bad = violation > REPAIR_FLOOR * self.scale[each]
            if not bad.any():
                continue
            if anchor.slack > 0.0:
                pull = (violation[bad] / (violation[bad] + anchor.slack))[:, None]
                duals[mine[bad]] = (1.0 - pull) * duals[mine[bad]] + pull * anchor.point
                n_moved += int(bad.sum())
            else:
                usable[mine[violation > RESIDUAL_TOLERANCE * self.scale[each]]] = False
        return duals, usable, n_moved

    def dual_values(self, numbers: Ints, duals: Floats, rhs: Floats, upper: Floats) -> Floats:
        """Give the lower bound that a feasible dual proves for each state."""
        bound_duals = self.bound_duals(numbers, duals)
        capped: Floats = np.where(np.isfinite(upper), upper, 0.0)
        value: Floats = np.einsum("ij,ij->i", duals, rhs) + np.einsum("ij,ij->i", bound_duals, capped)
        return value

    def bound_duals(self, numbers: Ints, duals: Floats) -> Floats:
        """Give the price of every finite upper bound: min(0, reduced cost)."""
        reduced = self.reduced_costs(numbers, duals)
        return np.where(np.isfinite(self.problem.states.upper[numbers]), np.minimum(reduced, 0.0), 0.0)

    def primal_values(self, numbers: Ints, primal: Floats, rhs: Floats, upper: Floats) -> tuple[Floats, Floats]:
        """Give cost and relative residual of proposed points, after clipping them into their bounds."""
        point = np.clip(primal, 0.0, np.maximum(upper, 0.0))
        excess = (self.matrix @ point.T).T - rhs
        broken = np.where(self.problem.recourse.is_equality, np.abs(excess), np.maximum(excess, 0.0))
        residual = broken.max(axis=1, initial=0.0) / (1.0 + np.abs(rhs).max(axis=1, initial=0.0))
        cost = self.problem.recourse.cost[self.problem.states.family[numbers]]
        return np.einsum("ij,ij->i", cost, point), residual


class StateSolver:
    """Solves and checks all states at a plan, with an engine that proposes and a judge for what fails."""

    def __init__(self, problem: Problem, engine: Engine, judge: Engine) -> None:
        self.problem = problem
        self.engine = engine
        self.judge = judge
        self.checker = Checker(problem)
        self.n_states = int(problem.states.family.shape[0])

    def right_hand_sides(self, x: Floats) -> tuple[Floats, Floats]:
        """Give every state's right-hand side and upper bounds at x."""
        states = self.problem.states
        rhs = states.rhs + (states.rhs_of_first @ x).reshape(states.rhs.shape)
        upper = states.upper + (states.upper_of_first @ x).reshape(states.upper.shape)
        return rhs, upper

    def sweep(self, x: Floats, *, primal: Floats | None = None) -> Sweep:
        """Solve every state at x; `primal`, when given, is filled with the points found."""
        rhs, upper = self.right_hand_sides(x)
        high, low = np.full(self.n_states, np.inf), np.full(self.n_states, -np.inf)
        duals = np.zeros(rhs.shape)
        infeasible = np.zeros(self.n_states, dtype=np.bool_)
        n_repaired = n_fallbacks = 0
        worst_residual = worst_gap = 0.0
        for start in range(0, self.n_states, CHUNK):
            part = slice(start, min(start + CHUNK, self.n_states))
            numbers = np.arange(part.start, part.stop)
            checked = self._check(numbers, rhs[part], upper[part], self.engine)
            doubtful = np.flatnonzero(checked.doubtful)
            if doubtful.size:
                n_fallbacks += int(doubtful.size)
                again = self._check(numbers[doubtful], rhs[part][doubtful], upper[part][doubtful], self.judge)
                if again.doubtful.any():
                    self._give_up(numbers[doubtful][again.doubtful], again)
                checked.replace(doubtful, again)
            high[part], low[part], duals[part] = checked.high, checked.low, checked.duals
            infeasible[part] = checked.infeasible
            if primal is not None:
                primal[part] = checked.primal
            n_repaired += checked.n_repaired
            solved = ~checked.infeasible
            worst_residual = max(worst_residual, float(checked.residual[solved].max(initial=0.0)))
            worst_gap = max(worst_gap, float(checked.gap[solved].max(initial=0.0)))
        return Sweep(high, low, duals, infeasible, n_repaired, n_fallbacks, worst_residual, worst_gap)

    def _check(self, numbers: Ints, rhs: Floats, upper: Floats, engine: Engine) -> _Checked:
        proposal = engine.solve(numbers, rhs, upper)
        if bool((proposal.status == UNBOUNDED).any()):
            raise UnboundedRecourse
        duals, usable, n_repaired = self.checker.make_feasible(numbers, proposal.duals)
        value, residual = self.checker.primal_values(numbers, proposal.primal, rhs, upper)
        low = self.checker.dual_values(numbers, duals, rhs, upper)
        gap = np.abs(value - low) / (1.0 + np.abs(value))
        infeasible = proposal.status == INFEASIBLE
        doubtful = ~usable | (residual > RESIDUAL_TOLERANCE) | (gap > DUALITY_TOLERANCE)
        doubtful = (doubtful & ~infeasible) | (proposal.status == FAILED)
        if engine is not self.judge:
            doubtful |= infeasible  # only the judge may declare a state infeasible
        high = np.where(infeasible, np.inf, value)
        return _Checked(high, low, duals, proposal.primal, infeasible, doubtful, residual, gap, n_repaired)

    def _give_up(self, numbers: Ints, checked: _Checked) -> None:
        raise NumericalError(
            where=f"states {numbers[:5].tolist()}",
            found=f"residual {checked.residual.max():.1e}, gap between primal and dual {checked.gap.max():.1e}",
            expected=f"at most {RESIDUAL_TOLERANCE:.0e} and {DUALITY_TOLERANCE:.0e}",
            remedy="Check these states' data for an unbounded recourse or badly scaled rows.",
        )


@dataclass
class _Checked:
    high: Floats
    low: Floats
    duals: Floats
    primal: Floats
    infeasible: Bools
    doubtful: Bools
    residual: Floats
    gap: Floats
    n_repaired: int

    def replace(self, where: Ints, other: _Checked) -> None:
        for name in ("high", "low", "duals", "primal", "infeasible", "doubtful", "residual", "gap"):
            getattr(self, name)[where] = getattr(other, name)
        self.n_repaired += other.n_repaired
