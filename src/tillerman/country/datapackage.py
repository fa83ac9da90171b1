"""The Frictionless description of a folder: what each table and column means, for other people's tools."""

from __future__ import annotations

from datetime import date

from tillerman.country.columns import Column, choices, columns_of
from tillerman.country.record import Country, tables_of

Json = dict[str, object]
_TYPES = {bool: "boolean", int: "integer", float: "number", date: "date"}


def datapackage(country: Country) -> Json:
    """Describe a country's folder as a Frictionless data package."""
    return {
        "profile": "tabular-data-package",
        "name": "country-file",
        "title": f"Country file: {country.frame.name}",
        "description": "One table a file; country.toml holds the frame. Lists in a cell are separated by semicolons.",
        "resources": [_resource(table, record) for table, record in tables_of(country).items()],
    }


def _resource(table: str, record: type) -> Json:
    columns = columns_of(record)
    schema: Json = {"fields": [_field(item) for item in columns.values()], "missingValues": [""]}
    keys = [name for name, item in columns.items() if item.is_key]
    if keys:
        schema["primaryKey"] = keys
    foreign = [
        {"fields": [name], "reference": {"resource": item.references[0], "fields": ["id"]}}
        for name, item in columns.items()
        if len(item.references) == 1 and not item.is_list
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{table}.csv",
        "title": (record.__doc__ or "").splitlines()[0],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(item: Column) -> Json:
    field: Json = {
        "name": item.name,
        "type": "string" if item.is_list else _TYPES.get(item.type, "string"),
        "description": item.doc,
    }
    if item.unit:
        field["unit"] = item.unit
    constraints: Json = {}
    if not item.is_optional:
        constraints["required"] = True
    if item.is_key:
        constraints["unique"] = True
    if not item.is_list:
        if item.minimum is not None:
            constraints["minimum"] = item.minimum
        if item.maximum is not None:
            constraints["maximum"] = item.maximum
        if words := choices(item):
            constraints["enum"] = list(words)
    if constraints:
        field["constraints"] = constraints
    return field
