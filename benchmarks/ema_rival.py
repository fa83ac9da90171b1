"""A stress test of one plan, in futures a second: our sweep over merged states beside EMA Workbench, future by future.

    python benchmarks/ema_rival.py --python OTHER/bin/python --size small --futures 10000 --ema-futures 300

EMA Workbench is no dependency of ours: `--python` names an interpreter with `ema_workbench` and `tillerman` installed.
There every future is one experiment, priced by the same compiled kernel; what an experiment costs beside the kernel is
the workbench's way of working, which is made for models that take seconds. Both sides price the same plan exactly, on
one thread; building the problem is left out on both sides.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from tillerman.twostage import Memory, Problem, Risk, States, evaluate, fresh_memory, nearest
from tillerman.twostage.compiled import load_kernel
from tillerman.twostage.generator import generate

HERE = Path(__file__).parent
NEUTRAL = Risk(aversion=0.0)


def plan_of(problem: Problem) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Give a plan worth testing: the allowed one nearest to half of every bound."""
    first = problem.first
    found = nearest(first, 0.5 * first.upper, 1.0 + first.upper)
    if found is None:
        raise SystemExit("no plan keeps the rules of this instance")
    return found


def only(problem: Problem, future: int) -> Problem:
    """Give the problem of one future and the states that it meets."""
    row = problem.weights[[future]].tocoo()
    kept, (n_rows, n_columns) = row.col, problem.recourse.matrix.shape
    rows = (kept[:, None] * n_rows + np.arange(n_rows)).ravel()
    columns = (kept[:, None] * n_columns + np.arange(n_columns)).ravel()
    states = problem.states
    return replace(
        problem,
        states=States(
            states.family[kept], states.rhs[kept], states.rhs_of_first[rows], states.upper[kept],
            states.upper_of_first[columns], states.offset[kept], states.offset_of_first[kept],
        ),
        weights=problem.weights[[future]][:, kept],
        probability=np.ones(1),
        group=None,
    )  # fmt: skip


def ours(size: str, n_futures: int) -> dict[str, float]:
    """Price all futures at once."""
    problem = generate(size, n_futures)
    x = plan_of(problem)
    memory: Memory = fresh_memory(problem)
    load_kernel()
    wall, cpu = time.perf_counter(), time.process_time()
    found = evaluate(problem, x, risk=NEUTRAL, engine="kernel", memory=memory)
    return {
        "futures": n_futures, "wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu,
        "mean": found.mean,
    }  # fmt: skip


def theirs(size: str, n_futures: int, total: int) -> dict[str, float]:
    """Price some of the same futures as experiments of the workbench; runs in the other environment."""
    from ema_workbench import IntegerParameter, Model, ScalarOutcome, SequentialEvaluator

    problem = generate(size, total)
    x = plan_of(problem)
    parts = [only(problem, future) for future in range(n_futures)]

    def stress(future: int = 0) -> dict[str, float]:
        return {"cost": evaluate(parts[future], x, risk=NEUTRAL, engine="kernel").mean}

    model = Model("stress", function=stress)
    model.uncertainties = [IntegerParameter("future", 0, n_futures - 1)]
    model.outcomes = [ScalarOutcome("cost")]
    load_kernel()
    wall, cpu = time.perf_counter(), time.process_time()
    with SequentialEvaluator(model) as evaluator:
        _, outcomes = evaluator.perform_experiments(scenarios=n_futures)
    return {
        "futures": n_futures, "wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu,
        "mean": float(np.mean(outcomes["cost"])),
    }  # fmt: skip


def main() -> None:
    """Read the command line, run both, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", help="the interpreter of the environment with EMA Workbench")
    parser.add_argument("--size", default="small")
    parser.add_argument("--futures", type=int, default=10_000)
    parser.add_argument("--ema-futures", type=int, default=300)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        json.dump(theirs(given.size, given.ema_futures, given.futures), sys.stdout)
        return
    if not given.python:
        parser.error("--python is needed")
    mine = ours(given.size, given.futures)
    path = os.pathsep.join([str(HERE.parent / "src"), str(HERE)])
    command = [given.python, __file__, "--inside", "--size", given.size, "--futures", str(given.futures)]
    command += ["--ema-futures", str(given.ema_futures)]
    surroundings = os.environ | {"PYTHONPATH": path, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    other = json.loads(done.stdout.splitlines()[-1])
    print("| contender | futures | wall s | CPU s | futures a CPU second |\n|---|---|---|---|---|")
    for name, found in (("ours", mine), ("EMA Workbench, same kernel", other)):
        rate = found["futures"] / found["cpu_s"]
        print(f"| {name} | {found['futures']:,} | {found['wall_s']:.1f} | {found['cpu_s']:.1f} | {rate:,.0f} |")


if __name__ == "__main__":
    main()
