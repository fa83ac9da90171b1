"""Which numbers decide, on a screen: a line a number, the most influential first."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.views.influence import ChangeView, InfluenceRowView, InfluenceView
from tillerman.country.canonical import text_of
from tillerman.units import number


def show_influence(view: InfluenceView, screen: Screen) -> None:
    """What decides, how well it is known, and what was not looked at."""
    say = screen.say
    screen.title(say("influence.title", country=screen.country(view.country)))
    screen.line(say("influence.note", n=f"{view.n_futures:,}"))
    screen.line("")
    top = view.numbers[: view.n_resolved]
    for row in top:
        screen.record(_line(row, screen))
    if not top:
        screen.line(say("influence.none"))
    screen.heading(say("influence.known"))
    screen.items(
        [
            say("influence.better", x=view.n_better_than_assumption, n=view.n_resolved),
            say("influence.sure", x=view.n_distinguishable, n=view.n_resolved),
            say(
                "influence.looked",
                n=f"{len(view.numbers):,}",
                idle=f"{view.n_without_effect:,}",
                missed=f"{view.n_not_screened:,}",
                silent=f"{view.n_without_range:,}",
            ),
        ]
    )


def _line(row: InfluenceRowView, screen: Screen) -> str:
    say = screen.say
    place = " ".join(part for part in (row.table, row.row, row.column) if part)
    span = f"{text_of(row.value)} ({text_of(row.low)} – {text_of(row.high)}) {row.unit}".rstrip()
    return say(
        "influence.line",
        rank=row.rank,
        place=place,
        value=span,
        grade=say(f"grade.{row.grade}"),
        at_low=_effect(row.at_low, screen),
        at_high=_effect(row.at_high, screen),
    )


def _effect(found: ChangeView | None, screen: Screen) -> str:
    """A change as it is known: nothing where zero is possible, else its bounds."""
    say = screen.say
    if found is None or found.low_musd is None or found.high_musd is None:
        return say("influence.open")
    if found.low_musd <= 0 <= found.high_musd:
        return say("influence.unclear")
    low, high = number(found.low_musd), number(found.high_musd)
    return low if low == high else say("influence.span", low=low, high=high)
