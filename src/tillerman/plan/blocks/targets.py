"""Targets: service that must be kept whatever is withdrawn, as copies of dispatch inside the first stage.

For each target, in each period from its year on, with a copy z of dispatch's columns:
W z (=, <=) h + T fleet;   0 <= z <= u + U fleet;   sum of people weights x served >= share x people
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from tillerman.country.use import Target
from tillerman.country.world import TargetOfDisruption
from tillerman.exposure import Keeper, foreign_jurisdictions
from tillerman.futures import Active, State
from tillerman.labels import Block, Cause, Horizon
from tillerman.plan.rules import Column, Rule, Rulebook
from tillerman.plan.setting import Setting


def add(book: Rulebook, setting: Setting) -> None:
    """Add every target of the country file."""
    for target in setting.country.targets:
        for t, year in enumerate(setting.years):
            if year >= target.year:
                _copy(book, setting, target, t)


def state_of(setting: Setting, target: Target, period: int) -> State:
    """The state of the world that a target must survive."""
    horizon = Horizon(target.horizon)
    names = foreign_jurisdictions(setting.country) if target.without == "foreign" else (target.without,)
    active = tuple(Active(TargetOfDisruption.JURISDICTION, name, horizon, Cause.ORDERED) for name in names)
    return State(period, Block.PEAK, active=active)


def _copy(book: Rulebook, setting: Setting, target: Target, period: int) -> None:
    """One copy of dispatch in one period, with the target's demand on top."""
    dispatch, shape = setting.dispatch, setting.dispatch.layout
    arrays, recourse = dispatch.arrays([state_of(setting, target, period)])
    names = dispatch.space.names
    own = [f"kept[{target.id},{period}].{name}" for name in shape.column_names]
    for j, (name, upper) in enumerate(zip(own, arrays.upper[0].tolist(), strict=True)):
        moving = _row(arrays.upper_of_first, j)
        is_fixed = not moving
        book.add_column(Column(name, upper if is_fixed else np.inf))
        if not is_fixed:
            terms = {name: 1.0} | {names[i]: -v for i, v in moving}
            group = "" if ".ready[" in name else "programmes that unlock routes"
            book.add_rule(Rule(f"bound {name}", group, terms, upper=upper))
    barred = _barred(book, setting, target, period)
    for r, row_name in enumerate(shape.row_names):
        terms = {own[j]: v for j, v in _row(recourse.matrix, r)}
        terms |= {names[j]: -v for j, v in _row(arrays.rhs_of_first, r)}
        terms |= barred.get(row_name, {})
        rhs = float(arrays.rhs[0, r])
        lower = rhs if shape.is_equality[r] else -np.inf
        book.add_rule(Rule(f"{row_name} in kept[{target.id},{period}]", _group_of_row(row_name), terms, lower, rhs))
    keeper = Keeper(dispatch, np.zeros(dispatch.n_fleet), period)
    weights = keeper.weights(target.tier)
    served = {name: float(weights[klass]) for name, klass in barred_columns(setting, target, period).items()}
    for p, pair in enumerate(shape.pairs):
        for family in ("ready", "moved"):
            served[own[shape.first_column[family] + p]] = float(weights[pair.klass])
    people = sum(s.people_million for s in shape.services if s.tier <= target.tier)
    goal = target.share * people
    book.add_rule(Rule(f"goal[{target.id},{period}]", f"target {target.id}", served, lower=goal))


def _row(matrix: sparse.csr_array, row: int) -> list[tuple[int, float]]:
    """The entries of one row, as (column, value)."""
    at = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return list(zip(matrix.indices[at].tolist(), matrix.data[at].tolist(), strict=True))


def barred_columns(setting: Setting, target: Target, period: int) -> dict[str, int]:
    """Names and classes of what residency bars from a copy: there to be blamed when nothing else can serve."""
    shape = setting.dispatch.layout
    return {f"kept[{target.id},{period}].barred[{p.name(shape.classes)}]": p.klass for p in shape.barred}


def _barred(book: Rulebook, setting: Setting, target: Target, period: int) -> dict[str, dict[str, float]]:
    """Add columns for pairs that residency bars, held at 0 by a rule of their own; returns their terms by row."""
    shape = setting.dispatch.layout
    terms: dict[str, dict[str, float]] = {}
    for name, pair in zip(barred_columns(setting, target, period), shape.barred, strict=True):
        klass = shape.classes[pair.klass]
        book.add_column(Column(name, np.inf))
        book.add_rule(Rule(f"bar {name}", f"residency of {klass.service.id}", {name: 1.0}, upper=0.0))
        terms.setdefault(f"demand[{klass.name}]", {})[name] = 1.0
        terms.setdefault(f"site[{pair.route.site}]", {})[name] = pair.need
    return terms


def _group_of_row(row_name: str) -> str:
    """The rule of the domain behind a row of dispatch."""
    family, _, rest = row_name.partition("[")
    subject = rest.rstrip("]")
    return {
        "demand": "",
        "moved": f"switching of {subject}",
        "engineers": "engineers for switching",
        "site": f"capacity at {subject}",
        "zone": f"power in {subject}",
        "staff": f"people in {subject}",
        "platform": f"platforms of {subject}",
    }[family]
