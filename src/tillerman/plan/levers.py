"""What each of the seven levers is worth: alone, added last, and its fair share of what all of them do together.

    levers(base)

The best plan is found for every set of levers, with every decision ruled out that needs a lever outside the set (see
`lever_table`). All sets share cuts and plans, and each is solved only as finely as the worths need.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tillerman.dispatch import withheld
from tillerman.plan.base import WORKERS, Base, Listener
from tillerman.plan.interval import Interval
from tillerman.plan.lattice import Lattice, Players, Telling
from tillerman.plan.lever_table import LEVERS, levers_at_work, levers_needed
from tillerman.plan.levers_result import Levers, LeverSubset, LeverWorth
from tillerman.plan.references import as_today
from tillerman.plan.variants import nearest_allowed, uninterrupted
from tillerman.twostage import (
    Bounder,
    FirstStage,
    Problem,
    Solution,
    Tuning,
    evaluate,
    keeps_rules,
    solve,
)

Floats = NDArray[np.float64]
WIDTH = 0.05  # of the joint effect, to which every worth is found
STEP = 0.3  # of its width, to which a set's bounds are narrowed at a time
FINEST = 2e-4  # of gross cost: no set is searched more finely than this
ROUNDS = 120  # plans visited in one search
ENOUGH_GAINED = 0.9  # of a set's width: a search that leaves more of it is that set's last
ROUNDING = 1e-8  # of gross cost: savings below it are the solver's rounding
STAGE = "Weighing the levers"


@withheld()
def levers(
    base: Base,
    *,
    width: float = WIDTH,
    progress: Listener | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Levers:
    """Weigh the seven levers, each worth between proved bounds.

    `width` is how far the bounds of a worth may be apart, as a share of what all levers do together.
    """
    started = clock()
    search = _Search(base, progress)
    search.run(width)
    lattice = search.lattice
    joint = lattice.worth(lattice.joint)
    rows = tuple(_worth(lattice, lever) for lever in LEVERS)
    widest = lattice.widest()
    share = widest / joint.low if joint.low > 0 else np.inf
    return Levers(
        joint=joint,
        rows=rows,
        subsets=tuple(LeverSubset(tuple(sorted(chosen)), lattice.cost(chosen)) for chosen in lattice.sets),
        widest=share if widest > 0 else 0.0,
        is_narrow=widest <= width * joint.low,
        without_targets=search.without_targets,
        gross_musd=abs(base.best.gross),
        n_priced=search.n_priced,
        seconds=clock() - started,
    )


def _worth(lattice: Lattice, lever: int) -> LeverWorth:
    if lever not in lattice.players:
        nothing = Interval(0.0, 0.0)
        return LeverWorth(lever, is_used=False, alone=nothing, last=nothing, fair_share=nothing)
    told = (lattice.worth(ask(lever)) for ask in (lattice.alone, lattice.last, lattice.share))
    return LeverWorth(lever, True, *told)


@dataclass(frozen=True)
class _Known:
    """A plan priced exactly."""

    x: Floats
    objective: float


class _Search:
    """Narrows what every set of levers costs, the most telling one first."""

    def __init__(self, base: Base, progress: Listener | None) -> None:
        setting = base.assembled.setting
        self.base = base
        self.tell = progress or (lambda _stage, _bounds: None)
        self.problem, self.without_targets = _free_of_targets(base.assembled.problem)
        self.memory = base.best.memory.copy()
        self.memory.engine = base.best.memory.engine
        self.lattice = Lattice(levers_at_work(setting), rounding=ROUNDING * abs(base.best.gross))
        needed = levers_needed(setting)
        self._needs = [needed.get(name, frozenset()) for name in self.problem.first.names]
        self._gross = max(abs(base.best.gross), 1e-12)
        self._known: list[_Known] = []
        self._bounder: Bounder | None = None
        self.n_priced = 0
        if not self.without_targets:
            self.lattice.learn(self.lattice.everyone, lower=base.best.lower_bound)
        self._price(base.best.x)
        self._price(as_today(base.assembled))

    def run(self, width: float) -> None:
        """Narrow bounds until every worth is known well enough, or nothing more can be gained."""
        lattice = self.lattice
        for players in lattice.sets:  # what is known already bounds every set, before any is searched
            self._look(players)
        finished: set[Players] = set()
        while True:
            goal = max(width * lattice.worth(lattice.joint).low, FINEST * self._gross)
            telling = lattice.most_telling(goal, but=finished)
            if telling is None:
                return
            players, before = telling.players, lattice.cost(telling.players).width
            self._look(players)
            if not lattice.cost(players).width < STEP * before:
                self._solve(telling)
            if not lattice.cost(players).width < ENOUGH_GAINED * before:
                finished.add(players)

    def first(self, players: Players) -> FirstStage:
        """The first stage in which only some levers can be used."""
        first = self.problem.first
        barred = np.array([not needs <= players for needs in self._needs])
        return replace(first, upper=np.where(barred, first.lower, first.upper))

    def _look(self, players: Players) -> None:
        """Bound a set by what is known: cuts from below, plans that use its levers only from above."""
        first = self.first(players)
        if self._bounder is None:
            self._bounder = Bounder(self.problem, self.memory, self.base.risk)
        lower = self._bounder.bound(first).value
        self.lattice.learn(players, lower=lower)

    def _solve(self, telling: Telling) -> None:
        """Search the best plan of a set, as finely as the worth needs that it blurs."""
        players = telling.players
        first = self.first(players)
        now = self.lattice.cost(players).width
        aim = max(STEP * now if np.isfinite(now) else 0.0, telling.enough, FINEST * self._gross)
        found = uninterrupted(
            solve(
                replace(self.problem, first=first),
                risk=self.base.risk,
                memory=self.memory,
                tolerance=aim / self._gross,
                tuning=Tuning(n_workers=WORKERS, start=self._start(first), most_rounds=ROUNDS),
                progress=lambda bounds: self.tell(STAGE, bounds),
            )
        )
        self.n_priced += found.iterations
        self.lattice.learn(players, lower=found.lower_bound)
        self._remember(found)

    def _start(self, first: FirstStage) -> Floats | None:
        """The best known plan of a set, or else the allowed plan nearest to the plan itself."""
        allowed = [known for known in self._known if keeps_rules(first, known.x)]
        best = min(allowed, key=lambda known: known.objective, default=None)
        if best is None:
            near = nearest_allowed(first, self.base.best.x)
            if near is None:
                return None
            self._price(near)
            return near
        return best.x

    def _price(self, x: Floats) -> None:
        """Price a plan exactly, and let further searches start from it."""
        priced = evaluate(self.problem, x, risk=self.base.risk, memory=self.memory)
        self.n_priced += 1
        if priced.is_feasible:
            self.memory.remember(x, priced.state_values)
            self._remember(_Known(x, priced.objective))

    def _remember(self, found: _Known | Solution) -> None:
        """Let a plan bound, from above, the smallest set of levers that it uses (and so every larger one)."""
        if not np.isfinite(found.x).all():
            return
        self._known.append(_Known(found.x, found.objective))
        used = [needs for needs, amount in zip(self._needs, found.x.tolist(), strict=True) if amount > 0.0]
        self.lattice.learn(frozenset().union(*used) & self.lattice.everyone, upper=found.objective)


def _free_of_targets(problem: Problem) -> tuple[Problem, bool]:
    """The problem without targets, since without levers hardly any could be met; and whether it had any."""
    first = problem.first
    goals = np.array([name.startswith("goal[") for name in first.row_names], dtype=bool)
    if not goals.any():
        return problem, False
    return replace(problem, first=replace(first, row_lower=np.where(goals, -np.inf, first.row_lower))), True
