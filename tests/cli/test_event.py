"""`tillerman event` and `calendar` as people use them."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tillerman.cli.screen import Screen
from tillerman.cli.screens.event import show_event
from tillerman.cli.views.difference import DecisionChangeView
from tillerman.cli.views.event import DeadlineView, EventView
from tillerman.country import load, write
from tillerman.units import DOLLAR
from tillerman.words import Language


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The made-up country as one's own file."""
    return write(load("hand"), tmp_path / "mine")


def test_price_that_falls_changes_a_decision(program: Program, own: Path) -> None:
    """Chips at a third of the price: build, by the first day of the plan; one dated row is written."""
    done = program("event", str(own), "price of home_hall times 0.3", "--on", "2026-11-22", "--futures", "4")

    assert done.code == 0
    assert "It changes 1 decision of the first three years: decide anew by 2027-01-01." in done.flat
    assert "Build 20 standard AI chips" in done.flat
    assert [(row.text, row.date.isoformat()) for row in load(own).dates] == [
        ("price of home_hall times 0.3", "2026-11-22")
    ]
    assert next(site for site in load(own).sites if site.id == "home_hall").capital_musd_per_kh100e == 48


def test_demand_a_little_higher_changes_nothing(program: Program, own: Path) -> None:
    """A small change leaves every decision: that is said first. A dry run writes nothing."""
    before = load(own)
    done = program("event", str(own), "demand for clinic times 1.001", "--futures", "4", "--dry-run", "--json")

    answer = json.loads(done.out)
    assert answer["changes_nothing"] is True
    assert answer["is_written"] is False
    assert load(own) == before
    assert load(own).dates == ()


@pytest.mark.parametrize("changes_nothing", [True, False])
def test_another_plan_as_good_is_no_call_to_act(*, changes_nothing: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing changes, what another plan would do has a heading of its own: no deadlines are told."""
    another = DecisionChangeView(
        "dropped", "build", "home_hall", "Home hall", "2027: Build 3 chips at Home hall.", "", True, "2027"
    )
    deadlines = (DeadlineView("2027-01-01", another),)
    view = EventView(
        "Handland", "price of chips times 3", "2026-11-22", "price", changes_nothing, (), False, (), deadlines, None
    )

    show_event(view, Screen(Language.ENGLISH), DOLLAR)

    said = capsys.readouterr().out
    assert ("Decisions that change, and by when" in said) is not changes_nothing
    assert ("A plan that is as good would do otherwise" in said) is changes_nothing


def test_supplier_that_leaves(program: Program) -> None:
    """What stops today comes before the plan; a shipped file is never changed."""
    done = program("event", "hand", "farco leaves", "--futures", "4", "--lang", "zh-Hant")

    assert "若不採取行動，會停擺的項目" in done.out
    assert "國家檔案未更動" in done.out
    assert load("hand").dates == ()


def test_text_that_is_not_known(program: Program, own: Path) -> None:
    """Anything else lists what can be said; the code is 2 and nothing is written."""
    done = program("event", str(own), "it rains")

    assert done.code == 2
    assert "PARTY leaves [for NUMBER days]" in done.err
    assert load(own).dates == ()


def test_calendar_of_a_shipped_country(program: Program) -> None:
    """Decisions of the stored plan, offers and signposts with who watches; JSON and iCalendar hold the same days."""
    screen = program("calendar", "kenya")
    assert "ICT ministry" in screen.out
    assert "on offer" in screen.out

    days = [entry["day"] for entry in json.loads(program("calendar", "kenya", "--json").out)["dated"]]
    text = program("calendar", "kenya", "--ics").out
    assert text.count("BEGIN:VEVENT") == len(days)


def test_what_has_happened_stands_in_the_calendar(program: Program, own: Path) -> None:
    """The dated row of an event is in the calendar, among what is over."""
    program("event", str(own), "price of home_hall times 0.9", "--on", "2026-01-05", "--futures", "3")
    dated = json.loads(program("calendar", str(own), "--json").out)["dated"]

    assert {"day": "2026-01-05", "is_past": True, "kind": "happened"}.items() <= dated[0].items()
