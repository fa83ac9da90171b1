"""What each lever is worth, on a screen: one table, and how to read it."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.screens.interval import told_worth
from tillerman.cli.screens.purse import Purse
from tillerman.cli.views.levers import LeversAnswer, LeversView
from tillerman.words import Words


def show_levers_answer(view: LeversAnswer, screen: Screen, purse: Purse) -> None:
    """The finding, and what stands behind it."""
    screen.title(
        screen.say("levers.finding", country=screen.country(view.country), joint=_joint(view.levers, screen, purse))
    )
    show_levers(view.levers, screen, purse)


def show_levers(view: LeversView, screen: Screen, purse: Purse) -> None:
    """The table of worths."""
    say = screen.say
    screen.heading(say("levers.title"))
    screen.line(say("cli.levers.note"))
    used = [row for row in view.rows if row.is_used]
    screen.table(
        [say(f"levers.{head}") for head in ("label", "alone", "last", "share")],
        [
            (
                _called(row.lever, say),
                *(told_worth(found, screen, purse) for found in (row.alone, row.last, row.fair_share)),
            )
            for row in used
        ],
    )
    if rate := purse.rate(screen):
        screen.line(rate)
    idle = [_called(row.lever, say) for row in view.rows if not row.is_used]
    remarks = [say("levers.joint", joint=_joint(view, screen, purse))]
    if view.widest is not None:
        remarks.append(say("levers.read"))
    if idle:
        remarks.append(say("levers.idle", names=say("separator").join(idle)))
    if view.without_targets:
        remarks.append(say("levers.without_targets"))
    if not view.is_narrow:
        remarks.append(say("levers.wide"))
    screen.items(remarks)


def _joint(view: LeversView, screen: Screen, purse: Purse) -> str:
    return told_worth(view.joint, screen, purse)


def _called(lever: int, say: Words) -> str:
    return f"{lever} {say(f'lever.{lever}')}"
