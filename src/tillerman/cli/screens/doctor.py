"""The screen of `tillerman doctor`."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.views.doctor import DoctorView, OfflineView


def show_doctor(view: DoctorView, screen: Screen) -> None:
    """Print what was looked at, then what was heard."""
    say = screen.say
    screen.title(say("doctor.well") if view.is_well else say("doctor.not_well"))
    heads = (say("doctor.what"), say("doctor.how"), say("doctor.found"))
    rows = [(say(f"doctor.{check.id}"), _how(screen, is_well=check.is_well), check.found) for check in view.checks]
    screen.table(heads, rows)
    wrong = [check for check in view.checks if not check.is_well]
    if wrong:
        screen.heading(say("doctor.to_do"))
        screen.items([say(f"doctor.{check.id}.remedy") for check in wrong])
    if view.offline is not None:
        _show_offline(view.offline, screen)


def _show_offline(view: OfflineView, screen: Screen) -> None:
    say = screen.say
    screen.heading(say("doctor.offline"))
    rows = [
        (say(f"doctor.task.{task.id}"), _how(screen, is_well=not task.trouble), task.trouble or say("doctor.done"))
        for task in view.tasks
    ]
    screen.table((say("doctor.what"), say("doctor.how"), say("doctor.found")), rows)
    screen.line(say("doctor.attempts", n=len(view.attempts)))
    screen.items([say("doctor.attempt", event=a.event, target=a.target, where=a.where) for a in view.attempts])
    screen.line(say("doctor.no_network") if view.had_no_network else say("doctor.heard_only"))
    if view.programs:
        screen.line(say("doctor.programs"))
        screen.items(view.programs)
    screen.line(say("doctor.unseen"))


def _how(screen: Screen, *, is_well: bool) -> str:
    return screen.say("doctor.is_well") if is_well else screen.say("doctor.is_not_well")
