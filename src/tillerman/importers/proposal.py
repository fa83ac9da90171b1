"""From numbers found to proposed changes, judged before anything is written; then the changed country, whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tillerman.country import Country, problems_of, replace_number, to_workbook, write
from tillerman.country.cells import expected
from tillerman.country.columns import Column, columns_of
from tillerman.country.frame import Evidence
from tillerman.country.notes import KeyDate
from tillerman.country.raw import at
from tillerman.country.record import TABLES
from tillerman.country.thirty.form_reading import is_form
from tillerman.errors import CountryFileError, Problem, SettingError
from tillerman.importers.source import Asked, Found, Importer, Reading

JUMP = 9.5  # so many times today's number, and outside its range, is taken for a slip of a decimal or of a unit
_DIGITS = 6


@dataclass(frozen=True)
class Change:
    """One number of the country file as it is and as it would be, with the row of evidence that comes with it."""

    table: str
    row: str
    column: str
    unit: str
    old: float | None  # None where the cell is blank
    new: float
    evidence: Evidence


@dataclass(frozen=True)
class Proposal:
    """Everything that one import would change, and what it leaves alone."""

    source: str
    file: str
    changes: tuple[Change, ...]
    dates: tuple[KeyDate, ...]
    left_out: tuple[str, ...]
    unmatched: tuple[str, ...]
    offers: tuple[str, ...]
    told: tuple[str, ...]
    warnings: tuple[Problem, ...]


def propose(importer: Importer, asked: Asked, *, anyway: bool = False) -> Proposal:
    """Read a source and say what it would change in a country file.

    Raises:
        CountryFileError: with every problem of the source; a number ten times off its range is one unless `anyway`.
        UnknownNameError: when a link names a row that is not there.
    """
    reading = importer.read(asked)
    changes = tuple(_change(importer, asked, item) for item in reading.found)
    problems = [problem for change in changes for problem in _limits(change, asked.path.name)]
    jumps = [problem for change in changes for problem in _jumps(change, asked)]
    if not anyway:
        problems += jumps
    if problems:
        raise CountryFileError(asked.path.name, problems)
    changed = _changed(asked.country, changes)
    if changes and (errors := [problem for problem in problems_of(changed) if problem.severity == "error"]):
        raise CountryFileError(f"{asked.country.name}, with {asked.path.name} in it", errors)
    warnings = (*reading.warnings, *(replace(problem, severity="warning") for problem in jumps))
    return Proposal(
        source=importer.name,
        file=asked.path.name,
        changes=changes,
        dates=_new_dates(asked.country, reading),
        left_out=reading.left_out,
        unmatched=reading.unmatched,
        offers=reading.offers,
        told=reading.told,
        warnings=warnings,
    )


def accept(country: Country, proposal: Proposal) -> Country:
    """Return the country with every proposed change made and its row of evidence in place; the rest is untouched."""
    changed = _changed(country, proposal.changes)
    return replace(changed, dates=(*country.dates, *proposal.dates))


def save(country: Country, place: str | Path) -> Path:
    """Write a changed country over its own folder or workbook, whole or not at all.

    Raises:
        CountryFileError: when the changes would leave a file that cannot be read back.
        SettingError: when the place holds a form of thirty numbers.
    """
    path = Path(place)
    refuse_form(path)
    errors = [problem for problem in problems_of(country) if problem.severity == "error"]
    if errors:
        raise CountryFileError(str(place), errors)
    return to_workbook(country, path) if path.suffix.casefold() in {".xlsx", ".xlsm"} else write(country, path)


def refuse_form(place: str | Path) -> None:
    """Refuse to write over a form of thirty numbers, whose answers would be lost among the rows made from them.

    Raises:
        SettingError: saying how to make a full file of it.
    """
    if is_form(Path(place)):
        remedy = f"Make a full file of it first: tillerman new my-file --grow {place}."
        raise SettingError("country file", str(place), "a full country file, not a form of thirty numbers", remedy)


def _column(table: str, column: str) -> Column:
    return columns_of(TABLES[table])[column]


def _change(importer: Importer, asked: Asked, item: Found) -> Change:
    old = getattr(asked.country.by_id[item.table][item.row], item.column)
    before = _evidence(asked.country, item.table, item.row, item.column)
    new = float(f"{item.value:.{_DIGITS}g}")
    low, high = item.low, item.high
    if low is None and before is not None and before.low is not None and before.high is not None:
        low, high = min(before.low, new), max(before.high, new)
    unit = _column(item.table, item.column).unit
    evidence = Evidence(
        table=item.table,
        row=item.row,
        column=item.column,
        low=None if low is None else float(f"{low:.{_DIGITS}g}"),
        high=None if high is None else float(f"{high:.{_DIGITS}g}"),
        unit=(unit or None) if low is not None else None,
        year=item.year,
        grade=item.grade,
        title=item.title,
        publisher=importer.publisher,
        address=None,
        published=None,
        source_file=asked.path.name,
        source_row=item.source_row,
        source_column=item.source_column,
        source_factor=float(f"{item.source_factor:.{_DIGITS}g}"),
        other_account=before.other_account if before is not None else None,
        note=item.note,
    )
    return Change(item.table, item.row, item.column, unit, old, new, evidence)


def _evidence(country: Country, table: str, row: str, column: str) -> Evidence | None:
    """The row of evidence behind a number, or None."""
    return next((e for e in country.evidence if (e.table, e.row, e.column) == (table, row, column)), None)


def _changed(country: Country, changes: tuple[Change, ...]) -> Country:
    """The country with every change made, and its row of evidence in the place of the old one."""
    for change in changes:
        if change.old is None:
            country = _filled(country, change)
        else:
            country = replace_number(country, change.table, change.row, change.column, change.new)
    fresh = {(c.table, c.row, c.column): c.evidence for c in changes}
    kept = tuple(fresh.pop((item.table, item.row or "", item.column), item) for item in country.evidence)
    return replace(country, evidence=(*kept, *fresh.values()))


def _limits(change: Change, place: str) -> Iterator[Problem]:
    item = _column(change.table, change.column)
    low = -float("inf") if item.minimum is None else item.minimum
    high = float("inf") if item.maximum is None else item.maximum
    if not low <= change.new <= high:
        where = at(place, None, change.evidence.source_column)
        found = f"{change.new:g} for {change.table}, {change.row}, {change.column}"
        yield Problem(where, found, expected(item), "Check the unit, and which rows are linked.")


def _jumps(change: Change, asked: Asked) -> Iterator[Problem]:
    """A number ten times that of the file, and beyond what the file holds possible."""
    if not change.old or change.new <= 0:
        return
    before = _evidence(asked.country, change.table, change.row, change.column)
    low = change.old if before is None or before.low is None else min(before.low, change.old)
    high = change.old if before is None or before.high is None else max(before.high, change.old)
    if not low <= change.new <= high and not 1 / JUMP < change.new / change.old < JUMP:
        times = change.new / change.old
        unit = f" {change.unit}" if change.unit else ""
        found = f"{change.new:g}{unit} for {change.table}, {change.row}, {change.column}: {times:.2g} times today's"
        remedy = "Check the decimals and the unit of the source; if it is meant, add --anyway."
        where = at(asked.path.name, None, change.evidence.source_column)
        yield Problem(where, found, f"something near {low:g} to {high:g}", remedy)


def _filled(country: Country, change: Change) -> Country:
    """The country with a blank cell filled in."""
    rows = getattr(country, change.table)
    changed: dict[str, Any] = {
        change.table: tuple(replace(r, **{change.column: change.new}) if r.id == change.row else r for r in rows)
    }
    return replace(country, **changed)


def _new_dates(country: Country, reading: Reading) -> tuple[KeyDate, ...]:
    """Dates that the file does not hold yet."""
    told = {(row.date, row.kind, row.subject) for row in country.dates}
    return tuple(row for row in reading.dates if (row.date, row.kind, row.subject) not in told)
