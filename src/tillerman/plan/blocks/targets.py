"""Targets: service that must be kept whatever is withdrawn, as copies of dispatch inside the first stage.

For each target, in each period from its year on, with a copy z of dispatch's columns:
W z (=, <=) h + T fleet;   0 <= z <= u + U fleet;   sum of people weights x served >= share x people
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from tillerman.country.use import Target
from tillerman.country.world import TargetOfDisruption
from tillerman.dispatch import Outcome, quantity
from tillerman.exposure import Keeper, foreign_jurisdictions
from tillerman.futures import Active, State
from tillerman.labels import Block, Cause, Horizon, ProgrammeKind
from tillerman.plan.rules import Column, Rule, Rulebook
from tillerman.plan.setting import Setting

Terms = dict[str, dict[str, float]]  # row of dispatch -> column -> coefficient


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
    arrays, recourse = dispatch.unpooled_arrays([state_of(setting, target, period)])
    names = dispatch.space.names
    own = [f"kept[{target.id},{period}].{name}" for name in shape.column_names]
    locked = {own[shape.first_column["moved"] + p] for p, pair in enumerate(shape.pairs) if pair.route.programme}
    for j, (name, upper) in enumerate(zip(own, arrays.upper[0].tolist(), strict=True)):
        moving = _row(arrays.upper_of_first, j)
        is_fixed = not moving
        book.add_column(Column(name, upper if is_fixed else np.inf))
        if not is_fixed:
            terms = {name: 1.0} | {names[i]: -v for i, v in moving}
            group = "programmes that unlock routes" if name in locked else ""
            book.add_rule(Rule(f"bound {name}", group, terms, upper=upper))
    blamed = _blamed(_barred(book, setting, target, period), _too_late(book, setting, target, period))
    for r, row_name in enumerate(shape.row_names):
        terms = {own[j]: v for j, v in _row(recourse.matrix, r)}
        terms |= {names[j]: -v for j, v in _row(arrays.rhs_of_first, r)}
        terms |= blamed.get(row_name, {})
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


def _barred(book: Rulebook, setting: Setting, target: Target, period: int) -> Terms:
    """Add columns for pairs that residency bars, held at 0 by a rule of their own; returns their terms by row."""
    shape = setting.dispatch.layout
    terms: Terms = {}
    for name, pair in zip(barred_columns(setting, target, period), shape.barred, strict=True):
        klass = shape.classes[pair.klass]
        book.add_column(Column(name, np.inf))
        book.add_rule(Rule(f"bar {name}", f"residency of {klass.service.id}", {name: 1.0}, upper=0.0))
        terms.setdefault(f"demand[{klass.name}]", {})[name] = 1.0
        terms.setdefault(f"site[{pair.route.site}]", {})[name] = pair.need
    return terms


def _too_late(book: Rulebook, setting: Setting, target: Target, period: int) -> Terms:
    """Add columns for what no start can bring by this period, held at 0 by its lead time; their terms by row."""
    country, position = setting.country, setting.dispatch.space.position
    crisis = {pool.id for pool in country.talent if pool.is_crisis_team}
    sooner: list[tuple[str, str, float, dict[str, float]]] = [  # quantity, subject, most of it, what one adds to rows
        (quantity("built", s.id, period, Outcome.ON_TIME), s.id, s.build_max_h100e_per_year, {f"site[{s.id}]": 1.0})
        for s in country.sites
        if s.build_max_h100e_per_year > 0
    ]
    sooner += [
        (quantity("reserved", a.id, period, Outcome.ON_TIME), a.id, a.max_h100e, {f"site[{a.site}]": 1.0})
        for a in country.agreements
        if not a.is_signed
    ]
    for lever in country.levers:
        rows = {
            ProgrammeKind.ENERGY: {f"zone[{lever.target}]": lever.effect},
            ProgrammeKind.TALENT: {f"staff[{lever.target}]": lever.effect}
            | ({"engineers": lever.effect} if lever.target in crisis else {}),
        }.get(lever.kind, {})
        sooner.append((quantity("level", lever.id, period), lever.id, lever.max_scale, rows))
    terms: Terms = {}
    for feed, subject, most, rows in sooner:
        if feed in position or not rows:
            continue
        name = f"kept[{target.id},{period}].sooner[{subject}]"
        book.add_column(Column(name, most))
        book.add_rule(Rule(f"wait {name}", f"lead time of {subject}", {name: 1.0}, upper=0.0))
        for row, amount in rows.items():
            terms.setdefault(row, {})[name] = -amount
    return terms


def _blamed(*found: Terms) -> Terms:
    """The terms of several families of columns that are there only to be blamed."""
    rows = {row for terms in found for row in terms}
    return {row: {name: v for terms in found for name, v in terms.get(row, {}).items()} for row in rows}


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
