"""Plans that the report tests share; each is made once."""

import pytest

from tests.report.made_up import made_up
from tillerman.country import load
from tillerman.plan import Plan


@pytest.fixture(scope="session")
def hand_plan() -> Plan:
    """A made-up plan for the hand-sized country."""
    return made_up(load("hand"))


@pytest.fixture(scope="session")
def kenya_plan() -> Plan:
    """A made-up plan for Kenya: real names, real evidence, invented results."""
    return made_up(load("kenya"))


@pytest.fixture(params=["hand_plan", "kenya_plan"])
def plan(request: pytest.FixtureRequest) -> Plan:
    """Each of the made-up plans in turn."""
    found: Plan = request.getfixturevalue(request.param)
    return found
