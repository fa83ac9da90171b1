"""From the cheapest plan to the safest, on a screen: the points, what the named ones do, and the worst futures."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.screens.interval import told_worth
from tillerman.cli.screens.purse import Purse
from tillerman.cli.views.frontier import FrontierAnswer, FrontierPointView, FrontierView


def show_frontier_answer(view: FrontierAnswer, screen: Screen, purse: Purse) -> None:
    """The finding, and what stands behind it."""
    first, last = view.frontier.points[0], view.frontier.points[-1]
    screen.title(
        screen.say(
            "frontier.finding",
            country=screen.country(view.country),
            loss=screen.say(f"frontier.loss.{view.frontier.test}"),
            low=_percent(first.kept),
            high=_percent(last.kept),
            more=_more(last, screen, purse),
        )
    )
    show_frontier(view.frontier, screen, purse)


def show_frontier(view: FrontierView, screen: Screen, purse: Purse) -> None:
    """The points as a table, and what the named ones do that the cheapest does not."""
    say = screen.say
    screen.heading(say("frontier.title"))
    screen.line(say("cli.frontier.note", year=view.year, loss=say(f"frontier.loss.{view.test}")))
    if view.test == "together":
        screen.line(say("frontier.together"))
    if view.set_aside:
        names = say("separator").join(view.set_aside)
        screen.line(say("frontier.set_aside", names=names, kept=_percent(view.set_aside_kept)))
    if len(view.points) == 1:
        screen.line(say("frontier.one"))
    screen.table(
        [say(f"frontier.{head}") for head in ("name", "kept", "more", "now", "worst")],
        [
            (
                say(f"frontier.point.{p.name}") if say.knows(f"frontier.point.{p.name}") else "",
                _percent(p.kept),
                _more(p, screen, purse),
                purse.short(p.first_cost_musd, screen),
                p.worst or (say("frontier.all") if view.test == "together" else say("nothing")),
            )
            for k, p in enumerate(view.points)
            if p.name or p.kept != view.points[k - 1].kept  # one plan may serve several points
        ],
        right=(1,),
    )
    if rate := purse.rate(screen):
        screen.line(rate)
    known = set(view.points[0].deeds)
    for point in view.points[1:]:
        fresh = [deed for deed in point.deeds if deed not in known]
        if point.name and fresh:
            screen.line(say("frontier.does", name=say(f"frontier.point.{point.name}")), style="bold")
            screen.items([screen.said(deed) for deed in fresh])
    _show_tail(view, screen, purse)


def _show_tail(view: FrontierView, screen: Screen, purse: Purse) -> None:
    say = screen.say
    screen.heading(say("frontier.tail.title"))
    if not view.tail:
        screen.line(say("frontier.tail.none", reason=screen.said(view.tail_reason)))
        return
    screen.line(say("frontier.tail.note"))
    least = view.tail[0]
    screen.table(
        [say(f"frontier.tail.{head}") for head in ("aversion", "mean", "worst")],
        [
            (
                f"{p.aversion:.2f}",
                purse.short(p.mean_musd - least.mean_musd, screen),
                purse.short(least.cvar_musd - p.cvar_musd, screen),
            )
            for p in view.tail
        ],
        right=(0,),
    )


def _more(point: FrontierPointView, screen: Screen, purse: Purse) -> str:
    return told_worth(point.more, screen, purse)


def _percent(value: float) -> str:
    """A share with one decimal: points of a frontier lie near each other."""
    return f"{100 * value:.1f} %"
