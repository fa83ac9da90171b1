"""A solved plan with everything that a later question re-uses: its problem, its proof and what the search has learnt.

    base = find(prepare(country, make_request(country, futures=200)))

Every question about a plan (less money? without this lever? from which chance on?) starts from a `Base`, so that no
question draws its own futures, and none begins its search from nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tillerman.country import Country
from tillerman.dispatch import Dispatch, compile_dispatch, withheld
from tillerman.errors import ClashError, EngineError, SettingError
from tillerman.futures import Futures, sample
from tillerman.plan.assemble import Assembled, assemble
from tillerman.plan.request import Request
from tillerman.plan.setting import Setting
from tillerman.plan.variants import uninterrupted
from tillerman.twostage import Evaluation, Memory, Outcome, Progress, Risk, Solution, Tuning, clash, evaluate, solve

Floats = NDArray[np.float64]
Listener = Callable[[str, Progress | None], None]  # (what is being done, bounds while solving)
WORKERS = 2  # threads of the engine; the answer does not depend on them


@dataclass(frozen=True)
class Prepared:
    """A plan's problem before it is solved: what was asked, the futures drawn, the rules and the states."""

    request: Request
    assembled: Assembled

    @property
    def country(self) -> Country:
        """The country planned for."""
        return self.assembled.setting.country

    @property
    def dispatch(self) -> Dispatch:
        """The compiled programme of who serves what."""
        return self.assembled.setting.dispatch

    @property
    def risk(self) -> Risk:
        """How much the worst futures count beside the average."""
        return Risk(self.request.risk_aversion)


@dataclass(frozen=True)
class Base(Prepared):
    """A solved plan and what its search has learnt, for every question that follows."""

    best: Solution

    def fleet(self, x: Floats) -> Floats:
        """The fleet quantities of a first stage."""
        return np.asarray(x[: self.dispatch.n_fleet])

    def priced(self, x: Floats) -> Evaluation:
        """A first stage priced exactly in every state."""
        return evaluate(self.assembled.problem, x, risk=self.risk, primal=True)

    def priced_futures(self, x: Floats) -> Floats:
        """What a first stage costs in all in each future."""
        found = evaluate(self.assembled.problem, x, risk=self.risk)
        return np.asarray(found.first_cost + found.future_values)


def prepare(
    country: Country,
    request: Request,
    *,
    futures: Futures | None = None,
    dispatch: Dispatch | None = None,
    progress: Listener | None = None,
) -> Prepared:
    """Draw the futures that are asked for (unless they are given) and put the problem together."""
    tell = progress or _quiet
    tell("Drawing possible futures", None)
    drawn = futures
    if drawn is None:
        drawn = sample(country, request.n_futures, seed=request.seed, geopolitics=request.geopolitics)
    elif drawn.country != country:
        found = f"futures of {drawn.country.frame.name}, file {drawn.country.content_hash[:12]}"
        expected = f"futures of {country.frame.name}, file {country.content_hash[:12]}"
        raise SettingError("futures", found, expected, "Draw them from the same country file.")
    setting = Setting(dispatch or compile_dispatch(country), request.budget_musd_per_year)
    return Prepared(request, assemble(setting, drawn))


@withheld()
def find(
    prepared: Prepared,
    *,
    memory: Memory | None = None,
    start: Floats | None = None,
    checkpoint: Path | None = None,
    scheduler: str | None = None,
    progress: Listener | None = None,
) -> Base:
    """Find the plan that costs least on average and in the worst futures, proved to the tolerance asked for.

    `memory` continues an earlier search of the same problem; `start` is a first stage to begin from, such as that of a
    plan for fewer futures; `checkpoint` is a file that keeps what is learnt; `scheduler` is the address of a cluster
    that solves the states, `tcp://…`, instead of this machine's threads: the plan is the same to the bit.

    Raises:
        ClashError: when no plan satisfies all the rules.
        EngineError: when no plan can be given for another reason, such as a cap that is missing.
        KeyboardInterrupt: when it is interrupted; the checkpoint holds what was learnt until then.
    """
    tell = progress or _quiet
    best = uninterrupted(
        solve(
            prepared.assembled.problem,
            risk=prepared.risk,
            tolerance=prepared.request.tolerance,
            memory=memory,
            tuning=Tuning(n_workers=WORKERS, start=start, checkpoint=checkpoint, scheduler=scheduler),
            progress=lambda bounds: tell("Finding the plan", bounds),
        )
    )
    if best.outcome is Outcome.INFEASIBLE:
        raise ClashError(explain(prepared.assembled))
    if not np.isfinite(best.x).all():
        raise EngineError(f"No plan can be given. {best.outcome.value}")
    return Base(prepared.request, prepared.assembled, best)


@withheld()
def base_for(country: Country, request: Request, *, progress: Listener | None = None) -> Base:
    """Draw futures and find the plan: what a question starts from when no plan is at hand."""
    return find(prepare(country, request, progress=progress), progress=progress)


def explain(assembled: Assembled) -> tuple[str, ...]:
    """A smallest set of rules, in domain words, that no plan can satisfy together."""
    found = clash(assembled.problem.first, assembled.book.groups)
    return tuple(name for name in found if name)


def _quiet(_stage: str, _bounds: Progress | None) -> None:
    """Say nothing."""
