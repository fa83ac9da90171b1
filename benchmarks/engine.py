"""The planning engine beside HiGHS on the extensive form: same instance, same gap, one table.

    python benchmarks/engine.py small 20 --gap 0.005 --limit 600 --contenders level,ipx
    python benchmarks/engine.py small 1000 --gap 0.001 --contenders level --repeat 5

Every contender stops at the same gap (a share of gross cost) or gives its best bounds at the limit. The extensive form
has equal states merged, like ours; how HiGHS is set up to stop there stands in `rivals/highs.py`. Its plans are priced
again by us, and their gap is told from the best lower bound that any contender before it has proved. CPU seconds stand
beside wall seconds, because machines are shared. Compile time of the kernel stands apart. With `--repeat` contenders
take turns, and the median and the spread of every one come last.
"""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import time
from dataclasses import dataclass, replace
from importlib.metadata import version

import numpy as np
from rivals.highs import ALGORITHMS, solve_with

from tillerman.twostage import Outcome, Problem, Risk, Tuning, evaluate, solve
from tillerman.twostage.compiled import load_kernel
from tillerman.twostage.generator import SIZES, generate

OURS = {"level": ("auto", 1), "level-2": ("auto", 2), "level-highs": ("highs", 1)}


@dataclass(frozen=True)
class Run:
    """One run of one contender: seconds of wall and processor, bounds it proved or was given, and a remark."""

    wall_s: float
    cpu_s: float
    lower: float
    upper: float
    gross: float
    note: str

    def line(self, contender: str, known: float) -> str:
        """Give the line of the table; a plan without a bound of its own is held against the best bound known."""
        lower = self.lower if np.isfinite(self.lower) else known
        reached = (self.upper - lower) / abs(self.gross) if np.isfinite(self.upper - lower) else np.inf
        mark = "" if np.isfinite(self.lower) else ", bound of ours"
        told = f"{lower:.2f} | {self.upper:.2f} | {reached:.3%}" if np.isfinite(self.upper) else "– | – | –"
        return f"| {contender} | {self.wall_s:.1f} | {self.cpu_s:.1f} | {told} | {self.note}{mark} |"


def run_ours(problem: Problem, contender: str, gap: float, limit_s: float) -> tuple[float, float, float, str]:
    """Solve with the engine: lower bound, upper bound, gross cost, remark."""
    engine, n_workers = OURS[contender]
    found = solve(
        problem, tolerance=gap, time_limit_s=limit_s,
        tuning=Tuning(method="level", engine=engine, n_workers=n_workers),
    )  # fmt: skip
    note = f"{found.iterations} rounds, {found.audit.n_fallbacks} fallbacks, {found.outcome.name.lower()}"
    if found.outcome is Outcome.DISPUTED:
        note = "DISPUTED: void"
    return found.lower_bound, found.objective, found.gross, note


def measure(problem: Problem, contender: str, gap: float, limit_s: float, reference: Run | None) -> Run:
    """Run one contender; the rivals' gap is the same amount of money, as a share of the objective if that is known."""
    wall, cpu = time.perf_counter(), time.process_time()
    if contender in OURS:
        lower, upper, gross, note = run_ours(problem, contender, gap, limit_s)
        return Run(time.perf_counter() - wall, time.process_time() - cpu, lower, upper, gross, note)
    relative = gap * abs(reference.gross / reference.upper) if reference else gap / 10
    found = solve_with(contender, problem, Risk(), relative_gap=relative, limit_s=limit_s)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if not found.x.size:
        return Run(wall, cpu, -np.inf, np.inf, np.nan, found.ending)
    exact = evaluate(problem, np.clip(found.x, problem.first.lower, problem.first.upper))
    return Run(wall, cpu, -np.inf, exact.objective, exact.gross, found.ending)


def spread(seconds: list[float]) -> str:
    """Tell the median of repeated runs, and the least and the most."""
    return f"{statistics.median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"


def main() -> None:
    """Read the command line, run the contenders one after another, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", choices=sorted(SIZES))
    parser.add_argument("n_futures", type=int)
    parser.add_argument("--gap", type=float, default=0.005)
    parser.add_argument("--limit", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--integers", action="store_true", help="keep whole numbers; without it they are relaxed")
    parser.add_argument(
        "--contenders", default="level,level-2,simplex,ipx,pdlp", help=f"of {', '.join([*OURS, *ALGORITHMS])}"
    )
    parser.add_argument("--repeat", type=int, default=1)
    given = parser.parse_args()
    contenders = given.contenders.split(",")
    for contender in contenders:
        if contender not in OURS and contender not in ALGORITHMS:
            parser.error(f"no contender {contender!r}; choose from {[*OURS, *ALGORITHMS]}")
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
    runs: dict[str, list[Run]] = {contender: [] for contender in contenders}
    known, reference = -np.inf, None
    for _ in range(given.repeat):
        for contender in contenders:
            run = measure(problem, contender, given.gap, given.limit, reference)
            if contender in OURS:
                known, reference = max(known, run.lower), run
            runs[contender].append(run)
            print(run.line(contender, known), flush=True)
    if given.repeat > 1:
        print("\n| contender | wall s: median (least to most) | CPU s: median (least to most) |\n|---|---|---|")
        for contender, found in runs.items():
            print(f"| {contender} | {spread([run.wall_s for run in found])} | {spread([run.cpu_s for run in found])} |")
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"\npeak memory of all contenders together {peak_gb:.2f} GB")


if __name__ == "__main__":
    main()
