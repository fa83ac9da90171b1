"""What each option is worth, and what making the plan again in year 3 would save.

An option's worth is what the best plan without it costs more. Planning again is a plan with branches: decisions of the
first years are shared, later ones are made anew for the climate that is seen by then. Its cost lies between that of
perfect foresight and that of the plan: z(wait and see) ≤ z(planned again) ≤ z(plan).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tillerman.dispatch import withheld
from tillerman.futures.paths import CLIMATES, sample_paths
from tillerman.plan.base import WORKERS, Base, Listener
from tillerman.plan.branches import Branched, branched
from tillerman.plan.decisions import COMMITTED_YEARS, decisions
from tillerman.plan.foresight import positive
from tillerman.plan.interval import Interval
from tillerman.plan.options_result import ClimatePlan, EarlyChange, Options, OptionWorth
from tillerman.plan.rows import Decision
from tillerman.plan.setting import start_name
from tillerman.plan.variants import side_by_side, uninterrupted
from tillerman.twostage import Solution, Tuning, solve

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
ROUNDS = 80  # of the search for the best plan without an option
NOTICED = 0.1  # relative change of an amount below which it is no other decision
MOST_TOLD = 12  # decisions told for each climate
_PERIOD = re.compile(r"[,\[](\d+)[,\]]")


@withheld()
def options(base: Base, *, progress: Listener | None = None) -> Options:
    """Say what each option is worth and what making the plan again would save."""
    tell = progress or (lambda _stage, _bounds: None)
    begun = time.perf_counter()
    tell("Planning without each option", None)
    rows = _worths(base)
    year = base.country.frame.first_year + COMMITTED_YEARS
    late, branch = late_decisions(base), climate_seen(base)
    tree = branched(base.assembled.problem, late, branch)
    found = uninterrupted(
        solve(
            tree.problem,
            risk=base.risk,
            tolerance=base.request.tolerance,
            tuning=Tuning(start=tree.spread(base.best.x), n_workers=WORKERS),
            progress=lambda bounds: tell("Planning again in each climate", bounds),
        )
    )
    saving = Interval(base.best.lower_bound - found.objective, base.best.objective - found.lower_bound)
    return Options(
        rows=rows,
        replan_year=year,
        saving=positive(saving, base.best.gross),
        climates=tuple(_climates(base, tree, found, branch)),
        changes=tuple(_changes(base, tree, found)),
        gross_musd=base.best.gross,
        seconds=time.perf_counter() - begun,
    )


def _worths(base: Base) -> tuple[OptionWorth, ...]:
    """Each option with and without; one that the plan leaves closed can be worth no more than the bounds leave open."""
    setting, best = base.assembled.setting, base.best
    names = base.assembled.problem.first.names
    amounts = dict(zip(names, best.x.tolist(), strict=True))
    bans = {
        option.id: {start_name(start) for start in setting.starts("kept") if start.subject == option.id}
        for option in base.country.options
    }
    taken = [o for o, ban in bans.items() if any(amounts.get(name, 0.0) > 0 for name in ban)]
    others = side_by_side(base.assembled, [bans[o] for o in taken], best, base.risk, rounds=ROUNDS)
    without = dict(zip(taken, others, strict=True))
    rows = []
    for option in base.country.options:
        worth = Interval(0.0, best.objective - best.lower_bound)
        if option.id in without:
            other = without[option.id]
            worth = Interval(other.lower_bound - best.objective, other.objective - best.lower_bound)
        rows.append(OptionWorth(option.id, option.name, option.id in without, positive(worth, best.gross)))
    return tuple(rows)


def late_decisions(base: Base) -> Bools:
    """Which decisions fall after the committed years: those of later periods, and deployments of later epochs."""
    setting, epochs = base.assembled.setting, base.dispatch.space.epochs
    end = setting.years[0] + COMMITTED_YEARS
    is_late = [year >= end for year in setting.years]
    first_of = {epoch: epochs.index(epoch) for epoch in set(epochs)}

    def late(name: str) -> bool:
        found = _PERIOD.findall(name)
        if name.startswith("deploy["):
            return is_late[first_of[int(name.removesuffix("]").rsplit(",", 1)[1])]]
        return bool(found) and is_late[int(found[0])]

    return np.array([late(name) for name in base.assembled.problem.first.names])


def climate_seen(base: Base) -> Ints:
    """The climate of every future in the last committed year, numbered without gaps."""
    found = _climate_paths(base)[:, min(COMMITTED_YEARS, sum(base.country.frame.period_years)) - 1]
    return np.unique(found, return_inverse=True)[1].astype(np.int64)


def _climate_paths(base: Base) -> Ints:
    futures, country = base.assembled.futures, base.country
    return sample_paths(country, futures.n_futures, futures.seed, sum(country.frame.period_years)).climate


def _climates(base: Base, tree: Branched, found: Solution, branch: Ints) -> Iterator[ClimatePlan]:
    seen = _climate_paths(base)[:, min(COMMITTED_YEARS, sum(base.country.frame.period_years)) - 1]
    probability = base.assembled.problem.probability
    for k, place in enumerate(tree.places):
        mine = branch == k
        rows = [row for row in _deeds(base, found.x[place]) if not row.is_committed]
        rows.sort(key=lambda row: -row.public_cash_musd)
        told = tuple(f"{row.years}: {row.text}" for row in sorted(rows[:MOST_TOLD], key=lambda row: row.period))
        climate = CLIMATES[int(seen[mine][0])].value
        yield ClimatePlan(climate, float(probability[mine].sum()), int(mine.sum()), told)


def _changes(base: Base, tree: Branched, found: Solution) -> Iterator[EarlyChange]:
    """Decisions of the first years whose amounts differ; both plans are best within their tolerance only."""
    ours = {(row.subject, row.years): row for row in _deeds(base, base.best.x) if row.is_committed}
    theirs = {(row.subject, row.years): row for row in _deeds(base, found.x[tree.places[0]]) if row.is_committed}
    for key in sorted({*ours, *theirs}):
        row = ours.get(key) or theirs[key]
        was, now = (side[key].amount if key in side else 0.0 for side in (ours, theirs))
        if abs(was - now) > NOTICED * max(abs(was), abs(now)):
            yield EarlyChange(row.subject, row.name, row.years, was, now, row.unit)


def _deeds(base: Base, x: NDArray[np.float64]) -> list[Decision]:
    amounts = dict(zip(base.assembled.problem.first.names, x.tolist(), strict=True))
    return [row for row in decisions(base.assembled.setting, amounts) if row.action != "run"]
