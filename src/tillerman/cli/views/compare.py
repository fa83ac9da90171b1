"""The answers of `tillerman compare`: countries side by side, and what everyone depends on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from tillerman.compare import Dependence, Driver, LayerHolder, Side, SideBySide, everyone
from tillerman.country.names import territory
from tillerman.exposure import Posture, ServiceKept


@dataclass(frozen=True)
class KeptView:
    """What keeps one critical service running, 90 days after a withdrawal."""

    name: Annotated[str, "The service in plain words."]
    alone: Annotated[float, "Share that runs with nobody's permission."]
    any_one: Annotated[float, "Least share that runs when any one supplier or state withdraws."]
    whole: Annotated[float, "Share that runs when nobody withdraws."]
    worst: Annotated[str, "The single withdrawal that leaves least."]


@dataclass(frozen=True)
class ShareView:
    """How free one layer is today at one horizon: four shares that sum to 1, or nulls and a reason."""

    layer: Annotated[str, "The layer, or 'all layers'."]
    horizon: Annotated[str, "7d, 90d, 1y or 5y after a withdrawal."]
    control: Annotated[float | None, "Runs with nobody's permission."]
    steer: Annotated[float | None, "Kept by binding contracts and by having several suppliers."]
    maker: Annotated[float | None, "Negotiated dependence."]
    taker: Annotated[float | None, "Unprotected dependence."]
    worst: Annotated[str | None, "The state whose withdrawal takes most; null where none takes anything."]
    reason: Annotated[str, "Why it is not measured; blank where it is."]


@dataclass(frozen=True)
class HolderView:
    """Who can do most to one layer of one country, after 90 days."""

    layer: Annotated[str, "The layer, or 'all layers'."]
    jurisdiction: Annotated[str | None, "Code of the state or bloc; null where nobody alone takes anything."]
    name: Annotated[str | None, "Its name, from the one stated list."]
    taken: Annotated[float | None, "Share of critical service that its withdrawal takes; null where not measured."]
    through: Annotated[tuple[str, ...], "The holders whom its orders reach."]


@dataclass(frozen=True)
class DeclaredView:
    """What a strategy says of one layer."""

    layer: Annotated[str, "The layer."]
    posture: Annotated[str, "control, steer or depend."]
    by: Annotated[str | None, "By when, as year-month-day; null where it does not say."]
    text: Annotated[str, "What it says."]
    title: Annotated[str, "Title of the strategy."]
    publisher: Annotated[str, "Who published it."]


@dataclass(frozen=True)
class SideView:
    """One country beside others."""

    country: Annotated[str, "Name of the country or economy."]
    code: Annotated[str, "Its ISO 3166-1 alpha-2 code."]
    file: Annotated[str, "The file it was asked for by."]
    input_hash: Annotated[str, "Hash of the file's content."]
    is_stored: Annotated[bool, "True when a stored answer was used."]
    n_futures: Annotated[int | None, "Possible futures of its plan; null where no plan was asked for."]
    n_critical: Annotated[int, "How many critical services its file has."]
    stopping_today: Annotated[tuple[str, ...], "Those that stop today if one supplier or state leaves."]
    stopping_with_plan: Annotated[tuple[str, ...] | None, "Those that still stop with the plan; null without one."]
    services: Annotated[tuple[KeptView, ...], "Critical services today."]
    services_with_plan: Annotated[tuple[KeptView, ...], "The same with the plan; empty without one."]
    postures: Annotated[tuple[ShareView, ...], "Today, every layer at every horizon."]
    holders: Annotated[tuple[HolderView, ...], "Who can do most to each layer."]
    declarations: Annotated[tuple[DeclaredView, ...], "What its strategies say, to be held beside the postures."]
    assumed: Annotated[float, "Share of its numbers that rest on an assumption."]


@dataclass(frozen=True)
class GroupView:
    """Countries of which one layer can be stopped most by the same state."""

    jurisdiction: Annotated[str | None, "Code of that state or bloc; null for nobody alone."]
    countries: Annotated[tuple[str, ...], "The countries, by name."]


@dataclass(frozen=True)
class DriverView:
    """What differs between the countries on one layer."""

    layer: Annotated[str, "The layer, or 'all layers'."]
    is_same: Annotated[bool, "True when it is the same state everywhere."]
    groups: Annotated[tuple[GroupView, ...], "By the state that can do most."]
    unmeasured: Annotated[tuple[str, ...], "Countries whose file cannot say."]


@dataclass(frozen=True)
class CompareView:
    """Countries side by side, sorted by name; no rank and no total."""

    countries: Annotated[tuple[SideView, ...], "Each country, sorted by name."]
    drivers: Annotated[tuple[DriverView, ...], "What drives the differences, layer by layer."]
    note: Annotated[str, "What this is, and is not."]


def view_compare(found: SideBySide, *, note: str) -> CompareView:
    """Put a comparison into the form that is shown and printed."""
    return CompareView(tuple(map(_side, found.sides)), tuple(map(_driver, found.drivers)), note)


def _side(side: Side) -> SideView:
    return SideView(
        country=side.country,
        code=side.code,
        file=side.name,
        input_hash=side.input_hash,
        is_stored=side.is_stored,
        n_futures=side.n_futures,
        n_critical=side.n_critical,
        stopping_today=side.stopping_today,
        stopping_with_plan=side.stopping_with_plan,
        services=tuple(map(_kept, side.services)),
        services_with_plan=tuple(map(_kept, side.services_with_plan)),
        postures=tuple(map(_share, side.postures)),
        holders=tuple(map(_holder, side.holders)),
        declarations=tuple(
            DeclaredView(d.layer, d.posture, d.by.isoformat() if d.by else None, d.text, d.title, d.publisher)
            for d in side.declarations
        ),
        assumed=side.assumed,
    )


def _kept(service: ServiceKept) -> KeptView:
    return KeptView(service.name, service.alone, service.any_one, service.whole, service.worst)


def _share(found: Posture) -> ShareView:
    return ShareView(
        found.layer, found.horizon, found.control, found.steer, found.maker, found.taker, found.worst, found.reason
    )


def _holder(found: LayerHolder) -> HolderView:
    name = None if found.jurisdiction is None else territory(found.jurisdiction)
    return HolderView(found.layer, found.jurisdiction, name, found.taken, found.through)


def _driver(found: Driver) -> DriverView:
    groups = tuple(GroupView(who, names) for who, names in found.groups)
    return DriverView(found.layer, found.is_same, groups, found.unmeasured)


@dataclass(frozen=True)
class DependenceView:
    """One thing that an economy needs of others, or that others need of it."""

    layer: Annotated[str, "The layer."]
    direction: Annotated[str, "depends: it needs it of others; depended_on: others need it of this economy."]
    what: Annotated[str, "What it is, in words."]
    holders: Annotated[tuple[str, ...], "Codes of those who hold it; empty where the figure does not say."]
    share: Annotated[float | None, "The share; null where only words are published."]
    year: Annotated[int, "Year of the figure."]
    grade: Annotated[str, "official, measured, reported, estimate or assumption."]
    source: Annotated[str, "Publisher, title, address and date."]


@dataclass(frozen=True)
class EconomyView:
    """One economy: what it needs of others, and what others need of it."""

    code: Annotated[str, "Its code."]
    name: Annotated[str, "Its name, from the one stated list."]
    rows: Annotated[tuple[DependenceView, ...], "By layer; a layer without a row has no public figure here."]


@dataclass(frozen=True)
class EveryoneView:
    """What everyone depends on, at the coarseness that public data allow: no computed postures, no rank, no total."""

    economies: Annotated[tuple[EconomyView, ...], "Each economy, sorted by name."]
    note: Annotated[str, "What this is, and is not."]


def view_everyone(*, note: str) -> EveryoneView:
    """Put the table into the form that is shown and printed."""
    codes = sorted({row.economy for row in everyone()}, key=territory)
    economies = [
        EconomyView(code, territory(code), tuple(_dependence(row) for row in everyone() if row.economy == code))
        for code in codes
    ]
    return EveryoneView(tuple(economies), note)


def _dependence(row: Dependence) -> DependenceView:
    when = row.published.isoformat() if row.published else ""
    file = f"data file {row.source_file}" if row.source_file else ""
    source = ". ".join(part for part in (row.publisher, row.title, row.address, when, file) if part)
    return DependenceView(row.layer, row.direction, row.what, row.holders, row.share, row.year, row.grade, source)
