"""What the tests of the plan share."""

from __future__ import annotations

import pytest

from tests.plan.paper import paper_futures
from tillerman.country import Country, load
from tillerman.plan import Plan, optimise


@pytest.fixture(scope="session")
def hand() -> Country:
    """The country small enough for paper."""
    return load("hand")


@pytest.fixture(scope="session")
def paper_plan(hand: Country) -> Plan:
    """Its plan for three futures, counting averages alone."""
    return optimise(hand, futures=paper_futures(hand), risk_aversion=0.0)


@pytest.fixture(scope="session")
def careful_plan(hand: Country) -> Plan:
    """The same where the worst 5 in 100 count three parts in ten."""
    return optimise(hand, futures=paper_futures(hand), risk_aversion=0.3)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew, on purpose."""
    parser.addoption("--write-golden", action="store_true", help="write the golden files of the plan's blocks anew")


@pytest.fixture
def write_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written."""
    # the option is known only where this folder is named on the command line
    return bool(request.config.getoption("--write-golden", default=False))
