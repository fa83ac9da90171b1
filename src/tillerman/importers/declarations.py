"""Posture declarations as JSON, both ways: what strategies say of each layer, into a country file and out of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from tillerman.country import Country
from tillerman.country.canonical import text_of
from tillerman.country.cells import Refusal, read_cell
from tillerman.country.columns import columns_of
from tillerman.country.notes import Declaration
from tillerman.errors import CountryFileError, Problem, nearest
from tillerman.importers.table import read_json

FORMAT = "tillerman posture declarations 1"
_KEYS = ("format", "country", "declarations")


def read_declarations(country: Country, path: Path) -> tuple[Country, tuple[Declaration, ...], tuple[Declaration, ...]]:
    """Read declarations into a country: the changed country, those that are new or changed, those that were there.

    A declaration of an id that is there replaces it.

    Raises:
        CountryFileError: with every problem of the file.
    """
    content = read_json(path)
    problems: list[Problem] = []
    if not isinstance(content, dict):
        problems.append(Problem(path.name, "another shape", f"one JSON object with {', '.join(_KEYS)}", "Export one."))
        raise CountryFileError(path.name, problems)
    _judge_head(content, country, path.name, problems)
    listed = content.get("declarations")
    if not isinstance(listed, list):
        problems.append(Problem(f"{path.name}:declarations", repr(listed), "a list", "Write a list of objects."))
        listed = []
    found = [_read(item, f"{path.name}:declarations:{n}", problems) for n, item in enumerate(listed, start=1)]
    whole = [item for item in found if item is not None]
    for n, item in enumerate(whole):
        if item.id in {other.id for other in whole[:n]}:
            remedy = "Rename one of them."
            problems.append(Problem(f"{path.name}:declarations", f"{item.id!r} a second time", "each id once", remedy))
    if problems:
        raise CountryFileError(path.name, problems)
    before = {row.id: row for row in country.declarations}
    fresh = tuple(item for item in whole if before.get(item.id) != item)
    merged = {**before, **{item.id: item for item in whole}}
    return replace(country, declarations=tuple(merged.values())), fresh, tuple(i for i in whole if i not in fresh)


def written_declarations(country: Country) -> str:
    """The declarations of a country as a JSON text that `read_declarations` reads back equal."""
    columns = columns_of(Declaration)
    listed = [{name: text_of(getattr(row, name)) or None for name in columns} for row in country.declarations]
    content = {"format": FORMAT, "country": country.frame.code, "declarations": listed}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _judge_head(content: Mapping[str, object], country: Country, place: str, problems: list[Problem]) -> None:
    if content.get("format") != FORMAT:
        found = repr(content.get("format"))
        problems.append(Problem(f"{place}:format", found, repr(FORMAT), "Check that this is the file you mean."))
    if content.get("country") != country.frame.code:
        found, expected = repr(content.get("country")), f"{country.frame.code!r}, the country of the file"
        problems.append(Problem(f"{place}:country", found, expected, "Take the declarations of this country."))
    expected = f"one of {', '.join(_KEYS)}"
    problems += [Problem(place, f"the key {key!r}", expected, "Remove it.") for key in content.keys() - set(_KEYS)]


def _read(item: object, place: str, problems: list[Problem]) -> Declaration | None:
    columns = columns_of(Declaration)
    if not isinstance(item, dict):
        problems.append(Problem(place, repr(item), f"an object with {', '.join(columns)}", "Write an object."))
        return None
    for key in item.keys() - set(columns):
        near = nearest(str(key), columns)
        remedy = f"Did you mean {near[0]!r}?" if near else "Remove it."
        problems.append(Problem(place, f"the key {key!r}", f"one of {', '.join(columns)}", remedy))
    values: dict[str, str | date | None] = {}
    for name, column in columns.items():
        value = item.get(name)
        if value is not None and not isinstance(value, str):
            problems.append(Problem(f"{place}:{name}", repr(value), "a text", "Put it in double quotes."))
            continue
        read = read_cell(column, value or "")
        if isinstance(read, Refusal):
            problems.append(Problem(f"{place}:{name}", read.found, read.expected, read.remedy))
        elif read is None or isinstance(read, str | date):
            values[name] = read
    return Declaration(**values) if len(values) == len(fields(Declaration)) else None  # type: ignore[arg-type]
