"""Solve a two-stage problem to a proved tolerance; the one verb of this package."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from tillerman.twostage.audit import judge_states
from tillerman.twostage.engines import make_solver
from tillerman.twostage.errors import ProblemError
from tillerman.twostage.extensive import solve_extensive, state_duals
from tillerman.twostage.highs import Status
from tillerman.twostage.integer import Tree
from tillerman.twostage.level import Ending, LevelRun
from tillerman.twostage.master import ARTIFICIAL_BOUND, first_point
from tillerman.twostage.memory import Memory, check_memory, fresh_memory
from tillerman.twostage.problem import Floats, Problem, Risk
from tillerman.twostage.recession import has_descent
from tillerman.twostage.search import Around, Search
from tillerman.twostage.solution import Audit, Listener, Outcome, Solution
from tillerman.twostage.states import UnboundedRecourse
from tillerman.twostage.validation import validate, validate_call, validate_risk

TOLERANCE = 5e-3  # default gap, as a share of gross cost
EXTENSIVE_CELLS = 9_000  # states times recourse columns up to which the extensive form is the quicker way
RELAXED_SHARE = 0.5  # of the tolerance, to which the linear relaxation is closed before whole numbers are
REACHES = (ARTIFICIAL_BOUND, 1e10, 1e13)  # boxes around open decisions, tried while the plan rests on one
METHODS = ("auto", "level", "extensive")


@dataclass(frozen=True)
class Tuning:
    """How to solve, for those who want to choose; the defaults choose by themselves."""

    method: str = "auto"  # "level", "extensive"
    engine: str = "auto"  # "kernel", "highs"
    n_workers: int = 1  # threads of the kernel; the result does not depend on it
    scheduler: str | None = None  # address of a dask.distributed scheduler whose workers solve the states
    start: Floats | None = None  # a first stage to begin from
    most_rounds: int | None = None  # plans that may be visited; unlike a time limit, it gives the same answer anywhere
    rival: float | None = None  # a cost: the search may end once it is known whether any plan costs as little
    checkpoint: Path | None = None  # a file written every few seconds and at the end; read it with load_memory
    clock: Callable[[], float] = time.perf_counter


def solve(
    problem: Problem,
    *,
    risk: Risk | None = None,
    tolerance: float = TOLERANCE,
    time_limit_s: float | None = None,
    memory: Memory | None = None,
    progress: Listener | None = None,
    tuning: Tuning | None = None,
) -> Solution:
    """Find a plan whose cost is proved to be within the tolerance of the best possible.

    `tolerance` is the gap between the proved bounds as a share of gross cost. `memory`, from an earlier solution
    of the same second stage, brings its cuts and plans along; the first stage and the risk may have changed.
    """
    validate(problem)
    risk = Risk() if risk is None else risk
    tuning = Tuning() if tuning is None else tuning
    validate_risk(risk, cvar_only=tuning.method == "extensive")
    validate_call(problem, tolerance, time_limit_s, tuning.n_workers, tuning.start, tuning.checkpoint)
    if tuning.method not in METHODS:
        raise ProblemError(
            where="Tuning.method", found=repr(tuning.method), expected=f"one of {METHODS}", remedy="Use 'auto'."
        )
    if memory is None:
        memory = fresh_memory(problem)
    else:
        check_memory(memory, problem)
    solver = make_solver(problem, tuning.engine, memory, n_workers=tuning.n_workers, scheduler=tuning.scheduler)
    search = Search(
        problem, risk, solver, memory,
        Around(tuning.clock, time_limit_s, tuning.most_rounds, progress, tuning.checkpoint, tuning.rival),
    )  # fmt: skip
    chosen = _choose(problem, tuning.method, risk)
    try:
        outcome = _run(search, chosen, tolerance, tuning.start)
    except UnboundedRecourse:
        outcome = Outcome.UNBOUNDED if first_point(problem.first).status is Status.OPTIMAL else Outcome.INFEASIBLE
    except KeyboardInterrupt:
        outcome = Outcome.INTERRUPTED
    search.save()
    return _conclude(search, outcome, chosen)


def _choose(problem: Problem, method: str, risk: Risk) -> str:
    if risk.measure is not None:
        return "level"
    if method != "auto":
        return method
    cells = problem.states.family.size * problem.recourse.matrix.shape[1]
    is_small = cells <= EXTENSIVE_CELLS and not bool(problem.first.is_integer.any())
    return "extensive" if is_small else "level"


def _run(search: Search, method: str, tolerance: float, start: Floats | None) -> Outcome:
    first = search.problem.first
    anywhere = first_point(first)
    if anywhere.status is Status.INFEASIBLE:
        return Outcome.INFEASIBLE
    begin = anywhere.x if start is None else start
    if method == "extensive":
        found = _begin_extensive(search, tolerance)
        begin = begin if found is None else found
    elif start is None and search.memory.points:
        begin = search.memory.points[-1][0]
    has_integers = bool(first.is_integer.any())
    is_open = not bool(np.isfinite(first.lower).all() and np.isfinite(first.upper).all())
    for reach in REACHES:
        relaxed = LevelRun(search, first, integers=has_integers, reach=reach)
        ending = relaxed.run(tolerance * (RELAXED_SHARE if has_integers else 1.0), begin, global_bound=True)
        if not (is_open and ending in (Ending.OPEN_BELOW, Ending.INFEASIBLE)):
            break
        if ending is Ending.OPEN_BELOW and search.risk.measure is None and has_descent(search.problem, search.risk):
            return Outcome.UNBOUNDED
    if has_integers and ending in (Ending.CLOSED, Ending.STALLED):
        ending = Tree(search, relaxed, tolerance).close(search.memory.points[-1][0] if search.memory.points else begin)
    if ending is Ending.INFEASIBLE:
        return Outcome.INFEASIBLE
    return Outcome.CERTIFIED if search.gap <= tolerance else Outcome.TOLERANCE_NOT_REACHED


def _begin_extensive(search: Search, tolerance: float) -> Floats | None:
    """Solve the extensive form and take its cuts; give its plan, if there is one.

    That there is none is left to the search to prove, state by state: of a badly scaled whole, HiGHS says so too soon.
    """
    answer = solve_extensive(search.problem, search.risk, time_limit_s=search.seconds_left, relative_gap=tolerance / 10)
    if answer.status is not Status.OPTIMAL:
        return None
    x = answer.x[: search.problem.first.cost.size]
    _take_extensive(search, x, answer.row_dual)
    return x


def _take_extensive(search: Search, x: Floats, row_dual: Floats) -> None:
    """Turn the extensive form's answer into a visited plan and, if linear, into cuts that prove its optimum."""
    sweep, _ = search.visit(x)
    if bool(np.isfinite(sweep.upper_values).all()):
        search.memory.remember(x, sweep.upper_values)
    if not row_dual.size:
        return
    problem = search.problem
    duals, tail = state_duals(problem, search.risk, row_dual, sweep.duals)
    numbers = np.arange(problem.states.family.size)
    duals, usable, moved = search.solver.checker.make_feasible(numbers, duals)
    duals = np.where(usable[:, None], duals, sweep.duals)
    search.n_repaired += moved
    search.add_cuts(duals, tail if search.risk.aversion > 0.0 else None)


def _conclude(search: Search, outcome: Outcome, method: str) -> Solution:
    problem, best = search.problem, search.best
    n_x, n_states, n_futures = problem.first.cost.size, problem.states.family.size, problem.probability.size
    audit, disputed = _audit(search)
    if disputed:
        outcome = Outcome.DISPUTED
    has_plan = best is not None and outcome not in (Outcome.INFEASIBLE, Outcome.UNBOUNDED)
    nothing = float("nan")
    return Solution(
        outcome=outcome,
        x=best.x if has_plan and best else np.full(n_x, np.nan),
        objective=best.score.objective if has_plan and best else np.inf,
        lower_bound=search.lower,
        first_cost=best.score.first_cost if has_plan and best else nothing,
        gross=best.score.gross if has_plan and best else nothing,
        gap=search.gap if has_plan else np.inf,
        mean=best.score.mean if has_plan and best else nothing,
        var=best.score.var if has_plan and best else nothing,
        cvar=best.score.cvar if has_plan and best else nothing,
        state_values=best.values if has_plan and best else np.full(n_states, np.nan),
        future_values=best.score.future_values if has_plan and best else np.full(n_futures, np.nan),
        iterations=search.iterations,
        seconds=search.seconds,
        method=method,
        n_states=n_states,
        audit=audit,
        memory=search.memory,
    )


def _audit(search: Search) -> tuple[Audit, bool]:
    """Let HiGHS judge a sample of the final plan's states, and collect what was checked on the way."""
    judged = 0
    disagreement = 0.0
    if search.best is not None:
        judged, disagreement = judge_states(search.problem, search.solver, search.best.x, search.best.values)
    packages = ["highspy", "numpy", "scipy"]
    if search.solver.engine.name == "kernel":
        packages.append("numba")
    audit = Audit(
        n_states_judged=judged,
        worst_disagreement=disagreement,
        worst_duality_gap=search.worst_gap,
        worst_residual=search.worst_residual,
        n_repaired_duals=search.n_repaired,
        n_fallbacks=search.n_fallbacks,
        engine=search.solver.engine.name,
        versions=tuple((name, version(name)) for name in packages),
    )
    return audit, not audit.is_clean
