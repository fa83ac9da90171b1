"""A country in memory: the frame, its tables and the evidence, frozen after one check at the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from tillerman.country.canonical import content_hash
from tillerman.country.choices import Agreement, Concession, Lever, Option
from tillerman.country.frame import Evidence, Frame
from tillerman.country.notes import Declaration, KeyDate, Translation
from tillerman.country.stack import (
    Capability,
    ClauseTerm,
    Hold,
    Model,
    Party,
    Pool,
    Resource,
    Retention,
    Route,
    Site,
    Zone,
)
from tillerman.country.use import Deployment, Fallback, Outcome, Service, Target
from tillerman.country.world import ClimateStep, Delivery, Disruption, DriverPath, TrendRate

if TYPE_CHECKING:
    from tillerman.country.citing import Source
    from tillerman.country.health import Health
    from tillerman.country.thirty.basis import Basis


class Row(Protocol):
    """Any record that lives in a table: it has an id."""

    @property
    def id(self) -> str:
        """The row's short name, unique in its table."""


@dataclass(frozen=True)
class Country:
    """One country file, checked: what the stack is, what it serves, what can be decided, what may happen."""

    frame: Frame
    parties: tuple[Party, ...]
    resources: tuple[Resource, ...]
    holds: tuple[Hold, ...]
    retention: tuple[Retention, ...]
    clauses: tuple[ClauseTerm, ...]
    zones: tuple[Zone, ...]
    sites: tuple[Site, ...]
    talent: tuple[Pool, ...]
    models: tuple[Model, ...]
    capabilities: tuple[Capability, ...]
    routes: tuple[Route, ...]
    services: tuple[Service, ...]
    deployments: tuple[Deployment, ...]
    fallbacks: tuple[Fallback, ...]
    outcomes: tuple[Outcome, ...]
    targets: tuple[Target, ...]
    agreements: tuple[Agreement, ...]
    concessions: tuple[Concession, ...]
    levers: tuple[Lever, ...]
    options: tuple[Option, ...]
    disruptions: tuple[Disruption, ...]
    climates: tuple[ClimateStep, ...]
    drivers: tuple[DriverPath, ...]
    trends: tuple[TrendRate, ...]
    deliveries: tuple[Delivery, ...]
    evidence: tuple[Evidence, ...]
    name: str = field(compare=False)  # the short name it was loaded by; not part of the content
    # beside the content: no plan reads them, so that a new date makes no stored plan stale
    dates: tuple[KeyDate, ...] = field(default=(), compare=False)
    declarations: tuple[Declaration, ...] = field(default=(), compare=False)
    translations: tuple[Translation, ...] = field(default=(), compare=False)

    @cached_property
    def content_hash(self) -> str:
        """Sha256 of the content in canonical form: equal for equal content, whatever file it came from."""
        return content_hash(self)

    def health(self) -> Health:
        """Tell how well the file is known: evidence by grade, freshness, what is missing."""
        return self._health

    @cached_property
    def _health(self) -> Health:
        from tillerman.country.health import health

        return health(self)

    @cached_property
    def known_by_table(self) -> Mapping[str, tuple[int, int]]:
        """How many numbers each table has, and of how many more is known than an assumption."""
        from tillerman.country.health import known_by_table

        return known_by_table(self)

    def basis(self) -> Basis | None:
        """Tell which of the thirty numbers it was made of were answered; None where it was not made of them."""
        from tillerman.country.thirty.basis import basis_of

        return basis_of(self)

    def cite(self) -> tuple[Source, ...]:
        """List the sources of its numbers, as a reader would cite them."""
        from tillerman.country.citing import cite

        return cite(self)

    @cached_property
    def by_id(self) -> Mapping[str, Mapping[str, Row]]:
        """Every table as a mapping from id to row."""
        tables = {table: getattr(self, table) for table in TABLES}
        return MappingProxyType(
            {name: MappingProxyType({row.id: row for row in rows}) for name, rows in tables.items()}
        )


TABLES: Mapping[str, type] = MappingProxyType(
    {
        "parties": Party,
        "resources": Resource,
        "holds": Hold,
        "retention": Retention,
        "clauses": ClauseTerm,
        "zones": Zone,
        "sites": Site,
        "talent": Pool,
        "models": Model,
        "capabilities": Capability,
        "routes": Route,
        "services": Service,
        "deployments": Deployment,
        "fallbacks": Fallback,
        "outcomes": Outcome,
        "targets": Target,
        "agreements": Agreement,
        "concessions": Concession,
        "levers": Lever,
        "options": Option,
        "disruptions": Disruption,
        "climates": ClimateStep,
        "drivers": DriverPath,
        "trends": TrendRate,
        "deliveries": Delivery,
    }
)

# Tables that stand beside the model: read, checked, written and compared like the others, but not part of the content.
NOTES: Mapping[str, type] = MappingProxyType(
    {"dates": KeyDate, "declarations": Declaration, "translations": Translation}
)

_NOT_TABLES = {"frame", "evidence", "name", *NOTES}
assert set(TABLES) == {item.name for item in fields(Country)} - _NOT_TABLES  # noqa: S101 - a slip here is ours, not a user's


def tables_of(country: Country) -> Mapping[str, type]:
    """The tables of a country as they are written, in file order; one beside the model only where it has rows."""
    beside = {table: record for table, record in NOTES.items() if getattr(country, table)}
    return {**TABLES, **beside, "evidence": Evidence}
