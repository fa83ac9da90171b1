"""The only door to HiGHS for whole programmes: arrays in, status and arrays out, same bytes on every run."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.twostage.errors import NumericalError
from tillerman.twostage.problem import Bools, Floats


class Status(enum.Enum):
    """How a linear or mixed-integer programme ended."""

    OPTIMAL = enum.auto()
    INFEASIBLE = enum.auto()
    UNBOUNDED = enum.auto()
    TIME_LIMIT = enum.auto()
    FAILED = enum.auto()


@dataclass(frozen=True)
class Programme:
    """min cost.x subject to row_lower <= matrix x <= row_upper, lower <= x <= upper, some x integer."""

    cost: Floats
    matrix: sparse.csr_array
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats
    is_integer: Bools | None = None


@dataclass(frozen=True)
class Answer:
    """What HiGHS says about a programme; arrays are empty when there is no such thing."""

    status: Status
    objective: float
    bound: float  # proved by HiGHS; equals the objective for a linear programme
    x: Floats
    row_dual: Floats
    column_dual: Floats


def quiet(*, time_limit_s: float | None = None) -> highspy.Highs:
    """Give a silent, single-threaded solver with a fixed seed and tight tolerances."""
    solver: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]  # its stub leaves it out
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(option, value)
    for option in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
        solver.setOptionValue(option, 1e-9)
    if time_limit_s is not None:
        solver.setOptionValue("time_limit", max(time_limit_s, 0.0))
    return solver


def load(solver: highspy.Highs, programme: Programme) -> None:
    """Hand a programme to a solver, which says of one it cannot read no more than that nothing was wrong with it."""
    if solver.passModel(highs_model(programme)) == highspy.HighsStatus.kError:
        raise NumericalError(
            where="HiGHS", found="a programme that it cannot read", expected="numbers below 1e15",
            remedy="Choose units in which no coefficient is that large.",
        )  # fmt: skip


def highs_model(programme: Programme) -> highspy.HighsLp:
    """Translate arrays into the structure HiGHS reads, entries of one place added up."""
    matrix = programme.matrix
    if not matrix.has_canonical_format:
        matrix = matrix.copy()
        matrix.sum_duplicates()
    model = highspy.HighsLp()
    model.num_col_ = int(programme.cost.shape[0])
    model.num_row_ = int(programme.row_lower.shape[0])
    model.col_cost_ = programme.cost
    model.col_lower_ = programme.lower
    model.col_upper_ = programme.upper
    model.row_lower_ = programme.row_lower
    model.row_upper_ = programme.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data
    if programme.is_integer is not None and bool(programme.is_integer.any()):
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(flag)] for flag in programme.is_integer]
    return model


_STATUS = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Status.UNBOUNDED,
    highspy.HighsModelStatus.kTimeLimit: Status.TIME_LIMIT,
    highspy.HighsModelStatus.kModelEmpty: Status.OPTIMAL,
}


def run(solver: highspy.Highs) -> Status:
    """Run a loaded solver; an unclear answer is asked again from scratch, without presolve, then with it.

    The tolerances are absolute: where costs are in the millions, the simplex method alone may not reach them.
    """
    solver.run()
    found = solver.getModelStatus()
    _, presolve = solver.getOptionValue("presolve")
    for again in ("off", "on"):
        if found in _STATUS:
            break
        solver.setOptionValue("presolve", again)
        solver.clearSolver()
        solver.run()
        found = solver.getModelStatus()
    solver.setOptionValue("presolve", presolve)
    return _STATUS.get(found, Status.FAILED)


def answer(solver: highspy.Highs, status: Status, *, is_mixed_integer: bool = False) -> Answer:
    """Read objective, bound and solution vectors after a run."""
    info = solver.getInfo()
    solution = solver.getSolution()
    has_point = status is Status.OPTIMAL or (status is Status.TIME_LIMIT and solution.value_valid)
    objective = float(info.objective_function_value) if has_point else np.inf
    bound = float(info.mip_dual_bound) if is_mixed_integer else objective
    if not is_mixed_integer and status is not Status.OPTIMAL:
        bound = -np.inf
    empty = np.empty(0)
    return Answer(
        status=status,
        objective=objective,
        bound=bound,
        x=np.array(solution.col_value) if has_point else empty,
        row_dual=np.array(solution.row_dual) if has_point and solution.dual_valid else empty,
        column_dual=np.array(solution.col_dual) if has_point and solution.dual_valid else empty,
    )


def solve_programme(
    programme: Programme,
    *,
    time_limit_s: float | None = None,
    relative_gap: float = 1e-9,
    absolute_gap: float = 1e-9,
    algorithm: str = "choose",
) -> Answer:
    """Solve one programme from scratch."""
    solver = quiet(time_limit_s=time_limit_s)
    is_mixed_integer = programme.is_integer is not None and bool(programme.is_integer.any())
    if is_mixed_integer:
        solver.setOptionValue("mip_rel_gap", relative_gap)
        solver.setOptionValue("mip_abs_gap", absolute_gap)
        solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
    else:
        solver.setOptionValue("solver", algorithm)
    load(solver, programme)
    return answer(solver, run(solver), is_mixed_integer=is_mixed_integer)


def basic_variables(
    matrix: sparse.csr_array, is_equality: Bools, cost: Floats, rhs: Floats, upper: Floats
) -> NDArray[np.int64]:
    """Give the basis HiGHS finds optimal for one state: columns from 0, then the slack of each row; empty if none."""
    solver = quiet()
    load(
        solver,
        Programme(
            cost=cost,
            matrix=matrix,
            row_lower=np.where(is_equality, rhs, -np.inf),
            row_upper=rhs,
            lower=np.zeros(cost.size),
            upper=np.maximum(upper, 0.0),
        ),
    )
    if run(solver) is not Status.OPTIMAL:
        return np.empty(0, dtype=np.int64)
    _, variables = solver.getBasicVariables()  # type: ignore[attr-defined]  # its stub omits it
    found: NDArray[np.int64] = np.array(variables, dtype=np.int64)
    return np.where(found < 0, cost.size - 1 - found, found)
