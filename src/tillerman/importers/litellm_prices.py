"""Token prices from LiteLLM's public list: models rented by call get a price, and the day on which they are retired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tillerman.country import Country
from tillerman.country.notes import DateKind, KeyDate
from tillerman.country.stack import Model
from tillerman.errors import CountryFileError, Problem
from tillerman.importers.links import Link, linked
from tillerman.importers.source import Asked, Found, Importer, Reading, named
from tillerman.importers.table import read_json
from tillerman.labels import Grade

READ, WRITTEN = 0.8, 0.2  # four parts read to one part written, as in the shipped files
MTOK = 1e6
_COLUMN = "price_usd_per_mtok"
_PER_TOKEN = ("input_cost_per_token", "output_cost_per_token")

Entry = Mapping[str, object]


def read(asked: Asked) -> Reading:
    """Read the prices of linked models; the range is what other sellers ask for the same model."""
    prices = _entries(asked)
    rented = [model.id for model in asked.country.models if not model.is_open_weights]
    links = linked(asked.links, named("models", rented, asked.country), prices)
    told = {link.row for link in links}
    return Reading(
        found=tuple(_found(link, prices, asked.country) for link in links),
        dates=tuple(_dates(asked.country, links, prices)),
        left_out=tuple(f"{m.id}: its weights run on own chips, without a price" for m in _open(asked.country)),
        unmatched=tuple(model for model in rented if model not in told),
    )


def _open(country: Country) -> Iterator[Model]:
    return (model for model in country.models if model.is_open_weights)


def _entries(asked: Asked) -> dict[str, Entry]:
    content = read_json(asked.path)
    expected = "one JSON object: model names, each with its prices"
    remedy = "Take the list as LiteLLM publishes it."
    if not isinstance(content, dict) or not content:
        raise CountryFileError(asked.path.name, [Problem(asked.path.name, "another shape", expected, remedy)])
    prices: dict[str, Entry] = {
        name: entry for name, entry in content.items() if isinstance(entry, dict) and _is_price(entry)
    }
    prices.pop("sample_spec", None)
    if not prices:
        raise CountryFileError(asked.path.name, [Problem(asked.path.name, "no price per token", expected, remedy)])
    return prices


def _is_price(entry: Entry) -> bool:
    values = [entry.get(name) for name in _PER_TOKEN]
    return all(isinstance(value, int | float) and value >= 0 for value in values) and any(values)


def _price(entry: Entry) -> float:
    read_at, written_at = (float(str(entry[name])) for name in _PER_TOKEN)
    return MTOK * (READ * read_at + WRITTEN * written_at)


def _found(link: Link, prices: Mapping[str, Entry], country: Country) -> Found:
    """The price of a model. A range that the file holds stays: sellers differ less than the models one may choose."""
    sellers = [_price(entry) for name, entry in prices.items() if _plain(name) == _plain(link.source)]
    is_known = any((e.table, e.row, e.column) == ("models", link.row, _COLUMN) for e in country.evidence)
    return Found(
        table="models",
        row=link.row,
        column=_COLUMN,
        value=_price(prices[link.source]),
        low=None if is_known else min(sellers),
        high=None if is_known else max(sellers),
        source_row=f"model={link.source}",
        source_column=f"{READ}*{_PER_TOKEN[0]} + {WRITTEN}*{_PER_TOKEN[1]}",
        source_factor=MTOK,
        year=None,
        grade=Grade.REPORTED,
        title="List price, four parts read to one part written",
        note=f"{len(sellers)} sellers of this model ask from {min(sellers):.3g} to {max(sellers):.3g}.",
    )


def _plain(name: str) -> str:
    """A model's name without the seller's path before it."""
    return name.rpartition("/")[2]


def _dates(country: Country, links: tuple[Link, ...], prices: Mapping[str, Entry]) -> Iterator[KeyDate]:
    taken = {row.id for row in country.dates}
    for link in links:
        text = str(prices[link.source].get("deprecation_date", ""))
        try:
            day = date.fromisoformat(text)
        except ValueError:
            continue
        name = f"{link.row}_retired_{day.isoformat()}"
        if name not in taken:
            what = f"{link.source} is retired by its maker."
            yield KeyDate(name, day, DateKind.RETIREMENT, link.row, what, None, "LiteLLM price list, deprecation_date")


IMPORTER = Importer(
    name="litellm-prices",
    feeds="models: price_usd_per_mtok of models rented by call; dates: their retirement",
    publisher="LiteLLM model price list (public list prices)",
    licence="MIT",
    read=read,
)
