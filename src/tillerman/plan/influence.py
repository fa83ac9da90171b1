"""Which number decides: how far the plan's objective moves over each number's own range, decisions free to change.

`influence` screens every number with a range at one solved plan, then plans again at both ends of the most influential.
A re-solve gives an interval, since both plans are proved to a tolerance: [lower - upper, upper - lower].
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from tillerman.country import Country, numbers
from tillerman.dispatch import compile_dispatch, withheld
from tillerman.errors import ClashError, TillermanError
from tillerman.plan.assemble import Assembled, assemble
from tillerman.plan.influence_carry import carried
from tillerman.plan.influence_change import Part, Probe, Ranged, Terms, drawn, ranged, with_number
from tillerman.plan.influence_result import Influence, InfluenceStudy, Resolved
from tillerman.plan.influence_screen import PAST_LIMIT, Look, Screen
from tillerman.plan.interval import Interval
from tillerman.plan.setting import Setting
from tillerman.twostage import Memory, Outcome, Risk, Solution, Tuning, clash, evaluate, solve

Listener = Callable[[str, int, int], None]  # ("plan", "screen" or "solve"; how many are done; of how many)
ROUNDING = 1e-9  # of gross cost: changes below it are no changes


@withheld()
def influence(country: Country, terms: Terms | None = None, *, progress: Listener | None = None) -> InfluenceStudy:
    """Find which numbers decide: all with a range are screened, the most influential planned for again.

    Raises:
        ClashError: when there is no plan for the file as it is.
        KeyboardInterrupt: when it is interrupted; nothing is kept.
    """
    terms = Terms() if terms is None else terms
    tell = progress or (lambda _stage, _done, _all: None)
    tell("plan", 0, 1)
    screen = screen_of(country, terms)
    items = [item for item in map(ranged, numbers(country)) if item is not None]
    n_without = sum(ranged(number) is None for number in numbers(country))
    rows: list[Influence] = []
    for done, item in enumerate(items):
        tell("screen", done, len(items))
        rows.append(screened(screen, item))
    order = sorted(range(len(rows)), key=lambda i: -rows[i].size)
    chosen = [i for i in order[: terms.most_resolved] if rows[i].size > 0]
    chosen += [i for i in order if PAST_LIMIT in rows[i].screened_by and i not in chosen]
    for done, i in enumerate(chosen):
        tell("solve", done, len(chosen))
        rows[i] = resolved(screen, items[i], rows[i])
    rows.sort(key=lambda row: (row.resolved is None, not row.is_screened, -row.size))
    solution = screen.solution
    return InfluenceStudy(
        country=country.frame.name,
        content_hash=country.content_hash,
        terms=terms,
        objective_musd=solution.objective,
        lower_bound_musd=solution.lower_bound,
        gross_musd=solution.gross,
        n_without_range=n_without,
        rows=tuple(rows),
    )


def screen_of(country: Country, terms: Terms) -> Screen:
    """Solve the plan that everything is compared with, twice as exactly as the others."""
    assembled = _assembled(country, terms)
    found = _solved(assembled, replace(terms, tolerance=terms.tolerance / 2))
    if found.outcome is Outcome.INFEASIBLE:
        rules = clash(assembled.problem.first, assembled.book.groups)
        raise ClashError(tuple(name for name in rules if name))
    return Screen(country, terms, assembled.futures, assembled.problem, found)


def screened(screen: Screen, item: Ranged) -> Influence:
    """Look at both ends of a number's range from the solved plan."""
    number = item.number
    looks: list[Look] = []
    reason = ""
    try:
        looks = [screen.look(item, end) for end in item.ends]
    except TillermanError as error:
        reason = f"not screened: {str(error).splitlines()[0]}"
    parts = frozenset[Part]().union(*(look.parts for look in looks))
    gone = [look.by for look, end in zip(looks, item.ends, strict=False) if end != number.value]
    return Influence(
        table=number.table,
        row=number.row,
        column=number.column,
        value=number.value,
        low=item.low,
        high=item.high,
        unit=number.unit,
        grade=item.evidence.grade,
        parts=tuple(part for part in Part if part in parts),
        screened_by=reason or ("nothing moves" if not parts else " and ".join(dict.fromkeys(gone))),
        estimate_low=looks[0].change if looks else None,
        estimate_high=looks[1].change if looks else None,
        resolved=None,
        is_distinguishable=False,
    )


def resolved(screen: Screen, item: Ranged, row: Influence) -> Influence:
    """Plan again at both ends of a number's range."""
    base = Interval(screen.solution.lower_bound, screen.solution.objective)
    ends = [base if end == item.number.value else _bounds(screen, item, end, row.parts) for end in item.ends]
    at = [
        Interval(0.0, 0.0) if end == item.number.value else _change(base, found)
        for end, found in zip(item.ends, ends, strict=True)
    ]
    found = Resolved(at[0], at[1], _change(ends[0], ends[1]))
    rounding = ROUNDING * (1.0 + abs(screen.solution.gross))
    sure = any(interval.excludes_zero(rounding) for interval in (found.at_low, found.at_high, found.across))
    return replace(row, resolved=found, is_distinguishable=sure)


def _change(was: Interval, now: Interval) -> Interval:
    low, high = now.low - was.high, now.high - was.low  # no number where neither has a plan: nothing is known
    return Interval(-np.inf if np.isnan(low) else low, np.inf if np.isnan(high) else high)


def _bounds(screen: Screen, item: Ranged, value: float, parts: Sequence[Part]) -> Interval:
    """Between which bounds the objective lies when a number takes a value."""
    country = with_number(screen.country, item.where, value)
    assembled = _assembled(country, screen.terms)
    old = screen.solution
    amounts = dict(zip(screen.problem.first.names, old.x.tolist(), strict=True))
    same = carried(_probe_of(assembled), amounts)
    is_first_only = set(parts) == {Part.FIRST} and assembled.problem.first.names == screen.problem.first.names
    if is_first_only:
        found = _solved(assembled, screen.terms, memory=old.memory.copy())
    else:
        found = _solved(assembled, screen.terms, tuning=Tuning(start=same))
    if found.outcome is Outcome.INFEASIBLE:
        return Interval(np.inf, np.inf)
    if found.outcome is Outcome.DISPUTED:
        return Interval(-np.inf, np.inf)
    kept = evaluate(assembled.problem, same, risk=screen.risk)  # the old decisions, where the new rules allow them
    return Interval(found.lower_bound, min(found.objective, kept.objective if kept.is_feasible else np.inf))


def _assembled(country: Country, terms: Terms) -> Assembled:
    setting = Setting(compile_dispatch(country), country.frame.budget_musd_per_year)
    return assemble(setting, drawn(country, terms.n_futures, terms))


def _probe_of(assembled: Assembled) -> Probe:
    problem = assembled.problem
    return Probe(assembled.setting, assembled.book, problem.first, problem.states, problem.recourse, assembled.futures)


def _solved(
    assembled: Assembled, terms: Terms, *, memory: Memory | None = None, tuning: Tuning | None = None
) -> Solution:
    found = solve(
        assembled.problem,
        risk=Risk(terms.risk_aversion),
        tolerance=terms.tolerance,
        time_limit_s=terms.seconds_each,
        memory=memory,
        tuning=tuning,
    )
    if found.outcome is Outcome.INTERRUPTED:  # the engine keeps its bounds; a study of many solves has no use for them
        raise KeyboardInterrupt
    return found
