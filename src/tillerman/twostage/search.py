"""What every method shares while it looks for a plan: visiting a plan exactly, its cuts, the bounds and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tillerman.twostage.cuts import FEASIBILITY, TAIL, CutMaker, derive_groups
from tillerman.twostage.feasibility import feasibility_cuts
from tillerman.twostage.memory import Memory, save_memory
from tillerman.twostage.problem import Bools, FirstStage, Floats, Problem, Risk
from tillerman.twostage.risk import conditional_value_at_risk, mean_value, value_at_risk, worst_value, worst_weights
from tillerman.twostage.solution import Listener, Progress
from tillerman.twostage.states import StateSolver, Sweep

RULE_TOLERANCE = 1e-6  # how far a plan may break a rule of the first stage, relative to 1 + size of the rule
INTEGER_TOLERANCE = 1e-6
SAVE_EVERY_S = 10.0  # between checkpoints


@dataclass(frozen=True)
class Score:
    """What one plan costs, given exact values of all states."""

    objective: float
    first_cost: float
    gross: float
    mean: float
    var: float
    cvar: float
    future_values: Floats


def score(problem: Problem, risk: Risk, x: Floats, values: Floats) -> Score:
    """Price a plan from the exact values of its states."""
    states, probability = problem.states, problem.probability
    used = problem.weights.T @ probability > 0.0
    net = np.where(used, values, 0.0) + states.offset + states.offset_of_first @ x
    futures = problem.weights @ net
    possible = probability > 0.0
    if bool(np.isinf(values[used]).any()):
        unserved = (problem.weights @ np.isinf(values).astype(np.float64)) > 0.0
        futures = np.where(unserved, np.inf, futures)
    first_cost = float(problem.first.cost @ x)
    cost_only = problem.weights @ np.where(used, values, 0.0)
    mean = mean_value(futures, probability)
    cvar = conditional_value_at_risk(np.where(possible, futures, -np.inf), probability, risk.tail)
    worst = cvar if risk.measure is None else worst_value(futures, probability, risk)
    recourse = (1.0 - risk.aversion) * mean + risk.aversion * worst if risk.aversion > 0.0 else mean
    return Score(
        objective=first_cost + recourse,
        first_cost=first_cost,
        gross=first_cost + mean_value(cost_only, probability),
        mean=mean,
        var=value_at_risk(np.where(possible, futures, -np.inf), probability, risk.tail),
        cvar=cvar,
        future_values=futures,
    )


def keeps_rules(first: FirstStage, x: Floats, *, integers: bool = True) -> bool:
    """True when x respects bounds, rules and (if asked) whole numbers of the first stage."""
    room = RULE_TOLERANCE * (1.0 + np.abs(x))
    if bool((x < first.lower - room).any()) or bool((x > first.upper + room).any()):
        return False
    activity = first.matrix @ x
    size = RULE_TOLERANCE * (1.0 + abs(first.matrix) @ np.abs(x))
    if bool((activity < first.row_lower - size).any()) or bool((activity > first.row_upper + size).any()):
        return False
    chosen = x[first.is_integer]
    return not integers or bool((np.abs(chosen - np.round(chosen)) <= INTEGER_TOLERANCE).all())


def is_whole(first: FirstStage, x: Floats) -> bool:
    """True when the whole numbers of a plan are whole to the bit: a millionth of a hall may hold a thousand chips."""
    chosen = x[first.is_integer]
    return bool((chosen == np.round(chosen)).all())


def rounded(first: FirstStage, x: Floats) -> Floats:
    """Give a plan with its whole numbers made whole where all of them nearly are; else as it is."""
    near = np.round(x)
    is_near = np.abs(x - near) <= INTEGER_TOLERANCE
    return np.where(first.is_integer, near, x) if bool(is_near[first.is_integer].all()) else x


@dataclass(frozen=True)
class Incumbent:
    """The best plan so far with the exact values of its states."""

    x: Floats
    values: Floats
    score: Score


@dataclass(frozen=True)
class Around:
    """What surrounds a solve: the clock, the time it may take, who listens, where it is kept."""

    clock: Callable[[], float]
    time_limit_s: float | None
    most_rounds: int | None
    listener: Listener | None
    checkpoint: Path | None
    rival: float | None = None


class Search:
    """The running state of a solve: best plan, proved bounds, cuts, counters."""

    def __init__(
        self,
        problem: Problem,
        risk: Risk,
        solver: StateSolver,
        memory: Memory,
        around: Around,
    ) -> None:
        self.problem = problem
        self.risk = risk
        self.solver = solver
        self.memory = memory
        self.pool = memory.cuts
        self.groups = derive_groups(problem)
        self.n_groups = int(self.groups.max(initial=-1)) + 1
        self._maker = CutMaker(problem, solver.checker, self.groups)
        self._counts: Bools = np.asarray(problem.weights.T @ problem.probability > 0.0)
        self._clock = around.clock
        self._start = self._clock()
        self._limit = np.inf if around.time_limit_s is None else around.time_limit_s
        self._most_rounds = around.most_rounds
        self._listener = around.listener
        self._checkpoint = around.checkpoint
        self._rival = around.rival
        self._saved = self._start
        self.iterations = 0
        self.n_repaired = 0
        self.n_fallbacks = 0
        self.worst_residual = 0.0
        self.worst_gap = 0.0
        self.best: Incumbent | None = None
        self.lower = -np.inf
        self._gross = 1.0
        self._ignored = 0.0  # share of gross cost by which a plan must be better to be worth looking for
        self.cutoff = np.inf  # what a plan must cost less than to be worth looking for; never rises, as gross cost may
        self.unit = _unit(problem)

    @property
    def seconds(self) -> float:
        """Seconds since the solve began."""
        return self._clock() - self._start

    @property
    def seconds_left(self) -> float:
        """Seconds until the time limit."""
        return self._limit - self.seconds

    @property
    def is_over(self) -> bool:
        """True when the time or the rounds allowed are used up, or what was asked about a rival is known."""
        is_spent = self._most_rounds is not None and self.iterations >= self._most_rounds
        return self.seconds_left <= 0.0 or is_spent or self._is_settled

    @property
    def _is_settled(self) -> bool:
        """True when it is known whether any plan costs as little as the rival."""
        return self._rival is not None and (self.lower > self._rival or self.upper <= self._rival)

    @property
    def upper(self) -> float:
        """The proved upper bound."""
        return np.inf if self.best is None else self.best.score.objective

    @property
    def gross_scale(self) -> float:
        """Gross cost of the best plan known, whole numbers or not, without sign."""
        return abs(self._gross)

    @property
    def gap(self) -> float:
        """The proved gap, as a share of gross cost."""
        return np.inf if self.best is None else relative_gap(self.upper, self.lower, self.best.score.gross, self.unit)

    def offer(self, x: Floats, values: Floats, *, integers: bool) -> Score:
        """Price a plan and keep it if it is the best that keeps the rules."""
        found = score(self.problem, self.risk, x, values)
        self._gross = found.gross
        first = self.problem.first
        if (
            found.objective < self.upper
            and keeps_rules(first, x, integers=False)
            and (not integers or is_whole(first, x))
        ):
            self.best = Incumbent(x, values, found)
            self.cutoff = min(self.cutoff, found.objective - self._ignored * abs(found.gross))
        return found

    def ignore(self, share: float) -> None:
        """Look for no plan that is better by less than a share of gross cost."""
        self._ignored = share
        if self.best is not None:
            self.cutoff = min(self.cutoff, self.upper - share * abs(self.best.score.gross))

    def visit(self, x: Floats) -> tuple[Sweep, list[int]]:
        """Solve every state at x, remember the plan, and give the numbers of the cuts found there."""
        self.iterations += 1
        sweep = self.solver.sweep(x)
        self.n_repaired += sweep.n_repaired
        self.n_fallbacks += sweep.n_fallbacks
        self.worst_residual = max(self.worst_residual, sweep.worst_residual)
        self.worst_gap = max(self.worst_gap, sweep.worst_gap)
        unserved = np.flatnonzero(sweep.is_infeasible & self._counts)
        if unserved.size:
            rhs, upper = self.solver.right_hand_sides(x)
            rules = feasibility_cuts(self.problem, unserved, rhs, upper)
            return sweep, [self.pool.add(FEASIBILITY, 1.0, intercept, gradient) for intercept, gradient in rules]
        return sweep, self._optimality_cuts(x, sweep)

    def _optimality_cuts(self, x: Floats, sweep: Sweep) -> list[int]:
        tail = None
        if self.risk.aversion > 0.0:
            futures = score(self.problem, self.risk, x, sweep.upper_values).future_values
            tail = worst_weights(futures, self.problem.probability, self.risk)
        return self.add_cuts(sweep.duals, tail)

    def add_cuts(self, duals: Floats, tail: Floats | None) -> list[int]:
        """Keep the mean cut of every group and, given weights of the worst futures, the tail cut of these duals."""
        sides, slopes = self._maker.make(duals, None if tail is None else self.problem.weights.T @ tail)
        kinds = [*range(self.n_groups), TAIL][: sides.size]
        return [
            self.pool.add(kind, self.risk.stamp if kind == TAIL else 1.0, float(side), slope)
            for kind, side, slope in zip(kinds, sides, slopes, strict=True)
        ]

    def save(self) -> None:
        """Write the checkpoint, if there is to be one."""
        if self._checkpoint is not None:
            save_memory(self.memory, self._checkpoint)
            self._saved = self._clock()

    def report(self) -> None:
        """Tell the listener where the bounds stand, and write a checkpoint when it is time."""
        if self._clock() - self._saved >= SAVE_EVERY_S:
            self.save()
        if self._listener is not None:
            self._listener(Progress(self.iterations, self.lower, self.upper, self.gap, self.seconds))


def relative_gap(upper: float, lower: float, gross: float, unit: float) -> float:
    """Give the distance between the bounds as a share of gross cost; a distance that is rounding counts as none."""
    distance = upper - lower
    if distance <= 1e-9 * (unit + abs(upper)):
        return 0.0
    return distance / max(abs(gross), 1e-300)


def _unit(problem: Problem) -> float:
    """Give the size of the smallest amount that matters: one, or less where all costs or quantities are small."""
    costs = (problem.first.cost, problem.recourse.cost)
    sizes = (
        problem.states.rhs,
        problem.first.row_lower,
        problem.first.row_upper,
        problem.first.lower,
        problem.first.upper,
    )
    found = [
        max((float(np.abs(array[np.isfinite(array)]).max(initial=0.0)) for array in arrays), default=0.0)
        for arrays in (costs, sizes)
    ]
    return min(1.0, found[0] or 1.0) * min(1.0, found[1] or 1.0)
