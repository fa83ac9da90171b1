"""The shape of dispatch for one country: its classes, pairs, rows and columns, and the one recourse matrix.

In comes a checked country, out goes a frozen `Layout` in which every row and column has a name. Nothing here
depends on a state or on a decision; that is the point (see docs/reference/dispatch.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.country import Country
from tillerman.country.choices import Lever
from tillerman.country.pairs import Pairing
from tillerman.country.stack import Model, Pool, Route, Site, Zone
from tillerman.country.use import Service
from tillerman.country.world import Trend

Floats = NDArray[np.float64]
EASY, HARD = "easy", "hard"
SECONDS_PER_HOUR = 3600.0


@dataclass(frozen=True)
class Class:
    """The easy or the hard uses of one service: one demand row."""

    service: Service
    difficulty: str  # easy or hard
    share: float  # of the service's uses
    floor: float  # least quality in the first year

    @property
    def name(self) -> str:
        """The class as rows are named by it."""
        return f"{self.service.id}.{self.difficulty}"


@dataclass(frozen=True)
class Pair:
    """One class on one route."""

    klass: int  # index into Layout.classes
    route: Route
    is_resident: bool
    score: float  # lowest score over the service's languages
    need: float  # H100e per million uses a year

    def name(self, classes: tuple[Class, ...]) -> str:
        """The pair as columns are named by it."""
        return f"{classes[self.klass].name}@{self.route.id}"


@dataclass(frozen=True)
class Layout:
    """Rows, columns and the recourse matrix of one country's dispatch."""

    country: Country
    classes: tuple[Class, ...]
    pairs: tuple[Pair, ...]
    barred: tuple[Pair, ...]  # pairs that only residency rules out
    services: tuple[Service, ...]
    sites: tuple[Site, ...]
    zones: tuple[Zone, ...]
    pools: tuple[Pool, ...]
    training_sites: tuple[str, ...]  # sites on which some programme trains
    models: Mapping[str, Model]
    trend: Mapping[Trend, float]

    @cached_property
    def first_row(self) -> Mapping[str, int]:
        """Where each family of rows begins."""
        sizes = {
            "demand": len(self.classes),
            "moved": len(self.services),
            "engineers": 1,
            "site": len(self.sites),
            "zone": len(self.zones),
            "staff": len(self.pools),
            "platform": len(self.on_platforms),
        }
        return _starts(sizes)

    @cached_property
    def first_column(self) -> Mapping[str, int]:
        """Where each family of columns begins."""
        n_pairs, n_classes = len(self.pairs), len(self.classes)
        sizes = {
            "ready": n_pairs,
            "moved": n_pairs,
            "unmet_new": n_classes,
            "unmet_relied": n_classes,
            "bought": len(self.training_sites),
        }
        return _starts(sizes)

    @property
    def n_rows(self) -> int:
        """How many rows one state has."""
        return self.first_row["end"]

    @property
    def n_columns(self) -> int:
        """How many columns one state has."""
        return self.first_column["end"]

    @cached_property
    def row_names(self) -> tuple[str, ...]:
        """The name of every row."""
        return (
            *(f"demand[{c.name}]" for c in self.classes),
            *(f"moved[{s.id}]" for s in self.services),
            "engineers",
            *(f"site[{s.id}]" for s in self.sites),
            *(f"zone[{z.id}]" for z in self.zones),
            *(f"staff[{p.id}]" for p in self.pools),
            *(f"platform[{s.id}]" for s in self.on_platforms),
        )

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        """The name of every column."""
        pairs = [pair.name(self.classes) for pair in self.pairs]
        return (
            *(f"ready[{p}]" for p in pairs),
            *(f"moved[{p}]" for p in pairs),
            *(f"unmet_new[{c.name}]" for c in self.classes),
            *(f"unmet_relied[{c.name}]" for c in self.classes),
            *(f"bought[{r}]" for r in self.training_sites),
        )

    @cached_property
    def on_platforms(self) -> tuple[Service, ...]:
        """The services that need platforms or data sets on every route."""
        return tuple(service for service in self.services if service.platforms)

    @cached_property
    def site_index(self) -> Mapping[str, int]:
        """The position of each site."""
        return {site.id: i for i, site in enumerate(self.sites)}

    @cached_property
    def is_equality(self) -> NDArray[np.bool_]:
        """True for the demand rows, which are equalities."""
        flags = np.zeros(self.n_rows, dtype=bool)
        flags[: len(self.classes)] = True
        return flags

    @cached_property
    def matrix(self) -> sparse.csr_array:
        """The recourse matrix, (n_rows, n_columns): the same in every state, year and plan."""
        return sparse.csr_array(_matrix(self))

    def of_class(self, klass: int) -> list[int]:
        """The pairs of a class."""
        return [i for i, pair in enumerate(self.pairs) if pair.klass == klass]

    def is_open(self, pair: Pair, years: int) -> bool:
        """Is the route's model still good enough for the class after so many years?"""
        rises = self.trend[Trend.QUALITY_FLOOR] * years if self.models[pair.route.model].is_frozen else 0.0
        return pair.score >= self.classes[pair.klass].floor + rises

    def acts_on(self, lever: Lever, service: Service) -> bool:
        """Does a programme act on a service: by its id, its sector, or on all?"""
        return lever.target in ("*", service.id, service.sector)


def layout(country: Country) -> Layout:
    """Lay out dispatch for a country: which class can run on which route, and every row and column."""
    trend = dict.fromkeys(Trend, 0.0) | {row.id: row.per_year for row in country.trends}
    models = {model.id: model for model in country.models}
    classes = tuple(_classes(country))
    measured = tuple(_pairs(country, classes, models))
    training = {lever.compute_site for lever in country.levers if lever.compute_site and lever.compute_h100e > 0}
    return Layout(
        country=country,
        classes=classes,
        pairs=tuple(p for p in measured if _may_run(p, classes)),
        barred=tuple(p for p in measured if not _may_run(p, classes)),
        services=country.services,
        sites=country.sites,
        zones=country.zones,
        pools=country.talent,
        training_sites=tuple(site.id for site in country.sites if site.id in training),
        models=models,
        trend=trend,
    )


def _starts(sizes: Mapping[str, int]) -> dict[str, int]:
    starts, at = {}, 0
    for name, size in sizes.items():
        starts[name] = at
        at += size
    return starts | {"end": at}


def _classes(country: Country) -> list[Class]:
    found = []
    for service in country.services:
        if service.hard_share < 1:
            found.append(Class(service, EASY, 1 - service.hard_share, service.floor_easy))
        if service.hard_share > 0:
            found.append(Class(service, HARD, service.hard_share, service.floor_hard))
    return found


def _pairs(country: Country, classes: tuple[Class, ...], models: Mapping[str, Model]) -> list[Pair]:
    pairing = Pairing(country)
    sites = {site.id: site for site in country.sites}
    found = []
    for index, klass in enumerate(classes):
        service = klass.service
        for route in country.routes:
            score = pairing.score(service, route)
            if score is None:
                continue
            speed = models[route.model].throughput_tokens_per_s * sites[route.site].utilisation
            need = service.tokens_per_use * 1e6 / (speed * SECONDS_PER_HOUR * country.frame.hours_per_year)
            found.append(Pair(index, route, pairing.is_resident(service, route), score, need))
    return found


def _may_run(pair: Pair, classes: tuple[Class, ...]) -> bool:
    """A pair that is not resident can be used only where an emergency waiver has a price."""
    return pair.is_resident or classes[pair.klass].service.waiver_usd_per_use is not None


def _matrix(shape: Layout) -> sparse.coo_array:
    """Enter every coefficient once, family by family."""
    row, column = shape.first_row, shape.first_column
    service_at = {service.id: i for i, service in enumerate(shape.services)}
    zone_at = {zone.id: i for i, zone in enumerate(shape.zones)}
    pool_at = {pool.id: i for i, pool in enumerate(shape.pools)}
    platform_at = {service.id: i for i, service in enumerate(shape.on_platforms)}
    entries: list[tuple[int, int, float]] = []
    for p, pair in enumerate(shape.pairs):
        service = shape.classes[pair.klass].service
        site = shape.sites[shape.site_index[pair.route.site]]
        for family in ("ready", "moved"):
            at = column[family] + p
            entries.append((row["demand"] + pair.klass, at, 1.0))
            entries.append((row["site"] + shape.site_index[site.id], at, pair.need))
            if site.zone is not None:
                power_mw = pair.need * site.kw_per_h100e * site.pue / 1000.0
                entries.append((row["zone"] + zone_at[site.zone], at, power_mw))
            if service.platforms:
                entries.append((row["platform"] + platform_at[service.id], at, 1.0))
            if service.pool is not None:
                entries.append((row["staff"] + pool_at[service.pool], at, service.staff_fte_per_muse_year))
        entries.append((row["moved"] + service_at[service.id], column["moved"] + p, 1.0))
        entries.append((row["engineers"], column["moved"] + p, service.effort_fte_per_muse_year))
    for c in range(len(shape.classes)):
        entries.append((row["demand"] + c, column["unmet_new"] + c, 1.0))
        entries.append((row["demand"] + c, column["unmet_relied"] + c, 1.0))
    for i, site_id in enumerate(shape.training_sites):
        entries.append((row["site"] + shape.site_index[site_id], column["bought"] + i, -1.0))
    rows, columns, values = zip(*[entry for entry in entries if entry[2] != 0.0], strict=True)
    return sparse.coo_array(
        (np.array(values), (np.array(rows), np.array(columns))), shape=(shape.n_rows, shape.n_columns)
    )
