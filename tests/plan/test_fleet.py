"""A plan's fleet, made again from its decisions."""

from __future__ import annotations

import pytest

from tillerman.country import shipped
from tillerman.dispatch import period_of
from tillerman.exposure import Keeper, ServiceKept, services_kept
from tillerman.plan import Plan
from tillerman.plan.fleet import fleet_of
from tillerman.study import stored

SAME = 0.02  # what is too small to be told as a decision may be missing


@pytest.mark.parametrize("name", sorted(shipped()))
def test_keeps_what_the_stored_plan_says(name: str) -> None:
    """Of every shipped plan, the fleet made again keeps each service as the record says; critical ones to the digit."""
    plan = stored(name)
    if plan is None:
        assert name == "hand", "every country but the invented one ships a plan"
        return
    again = {row.service: row for row in kept_by(plan)}
    for row in plan.services:
        found = again[row.service]
        near = 1e-3 if row.tier == 1 else SAME
        assert (found.alone, found.any_one, found.whole) == pytest.approx((row.alone, row.any_one, row.whole), abs=near)
        assert found.is_stopped == row.is_stopped


def kept_by(plan: Plan) -> tuple[ServiceKept, ...]:
    """What keeps running with the fleet made again."""
    dispatch = plan.today.keeper.dispatch
    keeper = Keeper(dispatch, fleet_of(dispatch, plan.decisions), period_of(plan.country, plan.service_year))
    return services_kept(keeper)


def test_nothing_decided_is_nothing_ready() -> None:
    """Without decisions nothing stands ready: not even what runs today, which a plan decides anew."""
    plan = stored("kenya")
    assert plan is not None
    assert not fleet_of(plan.today.keeper.dispatch, ()).any()
