"""Targets: service that must be kept whatever is withdrawn, as copies of dispatch inside the first stage.

For each target, in each period from its year on, with a copy z of dispatch's columns:
W z (=, <=) h + T fleet;   0 <= z <= u + U fleet;   sum of people weights x served >= share x people
"""

from __future__ import annotations

import numpy as np

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
    for name, upper, moving in zip(own, arrays.upper[0], arrays.upper_of_first, strict=True):
        is_fixed = moving.nnz == 0
        book.add_column(Column(name, float(upper) if is_fixed else np.inf))
        if not is_fixed:
            terms = {name: 1.0} | {names[i]: -float(v) for i, v in zip(moving.indices, moving.data, strict=True)}
            group = "deployment" if ".ready[" in name else "programmes that unlock routes"
            book.add_rule(Rule(f"bound {name}", group, terms, upper=float(upper)))
    for r, row_name in enumerate(shape.row_names):
        recourse_row, moving = recourse.matrix[[r]].tocoo(), arrays.rhs_of_first[[r]].tocoo()
        terms = {own[j]: float(v) for j, v in zip(recourse_row.col, recourse_row.data, strict=True)}
        terms |= {names[j]: -float(v) for j, v in zip(moving.col, moving.data, strict=True)}
        rhs = float(arrays.rhs[0, r])
        lower = rhs if shape.is_equality[r] else -np.inf
        book.add_rule(Rule(f"{row_name} in kept[{target.id},{period}]", _group_of_row(row_name), terms, lower, rhs))
    keeper = Keeper(dispatch, np.zeros(dispatch.n_fleet), period)
    weights = keeper.weights(target.tier)
    served = {}
    for p, pair in enumerate(shape.pairs):
        for family in ("ready", "moved"):
            served[own[shape.first_column[family] + p]] = float(weights[pair.klass])
    people = sum(s.people_million for s in shape.services if s.tier <= target.tier)
    goal = target.share * people
    book.add_rule(Rule(f"goal[{target.id},{period}]", f"target {target.id}", served, lower=goal))


def _group_of_row(row_name: str) -> str:
    """The rule of the domain behind a row of dispatch."""
    family, _, rest = row_name.partition("[")
    subject = rest.rstrip("]")
    return {
        "demand": "demand",
        "moved": f"switching of {subject}",
        "engineers": "engineers for switching",
        "site": f"capacity at {subject}",
        "zone": f"power in {subject}",
        "staff": f"people in {subject}",
    }[family]

