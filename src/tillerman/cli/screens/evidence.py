"""What a country file rests on, on a screen: a line a number, so that it can be searched."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.views.evidence import EvidenceView, NumberView
from tillerman.country.canonical import text_of


def show_evidence(view: EvidenceView, screen: Screen) -> None:
    """How well the file is known, every number that was asked for, and the sources."""
    say = screen.say
    screen.title(say("evidence.title", country=screen.country(view.country)))
    screen.items([screen.said(told) for told in view.health[1:]])
    if view.numbers:
        screen.heading(say("evidence.numbers"))
    for item in view.numbers:
        screen.record(_line(item, screen))
    screen.heading(say("sources"))
    screen.items([_source(source.publisher, source.title, source.published, source.address) for source in view.sources])


def _line(item: NumberView, screen: Screen) -> str:
    say = screen.say
    place = " ".join(part for part in (item.table, item.row, item.column) if part)
    value = f"{text_of(item.value)} {item.unit}".rstrip()
    span = "" if item.low is None or item.high is None else f" ({text_of(item.low)} – {text_of(item.high)})"
    grade = say("evidence.silent") if item.grade is None else say(f"grade.{item.grade}")
    text = say("evidence.line", place=place, value=value + span, grade=grade)
    if item.source:
        text += say("evidence.source", source=item.source)
    return text + say("evidence.other", account=item.other_account) if item.other_account else text


def _source(*parts: str) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
