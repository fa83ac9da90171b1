"""How far a plan can be trusted, on a screen: what planning is worth, and the plan on futures it has not seen."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.screens.interval import told_worth
from tillerman.cli.screens.purse import Purse
from tillerman.cli.views.foresight import EstimateView, ForesightAnswer, ForesightView, FreshView
from tillerman.units import share


def show_foresight_answer(view: ForesightAnswer, screen: Screen, purse: Purse) -> None:
    """The whole answer of the command."""
    finding = screen.say(f"foresight.{_verdict(view.foresight)}.title")
    screen.title(screen.say("foresight.finding", country=screen.country(view.country), finding=finding))
    show_foresight(view.foresight, screen, purse)


def show_foresight(view: ForesightView, screen: Screen, purse: Purse) -> None:
    """The four figures."""
    say = screen.say
    screen.heading(say("foresight.title"))
    proved = "proved" if view.is_foresight_proved else "sampled"
    screen.items(
        [
            say("foresight.planning", worth=told_worth(view.planning, screen, purse)),
            say(f"foresight.foresight.{proved}", worth=told_worth(view.foresight, screen, purse), n=view.n_foresight),
            *fresh_lines(view.fresh, screen, purse),
            _enough(view, screen, purse),
        ]
    )


def _verdict(view: ForesightView) -> str:
    if view.loss_share is None:
        return "untold"
    return "enough" if view.is_enough else "few"


def _enough(view: ForesightView, screen: Screen, purse: Purse) -> str:
    """Whether there were enough futures; one future alone has no spread, so nothing can be told from it."""
    if view.loss_share is None or view.loss_at_most_musd is None:
        return screen.say("foresight.untold")
    most = purse.short(view.loss_at_most_musd, screen)
    return screen.say(f"foresight.{_verdict(view)}", most=most, share=share(view.loss_share))


def show_fresh(view: FreshView, screen: Screen, purse: Purse) -> None:
    """A plan certified on many fresh futures."""
    screen.heading(screen.say("certified.title", n=f"{view.n_futures:,}"))
    screen.items(fresh_lines(view, screen, purse))


def fresh_lines(view: FreshView, screen: Screen, purse: Purse) -> list[str]:
    """What a plan costs on fresh futures, in sentences. Money told here is gain, so that the signs turn round."""
    say = screen.say
    lines = [
        say(
            "fresh.objective",
            n=f"{view.n_futures:,}",
            found=_gain(view.objective, screen, purse),
            promised=purse.short(-view.promised_musd, screen),
        ),
        say("fresh.mean", found=_gain(view.mean, screen, purse)),
    ]
    if view.worst is not None:
        lines.append(say("fresh.worst", found=_gain(view.worst, screen, purse)))
    else:
        lines.append(say("fresh.no_worst", reason=screen.said(view.worst_reason)))
    return lines


def _gain(found: EstimateView, screen: Screen, purse: Purse) -> str:
    value, low, high = (purse.short(-amount, screen) for amount in (found.value, found.high, found.low))
    if low == high:
        return value
    return screen.say("fresh.interval", value=value, low=low, high=high)
