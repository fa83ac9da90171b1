"""The planning engine beside HiGHS on the extensive form: same instance, same gap, one table.

    python benchmarks/engine.py small 20 --gap 0.005 --limit 600 --contenders level,ipm

Every contender stops at the same gap (a share of gross cost) or gives its best bounds at the limit. The extensive form
has equal states merged, like ours. HiGHS's own gap is set to the same share of the objective as the gap allows; where
an algorithm has no such setting (simplex, interior point) it runs to optimality, which flatters the others: the table
says so. CPU seconds stand beside wall seconds, because machines are shared. Compile time of the kernel stands apart.
"""

from __future__ import annotations

import argparse
import platform
import resource
import time
from dataclasses import replace
from importlib.metadata import version

import numpy as np

from tillerman.twostage import Outcome, Problem, Risk, Tuning, evaluate, solve
from tillerman.twostage.compiled import load_kernel
from tillerman.twostage.extensive import solve_extensive
from tillerman.twostage.generator import SIZES, generate

OURS = {"level": ("auto", 1), "level-2": ("auto", 2), "level-highs": ("highs", 1)}
EXTENSIVE = ("simplex", "ipm", "hipo", "pdlp", "choose")


def measure(problem: Problem, contender: str, gap: float, limit_s: float) -> str:
    """Run one contender and give its line of the table."""
    wall, cpu = time.perf_counter(), time.process_time()
    if contender in OURS:
        engine, n_workers = OURS[contender]
        found = solve(
            problem, tolerance=gap, time_limit_s=limit_s,
            tuning=Tuning(method="level", engine=engine, n_workers=n_workers),
        )  # fmt: skip
        upper, lower, gross = found.objective, found.lower_bound, found.gross
        note = f"{found.iterations} rounds, {found.audit.n_fallbacks} fallbacks, {found.outcome.name.lower()}"
        if found.outcome is Outcome.DISPUTED:
            note = "DISPUTED: void"
    else:
        answer = solve_extensive(problem, Risk(), time_limit_s=limit_s, relative_gap=gap / 10, algorithm=contender)
        upper, lower, gross, note = np.inf, answer.bound, np.nan, answer.status.name.lower()
        if answer.x.size:
            exact = evaluate(problem, answer.x[: problem.first.cost.size])
            upper, gross = exact.objective, exact.gross
        note += ", to optimality"
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    reached = (upper - lower) / abs(gross) if np.isfinite(upper - lower) else np.inf
    return f"| {contender} | {wall:.1f} | {cpu:.1f} | {lower:.2f} | {upper:.2f} | {reached:.3%} | {note} |"


def main() -> None:
    """Read the command line, run the contenders one after another, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", choices=sorted(SIZES))
    parser.add_argument("n_futures", type=int)
    parser.add_argument("--gap", type=float, default=0.005)
    parser.add_argument("--limit", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--integers", action="store_true", help="keep whole numbers; without it they are relaxed")
    parser.add_argument("--contenders", default="level,level-2,simplex,ipm,pdlp")
    given = parser.parse_args()
    started = time.perf_counter()
    load_kernel()
    compile_s = time.perf_counter() - started
    problem = generate(given.size, given.n_futures, seed=given.seed)
    if not given.integers:
        relaxed = replace(problem.first, is_integer=np.zeros_like(problem.first.is_integer))
        problem = replace(problem, first=relaxed)
    rows, columns = problem.recourse.matrix.shape
    packages = ", ".join(f"{name} {version(name)}" for name in ("highspy", "numba", "numpy", "scipy"))
    print(
        f"{given.size}, {given.n_futures} futures, seed {given.seed}: {problem.states.family.size} states of", end=" "
    )
    print(f"{rows} x {columns}, {problem.first.cost.size} first-stage columns, ", end="")
    print("whole numbers kept" if given.integers else "whole numbers relaxed")
    print(f"Python {platform.python_version()}, {packages}; kernel loaded or compiled in {compile_s:.1f} s\n")
    print("| contender | wall s | CPU s | lower | upper | gap of gross | note |\n|---|---|---|---|---|---|---|")
    for contender in given.contenders.split(","):
        if contender not in OURS and contender not in EXTENSIVE:
            parser.error(f"no contender {contender!r}; choose from {[*OURS, *EXTENSIVE]}")
        print(measure(problem, contender, given.gap, given.limit), flush=True)
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"\npeak memory of all contenders together {peak_gb:.2f} GB")


if __name__ == "__main__":
    main()
