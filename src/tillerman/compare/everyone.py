"""Everyone depends: one coarse table of what each economy needs of others and what others need of it, layer by layer.

Not computed postures: only what public figures say, each with its source. A blank says that no figure was found.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from tillerman.labels import Grade, Layer

Way = Literal["depends", "depended_on"]


@dataclass(frozen=True)
class Dependence:
    """One thing that an economy needs of others, or that others need of it."""

    economy: str  # code, from the one stated list
    layer: Layer
    direction: Way
    what: str
    holders: tuple[str, ...]  # codes of those who hold it; none where the figure does not say
    share: float | None
    year: int
    grade: Grade
    publisher: str
    title: str
    address: str
    published: date | None
    source_file: str  # file under the data folder, where the share is read from one
    source_part: str  # which rows are counted
    source_whole: str  # of which rows
    source_column: str  # what is added up; blank counts rows


@cache
def everyone() -> tuple[Dependence, ...]:
    """The table, by economy and layer."""
    text = files(__package__).joinpath("everyone.csv").read_text("utf-8")
    return tuple(map(_row, csv.DictReader(text.splitlines())))


def _row(cells: dict[str, str]) -> Dependence:
    way: Way = "depends" if cells["direction"] == "depends" else "depended_on"
    return Dependence(
        economy=cells["economy"],
        layer=Layer(cells["layer"]),
        direction=way,
        what=cells["what"],
        holders=tuple(code for code in cells["holders"].split(";") if code),
        share=float(cells["share"]) if cells["share"] else None,
        year=int(cells["year"]),
        grade=Grade(cells["grade"]),
        publisher=cells["publisher"],
        title=cells["title"],
        address=cells["address"],
        published=date.fromisoformat(cells["published"]) if cells["published"] else None,
        source_file=cells["source_file"],
        source_part=cells["source_part"],
        source_whole=cells["source_whole"],
        source_column=cells["source_column"],
    )
