"""A stress test of one plan on very many futures, streamed: how many a second, how much memory, and is it right?

    python benchmarks/stress.py small --futures 1000000

Futures are drawn chunk by chunk from one synthetic world; equal states of a chunk are merged, priced exactly, dropped.
The first futures are priced again by HiGHS alone, state by state, and mean and 95th percentile are held against it.
Drawing them stands apart: the generator is plain Python and not what is measured.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator

import numpy as np

from tillerman.twostage import Problem, Risk, evaluate, nearest
from tillerman.twostage.compiled import load_kernel
from tillerman.twostage.generator import SIZES, generate
from tillerman.twostage.streamed import BlockPricer, evaluate_stream


class Drawn:
    """Chunks of futures of one world, with the seconds that drawing them took."""

    def __init__(self, size: str, n_futures: int, chunk: int) -> None:
        self._size, self._left, self._chunk = size, n_futures, chunk
        self.cpu_s = 0.0

    def __iter__(self) -> Iterator[Problem]:
        draw = 0
        while self._left > 0:
            began = time.process_time()
            problem = generate(self._size, min(self._chunk, self._left), draw=draw)
            self.cpu_s += time.process_time() - began
            self._left -= problem.probability.size
            draw += 1
            yield problem


def main() -> None:
    """Read the command line, price, check, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", choices=sorted(SIZES))
    parser.add_argument("--futures", type=int, default=1_000_000)
    parser.add_argument("--chunk", type=int, default=20_000, help="futures in memory at once")
    parser.add_argument("--check", type=int, default=1_000, help="futures that HiGHS prices again")
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    load_kernel()
    small = generate(given.size, given.check)
    x = nearest(small.first, 0.5 * small.first.upper, 1.0 + small.first.upper)
    if x is None:
        parser.error("no plan keeps the rules of this instance")
    drawn = Drawn(given.size, given.futures, given.chunk)
    wall, cpu = time.perf_counter(), time.process_time()
    found = evaluate_stream(drawn, x, risk=Risk(aversion=0.0), pricer=BlockPricer(n_workers=given.workers))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu - drawn.cpu_s
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{given.size}, {found.n_futures:,} futures, {found.n_states:,} states in chunks of {given.chunk:,}")
    print(f"priced and checked in {cpu:.0f} CPU s: {found.n_futures / cpu:,.0f} futures a CPU second, ", end="")
    print(f"{1e6 * cpu / found.n_states:.0f} microseconds a state; {peak_gb:.2f} GB; ", end="")
    print(f"drawing took {drawn.cpu_s:.0f} CPU s; {wall:.0f} s of wall in all")
    print(f"mean {found.mean.value:,.1f} ({found.mean.low:,.1f} to {found.mean.high:,.1f}), ", end="")
    print(f"95th percentile {np.quantile(found.future_values, 0.95):,.1f}")
    print(f"HiGHS judged {found.audit.n_states_judged:,} states on the way, worst {found.audit.worst_disagreement:.1e}")
    ours, exact = (evaluate(small, x, risk=Risk(aversion=0.0), engine=engine) for engine in ("kernel", "highs"))
    for name, of in (("mean", np.mean), ("95th percentile", lambda v: np.quantile(v, 0.95))):
        mine, theirs = (float(of(result.future_values)) for result in (ours, exact))
        print(f"{given.check:,} futures, {name}: ours {mine:,.3f}, HiGHS alone {theirs:,.3f}, ", end="")
        print(f"{abs(mine - theirs) / abs(theirs):.1e} apart")


if __name__ == "__main__":
    main()
