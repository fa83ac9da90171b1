"""What the plan of every point of a frontier does: as the plan's own rows say, and no less kept where more is asked."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.plan.test_frontier import SOURCES, country_named
from tillerman.archive import open_study, save
from tillerman.errors import SettingError
from tillerman.labels import Horizon
from tillerman.plan import Frontier, Plan, ask, optimise
from tillerman.plan.frontier_plans import rows_of


@pytest.fixture(scope="module", params=SOURCES)
def plan(request: pytest.FixtureRequest) -> Plan:
    """A plan whose frontier was asked for."""
    return ask(optimise(country_named(request.param), futures=3), ["frontier"])


@pytest.fixture(scope="module")
def found(plan: Plan) -> Frontier:
    """That frontier."""
    assert plan.asked.frontier is not None
    return plan.asked.frontier


def leaves(value: object) -> list[object]:
    """Every text and number of records, in order; a number equals one that differs by a solver's rounding."""
    if is_dataclass(value) and not isinstance(value, type):
        return [leaf for item in fields(value) for leaf in leaves(getattr(value, item.name))]
    if isinstance(value, tuple):
        return [leaf for item in value for leaf in leaves(item)]
    return [pytest.approx(value, rel=1e-9, abs=1e-9) if isinstance(value, float) else value]


def test_the_plans_own_point_says_what_the_plan_says(plan: Plan, found: Frontier) -> None:
    """A point that stands where the plan stands has its decisions, postures, services and accounts."""
    assert plan.base is not None
    period = plan.base.assembled.setting.years.index(plan.service_year)
    rows = rows_of(plan.base, [plan.base.best.x], period)
    own = replace(
        found, decisions=rows.decisions, postures=rows.postures, services=rows.services, money=rows.money
    ).standing(0)
    assert own.decisions == plan.decisions
    assert leaves(own.year_postures) == leaves(
        tuple(p for p in plan.year_postures if p.posture.horizon is Horizon.QUARTER)
    )
    assert leaves(own.services) == leaves(plan.services)
    assert leaves((own.accounts, own.trilemma)) == leaves((plan.accounts, plan.trilemma))
    assert own.service_year == plan.service_year
    assert own.expected_loss_musd == pytest.approx(plan.expected_loss_musd)
    assert [s.service for s in own.stopping] == [s.service for s in plan.stopping]
    if found.points[0].first_cost_musd == plan.base.best.first_cost:
        assert replace(own, point=found.points[0]) == found.standing(0)


def test_more_asked_never_keeps_less(found: Frontier) -> None:
    """From point to point the share kept under the most serious single loss does not fall."""
    for before, after in pairwise(found.points):
        assert before.kept <= after.kept


def test_cash_of_the_rows_is_the_accounts(found: Frontier) -> None:
    """What the decisions of a point cost the treasury adds up to its public cash, what is too small to tell aside."""
    for i, point in enumerate(found.points):
        here = found.standing(i)
        paid = sum(row.public_cash_musd for row in here.decisions)
        assert here.point is point
        assert paid == pytest.approx(sum(here.accounts.public_cash_by_period), rel=0.02, abs=0.5)
        assert here.accounts.first_stage_welfare == pytest.approx(point.first_cost_musd)


def test_every_point_has_its_rows(plan: Plan, found: Frontier) -> None:
    """Every point has each service once and each layer once in every period; a deed of a named one is a decision."""
    for i, point in enumerate(found.points):
        here = found.standing(i)
        assert [row.service for row in here.services] == [row.service for row in plan.services]
        assert len({(row.period, row.posture.layer) for row in here.year_postures}) == len(here.year_postures)
        assert {row.period for row in here.year_postures} == set(range(len(plan.periods)))
        assert set(point.deeds) <= {f"{row.years}: {row.text}" for row in here.decisions}


def test_a_study_keeps_the_plans_of_all_points(plan: Plan, found: Frontier, tmp_path: Path) -> None:
    """Opened again, the study gives every point's plan as it was."""
    again = open_study(save(plan, tmp_path / "kept.study")).asked.frontier
    assert again is not None
    assert [again.standing(i) for i in range(len(again.points))] == [
        found.standing(i) for i in range(len(found.points))
    ]


def test_what_is_not_there_is_refused(found: Frontier) -> None:
    """A point beyond the last, or of a frontier whose plans were not kept, is refused with what to do."""
    with pytest.raises(SettingError, match=f"0 to {len(found.points) - 1}"):
        found.standing(len(found.points))
    bare = replace(found, decisions=(), postures=(), services=(), money=())
    assert found.has_plans
    assert not bare.has_plans
    with pytest.raises(SettingError, match="Ask for the frontier again"):
        bare.standing(0)
