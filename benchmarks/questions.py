"""What the questions about a plan cost beside the plan itself, on the country file of Kenya.

    python benchmarks/questions.py --futures 20 200 --questions frontier alternatives levers flips --repeat 3

The plan is found once a repeat, draws of futures and assembly included; every question then starts from a copy of what
that search has learnt, so that no question helps the next. CPU seconds of all threads, and how many plans' time that
is; with repeats the median, and the spread. The kernel is loaded or compiled before anything is measured.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from tillerman.country import load
from tillerman.plan import Request, base_for, make_request
from tillerman.plan.alternatives import alternatives
from tillerman.plan.base import Base
from tillerman.plan.flips import flips
from tillerman.plan.flips_result import Verdict
from tillerman.plan.frontier import frontier
from tillerman.plan.levers import levers
from tillerman.twostage.compiled import load_kernel


@dataclass(frozen=True)
class Run:
    """CPU seconds of one question, how many plans' time that is, and how exact the answer is."""

    cpu_s: float
    ratio: float
    note: str


def ask_frontier(base: Base) -> str:
    """Trade cost against safety."""
    found = frontier(base)
    widest = max(found.points, key=lambda point: point.cost.width)
    share = widest.cost.width / found.gross_musd
    return f"{len(found.points)} points, tested by {found.test}, widest {share:.2%} of gross (keeps {widest.asked:.3f})"


def ask_alternatives(base: Base) -> str:
    """What every good plan contains."""
    found = alternatives(base)
    n_open = sum(choice.verdict == "undetermined" for choice in found.choices)
    return f"{len(found.choices)} choices, {n_open} undetermined"


def ask_levers(base: Base) -> str:
    """What each lever is worth."""
    found = levers(base)
    return f"{len(found.subsets)} sets, widest {found.widest:.1%} of the joint effect"


def ask_flips(base: Base) -> str:
    """Where decisions stop paying."""
    found = flips(base)
    counts = ", ".join(f"{sum(row.verdict is verdict for row in found.rows)} {verdict}" for verdict in Verdict)
    return f"{found.n_numbers} numbers, {found.n_chances} chances, {found.n_proofs} plans made anew: {counts}"


QUESTIONS: dict[str, Callable[[Base], str]] = {
    "frontier": ask_frontier,
    "alternatives": ask_alternatives,
    "levers": ask_levers,
    "flips": ask_flips,
}


def measure(country: str, request: Request, questions: list[str]) -> dict[str, Run]:
    """Find the plan, ask every question, and say what each took."""
    before = time.process_time()
    base = base_for(load(country), request)
    plan_s = time.process_time() - before
    runs = {
        "plan": Run(plan_s, 1.0, f"{base.best.n_states} states, {base.best.iterations} rounds, {base.best.gap:.2%}")
    }
    for name in questions:
        fresh = replace(base, best=replace(base.best, memory=base.best.memory.copy()))
        before = time.process_time()
        note = QUESTIONS[name](fresh)
        cpu_s = time.process_time() - before
        runs[name] = Run(cpu_s, cpu_s / plan_s, note)
    return runs


def told(values: list[float], digits: int) -> str:
    """The median, and from where to where the values go if there are several."""
    middle = f"{statistics.median(values):.{digits}f}"
    return middle if len(values) == 1 else f"{middle} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def main() -> None:
    """Read the command line and print one table for every number of futures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--country", default="kenya")
    parser.add_argument("--futures", type=int, nargs="+", default=[20, 200])
    parser.add_argument("--questions", nargs="*", choices=list(QUESTIONS), default=list(QUESTIONS))
    parser.add_argument("--repeat", type=int, default=1)
    given = parser.parse_args()
    load_kernel()
    for n in given.futures:
        request = make_request(load(given.country), futures=n)
        print(f"\n{given.country}, {n} futures\n\n| question | CPU s | plans' time | remark |\n|---|---|---|---|")
        rounds = [measure(given.country, request, given.questions) for _ in range(given.repeat)]
        for name in rounds[0]:
            runs = [found[name] for found in rounds]
            times, ratios = told([run.cpu_s for run in runs], 1), told([run.ratio for run in runs], 2)
            print(f"| {name} | {times} | {ratios} | {runs[-1].note} |", flush=True)
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"\npeak memory {peak_gb:.2f} GB")


if __name__ == "__main__":
    main()
