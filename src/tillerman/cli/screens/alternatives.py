"""What every good plan contains, on a screen: three lists, what could not be settled, and a few other good plans."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.screens.purse import Purse
from tillerman.cli.views.alternatives import AlternativesAnswer, AlternativesView, ChoiceView
from tillerman.units import number, share

VERDICTS = ("in_every", "free_choice", "undetermined", "in_none")


def show_alternatives_answer(view: AlternativesAnswer, screen: Screen, purse: Purse) -> None:
    """The finding, and what stands behind it."""
    counts = {verdict: sum(c.verdict == verdict for c in view.alternatives.choices) for verdict in VERDICTS}
    screen.title(
        screen.say(
            "alternatives.finding",
            country=screen.country(view.country),
            within=share(view.alternatives.within),
            n=len(view.alternatives.choices),
            **counts,
        )
    )
    show_alternatives(view.alternatives, screen, purse)


def show_alternatives(view: AlternativesView, screen: Screen, purse: Purse) -> None:
    """The lists, sovereign service within the slack, and examples."""
    say = screen.say
    screen.heading(say("alternatives.title"))
    screen.line(say("cli.alternatives.note", within=share(view.within)))
    for verdict in VERDICTS:
        chosen = [c for c in view.choices if c.verdict == verdict]
        if chosen:
            screen.line(say(f"cli.alternatives.{verdict}"), style="bold")
            screen.items([_told(c, screen) for c in chosen])
    most = view.sovereign.high
    screen.line(
        say(
            "alternatives.sovereign",
            now=share(view.sovereign_in_plan),
            found=share(view.sovereign.low or 0.0),
            most=say("interval.open") if most is None else share(most),
        )
    )
    for k, example in enumerate(view.examples, 1):
        money = purse.short(max(0.0, example.more_musd), screen)
        screen.line(say("alternatives.example", k=k, money=money), style="bold")
        screen.items(
            [say("alternatives.also", text=screen.said(text)) for text in example.deeds]
            + [say("alternatives.not", text=screen.said(text)) for text in example.without]
        )


def _told(choice: ChoiceView, screen: Screen) -> str:
    """One thing, with how much of it good plans have where that is more than a yes or no."""
    say = screen.say
    called = say(f"alternatives.{choice.action}", name=choice.name)
    if choice.verdict == "in_none" or choice.unit == "signature":
        return called
    low, high = number(choice.seen.low or 0.0), number(choice.seen.high or 0.0)
    if low == high:
        return called
    return called + say("alternatives.seen", low=low, high=high, unit=say(f"alternatives.unit.{choice.unit}"))
