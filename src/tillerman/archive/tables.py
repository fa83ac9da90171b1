"""Which tables a study has: those of the country file, and one for every part of the plan's record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tillerman.archive.cells import Field, columns_of, fields_of
from tillerman.country import NOTES, TABLES, Country
from tillerman.country.frame import Evidence, Frame
from tillerman.exposure import Exposure, Keeper
from tillerman.plan import Asked, Plan

SCHEMA_VERSION = 1  # raise it whenever the tables below change; older files are then refused by name
APPLICATION_ID = 0x54494C4C  # 'TILL', by which `file` and viewers know the format
MARKS = "study"
LOOSE = "plan"


@dataclass(frozen=True)
class Table:
    """One table: its name, the record of a row, and where in the plan the rows are."""

    name: str
    record: type
    path: tuple[str, ...]
    is_single: bool  # one row, rather than a list
    is_optional: bool = False  # the one row may be missing
    question: str = ""  # of a table that is there only when this question was asked

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Column names with their SQLite types."""
        return tuple(columns_of(self.record))


def input_tables() -> tuple[Table, ...]:
    """The country file: the frame, every table and the evidence."""
    return (
        Table("input_frame", Frame, ("frame",), is_single=True),
        *(Table(f"input_{name}", record, (name,), is_single=False) for name, record in TABLES.items()),
        Table("input_evidence", Evidence, ("evidence",), is_single=False),
    )


def note_tables() -> tuple[Table, ...]:
    """What stands beside the country's content; a table is there when it has rows."""
    return tuple(Table(f"input_{name}", record, (name,), is_single=False) for name, record in NOTES.items())


@cache
def plan_tables() -> tuple[Table, ...]:
    """Every part of the plan that is a record or a list of records."""
    return tuple(_parts(Plan, "", ()))


def _parts(record: type, prefix: str, path: tuple[str, ...]) -> Iterator[Table]:
    for item in fields_of(record):
        name, here = prefix + item.name, (*path, item.name)
        if item.type in (Country, Keeper):
            continue  # the country has its own tables; the keeper is made again from it
        if item.type is Asked:
            continue  # see asked_tables
        if item.type is Exposure:
            yield from _parts(Exposure, f"{name}_", here)
        elif item.is_record:
            yield Table(name, item.type, here, is_single=True, is_optional=item.is_optional)
        elif item.items is not None and isinstance(item.items, type) and hasattr(item.items, "__dataclass_fields__"):
            yield Table(name, item.items, here, is_single=False)


@cache
def asked_tables() -> tuple[Table, ...]:
    """For every question about a plan, a table of one row for its answer, and one for every list in it.

    They are written only when the question was asked, so that an older study opens after a question was added.
    """
    found = []
    for item in fields_of(Asked):
        name, here = f"asked_{item.name}", ("asked", item.name)
        found.append(Table(name, item.type, here, is_single=True, question=item.name))
        found += [
            Table(f"{name}_{inner.name}", inner.items, (*here, inner.name), is_single=False, question=item.name)
            for inner in fields_of(item.type)
            if inner.is_list_of_records and inner.items is not None
        ]
    return tuple(found)


@dataclass(frozen=True)
class Loose:
    """A number, text or list that stands in the plan's record by itself: a column of the table `plan`."""

    name: str
    path: tuple[str, ...]
    field: Field


@cache
def loose_fields() -> tuple[Loose, ...]:
    """What of the plan is in no record of its own."""
    taken = {table.path for table in plan_tables()}
    found = [Loose(item.name, (item.name,), item) for item in fields_of(Plan)]
    found += [Loose(f"today_{item.name}", ("today", item.name), item) for item in fields_of(Exposure)]
    return tuple(
        item for item in found if item.path not in taken and item.field.type not in (Asked, Country, Exposure, Keeper)
    )
