"""Records as rows of SQLite, and back: every field a column, a nested record's fields side by side with its own prefix.

Numbers keep every bit; lists become JSON texts; words of a fixed list and dates become texts; not known becomes NULL.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache, cached_property
from typing import Any

Value = str | int | float | None
Row = Mapping[str, Value]

_SQL = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER"}


@dataclass(frozen=True)
class Field:
    """One field of a record: its type without the None, and whether None is allowed."""

    name: str
    type: Any
    is_optional: bool

    @cached_property
    def is_record(self) -> bool:
        """True for a nested record."""
        return isinstance(self.type, type) and is_dataclass(self.type)

    @cached_property
    def items(self) -> Any | None:  # noqa: ANN401 - an annotation has no common type
        """What a tuple holds, or None where the field is no tuple."""
        return typing.get_args(self.type)[0] if typing.get_origin(self.type) is tuple else None

    @cached_property
    def is_list_of_records(self) -> bool:
        """True for a list of records, which has a table of its own."""
        return isinstance(self.items, type) and is_dataclass(self.items)

    @cached_property
    def sql(self) -> str:
        """The column's type in SQLite."""
        return _SQL.get(self.type, "TEXT")


@cache
def fields_of(record: type) -> tuple[Field, ...]:
    """The fields of a record, in order; what does not count when two records are compared is not kept."""
    hints = typing.get_type_hints(record)
    return tuple(_field(item.name, hints[item.name]) for item in fields(record) if item.compare)


def _field(name: str, hint: Any) -> Field:  # noqa: ANN401 - as above
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) in (typing.Union, types.UnionType) and type(None) in arguments:
        return Field(name, next(a for a in arguments if a is not type(None)), is_optional=True)
    return Field(name, hint, is_optional=False)


def columns_of(record: type, prefix: str = "") -> Iterator[tuple[str, str]]:
    """The columns of a record's table, with their SQLite types; a list of records in it is a table of its own."""
    for item in fields_of(record):
        if item.is_list_of_records:
            continue
        if item.is_record:
            yield from columns_of(item.type, f"{prefix}{item.name}_")
        else:
            yield prefix + item.name, item.sql


def to_cells(record: type, value: object) -> Iterator[Value]:
    """A record's cells, in the order of its columns; all NULL where there is no record."""
    for item in fields_of(record):
        if item.is_list_of_records:
            continue
        inner = None if value is None else getattr(value, item.name)
        if item.is_record:
            yield from to_cells(item.type, inner)
        else:
            yield encode(inner)


def from_row(record: type, row: Row, prefix: str = "", *, lists: Mapping[str, tuple[Any, ...]] | None = None) -> Any:  # noqa: ANN401 - the record asked for
    """A record from its row and its lists. Raises ValueError or KeyError where the row is not one of its own."""
    values: dict[str, Any] = dict(lists or {})
    for item in fields_of(record):
        name = prefix + item.name
        if item.is_list_of_records:
            continue
        if not item.is_record:
            values[item.name] = decode(item, row[name])
        elif item.is_optional and all(row[column] is None for column, _ in columns_of(item.type, f"{name}_")):
            values[item.name] = None
        else:
            values[item.name] = from_row(item.type, row, f"{name}_")
    return record(**values)


def encode(value: object) -> Value:
    """One value as it stands in a cell."""
    match value:
        case Enum():
            return str(value.value)
        case None | str():
            return value
        case int():
            return int(value)  # a yes or no too
        case float():
            return float(value)
        case date():
            return value.isoformat()
        case tuple():
            return json.dumps([_encode_item(item) for item in value], ensure_ascii=False)
    raise TypeError(f"{type(value).__name__} has no place in a study")


def _encode_item(value: object) -> Any:  # noqa: ANN401 - JSON has no type of its own
    return [_encode_item(item) for item in value] if isinstance(value, tuple) else encode(value)


def decode(item: Field, value: Value) -> object:
    """One value from its cell. Raises ValueError where the cell does not hold such a value."""
    if value is None:
        if item.is_optional:
            return None
        raise ValueError(f"{item.name} is empty")
    if item.items is not None:
        if not isinstance(value, str):
            raise ValueError(f"{item.name} is no list")
        return _tuple(item.type, json.loads(value))
    return _scalar(item.type, value)


def _tuple(hint: Any, values: Any) -> object:  # noqa: ANN401 - as above
    inner = typing.get_args(hint)[0]
    if typing.get_origin(inner) is tuple:
        return tuple(_tuple(inner, value) for value in values)
    return tuple(_scalar(inner, value) for value in values)


def _scalar(kind: Any, value: Any) -> object:  # noqa: ANN401 - as above
    if kind is date:
        return date.fromisoformat(value)
    if kind is bool and value in (0, 1):
        return bool(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is float and isinstance(value, int):
        return float(value)
    if kind is bool or not isinstance(value, kind):
        raise ValueError(f"{value!r} is no {kind.__name__}")
    return value
