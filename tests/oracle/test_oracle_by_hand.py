"""The oracle itself, against answers worked out with a pencil on the country file `hand`.

The file: clinic, school and office want 10, 20 and 20 million uses a year; each needs one chip per million uses, and a
use costs 10 US cents abroad and nothing at home. The hall at home has 10 chips and its model is too weak for the
office. Ready today: everything abroad, and half of the clinic at home as well. While switching, half of a service can
be moved, later all of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracle.country_file import Fleet, State, Strike
from tests.oracle.posture_oracle import PostureOracle, Question
from tillerman import country as country_room

TODAY = Fleet(
    y={
        ("clinic.easy", "abroad"): 10.0,
        ("clinic.easy", "home"): 5.0,
        ("school.easy", "abroad"): 20.0,
        ("office.easy", "abroad"): 20.0,
    }
)
CENTS = 1e-6  # the file's price is 10 cents only to nine digits


@pytest.fixture
def oracle() -> PostureOracle:
    """The oracle's reading of the file."""
    return PostureOracle(Path(country_room.__file__).parent / "packs" / "hand")


def ordered(horizon: str, honoured: float) -> State:
    """The year 2027 with XA's order in force."""
    return State(2027, active=(Strike("jurisdiction", "XA", horizon, "ordered", honoured=honoured),))


def test_steady_state(oracle: PostureOracle) -> None:
    """5 of the clinic run at home for nothing; the other 45 abroad at 10 cents: 4.5 million US$."""
    answer = oracle.value(State(2027), TODAY)
    assert answer.value == pytest.approx(4.5, abs=CENTS)
    assert sum(answer.unmet.values()) == pytest.approx(0)


def test_first_week_without_promises(oracle: PostureOracle) -> None:
    """Only the clinic's 5 at home run: clinic loses 5 x 5, school 10 x 0.5 + 10 x 1, office 20 x 0.2: 44."""
    answer = oracle.value(ordered("7d", 0.0), TODAY)
    assert answer.value == pytest.approx(44.0, abs=CENTS)
    assert answer.served == pytest.approx({"clinic.easy": 5.0, "school.easy": 0.0, "office.easy": 0.0})


def test_while_switching_without_promises(oracle: PostureOracle) -> None:
    """The clinic moves its other half home and fills the hall; school loses 15 and office 4, as before: 19."""
    answer = oracle.value(ordered("90d", 0.0), TODAY)
    assert answer.value == pytest.approx(19.0, abs=CENTS)
    assert answer.served == pytest.approx({"clinic.easy": 10.0, "school.easy": 0.0, "office.easy": 0.0})


def test_while_switching_with_promises_kept(oracle: PostureOracle) -> None:
    """Half runs on abroad: 25 at 10 cents, 2.5; all of it stood ready, so nothing more can be moved onto it.

    At home the clinic's other 5 and 5 of the school; the school's last 5 lose 5 x 0.5, half of the office 10 x 0.2: 7.
    """
    answer = oracle.value(ordered("90d", 1.0), TODAY)
    assert answer.value == pytest.approx(7.0, abs=CENTS)
    assert answer.served == pytest.approx({"clinic.easy": 10.0, "school.easy": 15.0, "office.easy": 10.0})


def test_after_five_years(oracle: PostureOracle) -> None:
    """The hall's chips are gone too: clinic 10 x 2, school 10 x 0.5 + 10 x 1, office 20 x 0.2: 39."""
    assert oracle.value(ordered("5y", 1.0), TODAY).value == pytest.approx(39.0, abs=CENTS)


def test_first_week_with_promises_kept(oracle: PostureOracle) -> None:
    """Emergency access keeps all of it for a week: nothing changes."""
    assert oracle.value(ordered("7d", 1.0), TODAY).value == pytest.approx(4.5, abs=CENTS)


def test_posture_of_compute_after_a_week(oracle: PostureOracle) -> None:
    """All tiers: R0 = 50 million people, a million a million uses; nothing moves in the first week.

    Alone the clinic's 5 at home are left. The promise is honoured with chance 1/2 and then keeps all, so half of what
    stands ready abroad is left: clinic 5 + 5, school 10, office 10, together 30. XA is all there is abroad.
    """
    found = oracle.posture(Question("compute", "7d", "ordered", 2027, 3), TODAY)
    assert found.people == pytest.approx(50.0)
    assert found.shares == pytest.approx({"control": 0.1, "steer": 0.5, "maker": 0, "taker": 0.4, "by_contract": 0.5})


def test_posture_of_compute_while_switching(oracle: PostureOracle) -> None:
    """A quarter is left abroad, half kept with chance 1/2: 12.5 there and 10 at home are 22.5 of 50, which is 0.45."""
    found = oracle.posture(Question("compute", "90d", "ordered", 2027, 3), TODAY)
    assert found.shares == pytest.approx(
        {"control": 0.2, "steer": 0.25, "maker": 0, "taker": 0.55, "by_contract": 0.25}
    )


def test_posture_of_critical_services_after_five_years(oracle: PostureOracle) -> None:
    """Of the clinic nothing runs when chips and foreign halls are gone for five years: all is taken as it comes."""
    found = oracle.posture(Question("compute", "5y", "ordered", 2027, 1), TODAY)
    assert found.people == pytest.approx(10.0)
    assert found.shares == pytest.approx({"control": 0, "steer": 0, "maker": 0, "taker": 1, "by_contract": 0})


def test_a_layer_without_holds_has_no_posture(oracle: PostureOracle) -> None:
    """The file records nobody who holds energy."""
    assert oracle.posture(Question("energy", "7d", "ordered", 2027, 1), TODAY).reason == "no holds recorded"
