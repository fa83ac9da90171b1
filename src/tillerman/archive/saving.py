"""Writing a study: whole or not at all, and the same bytes for the same plan."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import reduce
from pathlib import Path

from tillerman.archive.cells import Value, encode, to_cells
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
from tillerman.plan import Plan


def save(plan: Plan, path: str | Path) -> Path:
    """Write a plan as a study file, replacing an older one only when the new one is complete."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        with closing(sqlite3.connect(fresh)) as base:
            base.execute("PRAGMA journal_mode = OFF")  # the file is new and thrown away if anything fails
            base.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            base.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            _fill(base, plan)
            base.commit()
        fresh.chmod(0o644)
        fresh.replace(target)
    except sqlite3.OperationalError as error:  # a full disk; the statements are our own
        raise OSError(errno.EIO, str(error), str(target)) from error
    finally:
        fresh.unlink(missing_ok=True)
    return target


def _fill(base: sqlite3.Connection, plan: Plan) -> None:
    _table(base, MARKS, (("key", "TEXT"), ("value", "TEXT")), _marks(plan))
    loose = loose_fields()
    row = [encode(_at(plan, item.path)) for item in loose]
    _table(base, LOOSE, [(item.name, item.field.sql) for item in loose], [row])
    for table in plan_tables():
        _table(base, table.name, table.columns, _rows(plan, table))
    for table in asked_tables():
        if getattr(plan.asked, table.question) is not None:
            _table(base, table.name, table.columns, _rows(plan, table))
    for table in input_tables():
        _table(base, table.name, table.columns, _rows(plan.country, table))
    for table in note_tables():
        if getattr(plan.country, table.path[0]):
            _table(base, table.name, table.columns, _rows(plan.country, table))


def _marks(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "format", "Tillerman study"
    yield "schema_version", str(SCHEMA_VERSION)
    yield "country", plan.country.name
    yield "input_hash", plan.input_hash
    yield "how to cite", plan.cite()


def _rows(root: object, table: Table) -> Iterator[list[Value]]:
    found = _at(root, table.path)
    if table.is_single:
        found = () if found is None else (found,)
    if not isinstance(found, tuple):
        raise TypeError(f"{table.name} is {type(found).__name__}, not a list of records")
    for row in found:
        yield list(to_cells(table.record, row))


def _at(root: object, path: tuple[str, ...]) -> object:
    return reduce(getattr, path, root)


def _table(
    base: sqlite3.Connection, name: str, columns: Iterable[tuple[str, str]], rows: Iterable[Iterable[Value]]
) -> None:
    """Make one table; `position` keeps the order of rows."""
    declared = list(columns)
    written = ", ".join(f'"{column}" {kind}' for column, kind in declared)
    base.execute(f'CREATE TABLE "{name}" (position INTEGER PRIMARY KEY, {written})')
    marks = ", ".join("?" * (len(declared) + 1))
    # Names come from our own records, never from a file.
    base.executemany(f'INSERT INTO "{name}" VALUES ({marks})', ([at, *row] for at, row in enumerate(rows)))  # noqa: S608 - see above
