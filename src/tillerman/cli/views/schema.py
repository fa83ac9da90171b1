"""The JSON Schema of a view, read from the record's own annotations; its JSON form is that of every record."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from tillerman.plain import Json

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_SCALARS: Mapping[object, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def schema_of(view: type[DataclassInstance]) -> dict[str, Json]:
    """The JSON Schema of a view; each field's description is the text beside its type."""
    definitions: dict[str, Json] = {}
    body = _object(view, definitions)
    head: dict[str, Json] = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": view.__name__}
    return {**head, **body, "$defs": definitions}


def _object(record: type[DataclassInstance], definitions: dict[str, Json]) -> dict[str, Json]:
    hints = typing.get_type_hints(record, include_extras=True)
    names = [item.name for item in fields(record)]
    doc = (record.__doc__ or "").strip()
    properties: dict[str, Json] = {name: _described(hints[name], definitions) for name in names}
    required: list[Json] = list(names)
    return {
        "type": "object",
        "description": doc,
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _described(hint: object, definitions: dict[str, Json]) -> dict[str, Json]:
    if typing.get_origin(hint) is typing.Annotated:
        inner, doc = typing.get_args(hint)
        return {**_type(inner, definitions), "description": doc}
    return _type(hint, definitions)


def _type(hint: object, definitions: dict[str, Json]) -> dict[str, Json]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    found: dict[str, Json]
    if hint in _SCALARS:
        found = {"type": _SCALARS[hint]}
    elif origin is types.UnionType:
        found = {"anyOf": [{"type": "null"} if a is type(None) else _type(a, definitions) for a in arguments]}
    elif origin is typing.Literal:
        found = {"enum": list(arguments)}
    elif origin is tuple:
        found = {"type": "array", "items": _type(arguments[0], definitions)}
    elif origin is dict:
        found = {"type": "object", "additionalProperties": _type(arguments[1], definitions)}
    elif isinstance(hint, type) and is_dataclass(hint):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}  # holds the place, so that definitions stand in order of first use
            definitions[hint.__name__] = _object(hint, definitions)
        found = {"$ref": f"#/$defs/{hint.__name__}"}
    else:
        raise TypeError(f"{hint} has no JSON Schema")
    return found
