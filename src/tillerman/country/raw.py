"""A country file as it was found: texts in cells, before anything is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tillerman.errors import Problem, nearest

MAX_BYTES = 20_000_000  # a file: a hundred times what a full country needs
MAX_ROWS = 20_000  # a table
MAX_COLUMNS = 200  # a table
MAX_CELL = 32_000  # characters in a cell; a workbook holds 32,767


@dataclass(frozen=True)
class RawRow:
    """One row: its number as a spreadsheet shows it, its cells, and whether each stands under its column."""

    number: int
    cells: tuple[str, ...]
    is_aligned: bool = True


@dataclass(frozen=True)
class RawTable:
    """One table as found: where it stands, its header and its rows."""

    place: str
    header: tuple[str, ...]
    rows: tuple[RawRow, ...]


@dataclass(frozen=True)
class RawEntry:
    """One value of the frame as found, and where it stands."""

    where: str
    text: str


@dataclass(frozen=True)
class RawFile:
    """A whole country file as found, with the problems met while opening it."""

    name: str
    is_frame_read: bool
    frame_place: str
    frame: Mapping[str, RawEntry]
    tables: Mapping[str, RawTable]
    unread: frozenset[str]  # tables that are there but could not be opened
    problems: tuple[Problem, ...]


def at(place: str, row: int | None = None, column: str | None = None) -> str:
    """Write where something stands: file, row, column."""
    parts = [place]
    if row is not None:
        parts.append(f"row {row}")
    if column is not None:
        parts.append(column)
    return ":".join(parts)


def table_from(place: str, rows: list[RawRow]) -> tuple[RawTable | None, list[Problem]]:
    """Split a header from its rows, drop blank rows, and list what is wrong with the shape."""
    while rows and not any(rows[-1].cells):
        rows.pop()
    if not rows:
        return None, [
            Problem(
                at(place),
                "an empty table",
                "a header row with the column names",
                "Add the header, or remove the table.",
            )
        ]
    header = _without_blank_end(rows[0].cells)
    if len(header) > MAX_COLUMNS:
        found, remedy = f"{len(header):,} columns", "Check that this is the file you mean."
        return None, [Problem(at(place, 1), found, f"{MAX_COLUMNS} columns or fewer", remedy)]
    problems = _header_problems(place, header)
    body = [row for row in rows[1:] if any(row.cells)]
    if len(body) > MAX_ROWS:
        found = f"{len(body):,} rows"
        problems.append(
            Problem(
                at(place),
                found,
                f"{MAX_ROWS:,} rows or fewer",
                "Check that this is the file you mean; group what can be grouped.",
            )
        )
        body = body[:0]
    kept = []
    for row in body:
        cells = row.cells
        if len(_without_blank_end(cells)) > len(header):
            found = f"{len(_without_blank_end(cells))} cells under {len(header)} column names"
            remedy = "A text with a comma needs double quotes around it; a column needs a name."
            problems.append(Problem(at(place, row.number), found, "one cell for each column", remedy))
            row = replace(row, is_aligned=False)  # noqa: PLW2901 - the same row, marked
        for name, cell in zip(header, cells, strict=False):
            if len(cell) > MAX_CELL:
                found = f"a cell of {len(cell):,} characters"
                problems.append(
                    Problem(
                        at(place, row.number, name), found, f"{MAX_CELL:,} characters or fewer", "Shorten the text."
                    )
                )
        kept.append(replace(row, cells=(*cells, *[""] * (len(header) - len(cells)))[: len(header)]))
    return RawTable(place, header, tuple(kept)), problems


def unknown_table(place: str, name: str, known: tuple[str, ...]) -> Problem:
    """Say that a table's name is not known: an error where it looks like a slip, else a warning that it is left out."""
    near = nearest(name, known)
    remedy = f"Did you mean {near[0]!r}?" if near else "It is left out. Move it elsewhere, or rename it."
    return Problem(at(place), f"a table named {name!r}", "the name of a table", remedy, "error" if near else "warning")


def _without_blank_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _header_problems(place: str, header: tuple[str, ...]) -> list[Problem]:
    problems = []
    for column, name in enumerate(header, start=1):
        if not name:
            problems.append(
                Problem(
                    at(place, 1), f"no name above column {column}", "a name for each column", "Name it or delete it."
                )
            )
        elif name in header[: column - 1]:
            found = f"two columns named {name!r}"
            problems.append(
                Problem(at(place, 1, name), found, "each column once", "Delete the column that is not meant.")
            )
    return problems
