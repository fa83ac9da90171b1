"""The plan under other chances, on a screen: best, assumed and worst, and which disruptions move it."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.screens.purse import Purse
from tillerman.cli.views.ambiguity import AmbiguityAnswer, AmbiguityView
from tillerman.units import number

MOST_TOLD = 8
FEW = 50  # equally likely futures below which a figure is told to rest on few


def show_ambiguity(view: AmbiguityAnswer, screen: Screen, purse: Purse) -> None:
    """The whole answer."""
    screen.title(
        screen.say("ambiguity.finding", country=screen.country(view.country), **_ends(view.ambiguity, screen, purse))
    )
    tell_ambiguity(view.ambiguity, screen, purse)


def tell_ambiguity(view: AmbiguityView, screen: Screen, purse: Purse) -> None:
    """Best, assumed, worst; then one disruption at a time, and several at once. Money told is gain."""
    say = screen.say
    screen.heading(say("ambiguity.title"))
    screen.line(say("ambiguity.note", n=f"{view.n_futures:,}"))
    screen.line(say("ambiguity.ends", **_ends(view, screen, purse)), style="bold")
    if view.n_effective_worst < FEW:
        screen.line(say("ambiguity.few", n=int(view.n_effective_worst)))
    if view.hazards:
        screen.table(
            [say(f"ambiguity.{head}") for head in ("disruption", "range", "low", "high")],
            [
                (
                    row.name,
                    say("interval.span", low=_percent(row.low), high=_percent(row.high)),
                    _change(view, row.at_low_musd, screen, purse),
                    _change(view, row.at_high_musd, screen, purse),
                )
                for row in view.hazards[:MOST_TOLD]
            ],
            right=(2, 3),
        )
    screen.items(
        [
            say(
                "ambiguity.step",
                n=step.n_hazards,
                gain=purse.short(-step.objective_musd, screen),
                names=say("separator").join(step.hazards),
            )
            for step in view.steps
        ]
    )
    if view.n_fixed:
        screen.line(say("ambiguity.fixed", n=view.n_fixed))


def _change(view: AmbiguityView, there: float, screen: Screen, purse: Purse) -> str:
    """What the plan gains more there than as assumed; or that sampling cannot tell."""
    if there == view.assumed_musd:
        return screen.say("ambiguity.unclear")
    return purse.short(view.assumed_musd - there, screen)


def _ends(view: AmbiguityView, screen: Screen, purse: Purse) -> dict[str, str]:
    amounts = {"best": view.best_musd, "assumed": view.assumed_musd, "worst": view.worst_musd}
    return {name: purse.short(-amount, screen) for name, amount in amounts.items()}


def _percent(chance: float) -> str:
    return f"{number(100 * chance)} %"
