"""mpi-sppy beside our engine: the same futures, the plain average, whole numbers relaxed, the same gap of gross cost.

    python benchmarks/mpisppy_rival.py --python OTHER/bin/python --futures 10 50 --limit 600

mpi-sppy is no dependency of ours: it runs in an environment of its own, with mpi-sppy, Pyomo, highspy, mpi4py, an MPI
and what `tillerman` needs installed; `--python` names its interpreter, beside which `mpiexec` must stand. It is driven
by its own `generic_cylinders` with HiGHS: the L-shaped hub with its spoke for incumbents, and progressive hedging with
Lagrangian bounds, incumbents by shuffling, penalties from cost coefficients and linearised proximal terms (HiGHS takes
no quadratic ones there). Building its models is part of its time; when its first bounds came is told.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tillerman.twostage import Problem, Risk, Tuning, solve
from tillerman.twostage.generator import generate

HERE = Path(__file__).parent
METHODS = {
    "L-shaped": (2, "highs", ("--lshaped-hub", "--xhatlshaped")),
    "progressive hedging": (
        3,
        "appsi_highs",
        ("--default-rho", "1", "--coeff-rho", "--linearize-proximal-terms", "--lagrangian", "--xhatshuffle"),
    ),
}
PATIENCE = 1.5  # times the limit: a method may finish the iteration under way
BOUNDS = re.compile(r"^\[ *([0-9.]+)\] .*?(-?[0-9]+\.[0-9]+|-inf) +(-?[0-9]+\.[0-9]+|inf) +", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """What one contender reached."""

    lower: float
    upper: float
    wall_s: float
    cpu_s: float
    note: str

    def row(self, name: str, gross: float) -> str:
        """Give its line of the table."""
        gap = (self.upper - self.lower) / abs(gross)
        share = f"{gap:.2%}" if np.isfinite(gap) else "none"
        cells = (name, f"{self.wall_s:.0f}", f"{self.cpu_s:.0f}", f"{self.lower:.0f}", f"{self.upper:.0f}", share)
        return f"| {' | '.join(cells)} | {self.note} |"


def ours(problem: Problem, gap: float) -> tuple[Run, float]:
    """Solve with our engine on one thread; give also the gross cost."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = solve(problem, risk=Risk(aversion=0.0), tolerance=gap, tuning=Tuning(method="level"))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Run(found.lower_bound, found.objective, wall, cpu, f"{found.iterations} rounds"), found.gross


def theirs(method: str, given: argparse.Namespace, n_futures: int, relative_gap: float) -> Run:
    """Run one of mpi-sppy's methods for at most the limit."""
    ranks, solver, extra = METHODS[method]
    python = Path(given.python)
    command = [
        str(python.with_name("mpiexec")), "-n", str(ranks), str(python), "-m", "mpi4py", "-m",
        "mpisppy.generic_cylinders", "--module-name", "mpisppy_model", "--num-scens", str(n_futures),
        "--solver-name", solver, "--max-iterations", "1000000", "--time-limit", str(given.limit),
        "--rel-gap", f"{relative_gap:.2e}", *extra,
    ]  # fmt: skip
    path = os.pathsep.join([str(HERE.parent / "src"), str(HERE / "rivals")])
    surroundings = os.environ | {
        "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "RIVAL_SIZE": given.size, "RIVAL_SEED": str(given.seed),
    }  # fmt: skip
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, time.perf_counter()
    text, errors = _within(command, surroundings, PATIENCE * given.limit)
    wall = time.perf_counter() - wall
    cpu = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    lines = BOUNDS.findall(text)
    if not lines:
        return Run(-np.inf, np.inf, wall, cpu, f"no bounds; it says: {errors.strip().splitlines()[-1:]}")
    begun, lower, upper = float(lines[0][0]), max(float(x[1]) for x in lines), min(float(x[2]) for x in lines)
    return Run(lower, upper, wall, cpu, f"{ranks} processes; first bounds after {begun:.0f} s")


def _within(command: list[str], surroundings: dict[str, str], limit_s: float) -> tuple[str, str]:
    """Run a command and give what it printed; one that does not heed its own time limit is ended."""
    with subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        try:
            return running.communicate(timeout=limit_s)
        except subprocess.TimeoutExpired:
            running.terminate()  # mpiexec passes it on to its processes
            return running.communicate()


def main() -> None:
    """Read the command line, run everything one after another, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", required=True, help="the interpreter of the environment with mpi-sppy")
    parser.add_argument("--size", default="small")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--futures", type=int, nargs="+", default=[10, 50])
    parser.add_argument("--gap", type=float, default=0.001, help="share of gross cost at which all stop")
    parser.add_argument("--limit", type=int, default=600)
    given = parser.parse_args()
    for n_futures in given.futures:
        made = generate(given.size, n_futures, seed=given.seed)
        problem = replace(made, first=replace(made.first, is_integer=np.zeros_like(made.first.is_integer)))
        mine, gross = ours(problem, given.gap)
        print(f"\n{given.size}, {n_futures} futures, {problem.states.family.size} states, plain average\n")
        print("| contender | wall s | CPU s | lower | upper | gap of gross | note |\n|---|---|---|---|---|---|---|")
        print(mine.row("ours, level", gross), flush=True)
        relative = given.gap * abs(gross) / abs(mine.upper)
        for method in METHODS:
            print(theirs(method, given, n_futures, relative).row(f"mpi-sppy, {method}", gross), flush=True)


if __name__ == "__main__":
    main()
