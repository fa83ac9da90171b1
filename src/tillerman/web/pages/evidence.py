"""Evidence: every number with its range, its grade and its source."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from tillerman.charts.chart import Chart
from tillerman.country import Country, Number, numbers
from tillerman.country.canonical import text_of
from tillerman.country.columns import columns_of
from tillerman.country.frame import Frame
from tillerman.country.numbers import FRAME
from tillerman.country.record import TABLES
from tillerman.labels import Grade
from tillerman.plan.influence_file import stored_influence
from tillerman.plan.influence_result import Influence
from tillerman.report import pictures
from tillerman.report.charts import Bar, Key
from tillerman.report.figures import Figures
from tillerman.report.names import unit_in
from tillerman.report.pictures import Swing
from tillerman.report.sections import evidence as section
from tillerman.web.answers import answered
from tillerman.web.shell import figures_of, page
from tillerman.web.visit import Visit, Visitor
from tillerman.words.search import matches
from tillerman.words.sentences import translated

pages = APIRouter()
api = APIRouter(tags=["evidence"])
PER_PAGE = 50
_MOST_INFLUENTIAL = 10  # numbers that the chart shows
SILENT = section.SILENT
GRADES = (*(grade.value for grade in Grade), SILENT)
Sort = Literal["file", "influence", "width"]
Place = tuple[str, str | None, str]  # table, row, column


@dataclass(frozen=True)
class Line:
    """One number: what it is, its value and range as the file has them, and what stands behind it."""

    table: str
    row: str  # blank in the frame
    column: str
    name: str  # of the row
    meaning: str
    value: str
    low: str
    high: str
    unit: str
    grade: str
    source: str
    address: str
    published: date | None
    other_account: str
    note: str
    influence: str  # how far the plan's objective moves over the range; blank where nothing is stored


@dataclass(frozen=True)
class Found:
    """One page of the numbers that were asked for, and what all of them rest on."""

    bar: Bar
    legend: tuple[Key, ...]
    n_numbers: int
    n_found: int
    page: int
    n_pages: int
    lines: tuple[Line, ...]
    has_influence: bool
    chart: Chart | None  # which numbers matter most, where that was asked for


@dataclass(frozen=True)
class Wanted:
    """Which numbers are wanted, in which order."""

    q: str = ""
    table: str = ""
    grade: str = ""
    contested: bool = False
    sort: Sort = "file"
    page: int = 1

    def query(self, page: int) -> str:
        """These wishes as the query of an address, for one page of what is found."""
        wishes = asdict(replace(self, page=page))
        kept = {name: str(value).lower() if value is True else value for name, value in wishes.items()}
        return urlencode({name: value for name, value in kept.items() if value not in ("", False)})


def wanted(
    q: Annotated[str, Query(max_length=200, description="Words that the number's name, meaning or source has.")] = "",
    table: Annotated[str, Query(max_length=40, description="Only numbers of this table.")] = "",
    grade: Annotated[str, Query(max_length=20, description="Only numbers of this grade.")] = "",
    contested: Annotated[bool, Query(description="Only numbers with two accounts.")] = False,  # noqa: FBT002 - a query
    sort: Annotated[Sort, Query(description="File order, most influential first, or widest range first.")] = "file",
    page: Annotated[int, Query(ge=1, le=1000, description="Which page of fifty.")] = 1,
) -> Wanted:
    """Read which numbers are wanted from an address."""
    return Wanted(q.strip(), table, grade, contested, sort, page)


Asked = Annotated[Wanted, Depends(wanted)]


def answer(visit: Visit, study: str, asked: Wanted) -> Found:
    """The numbers of a study that are asked for, with what stands behind each."""
    opened = visit.told(study)
    country, write = opened.country, figures_of(visit, opened)
    held = influence_of(country)
    everything = tuple(numbers(country))
    chosen = [item for item in everything if _is_wanted(item, asked, country)]
    chosen = _sorted(chosen, asked.sort, held)
    n_pages = max(1, math.ceil(len(chosen) / PER_PAGE))
    at = min(asked.page, n_pages)
    shown = chosen[PER_PAGE * (at - 1) : PER_PAGE * at]
    summary = section.summary(country, visit.say, write)
    return Found(
        bar=summary.bar,
        legend=summary.legend,
        n_numbers=len(everything),
        n_found=len(chosen),
        page=at,
        n_pages=n_pages,
        lines=tuple(line_of(country, item, _told(_place(item), held, write)) for item in shown),
        has_influence=bool(held),
        chart=_chart(country, visit, write) if held and asked.sort == "influence" and at == 1 else None,
    )


def line_of(country: Country, item: Number, influence: str = "") -> Line:
    """Tell one number with what stands behind it."""
    record = Frame if item.table == FRAME else TABLES[item.table]
    found = item.evidence
    parts = () if found is None else (found.publisher, found.title, found.source_file)
    return Line(
        table=item.table,
        row=item.row or "",
        column=item.column,
        name=name_of(country, item.table, item.row),
        meaning=columns_of(record)[item.column].doc,
        value=text_of(item.value),
        low="" if found is None or found.low is None else text_of(found.low),
        high="" if found is None or found.high is None else text_of(found.high),
        unit=item.unit,
        grade=SILENT if found is None else found.grade.value,
        source=". ".join(part.strip().rstrip(".") for part in parts if part),
        address=(found.address or "") if found else "",
        published=found.published if found else None,
        other_account=(found.other_account or "") if found else "",
        note=(found.note or "") if found else "",
        influence=influence,
    )


def address_of(study: str, table: str, row: str, column: str) -> str:
    """The address of the page about one number; the frame's only row has no name."""
    return f"/studies/{study}/numbers/{quote(table)}/{quote(row or FRAME, safe='')}/{quote(column)}"


def name_of(country: Country, table: str, row: str | None) -> str:
    """Name a row."""
    if table == FRAME or row is None:
        return country.frame.name
    found = next((item for item in getattr(country, table) if item.id == row), None)
    return str(getattr(found, "name", None) or row)


def influence_of(country: Country) -> dict[Place, float]:
    """How far the plan moves over each range, million US$; empty where no study of this very file is stored."""
    study = stored_influence(country.name)
    if study is None or study.content_hash != country.content_hash:
        return {}
    return {(row.table, row.row, row.column): row.size for row in study.rows if row.is_screened and row.size > 0}


def _chart(country: Country, visit: Visit, write: Figures) -> Chart:
    """The numbers that matter most: what the plan would cost at either end of their ranges."""
    study = stored_influence(country.name)
    rows = sorted(study.rows, key=lambda row: -row.size)[:_MOST_INFLUENTIAL] if study else []
    return pictures.influence(
        tuple(Swing(_in_words(country, row, visit.language), *row.ends) for row in rows), visit.say, write
    )


def _in_words(country: Country, row: Influence, language: str) -> str:
    """Name a number by its row and by what it means."""
    record = Frame if row.table == FRAME else TABLES[row.table]
    meaning = translated(columns_of(record)[row.column].doc, language)
    return f"{name_of(country, row.table, row.row)} · {meaning.rstrip('.。')}"


def _told(place: Place, held: dict[Place, float], write: Figures) -> str:
    return write.money(held[place]) if place in held else ""


def _is_wanted(item: Number, asked: Wanted, country: Country) -> bool:
    found = item.evidence
    grade = SILENT if found is None else found.grade.value
    if (asked.table and item.table != asked.table) or (asked.grade and grade != asked.grade):
        return False
    if asked.contested and not (found and found.other_account):
        return False
    if not asked.q:
        return True
    line = line_of(country, item)
    told = (line.table, line.row, line.column, line.name, line.meaning, line.source, line.note, line.other_account)
    return matches(asked.q, " ".join(told))


def _sorted(items: Sequence[Number], sort: Sort, held: dict[Place, float]) -> list[Number]:
    if sort == "influence":
        return sorted(items, key=lambda item: -held.get(_place(item), -1.0))
    if sort == "width":
        return sorted(items, key=lambda item: -_width(item))
    return list(items)


def _place(item: Number) -> Place:
    return item.table, item.row, item.column


def _width(item: Number) -> float:
    """How wide a number's range is, as a share of its value; one without a range comes last."""
    found = item.evidence
    if found is None or found.low is None or found.high is None:
        return -1.0
    return (found.high - found.low) / max(abs(item.value), 1e-9)


@pages.get("/studies/{study}/evidence")
def show(study: str, visit: Visitor, asked: Asked) -> HTMLResponse:
    """Show the numbers that are asked for."""
    opened = visit.open(study)
    found = answer(visit, study, asked)
    present = {item.table for item in numbers(opened.country)}
    return page(
        visit,
        "pages/evidence.html.j2",
        title=visit.say("web.place.evidence"),
        opened=opened,
        here="evidence",
        found=found,
        asked=asked,
        request_path=f"/studies/{study}/evidence",
        unit_said=partial(unit_in, visit.say),
        number_path=lambda line: address_of(study, line.table, line.row, line.column),
        table_name=lambda table: visit.say(f"evidence_page.table.{table}"),
        tables=tuple(table for table in (FRAME, *TABLES) if table in present),
        grades=GRADES,
    )


@api.get("/studies/{study}/evidence")
@answered
def tell(study: str, visit: Visitor, asked: Asked) -> Found:
    """Every number with its range, grade and source; fifty at a time."""
    return answer(visit, study, asked)
