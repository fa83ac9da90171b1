"""Countries side by side on a screen: sorted by name, without colours, ranks or totals."""

from __future__ import annotations

from tillerman.cli.screen import Screen
from tillerman.cli.views.compare import (
    CompareView,
    DependenceView,
    DriverView,
    EveryoneView,
    HolderView,
    ShareView,
    SideView,
)
from tillerman.country.names import territory
from tillerman.labels import Horizon
from tillerman.units import share
from tillerman.words import Words

ALL = "all layers"
_SEVERAL = 4  # holders named; the rest are counted


def show_compare(view: CompareView, screen: Screen) -> None:
    """What keeps running, how free each is by horizon and by layer, what drives the differences."""
    say = screen.say
    screen.title(say("compare.title", names=say("separator").join(side.country for side in view.countries)))
    screen.line(say("compare.note"))
    screen.heading(say("keeps.title"))
    for side in view.countries:
        _show_side(side, screen)
    screen.heading(say("compare.horizons"))
    heads = (*(say(f"posture.{name}") for name in ("control", "steer", "maker", "taker")), say("posture.worst"))
    screen.table(
        [say("compare.country"), say("posture.after"), *heads],
        [_horizon_row(side, horizon.value, say) for side in view.countries for horizon in Horizon],
        right=(2, 3, 4, 5),
    )
    _show_drivers(view, screen)
    _show_declared(view, screen)
    screen.line("")
    screen.line(view.note, style="italic")
    screen.line(say("limits"))


def _show_side(side: SideView, screen: Screen) -> None:
    say = screen.say
    made = say("compare.stored" if side.is_stored else "compare.computed", hash=side.input_hash[:12])
    if side.n_futures is not None:
        made += say("compare.futures", n=f"{side.n_futures:,}")
    screen.line("")
    screen.line(say("bracketed", text=side.country, note=made), style="bold")
    today = len(side.stopping_today)
    if side.stopping_with_plan is None:
        text = say("finding.today", x=today, n=side.n_critical)
    else:
        text = say("compare.stops_plan", x=today, n=side.n_critical, y=len(side.stopping_with_plan))
    screen.line(text, indent=2)
    worst = {service.name: service.worst for service in side.services}
    for name in side.stopping_today:
        told = say("compare.stopped", service=name, worst=territory(worst[name], say.language))
        screen.items([told], indent=2)
    screen.line(say("compare.assumed", share=share(side.assumed)), indent=2)


def _posture(side: SideView, layer: str, horizon: str) -> ShareView:
    return next(p for p in side.postures if p.layer == layer and p.horizon == horizon)


def _horizon_row(side: SideView, horizon: str, say: Words) -> tuple[str, ...]:
    found = _posture(side, ALL, horizon)
    shares = (found.control, found.steer, found.maker, found.taker)
    told = [say("nothing") if value is None else share(value) for value in shares]
    worst = say("nothing") if found.worst is None else territory(found.worst, say.language)
    return (side.country, say(f"horizon.{horizon}"), *told, worst)


def _control(side: SideView, layer: str, say: Words) -> str:
    control = _posture(side, layer, Horizon.QUARTER).control
    return say("nothing") if control is None else share(control)


def _show_drivers(view: CompareView, screen: Screen) -> None:
    """Layer by layer: whose orders can do most where, and through whom."""
    say = screen.say
    screen.heading(say("compare.drivers"))
    screen.line(say("compare.drivers_note"))
    for driver in view.drivers:
        if not driver.groups:
            continue
        screen.line("")
        screen.line(_driver_title(driver, len(view.countries), say), style="bold")
        texts = []
        for side in view.countries:
            holder = next(holder for holder in side.holders if holder.layer == driver.layer)
            if side.country not in driver.unmeasured:
                texts.append(_holder(side, holder, say))
        screen.items(texts)


def _driver_title(driver: DriverView, n: int, say: Words) -> str:
    """The layer, and that it is the same state everywhere where it is."""
    layer = say(f"layer.{driver.layer}")
    if not driver.is_same or n - len(driver.unmeasured) < _TWO:
        return layer
    who = driver.groups[0].jurisdiction
    same = "compare.nobody_anywhere" if who is None else "compare.same"
    return say(same, layer=layer, who="" if who is None else territory(who, say.language))


_TWO = 2


def _holder(side: SideView, holder: HolderView, say: Words) -> str:
    control = _control(side, holder.layer, say)
    if holder.jurisdiction is None:
        return say("compare.nobody", country=side.country, control=control)
    names = list(holder.through[:_SEVERAL])
    if more := len(holder.through) - len(names):
        names.append(say("compare.more", n=more))
    through = say("compare.through", names=say("separator").join(names)) if names else ""
    return say(
        "compare.driver",
        country=side.country,
        control=control,
        who=territory(holder.jurisdiction, say.language),
        taken=share(holder.taken or 0.0),
        through=through,
    )


def _show_declared(view: CompareView, screen: Screen) -> None:
    say = screen.say
    if not any(side.declarations for side in view.countries):
        return
    screen.heading(say("compare.declared"))
    for side in view.countries:
        for said in side.declarations:
            screen.items(
                [
                    say(
                        "compare.said",
                        country=side.country,
                        layer=say(f"layer.{said.layer}"),
                        posture=said.posture,
                        text=said.text,
                        title=said.title,
                        control=_control(side, said.layer, say),
                    )
                ]
            )


def show_everyone(view: EveryoneView, screen: Screen) -> None:
    """One table, both ways; then every figure with its source."""
    say = screen.say
    screen.title(say("everyone.title"))
    screen.line(say("everyone.note"))
    screen.line("")
    ways = ("depends", "depended_on")
    screen.table(
        [say("compare.country"), *(say(f"everyone.{way}") for way in ways)],
        [(territory(e.code, say.language), *(_cell(e.rows, way, say) for way in ways)) for e in view.economies],
    )
    screen.heading(say("everyone.figures"))
    for economy in view.economies:
        screen.line("")
        screen.line(territory(economy.code, say.language), style="bold")
        screen.items([_figure(row, say) for row in economy.rows])
    screen.line("")
    screen.line(view.note, style="italic")
    screen.line(say("limits"))


def _cell(rows: tuple[DependenceView, ...], way: str, say: Words) -> str:
    """One cell: layer by layer the share, and who holds it; a dash where no figure was found."""
    told = []
    for row in rows:
        if row.direction == way:
            value = say("everyone.in_words") if row.share is None else share(row.share)
            told.append(" ".join((say(f"layer.{row.layer}"), value, *row.holders)))
    return say("separator").join(told) or say("nothing")


def _figure(row: DependenceView, say: Words) -> str:
    value = "" if row.share is None else say("everyone.share", share=share(row.share))
    return say(
        "everyone.figure",
        way=say(f"everyone.{row.direction}"),
        layer=say(f"layer.{row.layer}"),
        what=row.what,
        share=value,
        year=row.year,
        grade=say(f"grade.{row.grade}"),
        source=row.source,
    )
