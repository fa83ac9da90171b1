"""Rows that are the same in every country file: makers, models, retention, clauses, hazards of the world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from types import MappingProxyType

from tillerman.country.folder import read_folder
from tillerman.country.frame import Evidence
from tillerman.country.parsed import parse
from tillerman.country.record import TABLES, Country, Row
from tillerman.country.stack import Model
from tillerman.country.thirty.figure import Figure, generic
from tillerman.labels import HoldKind

_WORLD = Path(__file__).parents[1] / "packs" / "world"


@dataclass(frozen=True)
class World:
    """The world's rows, with their evidence."""

    rows: Mapping[str, Mapping[str, Row]]  # table → id → row
    evidence: Mapping[tuple[str, str], tuple[Evidence, ...]]  # (table, id) → evidence of that row
    any_site: Mapping[str, float]  # what holds for the chips of every site
    country: Country

    def models_of(self, jurisdiction: str | None, *, is_open: bool) -> tuple[Model, ...]:
        """Models by who licenses them: a jurisdiction, or None for any."""
        parties = {party.id: party for party in self.country.parties}
        makers = {hold.resource: parties[hold.party] for hold in self.country.holds if hold.kind is HoldKind.LICENSES}
        return tuple(
            model
            for model in self.country.models
            if model.is_open_weights is is_open
            and (jurisdiction is None or jurisdiction in makers[model.id].jurisdictions)
        )

    def score(self, models: Iterable[Model], language: str) -> Figure | None:
        """How well models of a class work in a language: median and range, or None where none was measured."""
        names = {model.id for model in models}
        found = [row for row in self.country.capabilities if row.model in names and row.language == language]
        if not found:
            return None
        told = ", ".join(f"{row.model} {row.score:g}" for row in found)
        return over([row.score for row in found], f"Median of the models of this kind measured in {language}: {told}")


def over(values: Iterable[float], why: str) -> Figure:
    """The median of some values with their range."""
    told = list(values)
    return generic(min(told), median(told), max(told), why)


@cache
def world() -> World:
    """Read the world's rows, once."""
    raw = read_folder(_WORLD, (*TABLES, "evidence"))
    parsed, _ = parse(raw)
    draft = parsed.draft("world")
    evidence: dict[tuple[str, str], tuple[Evidence, ...]] = {}
    for item in draft.evidence:
        place = (item.table, item.row or "")
        evidence[place] = (*evidence.get(place, ()), item)
    rows = {table: MappingProxyType({row.id: row for row in getattr(draft, table)}) for table in TABLES}
    site = next(row.values for row in parsed.rows["sites"] if row.values.get("id") == "any")
    numbers = {name: float(value) for name, value in site.items() if isinstance(value, int | float)}
    return World(MappingProxyType(rows), MappingProxyType(evidence), MappingProxyType(numbers), draft)
