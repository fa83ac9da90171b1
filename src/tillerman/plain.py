"""Records as JSON: the one form in which the command line and the browser's programs are answered."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def to_json(value: object, *, indent: int | None = 2) -> str:
    """A record as JSON; a bound that is not there, or a number that is none, is null."""
    return json.dumps(plain(value), ensure_ascii=False, indent=indent, allow_nan=False)


def plain(value: object) -> Json:
    """A record as objects, lists, texts and numbers."""
    match value:
        case tuple() | list():
            return [plain(item) for item in value]
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
    if is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    return _single(value)


def _single(value: object) -> Json:
    match value:
        case Enum():
            return str(value.value)
        case None | bool() | int() | str():
            return value
        case float():
            return float(value) if math.isfinite(value) else None  # a numpy number too; JSON has no infinity
        case date():
            return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
