"""Rules about evidence: it speaks of a number that exists, in its unit, within its range, with a source."""

from __future__ import annotations

from collections.abc import Iterator

from tillerman.country.canonical import text_of
from tillerman.country.checks.rule import Finding, Lookup, NameRule, Rule
from tillerman.country.columns import Column, columns_of
from tillerman.country.frame import Evidence, Frame
from tillerman.country.record import TABLES, Country
from tillerman.errors import nearest
from tillerman.labels import Grade

_RECORDS: dict[str, type] = {"frame": Frame, **TABLES}


def _finding(position: int, column: str, found: str, expected: str, remedy: str) -> Finding:
    return Finding("evidence", position, column, found, expected, remedy)


def _meant(names: object, name: str, otherwise: str) -> str:
    near = nearest(name, tuple(map(str, names))) if isinstance(names, (set, frozenset, dict)) else ()
    return f"Did you mean {near[0]!r}?" if near else otherwise


def _speaks_of_something(country: Country) -> Iterator[Finding]:
    for position, row in enumerate(country.evidence):
        if row.table not in _RECORDS:
            remedy = _meant(_RECORDS, row.table, "Name a table, or frame.")
            yield _finding(position, "table", repr(row.table), "the name of a table, or frame", remedy)
        elif row.column not in (columns := dict(columns_of(_RECORDS[row.table]))):
            remedy = _meant(columns, row.column, "Name a column of that table.")
            yield _finding(position, "column", repr(row.column), f"a column of {row.table}", remedy)


def _row_exists(country: Country, lookup: Lookup) -> Iterator[Finding]:
    ids = {table: lookup.names(table, "id") for table in TABLES if lookup.can_name(table, "id")}
    for position, row in enumerate(country.evidence):
        if row.table == "frame" and row.row is not None:
            yield _finding(position, "row", repr(row.row), "a blank for the frame", "Leave the cell blank.")
        elif row.table in ids and row.row not in ids[row.table]:
            remedy = _meant(ids[row.table], row.row or "", "Name a row of that table.")
            yield _finding(position, "row", repr(row.row or ""), f"the id of a row of {row.table}", remedy)


def _told_once(country: Country) -> Iterator[Finding]:
    seen: set[tuple[str, str | None, str]] = set()
    for position, row in enumerate(country.evidence):
        key = (row.table, row.row, row.column)
        if key in seen:
            found = f"a second row for {row.column} of {row.row or row.table}"
            yield _finding(
                position,
                "column",
                found,
                "one row for a number",
                "Join them; the other side of a contested fact has its own column.",
            )
        seen.add(key)


def _subject(country: Country, row: Evidence) -> tuple[Column, object] | None:
    """Return the column and the value that a row of evidence speaks of, if both exist."""
    record = _RECORDS.get(row.table)
    columns = columns_of(record) if record else {}
    if row.column not in columns:
        return None
    found = country.frame if row.table == "frame" else country.by_id[row.table].get(row.row or "")
    return (columns[row.column], getattr(found, row.column)) if found is not None else None


def _in_its_unit(country: Country) -> Iterator[Finding]:
    for position, row in enumerate(country.evidence):
        columns = columns_of(_RECORDS[row.table]) if row.table in _RECORDS else {}
        item = columns.get(row.column)
        if item is None or (row.low is None and row.high is None and row.unit is None):
            continue
        if (row.unit or "") != item.unit:
            expected = f"{item.unit!r}, the unit of {row.column}" if item.unit else f"a blank: {row.column} has no unit"
            yield _finding(
                position,
                "unit",
                repr(row.unit or ""),
                expected,
                "Convert low and high to the column's unit, and write that unit.",
            )


def _low_below_high(country: Country) -> Iterator[Finding]:
    for position, row in enumerate(country.evidence):
        if row.low is not None and row.high is not None and row.low > row.high:
            yield _finding(
                position, "low", f"low {row.low:g} above high {row.high:g}", "low of high or less", "Exchange the two."
            )


def _both_ends(country: Country) -> Iterator[Finding]:
    for position, row in enumerate(country.evidence):
        if (row.low is None) != (row.high is None):
            missing = "low" if row.low is None else "high"
            yield _finding(
                position, missing, f"a range without its {missing} end", "both ends or none", "Fill in the other end."
            )


def _ranges_of_numbers(country: Country) -> Iterator[Finding]:
    for position, row in enumerate(country.evidence):
        subject = _subject(country, row)
        if subject is None or row.low is None:
            continue
        item, _ = subject
        if not item.is_number or item.is_list:
            yield _finding(
                position,
                "low",
                f"a range for {row.column}",
                "a range only for a single number",
                "Blank low, high and unit.",
            )


def _inside_its_range(country: Country) -> Iterator[Finding]:
    for position, row in enumerate(country.evidence):
        subject = _subject(country, row)
        if subject is None or not isinstance(subject[1], int | float) or row.low is None or row.high is None:
            continue
        item, value = subject
        if isinstance(value, int | float) and row.low <= row.high and not row.low <= value <= row.high:
            found = f"{text_of(value)} {item.unit}".strip() + f" for {row.column} of {row.row or row.table}"
            yield _finding(
                position,
                "low",
                found,
                f"a number from {row.low:g} to {row.high:g}",
                "Widen the range, or correct the number.",
            )


def _range_within_limits(country: Country) -> Iterator[Finding]:
    for position, row in enumerate(country.evidence):
        columns = columns_of(_RECORDS[row.table]) if row.table in _RECORDS else {}
        item = columns.get(row.column)
        for end, value in (("low", row.low), ("high", row.high)):
            if item is None or value is None:
                continue
            if (item.minimum is not None and value < item.minimum) or (
                item.maximum is not None and value > item.maximum
            ):
                found = f"{text_of(value)} for {row.column} of {row.row or row.table}"
                yield _finding(
                    position, end, found, "a range within the column's limits", "Narrow the range, or check its unit."
                )


def _has_a_source(country: Country) -> Iterator[Finding]:
    for position, row in enumerate(country.evidence):
        if row.grade is Grade.ASSUMPTION:
            if row.title is None:
                yield _finding(
                    position,
                    "title",
                    "an assumption without its reasoning",
                    "the reasoning",
                    "Say in the title why this number.",
                )
        elif row.source_file is None and (row.publisher is None or (row.title is None and row.address is None)):
            found = f"the grade {row.grade} without a source"
            expected = "a publisher with a title or address, or a source file"
            yield _finding(position, "publisher", found, expected, "Name the source, or grade it as an assumption.")


def _source_is_dated(country: Country) -> Iterator[Finding]:
    for position, row in enumerate(country.evidence):
        if row.grade is not Grade.ASSUMPTION and row.source_file is None and row.published is None and row.year is None:
            yield _finding(
                position,
                "published",
                "a source without a date",
                "a date of publication, or a year",
                "Fill in one of them.",
            )


def _file_is_pointed_at(country: Country) -> Iterator[Finding]:
    for position, row in enumerate(country.evidence):
        if row.source_file is not None and row.source_column is None:
            yield _finding(
                position,
                "source_column",
                f"{row.source_file!r} without a column",
                "the column read",
                "Name the column and the row.",
            )


RULES = (
    Rule("evidence_subject", "Evidence names a table and one of its columns.", _speaks_of_something),
    NameRule("evidence_row", "Evidence names a row that exists.", _row_exists),
    Rule("evidence_once", "A number has one row of evidence.", _told_once),
    Rule("evidence_unit", "A range is in the unit of its column.", _in_its_unit),
    Rule("low_below_high", "The low end of a range is not above the high end.", _low_below_high),
    Rule("both_ends", "A range has both ends.", _both_ends),
    Rule("ranges_of_numbers", "Only single numbers have a range.", _ranges_of_numbers, whole=("frame",)),
    Rule("inside_its_range", "A number lies within its own range.", _inside_its_range, "warning", whole=("frame",)),
    Rule("range_within_limits", "A range keeps within the column's limits.", _range_within_limits, "warning"),
    Rule("has_a_source", "An assumption gives its reasoning; any better grade gives its source.", _has_a_source),
    Rule("source_is_dated", "A source has a date or a year.", _source_is_dated, "warning"),
    Rule("file_is_pointed_at", "A source file comes with the column that was read.", _file_is_pointed_at),
)
