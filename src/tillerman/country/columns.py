"""How a column of a country file is declared: once, on the record that carries it."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

_KEY = "tillerman.column"


@dataclass(frozen=True)
class Column:
    """One column: its meaning, unit, limits, and the tables whose ids it may name."""

    name: str
    doc: str
    type: type  # str, int, float, bool, or a StrEnum
    is_list: bool  # several values in a cell, separated by ';'
    is_optional: bool  # a blank cell is allowed and means "not known / not applicable"
    unit: str
    minimum: float | None
    maximum: float | None
    references: tuple[str, ...]
    is_key: bool

    @property
    def is_number(self) -> bool:
        """True for columns that carry a quantity, and so want evidence."""
        return self.type in (int, float)


def column(
    doc: str,
    *,
    unit: str = "",
    minimum: float | None = None,
    maximum: float | None = None,
    references: tuple[str, ...] = (),
    is_key: bool = False,
) -> typing.Any:  # noqa: ANN401 - as dataclasses.field: the type is the field's annotation
    """Declare a column of a table; its Python type is the field's annotation."""
    declared = {
        "doc": doc,
        "unit": unit,
        "minimum": minimum,
        "maximum": maximum,
        "references": references,
        "is_key": is_key,
    }
    return dataclasses.field(metadata={_KEY: declared})


@cache
def columns_of(record: type) -> Mapping[str, Column]:
    """Return the declared columns of a record class, in file order."""
    hints = typing.get_type_hints(record)
    found: dict[str, Column] = {}
    for item in dataclasses.fields(record):
        declared = item.metadata[_KEY]
        base, is_list, is_optional = _unwrap(hints[item.name])
        found[item.name] = Column(name=item.name, type=base, is_list=is_list, is_optional=is_optional, **declared)
    return types.MappingProxyType(found)


def _unwrap(hint: typing.Any) -> tuple[type, bool, bool]:  # noqa: ANN401 - an annotation has no common type
    """Split `X`, `X | None` and `tuple[X, ...]` into (X, is a list, may be blank)."""
    if typing.get_origin(hint) is tuple:
        return typing.get_args(hint)[0], True, True
    arguments = typing.get_args(hint)
    if arguments and type(None) in arguments:
        return next(a for a in arguments if a is not type(None)), False, True
    return hint, False, False


def choices(item: Column) -> tuple[str, ...]:
    """Return the words a column accepts, empty where any word is."""
    return tuple(member.value for member in item.type) if issubclass(item.type, Enum) else ()
