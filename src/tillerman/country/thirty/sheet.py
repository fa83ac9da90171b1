"""Building a country row by row: each number is put down with its range, and what it rests on, as evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tillerman.country.columns import Column, columns_of
from tillerman.country.frame import Evidence, Frame
from tillerman.country.record import NOTES, TABLES, Country
from tillerman.country.thirty.figure import Figure, Status
from tillerman.country.thirty.form import Entry, place_of
from tillerman.country.thirty.world import World
from tillerman.labels import Grade

MARK = "thirty numbers"  # in evidence, as the file in which an answer stands
_DIGITS = 12  # of a number that was worked out: enough for shares to add up to one; an answer keeps all of its own
_TITLE = 1_500  # characters

Cell = str | bool | float | date | tuple[str, ...] | tuple[int, ...] | Figure | None


@dataclass
class Sheet:
    """The rows and evidence put down so far."""

    entries: Mapping[str, Entry]
    tables: dict[str, list[Any]] = field(default_factory=lambda: {table: [] for table in TABLES})
    evidence: list[Evidence] = field(default_factory=list)
    met: set[str] = field(default_factory=set)  # entries that found their number

    def add(self, table: str, row: str, cells: Mapping[str, Cell]) -> None:
        """Put down one row; a column that is not named is blank."""
        record = TABLES[table]
        values = {
            column: self._value(table, row, item, row if column == "id" else cells.get(column, _blank(item)))
            for column, item in columns_of(record).items()
        }
        self.tables[table].append(record(**values))

    def frame(self, cells: Mapping[str, Cell]) -> Frame:
        """Put down the frame."""
        columns = columns_of(Frame)
        values: dict[str, Any] = {
            column: self._value("frame", None, item, cells.get(column, _blank(item)))
            for column, item in columns.items()
        }
        return Frame(**values)

    def take(self, world: World, table: str, *names: str) -> None:
        """Put down rows of the world as they are, with their evidence; all of the table where none is named."""
        there = {row.id for row in self.tables[table]}
        for name in names or tuple(world.rows[table]):
            if name not in there:
                self.tables[table].append(world.rows[table][name])
                self.evidence.extend(world.evidence.get((table, name), ()))

    def say_what_it_rests_on(self, standings: Mapping[str, Status]) -> None:
        """Keep how every question stood, answers that met no number too: on the evidence of the frame's first year."""
        told = ";".join(f"{key}={status}" for key, status in standings.items())
        why = "The year after the base year. The file was made of thirty numbers: how each question stood is kept here"
        self.evidence.append(_row("frame", None, "first_year", told, why))

    def country(self, frame: Frame, name: str) -> Country:
        """Everything put down, as a country."""
        rows: dict[str, Any] = {table: tuple(found) for table, found in self.tables.items()}
        notes: dict[str, Any] = dict.fromkeys(NOTES, ())
        order = {table: position for position, table in enumerate(("frame", *TABLES))}
        evidence = tuple(sorted(self.evidence, key=lambda item: order[item.table]))
        return Country(frame=frame, name=name, evidence=evidence, **rows, **notes)

    def _value(self, table: str, row: str | None, item: Column, cell: Cell) -> object:
        entry = self.entries.get(place_of(table, row, item.name))
        if entry is not None:
            self.met.add(entry.key)
            cell = _entered(entry)
        if not isinstance(cell, Figure):
            return cell if item.is_list or cell is None else item.type(cell)
        figure = cell.within(item.minimum, item.maximum)
        if item.type is int:
            figure = replace(
                figure, low=round(figure.low), middle=round(figure.middle), high=round(figure.high), is_entered=True
            )
        value = figure.middle if figure.is_entered else _short(figure.middle)
        self.evidence.append(_evidence(table, row, item, figure, value))
        return item.type(value)


def _blank(item: Column) -> Cell:
    return () if item.is_list else None


def _short(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _entered(entry: Entry) -> Figure:
    answer = entry.answer
    why = "Entered on the second sheet" + ("" if answer.source else " without a source")
    middle = (answer.low + answer.high) / 2
    return Figure(
        answer.low, middle, answer.high, ((entry.key, Status.ANSWERED),), why, is_entered=True, source=answer.source
    )


def _evidence(table: str, row: str | None, item: Column, figure: Figure, value: float) -> Evidence:
    """Say where a number comes from; an answer with a source is reported, all else an assumption with its reason."""
    low, high = (figure.low, figure.high) if figure.is_entered else (_short(figure.low), _short(figure.high))
    told = ";".join(f"{key}={status}" for key, status in figure.rests)
    return replace(
        _row(table, row, item.name, told, figure.why),
        low=float(min(low, value)),
        high=float(max(high, value)),
        unit=item.unit or None,
        grade=Grade.REPORTED if figure.source else Grade.ASSUMPTION,
        publisher=figure.source,
    )


def _row(table: str, row: str | None, column: str, told: str, why: str) -> Evidence:
    """A row of evidence that says on which questions a number rests, if any."""
    return Evidence(
        table=table,
        row=row,
        column=column,
        low=None,
        high=None,
        unit=None,
        year=None,
        grade=Grade.ASSUMPTION,
        title=why[:_TITLE],
        publisher=None,
        address=None,
        published=None,
        source_file=MARK if told else None,
        source_row=told or None,
        source_column="low–high" if told else None,
        source_factor=None,
        other_account=None,
        note=None,
    )
