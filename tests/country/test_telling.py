"""A country file tells its health, its sources and what differs, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.country.mistakes import EVIDENCE, add, change, hand
from tillerman.country import Country, diff, load
from tillerman.country.health import Health
from tillerman.labels import Grade

OFFICIAL = replace(
    EVIDENCE,
    table="services",
    row="school",
    column="people_million",
    grade=Grade.OFFICIAL,
    title="School census",
    publisher="Statistics Office",
    published=date(2025, 6, 1),
    low=19.0,
    high=21.0,
    unit="million people",
)


def _sourced() -> Country:
    old = replace(OFFICIAL, row="office", published=date(2015, 6, 1), other_account="The union counts 12 million.")
    return add(hand(), "evidence", OFFICIAL, old)


def test_health_counts_what_stands_behind_the_numbers() -> None:
    """Grades, ranges, age and contested facts are counted over all numbers."""
    health = _sourced().health()
    assert health.by_grade[Grade.OFFICIAL] == 2
    assert health.by_grade[Grade.ASSUMPTION] == 8
    assert health.n_silent == health.n_numbers - 10
    assert health.n_ranged == 9
    assert (health.n_dated, health.n_fresh, health.n_contested) == (2, 1, 1)
    assert health.never_tested == ("Health line that tells mothers when to go to a clinic",)
    assert sum(health.by_grade.values()) + health.n_silent == health.n_numbers


def test_health_in_words() -> None:
    """The report reads as sentences, and never rounds a few to none or most to all."""
    lines = _sourced().health().lines()
    assert lines[0].startswith("Handland (invented): ")
    assert "less than 1 % from official sources" in lines
    assert any(line.endswith("they count as assumptions") for line in lines)
    assert "2 with a dated source, 50 % of them within 3 years of the base year" in lines
    assert "1 contested: both accounts are told" in lines
    assert "no tested fallback: Health line that tells mothers when to go to a clinic" in lines
    assert "nothing in: outcomes" in lines


def test_health_of_a_half_filled_file() -> None:
    """What is missing for exposure and plan is part of a file's health."""
    lines = replace(hand(), climates=()).health().lines()
    assert any(line.startswith("plan is not possible yet: climates") for line in lines)
    assert not any(line.startswith("exposure is not possible") for line in lines)


def test_share_of_a_grade() -> None:
    """Shares are over all numbers, those without evidence included."""
    health: Health = _sourced().health()
    assert health.share(Grade.OFFICIAL) == 2 / health.n_numbers
    assert health.share(Grade.MEASURED) == 0


def test_sources_are_cited_once() -> None:
    """Each source stands once with the count of numbers that rest on it; assumptions are not sources."""
    assert hand().cite() == ()
    told = [str(source) for source in add(_sourced(), "evidence", replace(OFFICIAL, row="clinic")).cite()]
    assert told == [
        "Statistics Office. School census. 2015-06-01 (1 number).",
        "Statistics Office. School census. 2025-06-01 (2 numbers).",
    ]


def test_no_difference() -> None:
    """A country does not differ from itself, whatever it is called."""
    assert diff(hand(), replace(hand(), name="other")) == ()


def test_differences_in_words() -> None:
    """Changed cells, new rows and rows that are gone are told with their units."""
    after = change("sites", "home_hall", capacity_h100e=12.0, zone="grid")(hand())
    after = replace(after, frame=replace(after.frame, budget_musd_per_year=80.0), fallbacks=())
    after = add(after, "evidence", OFFICIAL)
    assert [str(item) for item in diff(hand(), after)] == [
        "frame: budget_musd_per_year 100 → 80 million US$/year",
        "sites, home_hall: zone blank → grid",
        "sites, home_hall: capacity_h100e 10 → 12 H100e",
        "fallbacks, clinic_nurses: removed",
        "evidence, services school people_million: added",
    ]


def test_a_changed_order_is_told() -> None:
    """The order of rows is content too: it is part of the file and of its hash."""
    before = hand()
    after = replace(before, services=tuple(reversed(before.services)))
    assert before.content_hash != after.content_hash
    assert [str(item) for item in diff(before, after)] == [
        "services: order of rows clinic, school, office → office, school, clinic"
    ]


def test_hand_is_named_as_invented() -> None:
    """The tiny file cannot be taken for a real country: its codes are those that standards keep for private use."""
    frame = load("hand").frame
    assert (frame.code, frame.currency) == ("ZZ", "XTS")
    assert "invented" in frame.name
