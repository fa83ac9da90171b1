"""The next best question, on a screen: a paragraph a question, and a letter that asks the first."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.screens.purse import Purse
from tillerman.cli.views.ask import AskView, QuestionView
from tillerman.units import number

SHOWN = 5  # questions on the screen; --json and --letters have all


def show_ask(view: AskView, screen: Screen, purse: Purse) -> None:
    """What to ask, whom, and what it decides; or that asking more would change nothing."""
    say = screen.say
    if view.questions:
        screen.title(say("ask.finding", n=len(view.questions), country=screen.country(view.country)))
        for row in view.questions[:SHOWN]:
            screen.line("")
            _lines(_told(row, screen, purse), screen)
    elif view.worth_of_all_musd <= 0:
        screen.title(say("ask.enough", country=screen.country(view.country), best=say(f"reference.{view.best}")))
    else:
        screen.title(
            say(
                "ask.unclear",
                country=screen.country(view.country),
                best=say(f"reference.{view.best}"),
                worth=purse.told(view.worth_of_all_musd, screen),
            )
        )
    screen.heading(say("ask.read"))
    remarks = [
        say("ask.together", worth=purse.told(view.worth_of_all_musd, screen), best=say(f"reference.{view.best}")),
        say("ask.how", n=view.n_draws, numbers=view.n_asked, futures=view.n_futures),
    ]
    if view.n_left_out:
        remarks.append(say("ask.left_out", n=f"{view.n_left_out:,}"))
    if view.n_failed:
        remarks.append(say("ask.failed", n=view.n_failed))
    screen.items(remarks)
    if view.questions:
        screen.heading(say("ask.letter"))
        _lines(letter_of(view.questions[0], view, screen, purse), screen)
        screen.line("")
    screen.line(view.note, style="italic")
    screen.line(say("limits"))


def _lines(text: str, screen: Screen) -> None:
    """Lines of a text; an indented one stays indented when it wraps."""
    for line in text.splitlines():
        told = line.lstrip()
        screen.line(told, indent=len(line) - len(told))


def _told(row: QuestionView, screen: Screen, purse: Purse) -> str:
    say = screen.say
    return say(
        "ask.line",
        holder=row.holder,
        asked=row.asked,
        decides=_decides(row, screen),
        span=_span(row),
        hours=number(row.hours, 2),
        worth=purse.told(row.worth_musd, screen),
    )


def _decides(row: QuestionView, screen: Screen) -> str:
    say = screen.say
    names = [say("ask.quoted", name=say(f"reference.{name}")) for name in row.decides]
    if len(names) == 1:
        return say("ask.margin", plan=names[0])
    return say("ask.between", plans=say("ask.comma").join(names[:-1]) + say("ask.or") + names[-1])


def _span(row: QuestionView) -> str:
    return f"{number(row.low)} – {number(row.high)} {row.unit}".rstrip()


def letter_of(row: QuestionView, view: AskView, screen: Screen, purse: Purse) -> str:
    """A draft letter that asks for one number: what, why, what is known, what is enough."""
    return screen.say(
        "ask.letter.text",
        holder=row.holder,
        country=screen.country(view.country),
        asked=row.asked,
        span=_span(row),
        decides=_decides(row, screen),
        worth=purse.told(row.worth_musd, screen),
        hours=number(row.hours, 2),
        hash=view.input_hash[:12],
    )
