"""Peer ranges worked out anew from the public files: `python -m tests.country.thirty.peer_data` prints the table.

The table that is shipped holds medians and 10–90 % ranges of groups of at least eight economies, never one value.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from tillerman.country.thirty.peers import FEWEST, Grid, Income, Size

DATA = Path(__file__).parents[4] / "shared" / "data"
HEADER = ("indicator", "income", "size", "grid", "n", "low", "middle", "high", "unit", "years", "source")
_LATEST = 2025
_OLDEST = 2018  # older figures are left out
_GROWTH_YEARS = 5
_ALIASES = {  # how the files call an economy that Gapminder's list calls otherwise
    "Czechia": "cze",
    "Democratic Republic of Congo": "cod",
    "Congo": "cog",
    "Hong Kong": "hkg",
    "Korea (Republic of)": "kor",
    "Kyrgyzstan": "kgz",
    "Laos": "lao",
    "Philippines (the)": "phl",
    "Slovakia": "svk",
    "United Arab Emirates": "are",
    "United Kingdom": "gbr",
    "United Kingdom of Great Britain and Northern Ireland": "gbr",
    "United States": "usa",
    "United States of America": "usa",
}
# Figures for the world at large, from pages, not from files; their sources say how each was read.
WORLD = (
    ("power_price", "", "", "", 5, 107, 155, 204, "US$/MWh", "2025", "continents_power"),
    ("budget_share", "", "", "", 4, 0.00005, 0.0005, 0.005, "of GDP a year", "2024–2026", "published_budgets"),
    ("hall_lead", "", "", "", 3, 1, 3, 7, "years", "2025", "grid_waits"),
)


@dataclass(frozen=True)
class Economy:
    """One economy as the files know it; None where they are silent."""

    geo: str
    population: float | None
    gdp_per_person: float | None
    hydro_share: float | None

    @property
    def income(self) -> Income | None:
        """Its income group."""
        return None if self.gdp_per_person is None else Income.of(self.gdp_per_person)

    @property
    def size(self) -> Size | None:
        """Its size."""
        return None if self.population is None else Size.of(self.population)

    @property
    def grid(self) -> Grid | None:
        """Its kind of grid."""
        return None if self.hydro_share is None else Grid.of(self.hydro_share)


Values = Mapping[str, tuple[int, float]]  # geo → (year, value)


def table() -> str:
    """Return the peer table as it is shipped, less the rows that stand for the world."""
    income = _gapminder("gdppercapita_us_inflation_adjusted")
    gdp = _gapminder("total_gdp_us_inflation_adjusted", 1e-6)
    population = {geo: (year, gdp[geo][1] / value) for geo, (year, value) in income.items() if geo in gdp}
    mix = _mix()
    hydro = _latest(mix, lambda row: _share(row, "Hydro (% electricity)"))
    imports = _latest(mix, lambda row: _positive(_share(row, "Net electricity imports as a share of demand")))
    internet = _gapminder("internet_users", 0.01)
    per_person = {
        geo: (year, twh * 1e3 / population[geo][1]) for geo, (year, twh) in _demand().items() if geo in population
    }
    economies = {
        geo: Economy(geo, _value(population, geo), _value(income, geo), _value(hydro, geo))
        for geo in {*population, *income, *hydro}
    }
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    columns: tuple[tuple[str, Values, str, str, bool], ...] = (
        ("gdp_per_person", income, "US$ a person", "gapminder_gdp", False),
        ("electricity_per_person", per_person, "kWh a person", "owid_demand", True),
        ("hydro_share", hydro, "", "owid_mix", True),
        ("import_share", imports, "", "owid_mix", True),
        ("generation_growth", _growth(mix), "1/year", "owid_mix", True),
        ("internet_share", internet, "", "gapminder_internet", True),
        ("public_halls", _halls(population, "Public"), "H100e/million people", "epoch_clusters", True),
        ("private_halls", _halls(population, "Private"), "H100e/million people", "epoch_clusters", True),
    )
    for name, values, unit, source, by_income in columns:
        # halls of richer economies say nothing about a poorer one: there is no wider group to fall back on
        wider: tuple[Income | None, ...] = () if name.endswith("_halls") else (None,)
        incomes = (*Income, *wider) if by_income else wider
        grids: tuple[Grid | None, ...] = (*Grid, None) if name in {"import_share", "generation_growth"} else (None,)
        for group in product(incomes, (*Size, None), grids):
            writer.writerows(_row(name, values, unit, source, group, economies))
    for name, country in (("us_share", "United States of America"), ("china_share", "China")):
        share = _chip_share(country)
        writer.writerow((name, "", "", "", 1, 0, f"{share:.3g}", 1, "", _LATEST, "epoch_shares"))
    writer.writerows(WORLD)
    return out.getvalue()


def _row(
    name: str,
    values: Values,
    unit: str,
    source: str,
    group: tuple[Income | None, Size | None, Grid | None],
    economies: Mapping[str, Economy],
) -> Iterable[tuple[object, ...]]:
    """The row of one group, or none where it has too few economies."""
    income, size, grid = group
    kept = [
        entry
        for geo, entry in sorted(values.items())
        if geo in economies
        and (income is None or economies[geo].income is income)
        and (size is None or economies[geo].size is size)
        and (grid is None or economies[geo].grid is grid)
    ]
    if len(kept) < FEWEST:
        return
    low, middle, high = (f"{q:.3g}" for q in np.quantile([value for _, value in kept], (0.1, 0.5, 0.9)))
    years = sorted({year for year, _ in kept})
    span = f"{years[0]}" if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    yield name, income or "", size or "", grid or "", len(kept), low, middle, high, unit, span, source


def _read(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def _geos() -> dict[str, str]:
    listed = _read("gapminder-systema-globalis/_geo_country.csv")
    return {**{row["name"]: row["country"] for row in listed}, **_ALIASES}


def _gapminder(name: str, factor: float = 1.0) -> dict[str, tuple[int, float]]:
    """Read the latest value of an indicator for each economy."""
    found: dict[str, tuple[int, float]] = {}
    for row in _read(f"gapminder-systema-globalis/{name}.csv"):
        year = int(row["time"])
        if _OLDEST <= year <= _LATEST and row[name] and year >= found.get(row["geo"], (0, 0.0))[0]:
            found[row["geo"]] = (year, float(row[name]) * factor)
    return found


def _demand() -> dict[str, tuple[int, float]]:
    rows = _read("owid-electricity-demand/electricity_demand_twh_latest.csv")
    return {
        row["iso3"].lower(): (int(row["year"]), float(row["elec_demand_twh"]))
        for row in rows
        if int(row["year"]) >= _OLDEST
    }


def _mix() -> dict[str, dict[int, dict[str, str]]]:
    geos = _geos()
    found: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
    for row in _read("owid-energy/electricity_mix_bp_ember_2022.csv"):
        if row["Country"] in geos:
            found[geos[row["Country"]]][int(row["Year"])] = row
    return found


def _latest(
    mix: Mapping[str, Mapping[int, dict[str, str]]], read: Callable[[dict[str, str]], float | None]
) -> dict[str, tuple[int, float]]:
    found: dict[str, tuple[int, float]] = {}
    for geo, years in mix.items():
        for year in sorted(years):
            value = read(years[year])
            if year >= _OLDEST and value is not None:
                found[geo] = (year, value)
    return found


def _growth(mix: Mapping[str, Mapping[int, dict[str, str]]]) -> dict[str, tuple[int, float]]:
    """Read the yearly growth of generation over the last five years told."""
    found = {}
    for geo, years in mix.items():
        told = {year: float(row[_TWH]) for year, row in years.items() if row[_TWH] and float(row[_TWH]) > 0}
        last = max(told, default=0)
        if last >= _OLDEST and last - _GROWTH_YEARS in told:
            found[geo] = (last, (told[last] / told[last - _GROWTH_YEARS]) ** (1 / _GROWTH_YEARS) - 1)
    return found


_TWH = "Electricity generation (TWh)"


def _halls(population: Values, sector: str) -> dict[str, tuple[int, float]]:
    """Read chips per million people in listed clusters that exist; an economy without a listed one is left out."""
    geos = _geos()
    found: dict[str, float] = defaultdict(float)
    for row in clusters():
        if row["Sector"] == sector and row["Country"] in geos:
            found[geos[row["Country"]]] += float(row["H100 equivalents"])
    return {geo: (_LATEST, chips / population[geo][1]) for geo, chips in found.items() if geo in population}


def _chip_share(country: str) -> float:
    """Read the part of the listed chips of the world that stands in one country."""
    chips: dict[str, float] = defaultdict(float)
    for row in clusters():
        chips[row["Country"]] += float(row["H100 equivalents"])
    return chips[country] / sum(chips.values())


def clusters() -> list[dict[str, str]]:
    """Read listed clusters that exist, each once: planned ones, and possible duplicates, are no capacity."""
    return [
        row
        for row in _read("epoch-ai/2026-04/gpu_clusters.csv")
        if row["Status"] == "Existing" and row["Possible Duplicate"] != "True" and row["H100 equivalents"]
    ]


def _share(row: Mapping[str, str], column: str) -> float | None:
    return float(row[column]) / 100 if row[column] else None


def _positive(value: float | None) -> float | None:
    """Exporters import nothing on balance."""
    return None if value is None else max(0.0, value)


def _value(values: Values, geo: str) -> float | None:
    return values[geo][1] if geo in values else None


if __name__ == "__main__":
    print(table(), end="")
