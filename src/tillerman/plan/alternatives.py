"""What every good plan contains, what none does, and what is free choice.

    alternatives(base, within=0.05)

A plan is good when it costs at most a share of gross cost more than the plan found. For everything that can be decided,
the cheapest plan with it or without it is sought: one that is good is an example; a proved bound above the limit means
that there is none. The least and most of it over all good plans are bounded by a linear programme over all cuts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tillerman.dispatch import period_of, withheld
from tillerman.errors import SettingError
from tillerman.plan.alternatives_result import ALWAYS, FREE, NEVER, OPEN, WITHIN, Alternative, Alternatives, Choice
from tillerman.plan.base import WORKERS, Base, Listener
from tillerman.plan.choosable import HALF, Group, columns_of, deeds, forced, groups
from tillerman.plan.decisions import decisions
from tillerman.plan.interval import Interval
from tillerman.plan.optimise import SERVICE_AFTER_YEARS
from tillerman.plan.variants import nearest_allowed, uninterrupted
from tillerman.plan.whynot import early
from tillerman.plan.withstand import Withstand
from tillerman.twostage import Extremes, Tuning, evaluate, keeps_rules, solve

Floats = NDArray[np.float64]
STAGE = "Looking for other good plans"
ROUNDS = 60  # plans visited in one search
SLIGHT = 1e-6  # rounding of an amount
EXAMPLES = 3  # good plans that are shown
REACHES = 8  # times good plans with more sovereign service are looked for


@withheld()
def alternatives(
    base: Base,
    within: float = WITHIN,
    *,
    progress: Listener | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Alternatives:
    """Tell what all plans that cost little more have in common, and where they are free.

    Raises:
        SettingError: for a share that is not above 0 and at most 1.
    """
    if not 0.0 < within <= 1.0:
        raise SettingError("within", within, "a share above 0 and up to 1", "0.05 looks at plans within 5 %.")
    started = clock()
    search = _Search(base, within, progress or (lambda _stage, _bounds: None))
    found = counted(base)
    for group in found:
        search.decide(group)
    sovereign = search.sovereign()
    bounds = {group.subject_key: search.proved(group) for group in found}
    return Alternatives(
        within=within,
        limit_musd=search.limit,
        choices=tuple(search.choice(group, bounds[group.subject_key]) for group in found),
        examples=search.examples(found),
        sovereign_in_plan=search.sovereign_in_plan,
        sovereign=sovereign,
        n_good=len(search.good),
        n_priced=search.n_priced,
        seconds=clock() - started,
    )


def counted(base: Base) -> tuple[Group, ...]:
    """What can be decided, and what counts as having it: half of what the plan has, where it has some.

    What the plan has none of counts where it is begun in years 1 to 3, if that can be: signed or built in the last
    year, nearly everything costs so little that good plans with it exist, and that says nothing.
    """
    setting, first, x = base.assembled.setting, base.assembled.problem.first, base.best.x
    found = []
    for group in groups(setting):
        has = float(x[columns_of(group, first)].sum())
        if has <= group.none:
            found.append(early(setting, first, group))
        else:
            found.append(group if group.unit == "signature" else replace(group, least=HALF * has))
    return tuple(found)


@dataclass(frozen=True)
class _Good:
    """A plan priced exactly whose cost is within the limit."""

    x: Floats
    objective: float


class _Search:
    """The good plans found, and what is proved of all of them."""

    def __init__(self, base: Base, within: float, tell: Listener) -> None:
        self.base, self.tell = base, tell
        self.problem = base.assembled.problem
        self.memory = base.best.memory.copy()
        self.memory.engine = base.best.memory.engine
        self._gross = abs(base.best.gross)
        self.limit = base.best.objective + within * self._gross
        self.good = [_Good(base.best.x, base.best.objective)]
        self.n_priced = 0
        self.sovereign_in_plan = 0.0
        self._extremes: Extremes | None = None
        self._least: dict[tuple[str, str, bool], float] = {}  # cost that no plan with, or without, undercuts

    def size(self, group: Group, x: Floats) -> float:
        """How much of something a plan has, over all years that count."""
        return float(x[columns_of(group, self.problem.first)].sum())

    def decide(self, group: Group) -> None:
        """Look for the cheapest plan that differs from the plan: it has none of something, or enough of it."""
        has = self.size(group, self.base.best.x) > group.none
        if any(self._is_without(group, plan.x) if has else self._is_with(group, plan.x) for plan in self.good):
            return
        first = forced(self.problem.first, group, has=not has)
        start = nearest_allowed(first, self.base.best.x)
        if start is None:
            self._least[group.action, group.subject, not has] = np.inf
            return
        if self._price(start) <= self.limit:
            return
        found = uninterrupted(
            solve(
                replace(self.problem, first=first),
                risk=self.base.risk,
                memory=self.memory,
                tolerance=self.base.request.tolerance,
                tuning=Tuning(n_workers=WORKERS, start=start, most_rounds=ROUNDS),
                progress=lambda bounds: self.tell(STAGE, bounds),
            )
        )
        self.n_priced += found.iterations
        self._least[group.action, group.subject, not has] = found.lower_bound
        if np.isfinite(found.x).all() and found.objective <= self.limit:
            self.good.append(_Good(found.x, found.objective))

    def _is_with(self, group: Group, x: Floats) -> bool:
        return self.size(group, x) >= (1 - SLIGHT) * group.least

    def _is_without(self, group: Group, x: Floats) -> bool:
        return self.size(group, x) <= group.none + SLIGHT

    def _price(self, x: Floats) -> float:
        """Price a plan exactly, and keep it if it is good."""
        found = evaluate(self.problem, x, risk=self.base.risk, memory=self.memory)
        self.n_priced += 1
        if not found.is_feasible or not keeps_rules(self.problem.first, x):
            return np.inf
        self.memory.remember(x, found.state_values)
        if found.objective <= self.limit:
            self.good.append(_Good(x, found.objective))
        return found.objective

    def proved(self, group: Group) -> Interval:
        """The least and most of something that a good plan can have, proved from outside."""
        direction = np.zeros(self.problem.first.cost.size)
        direction[columns_of(group, self.problem.first)] = 1.0
        least, most = self._within.least(direction), self._within.least(-direction)
        return Interval(0.0 if least is None else max(0.0, least[0]), np.inf if most is None else -most[0])

    @property
    def _within(self) -> Extremes:
        if self._extremes is None:
            self._extremes = Extremes(self.problem, self.memory, self.base.risk, self.limit)
        return self._extremes

    def choice(self, group: Group, proved: Interval) -> Choice:
        """Say whether every good plan has something, none, or some."""
        sizes = [self.size(group, plan.x) for plan in self.good]
        has = any(self._is_with(group, plan.x) for plan in self.good)
        has_not = any(self._is_without(group, plan.x) for plan in self.good)
        needs = self._least.get((group.action, group.subject, False), -np.inf) > self.limit
        barred = self._least.get((group.action, group.subject, True), -np.inf) > self.limit
        if has and has_not:
            verdict = FREE
        elif proved.low > group.none + SLIGHT or needs:
            verdict = ALWAYS
        elif proved.high < (1 - SLIGHT) * group.least or barred:
            verdict = NEVER
        else:
            verdict = OPEN
        seen = Interval(min(sizes), max(sizes))
        outside = Interval(min(proved.low, seen.low), max(proved.high, seen.high))  # they may cross by a rounding
        return Choice(
            action=group.action,
            subject=group.subject,
            name=group.name,
            unit=group.unit,
            lever=group.lever,
            verdict=verdict,
            in_plan=sizes[0],
            counts_from=group.least,
            proved=outside,
            seen=seen,
        )

    def sovereign(self) -> Interval:
        """The most critical service that a good plan can have with nobody's permission, at 90 days."""
        base = self.base
        setting = base.assembled.setting
        alone = Withstand(base, period_of(base.country, setting.years[0] + SERVICE_AFTER_YEARS), at_once=True)
        best = max(alone.look(plan.x).kept for plan in self.good)
        self.sovereign_in_plan = alone.look(base.best.x).kept
        most, told = np.inf, 0
        for _ in range(REACHES):
            coefficients, lower = alone.rules(0.0, since=told)
            told = len(alone)
            self._within.add_rules(coefficients, np.full(lower.size, -alone.people), lower)
            found = self._within.least(np.zeros(self.problem.first.cost.size), of_figure=-1.0)
            if found is None:
                break
            most = min(most, -found[0])
            near = nearest_allowed(self.problem.first, found[1])
            if near is None or most <= best + CLOSE:
                break
            objective, kept = self._price(near), alone.look(near).kept
            alone.look(found[1])
            if objective <= self.limit:
                best = max(best, kept)
            elif np.isfinite(objective):
                best = max(best, self._between(alone, near))
        return Interval(best, max(best, most))

    def _between(self, alone: Withstand, far: Floats) -> float:
        """Go from the plan as far towards another as stays good; whole decisions stay those of the plan."""
        here = self.base.best.x
        for part in (0.5, 0.25, 0.1):
            x = here + part * (far - here)
            mixed = nearest_allowed(self.problem.first, np.where(self.problem.first.is_integer, here, x))
            if mixed is not None and self._price(mixed) <= self.limit:
                return alone.look(mixed).kept
        return 0.0

    def examples(self, found: tuple[Group, ...]) -> tuple[Alternative, ...]:
        """A few good plans, each as far as possible from the plan and from those before it, by what they contain."""
        held = [frozenset(g.subject_key for g in found if not self._is_without(g, plan.x)) for plan in self.good]
        texts = [self._deeds(plan.x) for plan in self.good]
        chosen = [0]
        while len(chosen) <= EXAMPLES:
            distance = [min(len(held[i] ^ held[j]) for j in chosen) for i in range(len(held))]
            far = int(np.argmax(distance))
            if distance[far] == 0:
                break
            chosen.append(far)
        return tuple(
            Alternative(
                self.good[i].objective - self.base.best.objective,
                tuple(texts[i][g] for g in texts[i] if g in held[i] - held[0]),
                tuple(texts[0][g] for g in texts[0] if g in held[0] - held[i]),
            )
            for i in chosen[1:]
        )

    def _deeds(self, x: Floats) -> dict[tuple[str, str], str]:
        amounts = dict(zip(self.problem.first.names, x.tolist(), strict=True))
        return deeds(decisions(self.base.assembled.setting, amounts))


CLOSE = 1e-3  # shares of service nearer than this are the same
