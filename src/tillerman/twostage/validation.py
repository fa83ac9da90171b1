"""The door of the engine: every array of a problem is checked once, and all mistakes are found here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy import sparse

from tillerman.twostage.errors import ProblemError
from tillerman.twostage.problem import Bools, Floats, Ints, Problem, Risk

PROBABILITY_TOLERANCE = 1e-9  # how far the futures' probabilities may sum from one
TOO_LARGE = 1e15  # coefficients from here on are refused by HiGHS
ENDLESS = 1e20  # bounds from here on are open to HiGHS


def validate(problem: Problem) -> None:
    """Check that all arrays of a problem fit together and hold usable numbers; raise ProblemError otherwise."""
    _validate_first(problem)
    _validate_recourse(problem)
    _validate_states(problem)
    _validate_weights(problem)


def validate_risk(risk: Risk, *, cvar_only: bool = False) -> None:
    """Check that the weight and the share of the worst futures are shares, and the measure CVaR where it must be."""
    if cvar_only and risk.measure is not None:
        _refuse(
            "Risk.measure", risk.measure.name, "none: this verb or method knows CVaR only", "Leave the measure out."
        )
    if not 0.0 <= risk.aversion <= 1.0:
        _refuse("Risk.aversion", repr(risk.aversion), "a number from 0 to 1", "Use 0 to plan for the average only.")
    if not 0.0 < risk.tail <= 1.0:
        _refuse("Risk.tail", repr(risk.tail), "a share above 0 and at most 1", "Use 0.05 for the worst 5 in 100.")


def validate_call(
    problem: Problem,
    tolerance: float,
    time_limit_s: float | None,
    n_workers: int,
    start: Floats | None,
    checkpoint: Path | None,
) -> None:
    """Check what a solve was asked for before any work is done; raise ProblemError otherwise."""
    if not 0.0 <= tolerance < np.inf:
        _refuse("tolerance", repr(tolerance), "a share of gross cost, 0 or more", "Use 0.001 for one in a thousand.")
    if time_limit_s is not None and not time_limit_s >= 0.0:
        _refuse("time_limit_s", repr(time_limit_s), "seconds, 0 or more", "Leave it out for no limit.")
    if n_workers < 1:
        _refuse("Tuning.n_workers", repr(n_workers), "at least 1", "Use 1 for one thread.")
    if start is not None:
        _shape("Tuning.start", start, problem.first.cost.shape)
        _finite("Tuning.start", start)
    if checkpoint is not None and not checkpoint.parent.is_dir():
        _refuse("Tuning.checkpoint", str(checkpoint), "a file in a folder that exists", "Make the folder first.")


def validate_plan(where: str, problem: Problem, x: Floats) -> None:
    """Check that a plan to be priced is one of this problem's; raise ProblemError otherwise."""
    if x.shape != problem.first.cost.shape or not bool(np.isfinite(x).all()):
        _refuse(
            where,
            f"shape {x.shape}, {int((~np.isfinite(x)).sum())} values that are no number",
            f"shape {problem.first.cost.shape}, finite numbers",
            "Pass the x of a solution that has a plan.",
        )


def _refuse(where: str, found: str, expected: str, remedy: str) -> None:
    raise ProblemError(where=where, found=found, expected=expected, remedy=remedy)


def _shape(where: str, array: Floats | Ints | Bools | sparse.csr_array, expected: tuple[int, ...]) -> None:
    if array.shape != expected:
        _refuse(where, f"shape {array.shape}", f"shape {expected}", "Build all arrays from the same lists of names.")


def _no_nan(where: str, values: Floats) -> None:
    if bool(np.isnan(values).any()):
        position = int(np.flatnonzero(np.isnan(np.ravel(values)))[0])
        _refuse(
            where, f"NaN at flat position {position}", "a number", "Missing data must be refused before this point."
        )


def _finite(where: str, values: Floats) -> None:
    if not bool(np.isfinite(values).all()):
        position = int(np.flatnonzero(~np.isfinite(np.ravel(values)))[0])
        _refuse(
            where,
            f"{float(np.ravel(values)[position])!r} at flat position {position}",
            "finite numbers",
            "Check the data.",
        )


def _size(where: str, values: Floats) -> None:
    """Refuse what is no number, and what HiGHS cannot take for one."""
    _finite(where, values)
    if float(np.abs(values).max(initial=0.0)) >= TOO_LARGE:
        position = int(np.abs(np.ravel(values)).argmax())
        _refuse(
            where,
            f"{float(np.ravel(values)[position])!r} at flat position {position}",
            f"numbers below {TOO_LARGE:.0e}",
            "Measure it in a larger unit.",
        )


def _limits(where: str, lower: Floats, upper: Floats) -> None:
    """Refuse limits that say nothing: a least of +inf, a most of -inf, and large numbers meant for infinity."""
    for side, values, wrong, right in (("lower", lower, np.inf, "-np.inf"), ("upper", upper, -np.inf, "np.inf")):
        _no_nan(f"{where}{side}", values)
        if bool((values == wrong).any()):
            _refuse(f"{where}{side}", repr(float(wrong)), f"a number, or {right} where open", "Check the sign.")
        large = np.isfinite(values) & (np.abs(values) >= ENDLESS)
        if bool(large.any()):
            found = float(values[large][0])
            _refuse(f"{where}{side}", repr(found), f"numbers below {ENDLESS:.0e}", f"Use {right} where it is open.")


def _validate_first(problem: Problem) -> None:
    first = problem.first
    n_x, n_rules = first.cost.shape[0], first.row_lower.shape[0]
    for name, floats in (("lower", first.lower), ("upper", first.upper)):
        _shape(f"first.{name}", floats, (n_x,))
    if not n_x:
        _refuse("first.cost", "no decision", "at least one", "Use a linear programme where nothing is decided first.")
    _shape("first.is_integer", first.is_integer, (n_x,))
    _shape("first.matrix", first.matrix, (n_rules, n_x))
    _shape("first.row_upper", first.row_upper, (n_rules,))
    _limits("first.", first.lower, first.upper)
    _limits("first.row_", first.row_lower, first.row_upper)
    _size("first.cost", first.cost)
    _size("first.matrix", first.matrix.data)
    for name, names, size in (("names", first.names, n_x), ("row_names", first.row_names, n_rules)):
        if len(names) != size:
            _refuse(f"first.{name}", f"{len(names)} names", f"{size} names", "Name every column and every rule.")


def _validate_recourse(problem: Problem) -> None:
    recourse = problem.recourse
    n_rows, n_columns = len(recourse.row_names), len(recourse.column_names)
    _shape("recourse.matrix", recourse.matrix, (n_rows, n_columns))
    _shape("recourse.is_equality", recourse.is_equality, (n_rows,))
    _shape("recourse.cost", recourse.cost, (recourse.cost.shape[0], n_columns))
    _size("recourse.matrix", recourse.matrix.data)
    _size("recourse.cost", recourse.cost)


def _validate_states(problem: Problem) -> None:
    states, n_x = problem.states, problem.first.cost.shape[0]
    n_rows, n_columns = problem.recourse.matrix.shape
    n_states = states.family.shape[0]
    if not n_states:
        _refuse("states.family", "no state", "at least one", "Use a linear programme where nothing is uncertain.")
    _shape("states.rhs", states.rhs, (n_states, n_rows))
    _shape("states.rhs_of_first", states.rhs_of_first, (n_states * n_rows, n_x))
    _shape("states.upper", states.upper, (n_states, n_columns))
    _shape("states.upper_of_first", states.upper_of_first, (n_states * n_columns, n_x))
    _shape("states.offset", states.offset, (n_states,))
    _shape("states.offset_of_first", states.offset_of_first, (n_states, n_x))
    _size("states.rhs", states.rhs)
    _size("states.offset", states.offset)
    for name, matrix in (
        ("rhs_of_first", states.rhs_of_first),
        ("upper_of_first", states.upper_of_first),
        ("offset_of_first", states.offset_of_first),
    ):
        _size(f"states.{name}", matrix.data)
    _limits("states.", np.zeros(0), states.upper)
    depends = np.diff(states.upper_of_first.indptr) > 0
    if bool((np.isinf(states.upper).ravel() & depends).any()):
        _refuse(
            "states.upper_of_first",
            "a decision acting on an open bound",
            "finite states.upper where a decision acts",
            "Set states.upper to 0 there and let the decision open it.",
        )
    families = recourse_families(problem)
    if n_states and not (int(states.family.min()) >= 0 and int(states.family.max()) < families):
        _refuse(
            "states.family",
            f"values from {states.family.min()} to {states.family.max()}",
            f"values from 0 to {families - 1}",
            "Each state names one row of recourse.cost.",
        )
    if problem.group is not None:
        _shape("group", problem.group, (n_states,))


def recourse_families(problem: Problem) -> int:
    """Count the cost families of the recourse programme."""
    return int(problem.recourse.cost.shape[0])


def _validate_weights(problem: Problem) -> None:
    n_futures = problem.probability.shape[0]
    _shape("weights", problem.weights, (n_futures, problem.states.family.shape[0]))
    _finite("weights", problem.weights.data)
    _finite("probability", problem.probability)
    if problem.weights.nnz and float(problem.weights.data.min()) < 0.0:
        _refuse(
            "weights",
            f"{float(problem.weights.data.min())!r}",
            "no negative weight",
            "A state cannot count negatively.",
        )
    if n_futures == 0 or float(problem.probability.min()) < 0.0:
        found = "no future" if n_futures == 0 else f"{float(problem.probability.min())!r}"
        _refuse("probability", found, "at least one future, none negative", "Check the sample of futures.")
    total = float(problem.probability.sum())
    if abs(total - 1.0) > PROBABILITY_TOLERANCE:
        _refuse("probability", f"a sum of {total!r}", "a sum of 1", "Divide the probabilities by their sum.")
