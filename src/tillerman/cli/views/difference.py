"""The answer of `tillerman diff`: what differs between two country files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from tillerman.country import Change


@dataclass(frozen=True)
class ChangeView:
    """One cell, or one whole row, that differs."""

    table: Annotated[str, "The table; frame for country.toml."]
    row: Annotated[str, "Id of the row; blank where the whole table is meant."]
    column: Annotated[str | None, "The column; null when the whole row is new or gone."]
    before: Annotated[str | None, "What the first file says; null when the row is new."]
    after: Annotated[str | None, "What the second file says; null when the row is gone."]
    unit: Annotated[str, "The column's unit."]
    text: Annotated[str, "The change in words."]


@dataclass(frozen=True)
class DifferenceView:
    """What differs between two country files."""

    first: Annotated[str, "Hash of the first file's content."]
    second: Annotated[str, "Hash of the second file's content."]
    is_same: Annotated[bool, "True when nothing differs."]
    changes: Annotated[tuple[ChangeView, ...], "Every change, in file order."]


def view_difference(first: str, second: str, changes: tuple[Change, ...]) -> DifferenceView:
    """Put changes into the form that is shown and printed."""
    rows = (ChangeView(c.table, c.row, c.column, c.before, c.after, c.unit, str(c)) for c in changes)
    return DifferenceView(first, second, not changes, tuple(rows))
