"""A library of planning problems with the best bounds known, for whoever wants to set a solver beside ours.

    python benchmarks/instances.py list
    python benchmarks/instances.py write kenya-20-integer --to DIR [--format smps]
    python benchmarks/instances.py improve kenya-20-integer --gap 0.001 --limit 600

No instance is stored: each is made again from the country file or from a seed. The table `instances.csv` keeps a mark
of what its bounds were proved for. `write` gives the extensive form as MPS, or the plain average as SMPS.
`improve` solves, and keeps a bound that is better than the one in the table.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np

from tillerman.country import load
from tillerman.plan.base import prepare
from tillerman.plan.request import make_request
from tillerman.twostage import Problem, Risk, Tuning, solve, write_mps, write_smps
from tillerman.twostage.generator import generate
from tillerman.twostage.memory import second_stage_fingerprint
from tillerman.units import number

TABLE = Path(__file__).with_suffix(".csv")


@dataclass(frozen=True)
class Instance:
    """One problem: how it is made, and the best bounds proved for it."""

    name: str
    source: str  # country:NAME, a shipped country file, or size:NAME, a size of the generator
    futures: int
    seed: int
    is_integer: bool
    aversion: float
    mark: str  # of the second stage that the bounds were proved for; blank before the first time
    states: int
    lower: float
    upper: float
    gap_of_gross: float
    found: str

    def problem(self) -> Problem:
        """Make the problem."""
        kind, _, name = self.source.partition(":")
        if kind == "size":
            made = generate(name, self.futures, seed=self.seed)
        else:
            country = load(name)
            made = prepare(country, make_request(country, futures=self.futures, seed=self.seed)).assembled.problem
        if self.is_integer:
            return made
        return replace(made, first=replace(made.first, is_integer=np.zeros_like(made.first.is_integer)))

    @property
    def risk(self) -> Risk:
        """The weight of the worst futures."""
        return Risk(self.aversion)


def read() -> list[Instance]:
    """Read the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Instance(
                name=row["name"], source=row["source"], futures=int(row["futures"]), seed=int(row["seed"]),
                is_integer=row["is_integer"] == "true", aversion=float(row["aversion"]), mark=row["mark"],
                states=int(row["states"] or 0), lower=float(row["lower"] or "-inf"), upper=float(row["upper"] or "inf"),
                gap_of_gross=float(row["gap_of_gross"] or "inf"), found=row["found"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def write_table(instances: list[Instance]) -> None:
    """Write the table, whole or not at all."""
    partial = TABLE.with_name(TABLE.name + ".part")
    with partial.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, [item.name for item in fields(Instance)], lineterminator="\n")
        rows.writeheader()
        for instance in instances:
            row = asdict(instance)
            row["is_integer"] = "true" if instance.is_integer else "false"
            for name in ("lower", "upper", "gap_of_gross"):
                row[name] = f"{row[name]:.7g}" if np.isfinite(row[name]) else ""
            rows.writerow(row | {"states": row["states"] or ""})
    partial.replace(TABLE)


def improve(instance: Instance, gap: float, limit_s: float) -> Instance:
    """Solve an instance; bounds proved for what it was before it changed are dropped."""
    problem = instance.problem()
    mark = second_stage_fingerprint(problem)[:16]
    known = instance if instance.mark == mark else replace(instance, lower=-np.inf, upper=np.inf)
    answer = solve(
        problem, risk=instance.risk, tolerance=gap, time_limit_s=limit_s, tuning=Tuning(method="level", n_workers=2)
    )
    print(f"{instance.name}: {answer.lower_bound:.6g} to {answer.objective:.6g}, {answer.gap:.3%} of gross,", end=" ")
    print(f"{answer.iterations} rounds, {answer.seconds:.0f} s: {answer.outcome.name.lower()}", flush=True)
    lower, upper = max(known.lower, answer.lower_bound), min(known.upper, answer.objective)
    if not (lower > known.lower or upper < known.upper):
        return known
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    share = (upper - lower) / abs(answer.gross)
    return replace(known, mark=mark, states=answer.n_states, lower=lower, upper=upper, gap_of_gross=share, found=today)


def main() -> None:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("list", "write", "improve"))
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--to", type=Path, default=Path())
    parser.add_argument("--format", choices=("mps", "smps"), default="mps")
    parser.add_argument("--gap", type=float, default=0.001)
    parser.add_argument("--limit", type=float, default=600.0, metavar="SECONDS")
    given = parser.parse_args()
    instances = {instance.name: instance for instance in read()}
    unknown = [name for name in given.names if name not in instances]
    if unknown:
        parser.error(f"no instance {', '.join(unknown)}; there are {', '.join(instances)}")
    if given.action == "list":
        for one in instances.values():
            bounds = f"{number(one.lower, 6)} to {number(one.upper, 6)}" if one.mark else "no bounds yet"
            print(f"{one.name:24} {one.states:7,} states  {bounds}")
    for name in given.names:
        if given.action == "improve":
            instances[name] = improve(instances[name], given.gap, given.limit)
            write_table(list(instances.values()))
        elif given.action == "write":
            problem = instances[name].problem()
            if given.format == "mps":
                write_mps(problem, given.to / f"{name}.mps", risk=instances[name].risk)
            else:
                write_smps(problem, given.to, name)


if __name__ == "__main__":
    main()
