"""Small made-up sources with the published column names, the real files where they are at hand, and one way to ask."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tillerman.country import Country, load
from tillerman.importers import SOURCES, Asked, Proposal, parse_link, propose

DATA = Path(__file__).parents[3] / "shared" / "data"
TODAY = date(2026, 11, 22)

Rows = list[dict[str, str]]


def _rows(header: str, *lines: str) -> Rows:
    names = header.split(",")
    return [dict(zip(names, line.split(","), strict=True)) for line in lines]


def _chips() -> Rows:
    return _rows(
        "Hardware name,TDP (W),Tensor-FP16/BF16 performance (FLOP/s)",
        "NVIDIA H100 SXM5 80GB,700,1000000000000000",
        "Twice,1400,2000000000000000",
        "Saver,500,1000000000000000",
    )


def _clusters() -> Rows:
    return _rows(
        "Name,Status,Certainty,Possible Duplicate,H100 equivalents,Country,First Operational Date",
        "Hall,Existing,Confirmed,,40,Kenya,2025-03-01",
        "Annex,Existing,Likely,,20,Kenya,2025-06-01",
        "Dream,Planned,Confirmed,,90000,Kenya,",
        "Echo,Existing,Confirmed,True,40,Kenya,2025-03-01",
        "Rumour,Existing,Unlikely,,500,Kenya,2025-03-01",
        "Abroad,Existing,Confirmed,,300,France,2025-03-01",
    )


def _centres() -> Rows:
    return _rows(
        "Name,Current H100 equivalents,Current power (MW),Current total capital cost (2025 USD billions),Country",
        "A,2000,4,0.1,France",
        "B,3000,5,0.2,Japan",
        "C,4000,6,0.15,Japan",
        "D,5000,8,0.3,Norway",
        "E,6000,9,0.31,Norway",
        "Nairobi,100,0.2,0.005,Kenya",
    )


def _generation() -> Rows:
    growth = zip(range(2019, 2026), (10, 11, 12, 13, 14, 15, 17), strict=True)
    lines = [f"{country},{year},{twh}" for year, twh in growth for country in ("Kenya", "Uganda")]
    return _rows("Country,Year,Electricity generation (TWh)", *lines)


def _prices() -> Rows:
    lines = [f"Kenya,KEN,2025-{month:02d}-01,{100 + month}" for month in range(1, 13)]
    return _rows("Country,ISO3 Code,Date,Price (EUR/MWhe)", "France,FRA,2025-12-01,60", *lines)


def _plants() -> Rows:
    return _rows(
        "country,name,capacity_mw,owner,gppd_idnr,year_of_capacity_data",
        "KEN,Hot,600,KenGen,K1,2024",
        "KEN,Hotter,200,KenGen,K2,2024",
        "KEN,Windy,200,Lake,K3,2024",
        "KEN,Lost,1000,,K4,2024",
        "FRA,Golfech,2600,EDF,F1,2024",
    )


def _installed() -> Rows:
    return _rows(
        "Power Generation Technology,Year,Value,Parameter",
        "Geothermal,2024,500,Estimated Installed Capacity (MW)",
        "Geothermal,2025,800,Estimated Installed Capacity (MW)",
        "Hydro,2025,1100,Estimated Installed Capacity (MW)",
        "Wind,2025,100,Estimated Installed Capacity (MW)",
        "Off-grid Solar PV,2025,40,Estimated Installed Capacity (MW)",
    )


def _languages() -> Rows:
    return _rows(
        "crawl,primary_language,pages,urls,%pages/crawl",
        "CC-MAIN-2026-04,<unknown>,20,20,20",
        "CC-MAIN-2026-04,eng,70,70,70",
        "CC-MAIN-2026-04,swa,10,10,10",
    )


# source → rows, the name of its file, the column of names, the column of numbers, and links into Kenya's file
MADE_UP: dict[str, tuple[Callable[[], Rows], str, str, str, tuple[str, ...]]] = {
    "epoch-chips": (_chips, "chips.csv", "Hardware name", "TDP (W)", ("Twice=konza", "Saver=nxtra")),
    "epoch-clusters": (_clusters, "clusters.csv", "Name", "H100 equivalents", ("Hall=safaricom_halls",)),
    "epoch-data-centres": (
        _centres, "centres.csv", "Name", "Current H100 equivalents", ("Nairobi=cassava_nbo@0.5",),
    ),
    "owid-electricity": (
        _generation, "mix.csv", "Country", "Electricity generation (TWh)", ("Kenya=z_rift@0.02",),
    ),
    "ember": (_prices, "prices.csv", "Country", "Price (EUR/MWhe)", ("Kenya=z_coast",)),
    "wri-plants": (_plants, "plants.csv", "country", "capacity_mw", ("Lake=z_nairobi_powers_lake_turkana",)),
    "ccg-starter-kit": (
        _installed, "Table1_KEN.csv", "Power Generation Technology", "Value", ("Wind=z_rift_powers_lake_turkana",),
    ),
    "commoncrawl-languages": (_languages, "languages.csv", "primary_language", "%pages/crawl", ()),
}  # fmt: skip

PRICES = {
    "sample_spec": {"input_cost_per_token": 0.0, "output_cost_per_token": 0.0},
    "maker-5": {"input_cost_per_token": 1e-6, "output_cost_per_token": 6e-6, "deprecation_date": "2027-05-01"},
    "shop/maker-5": {"input_cost_per_token": 2e-6, "output_cost_per_token": 7e-6},
    "pictures": {"output_cost_per_image": 0.04},
}


def as_csv(rows: Rows) -> str:
    """Rows as a CSV text, columns in their own order."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def made_up(source: str, folder: Path, change: Callable[[Rows], Rows] = lambda rows: rows) -> Path:
    """Write the made-up file of a source, changed in some way."""
    if source == "litellm-prices":
        path = folder / "prices.json"
        path.write_text(json.dumps(PRICES), "utf-8")
        return path
    make, name, *_ = MADE_UP[source]
    path = folder / name
    path.write_text(as_csv(change(make())), "utf-8")
    return path


def links_of(source: str) -> tuple[str, ...]:
    """The links of a made-up source into Kenya's file."""
    return ("maker-5=gpt",) if source == "litellm-prices" else MADE_UP[source][4]


@cache
def _kenya() -> Country:
    """Kenya's file, opened once."""
    return load("kenya")


def ask(source: str, path: Path, *links: str, country: Country | None = None, **more: object) -> Proposal:
    """Ask a source what it would change in a country file, Kenya's unless another is given."""
    only, rate, anyway = more.get("only"), more.get("rate", 1.1), more.get("anyway", False)
    assert only is None or isinstance(only, str)
    assert isinstance(rate, float)
    asked = Asked(country or _kenya(), path, TODAY, tuple(map(parse_link, links)), only, rate)
    return propose(SOURCES[source], asked, anyway=bool(anyway))


@pytest.fixture
def data() -> Path:
    """The folder of published files; the test is skipped where it is absent."""
    if not DATA.is_dir():
        pytest.skip("the data folder is not beside this repository")
    return DATA
