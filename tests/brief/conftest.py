"""Plans that the tests of the brief share: stored ones of shipped countries, and made-up ones."""

from functools import cache

import pytest

from tests.report.made_up import made_up
from tillerman.country import load
from tillerman.plan import Plan
from tillerman.study import kept_plan


@cache
def _kept(name: str) -> Plan:
    return kept_plan(name)


@pytest.fixture(scope="session")
def kenya() -> Plan:
    """The plan that is shipped with Kenya."""
    return _kept("kenya")


@pytest.fixture(scope="session")
def hand() -> Plan:
    """A made-up plan for the hand-sized country, with an answer to every question."""
    return made_up(load("hand"))


@pytest.fixture(scope="session")
def asked() -> Plan:
    """A made-up plan for Kenya, with an answer to every question."""
    return made_up(load("kenya"))
