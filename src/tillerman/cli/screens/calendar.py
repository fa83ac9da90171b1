"""The calendar of a country file on a screen."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.views.calendar import CalendarView, EntryView


def show_calendar(view: CalendarView, screen: Screen) -> None:
    """What is to come first, then what is watched at any time, then what is over."""
    say = screen.say
    screen.title(say("calendar.title", country=screen.country(view.country)))
    heads = [say("calendar.day"), say("calendar.kind"), say("calendar.text"), say("calendar.watcher")]
    ahead = [entry for entry in view.dated if not entry.is_past]
    past = [entry for entry in view.dated if entry.is_past]
    if ahead:
        screen.table(heads, [_row(entry, screen) for entry in ahead])
    else:
        screen.line(say("calendar.none"))
    if view.standing:
        screen.heading(say("calendar.standing"))
        screen.table(heads[1:], [_row(entry, screen)[1:] for entry in view.standing])
    if past:
        screen.heading(say("calendar.past"))
        screen.table(heads, [_row(entry, screen) for entry in past])
    screen.line("")
    screen.line(say("calendar.note"))


def _row(entry: EntryView, screen: Screen) -> tuple[str, ...]:
    say = screen.say
    text = say("bracketed", text=entry.text, note=entry.source) if entry.source else screen.said(entry.text)
    return (entry.day or "", say(f"entry.{entry.kind}"), text, entry.watcher or say("nothing"))
