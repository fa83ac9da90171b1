"""A calendar as an iCalendar text (RFC 5545), for any calendar program; the same calendar gives the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from tillerman.happenings.calendar import Calendar, Entry, EntryKind

_WIDTH = 75  # bytes in a line
_WARNED = frozenset({EntryKind.CONTRACT_END, EntryKind.NOTICE, EntryKind.RETIREMENT, EntryKind.LICENCE})
_AHEAD_DAYS = 30


def as_ics(found: Calendar, country: str, *, today: date) -> str:
    """Write the dated entries as all-day events; ends, notices, retirements and licences warn thirty days ahead."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tillerman//Country calendar//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_escaped(f'Tillerman: {country}')}")
    for entry in found.dated:
        if entry.day is not None:
            lines += _event(entry, entry.day, country, today)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(entry: Entry, day: date, country: str, today: date) -> Iterator[str]:
    mark = f"{country}\n{day.isoformat()}\n{entry.kind}\n{entry.subject}\n{entry.text}"
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(mark.encode()).hexdigest()[:32]}@tillerman"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(entry.text)}"
    yield f"CATEGORIES:{_escaped(entry.kind)}"
    if told := [part for part in (entry.watcher and f"Watched by {entry.watcher}.", entry.source) if part]:
        yield f"DESCRIPTION:{_escaped(' '.join(told))}"
    yield "TRANSP:TRANSPARENT"
    if entry.kind in _WARNED:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(entry.text)}")
        yield from (f"TRIGGER:-P{_AHEAD_DAYS}D", "END:VALARM")
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, "\\" + mark)
    return text.replace("\r", " ").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes, never inside a letter; each piece but the first begins with a blank."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _WIDTH:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece
