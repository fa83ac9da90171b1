"""Opening a study: an equal plan, or a plain statement of why the file cannot be trusted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tillerman.archive.cells import Row, decode, from_row
from tillerman.archive.tables import (
    APPLICATION_ID,
    LOOSE,
    MARKS,
    SCHEMA_VERSION,
    Table,
    asked_tables,
    input_tables,
    loose_fields,
    note_tables,
    plan_tables,
)
from tillerman.country import Country
from tillerman.dispatch import compile_dispatch, period_of
from tillerman.errors import StudyError
from tillerman.exposure import Exposure, Keeper, fleet_as_today
from tillerman.plan import Asked, Plan

_LONGEST = 4_000_000  # bytes of one cell or row; the longest that we write has some thousand
_COLUMN_IS_COMPUTED = (2, 3)  # how `table_xinfo` marks a column that is an expression


def open_study(path: str | Path) -> Plan:
    """Open a study file and return the plan that was saved in it.

    Raises:
        StudyError: when it is no study, damaged, of another version, or its country was changed after it was saved.
    """
    source = Path(path)
    if not source.is_file():
        raise StudyError(f"{source}: found no such file; expected a study. Check the path.")
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as base:
            base.row_factory = sqlite3.Row
            base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
            base.execute("PRAGMA trusted_schema = OFF")
            _refuse_strangers(base, source)
            return _plan(base, source)
    except (sqlite3.Error, ValueError, KeyError, IndexError, TypeError) as error:
        if isinstance(error, StudyError):
            raise
        raise StudyError(f"{source}: found a damaged study ({error}); expected a complete one. Plan again.") from error


def _refuse_strangers(base: sqlite3.Connection, source: Path) -> None:
    if base.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StudyError(f"{source}: found another kind of database; expected a study. Check the path.")
    # We write tables only: a view or a trigger is code that would run while we read, perhaps without end.
    if base.execute("SELECT 1 FROM sqlite_master WHERE type <> 'table' OR sql LIKE 'CREATE VIRTUAL%'").fetchone():
        raise StudyError(f"{source}: found views or triggers; expected tables only. Plan again.")
    # So is a column that is computed: a file of a few bytes could fill the memory.
    columns = "SELECT hidden FROM sqlite_master AS item, pragma_table_xinfo(item.name) WHERE item.type = 'table'"
    if any(hidden in _COLUMN_IS_COMPUTED for (hidden,) in base.execute(columns)):
        raise StudyError(f"{source}: found computed columns; expected tables of values. Plan again.")
    version = base.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        raise StudyError(
            f"{source}: found a study of format {version}; expected format {SCHEMA_VERSION}. "
            f"Open it with the version of Tillerman that wrote it, or plan again."
        )


def _plan(base: sqlite3.Connection, source: Path) -> Plan:
    marks = {str(row["key"]): str(row["value"]) for row in _rows(base, MARKS)}
    there = _names(base)
    inputs = {table.path[0]: _content(base, table) for table in input_tables()}
    inputs.update({table.path[0]: _content(base, table) for table in note_tables() if table.name in there})
    country = Country(name=marks["country"], **inputs)
    if country.content_hash != marks["input_hash"]:
        raise StudyError(
            f"{source}: found a country file that was changed after the study was saved; expected the one it was made "
            f"from. Change the country file itself and plan again."
        )
    loose = _rows(base, LOOSE)[0]
    values: dict[tuple[str, ...], Any] = {item.path: decode(item.field, loose[item.name]) for item in loose_fields()}
    values.update({table.path: _content(base, table) for table in plan_tables()})
    exposure: dict[str, Any] = {path[1]: value for path, value in values.items() if path[0] == "today"}
    plan: dict[str, Any] = {path[0]: value for path, value in values.items() if path[0] != "today"}
    today = Exposure(country=country, keeper=_keeper(country, exposure["year"]), **exposure)
    return Plan(country=country, today=today, asked=_asked(base), **plan)


def _names(base: sqlite3.Connection) -> frozenset[str]:
    """The tables that are there."""
    return frozenset(str(name) for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))


def _asked(base: sqlite3.Connection) -> Asked:
    """The questions that were asked about the plan: those whose tables are there."""
    there = _names(base)
    lists: dict[str, dict[str, tuple[Any, ...]]] = {}
    answers: dict[str, Any] = {}
    for table in reversed(asked_tables()):  # an answer's lists before the answer itself
        if table.name not in there:
            continue
        if not table.is_single:
            lists.setdefault(table.question, {})[table.path[-1]] = _content(base, table)
            continue
        rows = _rows(base, table.name)
        if len(rows) != 1:
            raise ValueError(f"{table.name} has {len(rows)} rows")
        answers[table.question] = from_row(table.record, rows[0], lists=lists.get(table.question))
    return Asked(**answers)


def _keeper(country: Country, year: int) -> Keeper:
    """What answers further questions about today; made again from the country, as it was made when planning."""
    dispatch = compile_dispatch(country)
    return Keeper(dispatch, fleet_as_today(dispatch), period_of(country, year))


def _content(base: sqlite3.Connection, table: Table) -> Any:  # noqa: ANN401 - a record or a tuple of them
    found = [from_row(table.record, row) for row in _rows(base, table.name)]
    if not table.is_single:
        return tuple(found)
    if len(found) != 1 and not (table.is_optional and not found):
        raise ValueError(f"{table.name} has {len(found)} rows")
    return found[0] if found else None


def _rows(base: sqlite3.Connection, name: str) -> list[Row]:
    # Names come from our own records, never from a file.
    return [dict(row) for row in base.execute(f'SELECT * FROM "{name}" ORDER BY position')]  # noqa: S608 - see above
