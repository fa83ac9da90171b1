"""A new file on a screen: where it is, what it asks for, what to do next."""

from __future__ import annotations

from itertools import groupby

from tillerman.cli.screen import Screen
from tillerman.cli.views.new import NewView
from tillerman.country.thirty.questions import GROUP_NAMES
from tillerman.units import number


def show_new(view: NewView, screen: Screen) -> None:
    """Say what was written, and what is still open."""
    say = screen.say
    screen.line(say(f"new.done.{view.kind}", path=view.path), style="bold")
    if view.kind != "structure":
        if view.code:
            known = {"country": screen.country(view.country), "code": view.code, "currency": view.currency}
            screen.line(say("new.known", **known))
        else:
            screen.line(say("new.unnamed"))
    if view.n_answered:
        screen.line(say("new.answered", n=view.n_answered))
    if view.n_next:
        screen.line(say("new.next", n=view.n_next))
    if view.questions:
        screen.heading(say("new.open"))
        rows = []
        for group, found in groupby(view.questions, key=lambda question: question.group):
            questions = tuple(found)
            holders = say("separator").join(dict.fromkeys(question.holder for question in questions))
            hours = number(sum(question.hours for question in questions))
            rows.append((GROUP_NAMES[group][say.language], str(len(questions)), hours, holders))
        screen.table([say("new.group"), say("new.questions"), say("new.hours"), say("new.holders")], rows, right=(1, 2))
    if view.blank:
        screen.heading(say("new.blank"))
        screen.table([say("new.table"), say("new.numbers")], [(b.table, str(b.n)) for b in view.blank], right=(1,))
        screen.line(say("new.names"))
    screen.line("")
    screen.line(say("new.then", path=view.path))
