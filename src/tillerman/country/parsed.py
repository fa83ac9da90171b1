"""A country file cell by cell: values where they could be read, with the place of each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from tillerman.country.cells import Refusal, Value, expected, read_cell
from tillerman.country.columns import Column, columns_of
from tillerman.country.frame import Evidence, Frame
from tillerman.country.raw import RawFile, RawRow, RawTable, at
from tillerman.country.record import NOTES, TABLES, Country
from tillerman.errors import Problem, nearest

CONTENT: Mapping[str, type] = {"frame": Frame, **TABLES, **NOTES, "evidence": Evidence}


@dataclass(frozen=True)
class ParsedRow:
    """One row: where it stands, the values that could be read, and whether that is all of them."""

    where: str
    values: Mapping[str, Value]
    is_whole: bool


@dataclass(frozen=True)
class Parsed:
    """All rows of a file (the frame is a table of one row), and the tables in which something could not be read."""

    places: Mapping[str, str]
    rows: Mapping[str, tuple[ParsedRow, ...]]
    damaged: frozenset[str]

    def where(self, table: str, row: str | int, column: str | None) -> str:
        """Say where a cell stands; `row` is an id, or a position in a table without ids."""
        return at(self._where.get((table, row), self.places[table]), None, column)

    def names(self, table: str, column: str) -> frozenset[str]:
        """Return what stands in a column, items of lists one by one, wherever it could be read."""
        found: set[str] = set()
        for row in self.rows[table]:
            value = row.values.get(column)
            found.update(map(str, value if isinstance(value, tuple) else () if value is None else (value,)))
        return frozenset(found)

    def can_name(self, table: str, column: str) -> bool:
        """Tell whether a column could be read in every row."""
        if table in self.damaged and not self.rows[table]:
            return False
        return all(column in row.values for row in self.rows[table])

    def draft(self, name: str) -> Country:
        """Put every whole row into a record; no rule that reads the frame is asked where that is not whole."""
        records = {
            table: tuple(record(**row.values) for row in self.rows[table] if row.is_whole)
            for table, record in CONTENT.items()
        }
        frames = records.pop("frame")
        frame = cast("Frame", frames[0] if frames else None)
        return Country(frame=frame, name=name, **records)

    @cached_property
    def _where(self) -> dict[tuple[str, str | int], str]:
        """Where each row stands, by id and by position among the whole rows; of two equal ids the first counts."""
        found: dict[tuple[str, str | int], str] = {}
        for table, rows in self.rows.items():
            for position, row in enumerate(row for row in rows if row.is_whole):
                found[table, position] = row.where
            for row in reversed(rows):
                found[table, str(row.values.get("id", ""))] = row.where
            found[table, ""] = self.places[table]
        return found


def parse(raw: RawFile) -> tuple[Parsed, list[Problem]]:
    """Read every cell of a file, and list those that are refused."""
    problems: list[Problem] = []
    places: dict[str, str] = {"frame": raw.frame_place}
    rows: dict[str, tuple[ParsedRow, ...]] = {"frame": _parse_frame(raw, problems) if raw.is_frame_read else ()}
    damaged = {"frame"} if not rows["frame"] or not rows["frame"][0].is_whole else set()
    damaged |= raw.unread
    for table in (*TABLES, *NOTES, "evidence"):
        found = raw.tables.get(table)
        places[table] = found.place if found else f"table {table}"
        rows[table] = _parse_table(found, columns_of(CONTENT[table]), problems) if found else ()
        if not all(row.is_whole for row in rows[table]):
            damaged.add(table)
    return Parsed(places, rows, frozenset(damaged)), problems


def parsed_from(country: Country) -> Parsed:
    """Look at a country in memory as if it had been read, so that the same rules judge it."""
    rows: dict[str, tuple[ParsedRow, ...]] = {"frame": (ParsedRow("frame", vars(country.frame), is_whole=True),)}
    for table in (*TABLES, *NOTES):
        rows[table] = tuple(
            ParsedRow(at(table, None, row.id), vars(row), is_whole=True) for row in getattr(country, table)
        )
    evidence = enumerate(country.evidence, start=2)
    rows["evidence"] = tuple(ParsedRow(at("evidence", number), vars(row), is_whole=True) for number, row in evidence)
    return Parsed({table: table for table in CONTENT}, rows, frozenset())


def _parse_frame(raw: RawFile, problems: list[Problem]) -> tuple[ParsedRow, ...]:
    columns = columns_of(Frame)
    for key, entry in raw.frame.items():
        if key not in columns:
            problems.append(_unknown(entry.where, key, tuple(columns)))
    values: dict[str, Value] = {}
    is_whole = True
    for key, item in columns.items():
        if key not in raw.frame:
            if _may_lack(item):
                values[key] = None
            else:
                where = at(raw.frame_place, None, key)
                problems.append(Problem(where, "no such key", expected(item), f"Add it: {item.doc}"))
                is_whole = False
            continue
        entry = raw.frame[key]
        value = read_cell(item, entry.text)
        if isinstance(value, Refusal):
            problems.append(_refused(entry.where, value))
            is_whole = False
        else:
            values[key] = value
    return (ParsedRow(raw.frame_place, values, is_whole),)


def _parse_table(raw: RawTable, columns: Mapping[str, Column], problems: list[Problem]) -> tuple[ParsedRow, ...]:
    problems.extend(
        _unknown(at(raw.place, 1, name), name, tuple(columns)) for name in raw.header if name and name not in columns
    )
    missing = [name for name, item in columns.items() if name not in raw.header]
    problems.extend(
        Problem(at(raw.place, 1, name), "no such column", f"a column named {name!r}", f"Add it: {columns[name].doc}")
        for name in missing
        if not _may_lack(columns[name])
    )
    is_complete = all(_may_lack(columns[name]) for name in missing)
    return tuple(_parse_row(raw, row, columns, problems, is_complete=is_complete) for row in raw.rows)


def _parse_row(
    raw: RawTable, row: RawRow, columns: Mapping[str, Column], problems: list[Problem], *, is_complete: bool
) -> ParsedRow:
    texts = dict(zip(raw.header, row.cells, strict=True))
    values: dict[str, Value] = {}
    is_whole = is_complete and row.is_aligned
    for name, item in columns.items():
        if name not in texts:
            if _may_lack(item):
                values[name] = None
            continue
        value = read_cell(item, texts[name])
        if not isinstance(value, Refusal):
            values[name] = value
            continue
        is_whole = False
        if row.is_aligned:
            problems.append(_refused(at(raw.place, row.number, name), value))
    kept = values if row.is_aligned else {key: values[key] for key in ("id",) if key in values}
    return ParsedRow(at(raw.place, row.number), kept, is_whole)


def _may_lack(item: Column) -> bool:
    """A column may be left out if its blank means 'not known'; a list's blank means 'none', which must be said."""
    return item.is_optional and not item.is_list


def _refused(where: str, refusal: Refusal) -> Problem:
    return Problem(where, refusal.found, refusal.expected, refusal.remedy, refusal.severity)


def _unknown(where: str, name: str, known: tuple[str, ...]) -> Problem:
    near = nearest(name, known)
    remedy = f"Did you mean {near[0]!r}?" if near else "Remove it, or keep the remark in a note."
    return Problem(where, f"{name!r}", "a name from the reference page of the country file", remedy)
