"""What may happen: hazards of the world as they stand in every file, and those that the answers tell of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tillerman.country.thirty.draft import ELSEWHERE, NEIGHBOUR, Draft
from tillerman.country.thirty.figure import Figure, combine, generic
from tillerman.country.thirty.parts import LINKS, OPEN_MODEL, ZONE
from tillerman.country.world import Disruption, TargetOfDisruption
from tillerman.labels import Cause

_WORLD = ("us_model_order", "us_cloud_stop", "us_chips", "cn_order", "tsmc_stop", "taiwan_quake")
_EUROPE = "fr_order"
Chances = tuple[float, float, float]


@dataclass(frozen=True)
class Hazard:
    """One disruption of the general set."""

    id: str
    name: str
    cause: Cause
    target: str
    depth: Figure | float
    chances: Chances  # in a normal, strained and broken year
    days: Figure | float
    strikes: TargetOfDisruption = TargetOfDisruption.RESOURCE

    @property
    def is_deliberate(self) -> bool:
        """It is a state's act toward others."""
        return self.strikes is TargetOfDisruption.JURISDICTION


def put_happenings(draft: Draft) -> None:
    """Put down climates, drivers, trends and disruptions."""
    sheet, world = draft.sheet, draft.world
    sheet.take(world, "climates")
    sheet.take(world, "trends")
    sheet.add("trends", "power_price", {"per_year": generic(-0.02, 0.01, 0.04, "General: real price of power, a year")})
    for name, spread, stays in (("demand", (0.1, 0.2, 0.35), 0.7), ("prices", (0.1, 0.2, 0.35), 0.5)):
        sd = generic(*spread, f"General: how far {name} stray from their trend in a year")
        persistence = generic(stays - 0.3, stays, min(0.9, stays + 0.2), "General: share of a deviation that stays")
        sheet.add("drivers", name, {"yearly_sd": sd, "persistence": persistence})
    sheet.take(world, "disruptions", *_WORLD)
    if draft.others == "EU":
        sheet.take(world, "disruptions", _EUROPE)
    _like(draft, "main_leaves", "The largest supplier leaves", "maker_quits", "us_main")
    _like(draft, "model_retired_here", "A model in use is retired", "model_retired", "us_main_model")
    _like(draft, "open_licence", "An open model's licence ends for new uses", "licence_change", OPEN_MODEL)
    _like(draft, "open_poisoned", "A poisoned release of an open model must be withdrawn", "poisoned", OPEN_MODEL)
    for hazard in (*_from_others(draft), *_of_power(draft), *_of_links(draft)):
        _put(draft, hazard)


def _from_others(draft: Draft) -> Iterator[Hazard]:
    """Orders of economies that the form does not name, and failing payments."""
    orders = [("neighbour_order", "A neighbouring economy orders its firms to stop", NEIGHBOUR)]
    if draft.others == ELSEWHERE:
        orders.append(("elsewhere_order", "Another economy orders its firms to stop", ELSEWHERE))
    for name, words, code in orders:
        yield Hazard(
            name, words, Cause.ORDERED, code, 1.0, (0.005, 0.02, 0.1), 120.0, strikes=TargetOfDisruption.JURISDICTION
        )
    yield Hazard("payments_fail", "Payments abroad fail", Cause.CANNOT, "payments", 0.5, (0.04, 0.06, 0.15), 60.0)


def _of_power(draft: Draft) -> Iterator[Hazard]:
    """Blackouts and droughts, where the grid is known."""
    figures = draft.figures
    if not draft.known("firm_spare"):
        return
    if draft.known("outage_hours") and figures["outage_hours"].middle > 0:
        days = combine(lambda hours: hours / 24, figures["outage_hours"], why="Hours without power as days a year")
        yield Hazard("blackout", "Blackouts of a year", Cause.CANNOT, ZONE, _BLACKOUT, (0.9, 0.9, 0.9), days)
    if figures["hydro"].high > 0:
        part = combine(lambda share: 0.5 * share, figures["hydro"], why="Half of what water gives")
        yield Hazard("drought", "A drought", Cause.CANNOT, ZONE, part, (0.15, 0.15, 0.15), 200.0)


def _of_links(draft: Draft) -> Iterator[Hazard]:
    """Cut connections, where their number is known."""
    if not draft.known("links"):
        return
    links = draft.figures["links"]
    one = combine(lambda n: 1 / n, links, why="One of equal connections")
    rest = combine(lambda n: max(0.0, 1 - 1 / n), links, why="All connections but one")
    yield Hazard("link_cut", "A connection abroad is cut", Cause.CANNOT, LINKS, one, (0.6, 0.6, 0.7), 10.0)
    if rest.high > 0:
        words = "All connections abroad but one are down"
        yield Hazard("links_cut", words, Cause.CANNOT, LINKS, rest, (0.05, 0.06, 0.15), 10.0)
    words = "The country restricts its own traffic"
    yield Hazard("home_order", words, Cause.ORDERED, LINKS, 0.6, (0.03, 0.05, 0.1), 2.0)


_BLACKOUT = generic(0.1, 0.35, 1.0, "General: halls have generators for a part of their load")


def _put(draft: Draft, hazard: Hazard) -> None:
    """One disruption; its chances and length are general, a third to three times, unless the answers tell them."""
    why = "General: a third to three times; nobody can know this"
    normal, strained, broken = (generic(c / 3, c, min(1.0, 3 * c), why) for c in hazard.chances)
    days = (
        hazard.days if isinstance(hazard.days, Figure) else generic(hazard.days / 3, hazard.days, 3 * hazard.days, why)
    )
    draft.sheet.add(
        "disruptions",
        hazard.id,
        {
            "name": hazard.name,
            "cause": hazard.cause,
            "strikes": hazard.strikes,
            "target": hazard.target,
            "depth": hazard.depth,
            "chance_normal": normal,
            "chance_strained": strained,
            "chance_broken": broken,
            "duration_days": days,
            "is_common_shock": False,
            "is_geopolitical": hazard.is_deliberate,
        },
    )


def _like(draft: Draft, name: str, words: str, world_row: str, target: str) -> None:
    """A disruption of the world's rows, told of a class of makers instead of one firm."""
    row = draft.world.rows["disruptions"][world_row]
    assert isinstance(row, Disruption)  # noqa: S101 - that table holds nothing else
    why = f"As in the world's row {world_row}"
    ranges = {item.column: item for item in draft.world.evidence.get(("disruptions", world_row), ())}

    def told(column: str, value: float) -> Figure:
        item = ranges.get(column)
        if item is None or item.low is None or item.high is None:
            return generic(value, value, value, why)
        return generic(item.low, value, item.high, f"{why}: {item.title or 'no reason told'}")

    draft.sheet.add(
        "disruptions",
        name,
        {
            "name": words,
            "cause": row.cause,
            "strikes": row.strikes,
            "target": target,
            "hold_kinds": row.hold_kinds,
            "depth": told("depth", row.depth),
            "chance_normal": told("chance_normal", row.chance_normal),
            "chance_strained": told("chance_strained", row.chance_strained),
            "chance_broken": told("chance_broken", row.chance_broken),
            "duration_days": told("duration_days", row.duration_days),
            "is_common_shock": row.is_common_shock,
            "is_geopolitical": row.is_geopolitical,
            "precedent": row.precedent,
        },
    )
