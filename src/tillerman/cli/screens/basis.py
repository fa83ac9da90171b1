"""What an answer from thirty numbers rests on, on a screen: counts, ranges that stand in, and what is missing."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.views.basis import BasisView, SpanView
from tillerman.units import number, share


def show_basis(view: BasisView, screen: Screen) -> None:
    """Say what the answer rests on, how far it moves, and what would be needed for the rest."""
    say = screen.say
    counts = {name: len(view.of(name)) for name in ("answered", "peers", "whole", "left_out")}
    screen.heading(say("basis.title"))
    screen.line(say("basis.counts", n=view.n_questions, **counts))
    if view.n_entered:
        screen.line(say("basis.entered", n=view.n_entered))
    screen.line(say("basis.general"))
    if view.ranges is not None:
        _show_ranges(view, screen)
    if found := tuple(item for item in view.of("peers") if item.told):  # the others meet no number of this file
        screen.line(say("basis.peers"), style="bold")
        screen.items([say.pair(item.ask, item.told) for item in found])
    if found := view.of("whole"):
        screen.line(say("basis.whole"), style="bold")
        screen.items([item.ask for item in found])
    if found := view.of("left_out"):
        screen.line(say("basis.missing"), style="bold")
        screen.items(
            [
                say(
                    "basis.missing.line",
                    needed_for=item.needed_for,
                    ask=item.ask,
                    holder=item.holder,
                    hours=number(item.hours),
                )
                for item in found
            ]
        )
    screen.line(say("basis.full"))


def _show_ranges(view: BasisView, screen: Screen) -> None:
    ranges, say = view.ranges, screen.say
    if ranges is None or not ranges.services:
        return
    screen.line(say("basis.ranges"), style="bold")
    ends = {"low": f"{ranges.n_stopping.low:.0f}", "high": f"{ranges.n_stopping.high:.0f}"}
    screen.line(say("basis.ranges.note", n=ranges.n_draws, **ends))
    screen.items(
        [
            say(
                "basis.ranges.service",
                service=row.name,
                any_one=_span(row.any_one, screen),
                alone=_span(row.alone, screen),
            )
            for row in ranges.services
        ]
    )


def _span(span: SpanView, screen: Screen) -> str:
    low, high = share(span.low), share(span.high)
    return low if low == high else screen.say("basis.ranges.span", low=low, high=high)
