"""One number: its limits, its range, its source; and what another value would change at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tillerman.compare import ExposureChange, exposure_change
from tillerman.country import Change, Country, Number, diff, numbers
from tillerman.country.cells import Refusal, expected, read_cell
from tillerman.country.checks.judge import problems_of
from tillerman.country.columns import Column, columns_of
from tillerman.country.frame import Frame
from tillerman.country.numbers import FRAME
from tillerman.country.record import TABLES
from tillerman.country.telling import names_in, told_in
from tillerman.errors import Problem, SettingError, UnknownNameError
from tillerman.exposure import assess
from tillerman.plan.influence_change import with_number
from tillerman.report.names import unit_in
from tillerman.web.answers import answered
from tillerman.web.differing import cell
from tillerman.web.drafts import put_change
from tillerman.web.pages.evidence import Line, address_of, influence_of, line_of
from tillerman.web.shell import figures_of, named, page
from tillerman.web.visit import Visit, Visitor

pages = APIRouter()
api = APIRouter(tags=["evidence"])
LONGEST = 40  # characters of a number as typed
MISUSED = 422


@dataclass(frozen=True)
class Numbered:
    """One number, and what changes at once when it has another value; a new plan is a second step."""

    line: Line
    accepts: str
    typed: str  # the value that is tried; blank where none is
    problems: tuple[Problem, ...]  # why it cannot be tried
    changes: tuple[Change, ...]  # of the file: the number, and chances that must add up with it
    effect: ExposureChange | None

    @property
    def n_moved(self) -> int:
        """How many figures of today move."""
        return self.effect.n_moved if self.effect else 0


def answer(visit: Visit, study: str, place: tuple[str, str, str], typed: str) -> Numbered:
    """One number of a study; with a value typed, what it changes of today.

    Raises:
        UnknownNameError: where the file has no such number.
    """
    opened, told = visit.open(study), visit.told(study)
    country, write = opened.country, figures_of(visit, opened)
    item = _find(country, place)
    held = influence_of(country).get((item.table, item.row, item.column))
    line = line_of(told.country, item, write.money(held) if held else "")
    column = _column(item)
    if not typed.strip():
        return Numbered(line, expected(column), "", (), (), None)
    changed, problems = _tried(country, item, typed)
    if changed is None:
        return Numbered(line, expected(column), typed, problems, (), None)
    return Numbered(
        line=line,
        accepts=expected(column),
        typed=typed,
        problems=problems,
        changes=diff(country, changed),
        effect=exposure_change(told.today, told_in(assess(changed), names_in(country, visit.language))),
    )


def _find(country: Country, place: tuple[str, str, str]) -> Number:
    table, row, column = place
    key = (table, None if table == FRAME else row, column)
    for item in numbers(country):
        if (item.table, item.row, item.column) == key:
            return item
    known = [item.column for item in numbers(country) if item.table == table and item.row == key[1]]
    raise UnknownNameError("number", " ".join(place), known, expected="a number of this file")


def _column(item: Number) -> Column:
    return columns_of(Frame if item.table == FRAME else TABLES[item.table])[item.column]


def _tried(country: Country, item: Number, typed: str) -> tuple[Country | None, tuple[Problem, ...]]:
    """The country with the number as typed, or every reason why it cannot have it."""
    where = " ".join(part for part in (item.table, item.row, item.column) if part)
    value = read_cell(_column(item), typed)
    if isinstance(value, Refusal):
        return None, (Problem(where, value.found, value.expected, value.remedy),)
    if not isinstance(value, int | float):
        return None, (Problem(where, "a blank cell", "a number", "Type a number."),)
    try:
        changed = with_number(country, (item.table, item.row, item.column), float(value))
    except SettingError as error:
        return None, (Problem(where, str(error.found), error.expected, error.remedy),)
    before = set(problems_of(country))
    new = tuple(problem for problem in problems_of(changed) if problem not in before)
    return (None if any(problem.severity == "error" for problem in new) else changed), new


Typed = Annotated[str, Query(max_length=LONGEST, description="Another value to try, as one would type it in the file.")]
_PATH = "/studies/{study}/numbers/{table}/{row}/{column}"


@pages.get(_PATH)
def show(study: str, table: str, row: str, column: str, visit: Visitor, value: Typed = "") -> HTMLResponse:
    """Show one number, and what another value changes at once."""
    return _show(visit, study, answer(visit, study, (table, row, column), value))


@pages.post(_PATH)
def change(
    study: str, table: str, row: str, column: str, visit: Visitor, value: Annotated[str, Form(max_length=LONGEST)] = ""
) -> Response:
    """Keep the changed number in a study of the visitor's own."""
    opened = visit.open(study)
    item = _find(opened.country, (table, row, column))
    changed, _ = _tried(opened.country, item, value)
    if changed is None:
        return _show(visit, study, answer(visit, study, (table, row, column), value or " "), status=MISUSED)
    title = visit.say("number_page.study", name=named(opened.entry, visit.language))
    entry = put_change(visit, opened, changed, name=title)
    return RedirectResponse(f"/studies/{entry.id}/changes", status_code=303)


def _show(visit: Visit, study: str, found: Numbered, *, status: int = 200) -> HTMLResponse:
    line = found.line
    return page(
        visit,
        "pages/number.html.j2",
        title=visit.say("number_page.heading", name=line.name),
        opened=visit.open(study),
        here="evidence",
        status=status,
        found=found,
        unit=unit_in(visit.say, line.unit),
        changed=partial(cell, visit.say),
        own_path=address_of(study, line.table, line.row, line.column),
        evidence_path=f"/studies/{study}/evidence",
    )


@api.get(_PATH)
@answered
def tell(study: str, table: str, row: str, column: str, visit: Visitor, value: Typed = "") -> Numbered:
    """One number with its source; with a value, what that value would change of today."""
    return answer(visit, study, (table, row, column), value)
