"""Why not? On a screen: what something would cost more, at which price or chance it would pay, and what forbids it."""

from __future__ import annotations

from collections.abc import Sequence

from tillerman.cli.screen import Screen
from tillerman.cli.screens.interval import told_worth
from tillerman.cli.screens.purse import Purse
from tillerman.cli.views.why_not import ChanceNeededView, PriceNeededView, WhyNotAnswer, WhyNotView
from tillerman.report.sections.why_not import chance_message, price_message
from tillerman.units import number, share


def show_why_not(view: WhyNotAnswer, screen: Screen, purse: Purse) -> None:
    """The whole answer."""
    say = screen.say
    if not view.is_list:
        _one(view.country, view.rows[0], screen, purse)
        return
    screen.title(say("why_not.list.finding", country=screen.country(view.country), n=len(view.rows)))
    tell_left_out(view.rows, screen, purse)


def tell_left_out(rows: Sequence[WhyNotView], screen: Screen, purse: Purse) -> None:
    """Everything that the plan leaves out, a line each."""
    say = screen.say
    screen.heading(say("why_not.list.title"))
    if not rows:
        screen.line(say("why_not.list.none"))
        return
    screen.line(say("why_not.list.note"))
    heads = [say(f"why_not.list.{head}") for head in ("subject", "name", "more", "price")]
    screen.table(heads, [(row.subject, row.name, _more(row, screen, purse), _short(row, screen)) for row in rows])


def _one(country: str, row: WhyNotView, screen: Screen, purse: Purse) -> None:
    say = screen.say
    more = told_worth(row.more, screen, purse)
    screen.title(
        say(f"why_not.{row.reason}", country=screen.country(country), name=row.name, more=more, years=row.years)
    )
    if row.rules:
        screen.line(say("why_not.rules"))
        screen.items([screen.said(rule) for rule in row.rules])
    if row.price is None:
        return
    screen.heading(say("why_not.title"))
    told = [_price(row.price, screen, purse)]
    if row.chance is not None:
        told.append(_chance(row.chance, screen))
    screen.items(told)
    if row.instead:
        screen.heading(say("why_not.instead"))
        screen.items([screen.said(deed) for deed in row.instead])


def _price(price: PriceNeededView, screen: Screen, purse: Purse) -> str:
    low, high = price.share.low or 0.0, price.share.high or 0.0
    key = f"why_not.price.{price_message(price.verdict, high)}"
    blanks = {"low": share(low), "high": share(high), "price": purse.short(price.price_musd, screen)}
    return screen.say(key, **blanks)


def _chance(chance: ChanceNeededView, screen: Screen) -> str:
    key = f"why_not.chance.{chance_message(chance.verdict, chance.break_even)}"
    even = chance.tried if chance.break_even is None else chance.break_even
    assumed, tried, at = (f"{number(100 * value)} %" for value in (chance.assumed, chance.tried, even))
    return screen.say(key, name=chance.name, assumed=assumed, tried=tried, even=at)


def _more(row: WhyNotView, screen: Screen, purse: Purse) -> str:
    if row.rules or row.reason == "forbidden":
        return screen.say("why_not.list.forbidden", rules=screen.say.listed(tuple(map(screen.said, row.rules))))
    return told_worth(row.more, screen, purse)


def _short(row: WhyNotView, screen: Screen) -> str:
    """At which share of its price it pays, in a few words."""
    if row.price is None:
        return ""
    low, high = row.price.share.low or 0.0, row.price.share.high or 0.0
    if row.price.verdict == "never":
        return screen.say("why_not.list.never")
    if low > 0:
        return screen.say("why_not.list.pays", low=share(low))
    return screen.say("why_not.list.below", high=share(high)) if high < 1 else screen.say("why_not.list.untold")
