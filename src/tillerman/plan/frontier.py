"""From the cheapest plan to the safest: what it costs to keep more critical service under the most serious single loss.

    frontier(base)

    z(p) = min cost over plans x with kept(x) >= p      (see `withstand`)

Fifteen shares p, from what the best plan keeps anyway to the most that any plan can keep. Every point is a plan priced
exactly and a bound that no plan with such a share undercuts; points share cuts and plans, and z cannot fall as p grows.
Where no single loss tells plans apart, they are tested by the loss of everything abroad at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.dispatch import period_of, withheld
from tillerman.plan.base import WORKERS, Base, Listener
from tillerman.plan.decisions import decisions
from tillerman.plan.frontier_plans import first_with, rows_of
from tillerman.plan.frontier_result import Frontier, FrontierPoint, Test
from tillerman.plan.frontier_tail import tail_points
from tillerman.plan.interval import Interval
from tillerman.plan.optimise import SERVICE_AFTER_YEARS
from tillerman.plan.variants import nearest_allowed, uninterrupted
from tillerman.plan.withstand import SAME, Withstand
from tillerman.twostage import Bounder, FirstStage, Tuning, evaluate, keeps_rules, least, solve

Floats = NDArray[np.float64]
POINTS = 15
NAMES = {0: "cheapest", 0.25: "nearly_cheapest", 0.5: "middle", 0.75: "nearly_safest", 1: "safest"}
STAGE = "Weighing cost against safety"
ROUNDS = 60  # plans visited in one search
MOST_TRIES = 6  # searches of one point, each with the rules that the one before it broke
MOST_SEPARATIONS = 30  # times a point's lower bound is asked again with rules it broke
ROOM = 0.02  # of service: where the safest plan keeps less than so much more, another test tells plans apart
EASE = 0.02  # of the range by which the safest point asks less than the most there is, which may cost anything
POOR = 10.0  # times what is near enough: a plan so far from the best there may be is no place to begin
SLIGHT = 1e-5  # share by which less is asked of plans, and by which a plan may miss that: rounding


@withheld()
def frontier(
    base: Base,
    *,
    points: int = POINTS,
    progress: Listener | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Frontier:
    """Trade cost against the most serious single loss, and against the average of the worst 5 in 100 futures."""
    started = clock()
    tell = progress or (lambda _stage, _bounds: None)
    search = _Search(base, tell, Test.SINGLE)
    safest = search.safest()
    fixed, fixed_kept = search.fixed, search.fixed_kept
    if search.room(safest) < ROOM:  # single losses hardly tell plans apart
        both = _Search(base, tell, Test.TOGETHER)
        if (most := both.safest()).high > 0.0 and both.room(most) >= ROOM:
            search, safest, fixed, fixed_kept = both, most, (), 1.0
    low = min(search.known[0].kept, safest.low)
    high = safest.low - EASE * (safest.low - low)
    asked = np.linspace(low, high, points) if high - low > SLIGHT else np.array([low])
    for kept in (asked[0], *asked[:0:-1]):  # the ends first; then from the safest down, each plan serving those below
        search.solve(float(kept))
    tail, tail_reason = tail_points(base, search.memory, points=points, progress=progress)
    plans = search.plans(asked.tolist())
    rows = rows_of(base, [plan.x for plan in plans], search.period)
    return Frontier(
        year=search.withstand.year,
        points=search.told(asked.tolist(), plans),
        most=safest,
        set_aside=fixed,
        set_aside_kept=fixed_kept,
        tail=tail,
        tail_reason=tail_reason,
        gross_musd=abs(base.best.gross),
        n_priced=search.n_priced,
        test=search.test,
        decisions=rows.decisions,
        postures=rows.postures,
        services=rows.services,
        money=rows.money,
        seconds=clock() - started,
    )


@dataclass(frozen=True)
class _Known:
    """A plan priced exactly, and what it keeps."""

    x: Floats
    objective: float
    kept: float
    worst: str


class _Search:
    """All points of one frontier: the plans found, and what no plan undercuts."""

    def __init__(self, base: Base, tell: Listener, test: Test) -> None:
        self.base, self.tell, self.test = base, tell, test
        setting = base.assembled.setting
        self.problem = base.assembled.problem
        self.memory = base.best.memory.copy()
        self.memory.engine = base.best.memory.engine
        self.period = period_of(base.country, setting.years[0] + SERVICE_AFTER_YEARS)
        self.withstand = Withstand(base, self.period, at_once=test is Test.TOGETHER)
        self.known: list[_Known] = []
        self.lower: dict[float, float] = {}
        self.n_priced = 0
        self.fixed: tuple[str, ...] = ()
        self.fixed_kept = 1.0
        self._begin()

    def _begin(self) -> None:
        """Measure the best plan and a few others."""
        self.known = []
        self._remember(self.base.best.x, self.base.best.objective)
        for x, _ in self.memory.points[-LATEST:]:
            self.withstand.look(x)

    def room(self, safest: Interval) -> float:
        """How much more the safest plan keeps than the best one."""
        return safest.low - self.known[0].kept

    def safest(self) -> Interval:
        """The most that any plan can keep; losses that decisions do not soften are set aside until there is room.

        What the best plan keeps all of today's demand under needs no softening: then there is no room to look for.
        """
        while True:
            found = self._safest()
            plan = max(self.known, key=lambda k: k.kept)
            has_room = found.high > self.known[0].kept + SAME
            if has_room or self.test is Test.TOGETHER or self.known[0].kept >= 1.0 - SAME or not plan.worst:
                return found
            aside = self.withstand.set_aside(plan.x)
            self.fixed = (*self.fixed, *(item.name for item in aside))
            self.fixed_kept = min(self.fixed_kept, plan.kept)
            self._begin()
            if not self.known[0].worst:
                return Interval(1.0, 1.0)

    def _safest(self) -> Interval:
        """The most that any plan can keep: what a plan does keep, and what none can exceed."""
        first = self.problem.first
        best, most = self.known[0].kept, MOST_KEPT
        for _ in range(MOST_SEPARATIONS):
            found = _safest_by(self.withstand, first)
            if found is None:
                break
            most, x = min(most, found[0]), found[1]
            before, looked = len(self.withstand), self.withstand.look(x)
            if looked.kept > best + SLIGHT and self._price(x):
                best = looked.kept
            if most <= best + CLOSENESS or len(self.withstand) == before:
                break
        return Interval(best, max(best, most))

    def solve(self, kept: float) -> None:
        """Find the best plan that keeps a share, and what no such plan undercuts."""
        # what nobody undercuts who keeps less, nobody undercuts who keeps this
        less = [bound for asked, bound in self.lower.items() if asked <= kept]
        self.lower[kept] = max(self.base.best.lower_bound, *less, -np.inf)
        if self._best(kept)[1] <= self._enough:
            return
        first = self._separate(kept)
        if self._best(kept)[1] > POOR * self._enough:
            self._approach(kept, self.base.best.x)
        for _ in range(MOST_TRIES):
            best, gap = self._best(kept)
            if gap <= self._enough:
                return
            found = uninterrupted(
                solve(
                    replace(self.problem, first=first),
                    risk=self.base.risk,
                    memory=self.memory,
                    tolerance=self.base.request.tolerance,
                    tuning=Tuning(n_workers=WORKERS, start=best.x if best else None, most_rounds=ROUNDS),
                    progress=lambda bounds: self.tell(STAGE, bounds),
                )
            )
            self.n_priced += found.iterations
            self.lower[kept] = max(self.lower[kept], found.lower_bound)
            if not np.isfinite(found.x).all():
                return
            before = len(self.withstand)
            plan = self._remember(found.x, found.objective)
            if plan.kept >= kept - 2 * SLIGHT:
                return
            self._approach(kept, plan.x)  # the search has not seen the rule that its plan breaks; a near one keeps all
            if len(self.withstand) == before:
                return
            first = self._separate(kept)

    def _best(self, kept: float) -> tuple[_Known | None, float]:
        """The best plan known that keeps a share, and how far it may be from the best there is."""
        allowed = [k for k in self.known if k.kept >= kept - 2 * SLIGHT]
        best = min(allowed, key=lambda k: k.objective, default=None)
        return best, (best.objective if best else np.inf) - self.lower[kept]

    def _approach(self, kept: float, x: Floats) -> None:
        """Price the plan that keeps a share and is nearest to one that does not: a poor plan is no place to begin."""
        for _ in range(MOST_TRIES):
            near = nearest_allowed(self.withstand.first(self.problem.first, kept - SLIGHT), x)
            if near is None:
                return
            before, looked = len(self.withstand), self.withstand.look(near)
            if looked.kept >= kept - 2 * SLIGHT:
                self._price(near)
                return
            if len(self.withstand) == before:
                return

    @property
    def _enough(self) -> float:
        return self.base.request.tolerance * abs(self.base.best.gross)

    def _separate(self, kept: float) -> FirstStage:
        """Bound a point from below, adding rules until the bound's own plan keeps the share; its first stage then."""
        first = self.withstand.first(self.problem.first, kept - SLIGHT)
        bounder = Bounder(replace(self.problem, first=first), self.memory, self.base.risk)
        for _ in range(MOST_SEPARATIONS):
            found = bounder.bound(first)
            self.lower[kept] = max(self.lower.get(kept, -np.inf), found.value if np.isfinite(found.value) else -np.inf)
            if not np.isfinite(found.x).all():
                break
            before = len(self.withstand)
            if self.withstand.look(found.x).kept >= kept - 2 * SLIGHT or len(self.withstand) == before:
                break
            bounder.add_rules(*self.withstand.rules(kept - SLIGHT, since=before))
        return self.withstand.first(self.problem.first, kept - SLIGHT)

    def _price(self, x: Floats) -> bool:
        """Price a plan exactly and remember it, unless it is none."""
        found = evaluate(self.problem, x, risk=self.base.risk, memory=self.memory)
        self.n_priced += 1
        if not found.is_feasible or not keeps_rules(self.problem.first, x):
            return False
        self.memory.remember(x, found.state_values)
        self._remember(x, found.objective)
        return True

    def _remember(self, x: Floats, objective: float) -> _Known:
        looked = self.withstand.look(x)
        worst = "" if looked.worst is None or self.test is Test.TOGETHER else looked.worst.name
        self.known.append(_Known(x, objective, looked.kept, worst))
        return self.known[-1]

    def plans(self, asked: list[float]) -> list[_Known]:
        """The best plan known for every point: as more is asked none keeps less, since fewer are allowed."""
        return [min((k for k in self.known if k.kept >= p - 2 * SLIGHT), key=lambda k: k.objective) for p in asked]

    def told(self, asked: list[float], plans: list[_Known]) -> tuple[FrontierPoint, ...]:
        """Every point, with what a point above or below it proves for it too."""
        lower = np.maximum.accumulate([self.lower[kept] for kept in asked])
        costs = [Interval(float(min(b, k.objective)), k.objective) for b, k in zip(lower, plans, strict=True)]
        same = first_with([plan.x for plan in plans])
        names = {round(at * (len(asked) - 1)): name for at, name in NAMES.items()} if len(asked) > 1 else {0: NAMES[0]}
        return tuple(
            FrontierPoint(
                asked=p,
                kept=plan.kept,
                worst=plan.worst,
                cost=cost,
                more=Interval(max(0.0, cost.low - costs[0].high), max(0.0, cost.high - costs[0].low) if i else 0.0),
                is_apart=i > 0 and cost.low > costs[i - 1].high,
                name=names.get(i, ""),
                first_cost_musd=float(self.problem.first.cost @ plan.x),
                deeds=self._deeds(plan.x) if i in names else (),
                same_as=same[i],
            )
            for i, (p, plan, cost) in enumerate(zip(asked, plans, costs, strict=True))
        )

    def _deeds(self, x: Floats) -> tuple[str, ...]:
        """What a plan does in years 1 to 3, apart from where things run."""
        amounts = dict(zip(self.problem.first.names, x.tolist(), strict=True))
        rows = decisions(self.base.assembled.setting, amounts)
        return tuple(f"{d.years}: {d.text}" for d in rows if d.is_committed and d.action != "run")


LATEST = 10  # known plans that are measured before any search
MOST_KEPT = 100.0  # times today's demand: more than any plan can serve
CLOSENESS = 1e-3  # to which the most that any plan can keep is found


def _safest_by(withstand: Withstand, first: FirstStage) -> tuple[float, Floats] | None:
    """A share that no plan can exceed by the rules learnt so far, and the plan that comes nearest to it."""
    coefficients, lower = withstand.rules(0.0)
    n, k = first.cost.size, lower.size
    people = sparse.csr_array(np.full((k, 1), -withstand.people))
    nothing = sparse.csr_array((first.matrix.shape[0], 1))
    wider = replace(
        first,
        matrix=sparse.csr_array(
            sparse.block_array([[first.matrix, nothing], [sparse.csr_array(coefficients), people]], format="csr")
        ),
        row_lower=np.concatenate([first.row_lower, lower]),
        row_upper=np.concatenate([first.row_upper, np.full(k, np.inf)]),
        lower=np.append(first.lower, 0.0),
        upper=np.append(first.upper, MOST_KEPT),
        is_integer=np.append(first.is_integer, False),
    )
    found = least(wider, np.append(np.zeros(n), -1.0), absolute_gap=CLOSENESS)
    return None if found is None else (-found[0], found[1][:n])
