"""Compare: two studies side by side. Of one country, what differs; of two, each by its own measure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from tillerman.compare import compare, side_of
from tillerman.errors import SettingError
from tillerman.report.charts import Key
from tillerman.report.compared import CountriesTold, countries_told
from tillerman.report.compared_studies import StudiesTold, Study, studies_told
from tillerman.report.sections.keeps import legend
from tillerman.web.answers import answered
from tillerman.web.shelf import Kind, Opened
from tillerman.web.shell import figures_of, named, page
from tillerman.web.visit import Visit, Visitor

pages = APIRouter()
api = APIRouter(tags=["compare"])

_ID = 40
OneStudy = Annotated[str, Query(max_length=_ID, description="The id of a study.")]


@dataclass(frozen=True)
class Compared:
    """Two studies side by side; which of the two accounts there is depends on whether they are of one country."""

    a: str
    b: str
    names: tuple[str, ...]  # of two countries in order of name
    of: Literal["one_country", "two_countries"]
    legend: tuple[Key, ...]
    countries: CountriesTold | None
    studies: StudiesTold | None
    standard: str


def answer(visit: Visit, a: str, b: str) -> Compared:
    """Set two studies side by side. Raises SettingError where it is one and the same."""
    if a == b:
        raise SettingError("b", b, "another study than a", "Choose two.")
    one, two = visit.told(a), visit.told(b)
    names = tuple(named(item.entry, visit.language) for item in (one, two))
    is_one_country = one.country.frame.code == two.country.frame.code
    countries = None if is_one_country else _countries(visit, one, two)
    return Compared(
        a=a,
        b=b,
        names=tuple(country.name for country in countries.countries) if countries else names,
        of="one_country" if is_one_country else "two_countries",
        legend=legend(visit.say),
        countries=countries,
        studies=_studies(visit, one, two) if is_one_country else None,
        standard=visit.say("standard"),
    )


def _countries(visit: Visit, *several: Opened) -> CountriesTold:
    sides = [
        replace(
            side_of(opened.today, plan=opened.plan, is_stored=opened.entry.kind is Kind.SHIPPED), name=opened.entry.id
        )
        for opened in several
    ]
    names = {opened.country.frame.code: named(opened.entry, visit.language) for opened in several}
    return countries_told(compare(sides), figures_of(visit, several[0]), names=names)


def _studies(visit: Visit, *two: Opened) -> StudiesTold:
    one, other = (Study(named(item.entry, visit.language), item.country, item.today, item.plan) for item in two)
    return studies_told(figures_of(visit, two[1]), one, other)


@pages.get("/compare")
def show(visit: Visitor, a: OneStudy = "", b: OneStudy = "") -> HTMLResponse:
    """Show two studies side by side; without a choice, what can be chosen."""
    entries = visit.shelf.entries(visit.owner)
    choices = [(entry.id, named(entry, visit.language)) for entry in entries if not entry.is_damaged]
    found = answer(visit, a, b) if a and b and a != b else None
    title = visit.say("compare_page.title", a=found.names[0], b=found.names[1]) if found else ""
    return page(
        visit,
        "pages/compare.html.j2",
        title=title or visit.say("compare_page.heading"),
        found=found,
        choices=choices,
        figures=figures_of(visit, visit.open(b)) if found and found.studies else None,
        a=a,
        b=b,
        is_same=bool(a) and a == b,
    )


@api.get("/compare")
@answered
def tell(visit: Visitor, a: OneStudy, b: OneStudy) -> Compared:
    """Two studies side by side: of one country, what differs; of two, each by its own measure, in order of name."""
    return answer(visit, a, b)
