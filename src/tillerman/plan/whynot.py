"""Why not? What would have to be true for something to be in the plan that the plan leaves out.

    why_not(base, "a_campus")        left_out(base)

The best plan with it, at its standard size and begun in years 1 to 3, is found: what it costs more than the plan lies
between two proved bounds. Then how far its price would have to fall for it to pay, and how likely the disruption would
have to be against which it helps most. Where no plan can have it, the rules that forbid it are named.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tillerman.dispatch import withheld
from tillerman.errors import UnknownNameError
from tillerman.plan.base import WORKERS, Base, Listener
from tillerman.plan.choosable import Group, columns_of, deeds, forced, groups
from tillerman.plan.decisions import decisions, is_committed
from tillerman.plan.interval import Interval
from tillerman.plan.setting import Setting, signed_name, start_name
from tillerman.plan.variants import nearest_allowed, uninterrupted
from tillerman.plan.whynot_chance import Sides, chance_needed
from tillerman.plan.whynot_price import PRICES, price_needed
from tillerman.plan.whynot_result import LeftOut, Reason, WhyNot
from tillerman.twostage import (
    FirstStage,
    Memory,
    Outcome,
    Problem,
    Solution,
    Tuning,
    clash,
    fresh_memory,
    keeps_rules,
    solve,
)

Floats = NDArray[np.float64]
STAGE = "Asking why not"
FINE = 1e-3  # of gross cost, to which the plan is searched again and every plan with something in it: a price is small
ROUNDS = 60  # plans visited in one search
AGAIN = 150  # plans visited when the plan itself is searched again
PROOF_ROUNDS = 150  # of a search at other chances, which begins without what the plan's own has learnt


@withheld()
def why_not(base: Base, subject: str, *, progress: Listener | None = None) -> WhyNot:
    """Say what would have to be true for one thing to be in the plan.

    `subject` is its id in the country file, its name, or a part of either that fits nothing else.

    Raises:
        UnknownNameError: for what cannot be decided with this file.
    """
    asking = _Asking(base, progress or (lambda _stage, _bounds: None))
    group = find_group(base.assembled.setting, subject)
    row, found = asking.row(group)
    if found is None:
        return row
    lacking = asking.lacking(group)
    sides = Sides(found.x, lacking, lambda problem: asking.anew(problem, group, found.x, lacking))
    return replace(row, chance=chance_needed(base, sides))


@withheld()
def left_out(
    base: Base, *, progress: Listener | None = None, clock: Callable[[], float] = time.perf_counter
) -> LeftOut:
    """Say of everything that the plan leaves out what it would cost more, and how far its price would have to fall."""
    started = clock()
    asking = _Asking(base, progress or (lambda _stage, _bounds: None))
    lacking = [group for group in groups(base.assembled.setting) if not asking.has(group, base.best.x)]
    rows = [asking.row(group)[0] for group in lacking]
    return LeftOut(
        rows=tuple(sorted(rows, key=lambda row: (row.more.low, row.more.high, row.subject))),
        gross_musd=abs(base.best.gross),
        n_priced=asking.n_priced,
        seconds=clock() - started,
    )


def find_group(setting: Setting, name: str) -> Group:
    """What can be decided under this id or name; a part of one does where it fits nothing else."""
    known, folded = groups(setting), name.casefold()
    exact = tuple(group for group in known if folded in (group.subject.casefold(), group.name.casefold()))
    hits = exact or tuple(group for group in known if any(folded in text.casefold() for text in _names(group)))
    if len(hits) == 1:
        return hits[0]
    listed = [text for group in hits or known for text in _names(group)]
    raise UnknownNameError("decision", name, listed, expected="one thing that can be decided")


def early(setting: Setting, first: FirstStage, group: Group) -> Group:
    """The same begun in years 1 to 3 and at work before the plan ends, or else as soon as the file allows.

    Begun in the last year it would cost little, do nothing and say nothing.
    """
    table, _ = PRICES[group.action]
    lead = next(row.lead_years for row in getattr(setting.country, table) if row.id == group.subject)
    begun = _periods(setting, group)
    allowed = dict(zip(first.names, first.upper > 0, strict=True))
    useful = [name for name in group.columns if allowed[name] and setting.years[begun[name]] + lead < setting.end]
    soon = [name for name in useful if is_committed(setting, begun[name])]
    return replace(group, columns=tuple(soon or useful or group.columns))


def years_of(setting: Setting, group: Group) -> str:
    """The years in which something can begin."""
    periods = [_periods(setting, group)[name] for name in group.columns]
    last = setting.years[max(periods)] + setting.lengths[max(periods)] - 1
    first = setting.years[min(periods)]
    return str(first) if first == last else f"{first}–{last}"


def _periods(setting: Setting, group: Group) -> dict[str, int]:
    """The period in which each decision begins."""
    starts = {start_name(start): start.period for start in setting.dispatch.space.starts}
    return starts | {signed_name(group.subject, t): t for t in range(setting.n_periods)}


def _names(group: Group) -> tuple[str, str]:
    return group.subject, group.name


class _Asking:
    """All questions about one plan: they share its cuts, and what is proved of the plan itself."""

    def __init__(self, base: Base, tell: Listener) -> None:
        self.base, self.tell = base, tell
        self.problem = base.assembled.problem
        self.memory = base.best.memory.copy()
        self.memory.engine = base.best.memory.engine
        self.tolerance = min(FINE, base.request.tolerance)
        self.n_priced = 0
        again = self._search(self.problem.first, base.best.x, rounds=AGAIN)
        self.lower = max(base.best.lower_bound, again.lower_bound)
        self.plans = [(base.best.x, base.best.objective), (again.x, again.objective)]

    def has(self, group: Group, x: Floats) -> bool:
        """Does a plan have more of it than rounding?"""
        return self.size(group, x) > group.none

    def size(self, group: Group, x: Floats) -> float:
        """How much of it a plan has, over all years."""
        return float(x[columns_of(group, self.problem.first)].sum())

    def lacking(self, group: Group) -> Floats:
        """The best plan known without it."""
        return min((p for p in self.plans if not self.has(group, p[0])), key=lambda p: p[1])[0]

    def row(self, group: Group) -> tuple[WhyNot, Solution | None]:
        """What a plan with it costs more and at which price it would pay; and that plan, where there is one."""
        best = self.base.best
        row = WhyNot(
            group.action, group.subject, group.name, group.unit, group.lever, Reason.IN_PLAN, group.least,
            "", self.size(group, best.x), Interval(0.0, 0.0), (), (),
        )  # fmt: skip
        if self.has(group, best.x):
            return row, None
        whole, group = group, self._early(group)
        row = replace(row, years=years_of(self.base.assembled.setting, group))
        first = forced(self.problem.first, group, has=True)
        start = nearest_allowed(first, best.x)
        found = None if start is None else self._search(first, start)
        if found is None or not np.isfinite(found.x).all():
            return replace(row, reason=Reason.FORBIDDEN, more=Interval(np.inf, np.inf), rules=self._why(group)), None
        upper = min(cost for _, cost in self.plans)
        more = Interval(max(0.0, found.lower_bound - upper), max(0.0, found.objective - self.lower))
        without = Interval(self.lower, min(cost for x, cost in self.plans if not self.has(whole, x)))
        price = price_needed(
            self.base, group, found, without,
            lambda other, near: self._search(forced(other, group, has=True), near),
        )  # fmt: skip
        reason = Reason.COSTS_MORE if more.low > 0 else Reason.NO_DIFFERENCE
        return replace(row, reason=reason, more=more, instead=self._instead(found.x), price=price), found

    def _why(self, group: Group) -> tuple[str, ...]:
        """The rules that forbid something, in domain words."""
        first = self.problem.first
        if not (first.upper[columns_of(group, first)] > 0).any():
            return (f"lead time of {group.subject}",)  # it may not begin before the plan ends
        rules = clash(forced(first, group, has=True), (*self.base.assembled.book.groups, ""))
        return tuple(rule for rule in rules if rule)

    def _instead(self, x: Floats) -> tuple[str, ...]:
        """What the plan does in years 1 to 3 and another plan does not."""
        ours, theirs = (self._deeds(plan) for plan in (self.base.best.x, x))
        return tuple(text for key, text in ours.items() if key not in theirs)

    def _early(self, group: Group) -> Group:
        return early(self.base.assembled.setting, self.problem.first, group)

    def _deeds(self, x: Floats) -> dict[tuple[str, str], str]:
        amounts = dict(zip(self.problem.first.names, x.tolist(), strict=True))
        return deeds(row for row in decisions(self.base.assembled.setting, amounts) if row.is_committed)

    def anew(self, problem: Problem, group: Group, having: Floats, lacking: Floats) -> tuple[Solution, Solution]:
        """The best plan with it, and that without, of a problem whose chances differ: what was learnt fails there."""
        memory = fresh_memory(problem)
        yes, no = (
            self._solve(replace(problem, first=forced(problem.first, one, has=has)), memory, start, PROOF_ROUNDS)
            for one, has, start in ((self._early(group), True, having), (group, False, lacking))
        )
        return yes, no

    def _search(self, first: FirstStage, near: Floats, *, rounds: int = ROUNDS) -> Solution:
        """The best plan of another first stage, with all that is known of the second."""
        start = near if keeps_rules(first, near) else nearest_allowed(first, near)
        return self._solve(replace(self.problem, first=first), self.memory, start, rounds)

    def _solve(self, problem: Problem, memory: Memory, start: Floats | None, rounds: int) -> Solution:
        found = uninterrupted(
            solve(
                problem,
                risk=self.base.risk,
                memory=memory,
                tolerance=self.tolerance,
                tuning=Tuning(n_workers=WORKERS, start=start, most_rounds=rounds),
                progress=lambda bounds: self.tell(STAGE, bounds),
            )
        )
        self.n_priced += found.iterations
        # what two solvers dispute proves nothing
        return replace(found, lower_bound=-np.inf) if found.outcome is Outcome.DISPUTED else found
