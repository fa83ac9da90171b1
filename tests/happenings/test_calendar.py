"""The calendar: days in order, who watches, and a text that calendar programs read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tillerman.country import Country, load
from tillerman.country.notes import DateKind, KeyDate
from tillerman.happenings import Calendar, as_ics, calendar
from tillerman.happenings.calendar import EntryKind

TODAY = date(2026, 11, 22)
ENDS = KeyDate(
    "ends",
    date(2028, 6, 30),
    DateKind.CONTRACT_END,
    "openai",
    "Contract ends; renew, or not.",
    "ICT ministry",
    "Page 3",
)


@pytest.fixture
def noted() -> Country:
    """Kenya with one contract that ends, and one fallback tested."""
    kenya = load("kenya")
    tested = tuple(
        replace(row, last_tested=date(2026, 3, 1)) if row.id == "f_line_147" else row for row in kenya.fallbacks
    )
    return replace(kenya, dates=(ENDS,), fallbacks=tested)


def test_days_stand_in_order_with_their_watcher(noted: Country) -> None:
    """The file's own dates, offers, announced sites and tests, by day; a year begins with the fiscal year."""
    found = calendar(noted, decisions=[(2028, "konza", "Build 25.")])
    days = [entry.day for entry in found.dated]
    by_kind = {entry.kind: entry for entry in found.dated}

    assert days == sorted(day for day in days if day is not None)
    assert (by_kind[EntryKind.CONTRACT_END].day, by_kind[EntryKind.CONTRACT_END].watcher) == (ENDS.date, "ICT ministry")
    assert by_kind[EntryKind.DECISION].day == date(2028, 7, 1)
    assert by_kind[EntryKind.TEST].day == date(2026, 3, 1) + timedelta(days=365)
    assert by_kind[EntryKind.OFFER].day == date(2028, 7, 1)


def test_what_is_watched_names_who_watches(noted: Country) -> None:
    """Each option's signpost has its watcher; critical fallbacks never tested stand beside them."""
    found = calendar(noted)
    signposts = [entry for entry in found.standing if entry.kind is EntryKind.SIGNPOST]

    assert {entry.watcher for entry in signposts} == {row.watcher for row in noted.options}
    assert "f_line_147" not in {entry.subject for entry in found.standing}
    assert "f_ecitizen_desk" in {entry.subject for entry in found.standing}


def _unfolded(text: str) -> list[str]:
    """The lines of a calendar text, put together again as a program does."""
    return text.replace("\r\n ", "").split("\r\n")


def test_calendar_programs_can_read_it(noted: Country) -> None:
    """Each dated entry is an all-day event of its own; ends warn ahead; no line is longer than 75 bytes."""
    found = calendar(noted)
    text = as_ics(found, "Kenya", today=TODAY)
    lines = _unfolded(text)

    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(found.dated)
    assert "DTSTART;VALUE=DATE:20280630" in lines
    assert "DTEND;VALUE=DATE:20280701" in lines
    assert "SUMMARY:Contract ends\\; renew\\, or not." in lines
    assert "DESCRIPTION:Watched by ICT ministry. Page 3" in lines
    assert lines.count("TRIGGER:-P30D") == 1
    assert len({line for line in lines if line.startswith("UID:")}) == len(found.dated)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_long_text_in_another_script_is_folded_between_letters(noted: Country) -> None:
    """A line breaks between letters, never inside one, and comes back whole."""
    named = replace(noted, dates=(replace(ENDS, text="合約到期，請決定是否續約。" * 12),))
    only = Calendar(tuple(entry for entry in calendar(named).dated if entry.kind is EntryKind.CONTRACT_END), ())
    text = as_ics(only, "肯亞", today=TODAY)

    assert f"SUMMARY:{'合約到期，請決定是否續約。' * 12}" in _unfolded(text)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_same_calendar_gives_the_same_bytes(noted: Country) -> None:
    """Nothing in the text depends on when or where it is written, but the day that is given."""
    assert as_ics(calendar(noted), "Kenya", today=TODAY) == as_ics(calendar(noted), "Kenya", today=TODAY)
