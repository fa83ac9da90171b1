"""What differs between two plans: decisions and services, and nothing that is only rounding."""

from dataclasses import replace

import pytest

from tillerman.compare import Carry, Outline, outline, outline_of, plan_change
from tillerman.country import load, replace_number
from tillerman.exposure import ServiceKept
from tillerman.plan import Decision, make_request, optimise

BUILD = Decision(
    "build", "hall", "The hall", "2027", 0, 20.0, "H100e", 1.0, 1, is_committed=True, text="Build 20 at the hall."
)
CARE = ServiceKept("care", "Care", 1, 1.0, 0.2, 0.8, 1.0, "Farco", None)
BEFORE = Outline((BUILD,), (CARE,), -100.0, 1.0)


def test_same_plan_differs_in_nothing() -> None:
    """A plan beside itself: no change, and none that is clear in money."""
    found = plan_change(BEFORE, BEFORE)

    assert found.is_same
    assert not found.is_clear


@pytest.mark.parametrize(
    ("decisions", "kind"),
    [
        ((), "dropped"),
        ((BUILD, replace(BUILD, subject="other")), "added"),
        ((replace(BUILD, period=2, years="2029"),), "moved"),
        ((replace(BUILD, amount=40.0),), "resized"),
        ((BUILD, replace(BUILD, period=3, amount=20.0)), "resized"),
    ],
)
def test_decision_that_differs(decisions: tuple[Decision, ...], kind: str) -> None:
    """A decision is added, dropped, moved to another year, or of another size over all years."""
    (change,) = plan_change(BEFORE, replace(BEFORE, decisions=decisions)).decisions

    assert change.kind == kind
    assert change.is_committed


@pytest.mark.parametrize("decision", [replace(BUILD, amount=22.0), replace(BUILD, text="Other words.")])
def test_difference_that_is_none(decision: Decision) -> None:
    """A tenth more or less is within what sampled plans tell; other words are no other decision."""
    assert plan_change(BEFORE, replace(BEFORE, decisions=(decision,))).is_same


def test_where_services_stand_ready_is_told_by_what_is_kept() -> None:
    """Lines about where services run are not decisions of their own here."""
    run = replace(BUILD, action="run", subject="care easy@route")
    assert plan_change(BEFORE, replace(BEFORE, decisions=(BUILD, run))).is_same


@pytest.mark.parametrize(
    ("any_one", "is_told", "stops"), [(0.8, False, False), (0.77, False, False), (0.3, True, True)]
)
def test_service_that_is_kept_otherwise(any_one: float, *, is_told: bool, stops: bool) -> None:
    """A service is told when it keeps clearly more or less, and when it starts or ceases to stop."""
    found = plan_change(BEFORE, replace(BEFORE, services=(replace(CARE, any_one=any_one),)))

    assert bool(found.services) is is_told
    assert found.stopping_after == int(stops)


def test_outline_of_a_plan_is_that_of_planning_anew() -> None:
    """The short way decides what the whole plan decides, and keeps what it keeps."""
    country = load("hand")
    short = outline(country, make_request(country, futures=4))
    whole = outline_of(optimise(country, futures=4))

    assert plan_change(short, whole).is_same
    assert short.objective_musd == pytest.approx(whole.objective_musd)


def test_cheap_chips_are_built() -> None:
    """Chips at a third of the price make building worth it: the plan says so, and the country is better off."""
    country = load("hand")
    cheap = replace_number(country, "sites", "home_hall", "capital_musd_per_kh100e", 60.0)
    before, after = (outline(file, make_request(file, futures=4)) for file in (country, cheap))
    found = plan_change(before, after)

    assert [(change.kind, change.action) for change in found.decisions] == [("added", "build")]
    assert found.is_clear
    assert found.objective_after_musd < found.objective_before_musd
    assert found.carry is Carry.WORSE
    assert found.carry_cost_musd == pytest.approx(found.objective_before_musd - found.objective_after_musd, rel=0.05)


def test_old_decisions_that_are_still_as_good() -> None:
    """A change that is next to nothing leaves the old decisions as good as any."""
    country = load("hand")
    nearly = replace_number(country, "sites", "home_hall", "capital_musd_per_kh100e", 159.0)
    before, after = (outline(file, make_request(file, futures=4)) for file in (country, nearly))

    assert plan_change(before, after).carry is Carry.AS_GOOD
    assert plan_change(BEFORE, BEFORE).carry is Carry.UNKNOWN


def test_old_decisions_that_break_a_rule() -> None:
    """What was built in a hall cannot be carried out where nothing can be built any more."""
    country = replace_number(load("hand"), "sites", "home_hall", "capital_musd_per_kh100e", 60.0)
    closed = replace_number(country, "sites", "home_hall", "build_max_h100e_per_year", 0.0)
    before, after = (outline(file, make_request(file, futures=4)) for file in (country, closed))
    found = plan_change(before, after)

    assert [change.kind for change in found.decisions] == ["dropped"]
    assert found.carry is Carry.IMPOSSIBLE
