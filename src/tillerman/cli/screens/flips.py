"""Flip points on a screen: what each decision is worth, and the values at which it stops paying."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.screens.interval import told_worth
from tillerman.cli.screens.purse import Purse
from tillerman.cli.views.flips import FlipsAnswer, FlipsView, FlipView
from tillerman.report.names import unit_in
from tillerman.units import number
from tillerman.words import Words

MOST_HELD = 5  # ranges told over which a decision holds: those that come nearest to turning it


def show_flips(view: FlipsAnswer, screen: Screen, purse: Purse) -> None:
    """The whole answer."""
    n = sum(row.verdict == "flips" for row in view.flips.rows)
    screen.title(screen.say("flips.finding", n=n, country=screen.country(view.country)))
    tell_flips(view.flips, screen, purse)


def tell_flips(view: FlipsView, screen: Screen, purse: Purse) -> None:
    """What each decision is worth, and where it flips."""
    say = screen.say
    screen.heading(say("flips.title"))
    screen.line(say("flips.note"))
    screen.items([say.pair(row.name, told_worth(row.worth, screen, purse)) for row in view.decisions])
    if not view.decisions:
        screen.line(say("flips.none"))
    for verdict in ("flips", "undetermined", "holds"):
        rows = [row for row in view.rows if row.verdict == verdict]
        if rows:
            screen.line("")
            screen.line(say(f"flips.{verdict}"), style="bold")
            screen.items([_line(row, screen) for row in rows[: MOST_HELD if verdict == "holds" else None]])
    screen.line(say("flips.looked", n=view.n_numbers, chances=view.n_chances, proofs=view.n_proofs))


def _line(row: FlipView, screen: Screen) -> str:
    say = screen.say
    place = " ".join(part for part in (row.table, row.row, row.column) if part)
    span = {
        "name": row.name,
        "place": place,
        "value": _told(row.value, row, say),
        "low": _told(row.low, row, say),
        "high": _told(row.high, row, say),
    }
    if row.flips_at is None or row.pays_at is None or row.fails_at is None:
        return say("flips.range", **span)
    side = "above" if row.pays_at > row.fails_at else "below"
    return say(f"flips.pays_{side}", at=_told(row.flips_at, row, say), **span)


def _told(value: float, row: FlipView, say: Words) -> str:
    if row.column == "chance":
        return f"{number(100 * value)} %"
    return f"{number(value)} {unit_in(say, row.unit)}".rstrip()
