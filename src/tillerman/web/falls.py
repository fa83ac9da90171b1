"""How services fall and recover in a drill: shares at the four horizons, and the same in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tillerman.exposure.drill import Drill, ServiceLeft
from tillerman.exposure.singles import STOPPED_BELOW
from tillerman.labels import Horizon
from tillerman.report.figures import Figures
from tillerman.report.tables import Column, Kind, Row, Source, Sure, Table
from tillerman.web.called import Called
from tillerman.web.layers import WHOLE, by_horizon
from tillerman.web.shelf import Opened
from tillerman.words import Words

Share = Callable[[float], str]


@dataclass(frozen=True)
class Fall:
    """How one service falls and recovers."""

    service: str
    name: str
    tier: int
    people: str
    whole: dict[str, float]  # share of its uses that runs when nobody withdraws, by horizon
    kept: dict[str, float]
    falls: dict[str, bool]
    said: str


def falls_of(found: Drill, opened: Opened, names: Called, write: Figures) -> tuple[Fall, ...]:
    """Every service, in the order of the first page."""
    rows = {row.service: row for row in found.services}
    return tuple(_fall(opened, names, write, rows[listed.service]) for listed in opened.today.services)


def _fall(opened: Opened, names: Called, write: Figures, row: ServiceLeft) -> Fall:
    service = next(item for item in opened.country.services if item.id == row.service)
    return Fall(
        service=row.service,
        name=names.text(service.name),
        tier=row.tier,
        people=write.people(service.people_million),
        whole=by_horizon(row.whole),
        kept=by_horizon(row.kept),
        falls={h.value: falls for h, falls in zip(Horizon, row.falls, strict=True)},
        said=said(names.say, write.share, row),
    )


def said(say: Words, share: Share, row: ServiceLeft) -> str:
    """How a service falls and recovers, in words."""
    states = [_state(kept, whole) for kept, whole in zip(row.kept, row.whole, strict=True)]
    if set(states) == {RUNS}:
        touched = any(whole - kept >= 1 - WHOLE for whole, kept in zip(row.whole, row.kept, strict=True))
        return say("stack_page.fall.runs", share=share(min(row.kept))) if touched else say("stack_page.fall.untouched")
    parts = []
    for i, horizon in enumerate(Horizon):
        if i and states[i] == states[i - 1]:
            continue
        how = states[i]
        if how == STOPS:
            how = "first" if i == 0 else "again" if STOPS in states[:i] else "later"
        elif how == RUNS and i == 0:
            continue  # what runs from the start is not said: it goes on until something else is
        elif how == RUNS and STOPS not in states[:i]:
            how = "up"
        parts.append(say(f"stack_page.fall.{how}", horizon=say(f"horizon.{horizon.value}"), share=share(row.kept[i])))
    if states[-1] == STOPS and len(parts) == 1:
        parts.append(say("stack_page.fall.stays"))
    return say("stack_page.fall.join").join(parts)


RUNS, STOPS, SHORT = "back", "stops", "short"  # the last: less than half runs even if nobody withdraws


def _state(kept: float, whole: float) -> str:
    if kept >= STOPPED_BELOW:
        return RUNS
    return STOPS if whole >= STOPPED_BELOW else SHORT


def shares_said(say: Words, share: Share, by: Mapping[str, float]) -> str:
    """Shares at the four horizons, in one line."""
    return say("list.between").join(
        say("stack_page.at", horizon=say(f"horizon.{horizon}"), share=share(value)) for horizon, value in by.items()
    )


def table_of(say: Words, falls: tuple[Fall, ...]) -> Table:
    """The picture of the services as a table."""
    columns = [Column(say("column.service")), Column(say("column.tier"), Kind.COUNT)]
    columns.append(Column(say("stack_page.column.whole"), Kind.SHARE, Sure.ASSUMED))
    columns += [
        Column(say("stack_page.column.kept", horizon=say(f"horizon.{h.value}")), Kind.SHARE, Sure.ASSUMED)
        for h in Horizon
    ]
    columns.append(Column(say("stack_page.column.said")))
    rows = tuple(
        Row(
            (fall.name, fall.tier, fall.whole[Horizon.YEAR.value], *fall.kept.values(), fall.said),
            Source("services", fall.service),
        )
        for fall in falls
    )
    return Table(say("stack_page.table"), tuple(columns), rows, say("stack_page.table_note"))
