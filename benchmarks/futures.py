"""How long sampling and merging futures takes, how much memory it needs, and how many states are distinct.

    python benchmarks/futures.py [COUNTRY] [--repeat 3] [--futures 20 200 1000 10000 100000]

Each size runs in a process of its own, so that memory is its own; times are medians over the repeats.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time

SIZES = (20, 200, 1_000, 10_000, 100_000)
MEBIBYTE = 2**20


def measure(country: str, n: int) -> dict[str, float]:
    """Sample once in this process."""
    from tillerman.country import load
    from tillerman.futures import sample

    loaded = load(country)
    before = _peak_mib()
    wall, processor = time.perf_counter(), time.process_time()
    drawn = sample(loaded, n)
    return {
        "seconds": time.perf_counter() - wall,
        "processor_seconds": time.process_time() - processor,
        "mib": _peak_mib() - before,
        "states": drawn.n_states,
        "entries": drawn.weights.nnz,
    }


def _peak_mib() -> float:
    """The most memory this process has held."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEBIBYTE


def main() -> None:
    """Print a table, one row a number of futures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("country", nargs="?", default="kenya")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--futures", type=int, nargs="+", default=SIZES)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one is not None:
        print(json.dumps(measure(asked.country, asked.one)))
        return
    print(f"{'futures':>8} {'states':>10} {'entries':>10} {'seconds':>8} {'processor':>9} {'MiB':>6}")
    for n in asked.futures:
        command = [sys.executable, __file__, asked.country, "--one", str(n)]
        runs = [
            json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(asked.repeat)
        ]
        found = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        print(
            f"{n:>8,} {found['states']:>10,.0f} {found['entries']:>10,.0f} {found['seconds']:>8.2f} "
            f"{found['processor_seconds']:>9.2f} {found['mib']:>6,.0f}"
        )


if __name__ == "__main__":
    main()
