"""All states at one plan: what each costs, proved from both sides, and the duals that cuts are made of.

An engine proposes a primal point and a dual vector for every state. Nothing an engine says is believed:
the primal point is checked against the state's own rules and priced, the dual is tested against the original
matrix and costs, and the two values must meet. A state that fails goes to the independent solver.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from tillerman.twostage.checker import Checker
from tillerman.twostage.errors import NumericalError
from tillerman.twostage.problem import Bools, Floats, Ints, Problem

CHUNK = 256  # states solved and checked together; fixed, so that results do not depend on the number of workers
RESIDUAL_TOLERANCE = 1e-9  # of a state's rules, relative to 1 + its largest right-hand side
DUALITY_TOLERANCE = 1e-8  # between a state's primal and dual value, relative to 1 + value
# Either value is a bound by itself, so what the judge leaves between them widens a certificate and never falsifies it;
# a state whose value is the small difference of large terms may leave more than the engine is allowed to.
JUDGED_DUALITY_TOLERANCE = 1e-6
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

    def begin(self, numbers: Ints, rhs: Floats, upper: Floats) -> None:
        """Meet one state of every cost family before any is solved."""
        ...

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


class StateSolver:
    """Solves and checks all states at a plan, with an engine that proposes and a judge for what fails.

    With more than one worker, threads take a chunk of states each; the engine must then stand being called at once for
    different states. Whatever the number of workers, every chunk is the same and so is what comes out.
    """

    def __init__(
        self, problem: Problem, engine: Engine, judge: Engine, *, checker: Checker | None = None, n_workers: int = 1
    ) -> None:
        self.problem = problem
        self.engine = engine
        self.judge = judge
        self.checker = Checker(problem) if checker is None else checker
        self.n_workers = n_workers
        self.n_states = int(problem.states.family.shape[0])
        self._first_of_family = np.unique(problem.states.family, return_index=True)[1]
        self._is_begun = False

    def right_hand_sides(self, x: Floats) -> tuple[Floats, Floats]:
        """Give every state's right-hand side and upper bounds at x."""
        return self.checker.right_hand_sides(x, slice(0, self.n_states))

    def sweep(self, x: Floats, *, primal: Floats | None = None) -> Sweep:
        """Solve every state at x; `primal`, when given, is filled with the points found."""
        self._begin(x)
        high, low = np.full(self.n_states, np.inf), np.full(self.n_states, -np.inf)
        duals = np.zeros((self.n_states, self.problem.recourse.matrix.shape[0]))
        infeasible = np.zeros(self.n_states, dtype=np.bool_)
        n_repaired = n_fallbacks = 0
        worst_residual = worst_gap = 0.0
        for part, checked in self._checked(x, keep_primal=primal is not None):
            n_fallbacks += self._fall_back(x, part, checked)
            high[part], low[part], duals[part] = checked.high, checked.low, checked.duals
            infeasible[part] = checked.infeasible
            if primal is not None:
                primal[part] = checked.primal
            n_repaired += checked.n_repaired
            solved = ~checked.infeasible
            worst_residual = max(worst_residual, float(checked.residual[solved].max(initial=0.0)))
            worst_gap = max(worst_gap, float(checked.gap[solved].max(initial=0.0)))
        return Sweep(high, low, duals, infeasible, n_repaired, n_fallbacks, worst_residual, worst_gap)

    def _begin(self, x: Floats) -> None:
        """Let the engine meet the first state of every cost family, so that what follows may come in any order."""
        if not self._is_begun and self.n_states:
            parts = [slice(number, number + 1) for number in self._first_of_family.tolist()]
            sides = [self.checker.right_hand_sides(x, part) for part in parts]
            rhs, upper = np.vstack([rhs for rhs, _ in sides]), np.vstack([upper for _, upper in sides])
            self.engine.begin(self._first_of_family, rhs, upper)
        self._is_begun = True

    def _checked(self, x: Floats, *, keep_primal: bool) -> Iterator[tuple[slice, _Checked]]:
        parts = [slice(start, min(start + CHUNK, self.n_states)) for start in range(0, self.n_states, CHUNK)]

        def work(part: slice) -> _Checked:
            rhs, upper = self.checker.right_hand_sides(x, part)
            found = self._check(np.arange(part.start, part.stop), rhs, upper, self.engine)
            if not (keep_primal or found.doubtful.any()):
                found.primal = np.empty((0, 0))  # not asked for: let it go while other chunks wait
            return found

        if self.n_workers == 1:
            yield from ((part, work(part)) for part in parts)
            return
        with ThreadPoolExecutor(self.n_workers) as pool:
            yield from zip(parts, pool.map(work, parts), strict=True)

    def _fall_back(self, x: Floats, part: slice, checked: _Checked) -> int:
        """Give doubtful states to the judge, one by one, so that each answer stands by itself."""
        doubtful = np.flatnonzero(checked.doubtful)
        if doubtful.size:
            rhs, upper = self.checker.right_hand_sides(x, part)
            for k in doubtful:
                one = slice(k, k + 1)
                number = np.array([part.start + k], dtype=np.int64)
                again = self._check(number, rhs[one], upper[one], self.judge)
                if again.doubtful.any():
                    self._give_up(int(number[0]), again)
                checked.replace(one, again)
        return int(doubtful.size)

    def _check(self, numbers: Ints, rhs: Floats, upper: Floats, engine: Engine) -> _Checked:
        proposal = engine.solve(numbers, rhs, upper)
        if bool((proposal.status == UNBOUNDED).any()):
            raise UnboundedRecourse
        found = self.checker.test(numbers, proposal.primal, proposal.duals, rhs, upper)
        with np.errstate(invalid="ignore"):  # what is no number is doubtful, see below
            gap = np.abs(found.high - found.low) / (1.0 + np.abs(found.high))
        infeasible = proposal.status == INFEASIBLE
        most = JUDGED_DUALITY_TOLERANCE if engine is self.judge else DUALITY_TOLERANCE
        # written so that what is no number is doubtful too
        holds = found.usable & (found.residual <= RESIDUAL_TOLERANCE) & (gap <= most)
        doubtful = (~holds & ~infeasible) | (proposal.status == FAILED)
        if engine is not self.judge:
            doubtful |= infeasible  # only the judge may declare a state infeasible
        high = np.where(infeasible, np.inf, found.high)
        return _Checked(
            high, found.low, found.duals, proposal.primal, infeasible, doubtful, found.residual, gap, found.n_repaired
        )

    def _give_up(self, number: int, checked: _Checked) -> None:
        raise NumericalError(
            where=f"state {number}",
            found=f"residual {checked.residual.max():.1e}, gap between primal and dual {checked.gap.max():.1e}",
            expected=f"at most {RESIDUAL_TOLERANCE:.0e} and {JUDGED_DUALITY_TOLERANCE:.0e}",
            remedy="Check this state's data for an unbounded recourse or badly scaled rows.",
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

    def replace(self, where: slice, other: _Checked) -> None:
        for name in ("high", "low", "duals", "primal", "infeasible", "doubtful", "residual", "gap"):
            getattr(self, name)[where] = getattr(other, name)
        self.n_repaired += other.n_repaired
