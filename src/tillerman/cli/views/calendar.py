"""The answer of `tillerman calendar`: dated entries, and what is to be watched at any time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from tillerman.country import Country
from tillerman.happenings import Calendar, Entry


@dataclass(frozen=True)
class EntryView:
    """One line of a calendar."""

    day: Annotated[str | None, "The day, as year-month-day; null for what is watched or due at any time."]
    is_past: Annotated[bool, "True when the day is over."]
    kind: Annotated[str, "contract_end, notice, retirement, decision, offer, test, signpost and so on."]
    subject: Annotated[str, "What it concerns: an id of the file; blank where it concerns all."]
    text: Annotated[str, "What it is, in words."]
    watcher: Annotated[str, "Who watches; blank where the file does not say."]
    source: Annotated[str, "Where it is written; blank where the file itself says it."]


@dataclass(frozen=True)
class CalendarView:
    """The calendar of a country file."""

    country: Annotated[str, "Name of the country or economy."]
    today: Annotated[str, "The day on which it was printed."]
    dated: Annotated[tuple[EntryView, ...], "By day."]
    standing: Annotated[tuple[EntryView, ...], "What is watched or due at any time."]


def view_calendar(found: Calendar, country: Country, *, today: date) -> CalendarView:
    """Put a calendar into the form that is shown and printed."""
    return CalendarView(
        country=country.frame.name,
        today=today.isoformat(),
        dated=tuple(_entry(entry, today) for entry in found.dated),
        standing=tuple(_entry(entry, today) for entry in found.standing),
    )


def _entry(entry: Entry, today: date) -> EntryView:
    day = None if entry.day is None else entry.day.isoformat()
    is_past = entry.day is not None and entry.day < today
    return EntryView(day, is_past, entry.kind, entry.subject, entry.text, entry.watcher, entry.source)
