"""What something that happened changes, on a screen: the verdict first."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.screens.difference import show_plan_change
from tillerman.cli.views.event import EventView
from tillerman.units import Currency, share


def show_event(view: EventView, screen: Screen, currency: Currency) -> None:
    """The verdict; what stops; which decision, by when; what else differs; what is written."""
    say = screen.say
    screen.title(say("event.title", country=screen.country(view.country), day=view.on, text=view.text))
    urgent = [item for item in view.deadlines if item.decision.is_committed]
    if view.changes_nothing:
        is_exact = view.plan is None or view.plan.is_same
        screen.line(say("event.nothing" if is_exact else "event.as_good"), style="bold")
    elif urgent:
        screen.line(say("event.changes", n=len(urgent), by=urgent[0].by), style="bold")
    elif view.deadlines:
        screen.line(say("event.later", by=view.deadlines[0].by), style="bold")
    else:
        screen.line(say("event.services"), style="bold")
    if view.stops:
        screen.heading(say("event.stops"))
        screen.table(
            [say("asked.horizon"), say("asked.kept"), say("asked.stops")],
            [
                (say(f"horizon.{row.horizon}"), share(row.kept), say("separator").join(row.stops) or say("nothing"))
                for row in view.stops
            ],
            right=(1,),
        )
    if view.deadlines:
        screen.heading(say("event.alternative" if view.changes_nothing else "event.deadlines"))
        rows = [
            (item.by, say(f"event.kind.{item.decision.kind}"), screen.said(item.decision.after or item.decision.before))
            for item in view.deadlines
        ]
        screen.table([say("event.by"), say("event.what"), say("event.decision")], rows)
    if view.plan is not None:
        screen.heading(say("diff.plan"))
        show_plan_change(view.plan, screen, currency, with_decisions=not view.deadlines)
    screen.heading(say("event.file"))
    screen.items(view.file_changes)
    screen.line("")
    screen.line(say("event.written" if view.is_written else "event.not_written"))
    screen.line(say("standard"), style="italic")
