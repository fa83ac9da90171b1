"""What every page shares: templates, the way around, addresses of files that are kept by browsers, and numbers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tillerman.charts.tokens import STYLE
from tillerman.country.names import territory
from tillerman.plan import Plan
from tillerman.report import figures as numbers
from tillerman.report.context import Context, context_for
from tillerman.report.figures import Figures
from tillerman.report.pictures import add_drawing
from tillerman.report.tables import shown
from tillerman.units import Currency
from tillerman.web.shelf import Entry, Opened
from tillerman.web.visit import LANGUAGE_COOKIE, Visit
from tillerman.words import LANGUAGES, words
from tillerman.words.sentences import problem_in, problem_line, translated

STATIC = Path(__file__).parent / "static"
REPORT_STYLE = STYLE
REPORT_STYLE_NAME = "report.css"


@dataclass(frozen=True)
class Place:
    """One page of a study in the navigation; its name is the message `web.place.<id>`."""

    id: str
    needs_plan: bool


# In the order in which they are read; a page is listed here when it exists.
PLACES = (
    Place("keeps", needs_plan=False),
    Place("stack", needs_plan=False),
    Place("plan", needs_plan=True),
    Place("evidence", needs_plan=False),
    Place("fallbacks", needs_plan=False),
    Place("limits", needs_plan=False),
    Place("study", needs_plan=False),
)

# What belongs to no study, at the top and at the foot of each page; its name is the message `web.around.<id>`.
FOOT = (("limits", "/limits"), ("api", "/api"))
AROUND = (("start", "/"), ("studies", "/studies"), ("compare", "/compare"), ("jobs", "/jobs"))


_EASTERN = re.compile("[\u2e80-\U0003ffff]")  # Chinese, Japanese and Korean characters
_YEAR_S = 365 * 24 * 3600
_OF_NO_COUNTRY = Currency("USD", 1.0)  # what is said of several countries is said in US dollars


@dataclass(frozen=True)
class Link:
    """One entry of the navigation."""

    id: str
    words: str
    address: str
    is_here: bool
    is_open: bool  # False where the page needs a plan that is not there yet


def page(
    visit: Visit,
    template: str,
    *,
    title: str,
    opened: Opened | None = None,
    here: str = "",
    status: int = 200,
    figures: Figures | None = None,
    **view: object,
) -> HTMLResponse:
    """Render a page. `here` is the place in the navigation, `view` what the template shows.

    Numbers are written as those of the opened study, unless `figures` says whose they are.
    """
    write = figures or (figures_of(visit, opened) if opened else Figures(visit.say, _OF_NO_COUNTRY))
    text = (
        _environment()
        .get_template(template)
        .render(
            visit=visit,
            csrf=visit.csrf,
            say=visit.say,
            title=title,
            opened=opened,
            country_name=named(opened.entry, visit.language) if opened else "",
            links=links(visit, opened, here) if opened else (),
            around=around(visit, AROUND),
            foot=around(visit, FOOT),
            languages=languages(visit),
            asset=asset,
            write=write,
            day=write.date,
            shown=lambda value, kind: shown(value, kind, write),
            as_filed=partial(as_filed, visit.language),
            said=lambda text: translated(text, visit.language),
            problem_said=lambda problem: problem_in(problem, visit.language),
            problem_line=lambda problem: problem_line(problem, visit.language),
            **view,
        )
    )
    return _in_language(visit, HTMLResponse(text, status_code=status))


def as_filed(language: str, text: str) -> Markup:
    """The attribute of an element around a text of the file, so that it is read aloud in English where it is."""
    is_english = language != "en" and not _EASTERN.search(text)
    return Markup(' lang="en"') if is_english else Markup()


def _in_language(visit: Visit, answer: HTMLResponse) -> HTMLResponse:
    """A language that was asked for in an address stays chosen: the links of a page do not name it."""
    if visit.request.query_params.get("lang") == visit.language:
        secure = visit.serving.is_behind_https
        answer.set_cookie(
            LANGUAGE_COOKIE, visit.language, max_age=_YEAR_S, httponly=True, samesite="lax", secure=secure
        )
    return answer


def fragment(visit: Visit, template: str, view: Mapping[str, object]) -> str:
    """Render a piece of a page, for one that is kept up to date while it is open."""
    shared = {"visit": visit, "csrf": visit.csrf, "say": visit.say, "asset": asset}
    return _environment().get_template(template).render({**shared, **view})


def links(visit: Visit, opened: Opened, here: str) -> tuple[Link, ...]:
    """The navigation of a study."""
    return tuple(
        Link(
            place.id,
            visit.say(f"web.place.{place.id}"),
            f"/studies/{opened.entry.id}/{place.id}",
            place.id == here,
            not place.needs_plan or opened.plan is not None,
        )
        for place in PLACES
    )


def home_of(opened: Opened) -> str:
    """The address of the first page of a study that it has enough for."""
    place = next(place for place in PLACES if opened.plan is not None or not place.needs_plan)
    return f"/studies/{opened.entry.id}/{place.id}"


def around(visit: Visit, listed: tuple[tuple[str, str], ...]) -> tuple[Link, ...]:
    """The way to what belongs to no study."""
    at = visit.request.url.path
    return tuple(
        Link(page_id, visit.say(f"web.around.{page_id}"), address, address == at, is_open=True)
        for page_id, address in listed
    )


def languages(visit: Visit) -> tuple[tuple[str, str, str], ...]:
    """Every other language: its tag, its name in itself, and the address of this very view in it."""
    url = visit.request.url
    return tuple(
        (tag, words(tag)("web.language"), str(url.include_query_params(lang=tag).replace(scheme="", netloc="")))
        for tag in LANGUAGES
        if tag != visit.language
    )


def named(entry: Entry, language: str) -> str:
    """Name a study: a shipped country as the stated list does, an own study as its owner did."""
    found = territory(entry.code, language)
    return entry.name if entry.owner or found == entry.code or language == "en" else found


def context_of(visit: Visit, plan: Plan) -> Context:
    """What the sections of the report, which pages share, are given."""
    return context_for(plan, visit.say, numbers.figures(visit.say, plan.country.frame))


def figures_of(visit: Visit, opened: Opened) -> Figures:
    """How numbers of a study are written for this visitor."""
    return numbers.figures(visit.say, opened.country.frame)


@cache
def asset(name: str) -> str:
    """The address of a shipped file, with a mark of its content, so that browsers may keep it for ever."""
    return f"/static/{name}?v={hashlib.sha256(static_path(name).read_bytes()).hexdigest()[:12]}"


def static_path(name: str) -> Path:
    """Where a shipped file stands; the look of report and pages is one file, the report's."""
    return REPORT_STYLE if name == REPORT_STYLE_NAME else STATIC / name


@cache
def _environment() -> Environment:
    """Compile templates once; the report's macros are found under `report/`."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("tillerman.web"), PackageLoader("tillerman.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    add_drawing(environment, with_scripts=True)
    return environment
