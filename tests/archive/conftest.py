"""A plan for the tiny country, made once."""

import pytest

from tillerman.country import load
from tillerman.plan import Plan, optimise


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The plan for `hand`, tested against five futures."""
    return optimise(load("hand"), futures=5)
