"""Limits: what this cannot tell anybody, what it rests on for one study, and whose interests stand behind the frame."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from tillerman.report.charts import Bar, Key
from tillerman.report.sections import annex, evidence, unknown
from tillerman.report.sections.unknown import Contested
from tillerman.report.tables import Table
from tillerman.web.answers import answered
from tillerman.web.shell import context_of, figures_of, page
from tillerman.web.visit import Visit, Visitor
from tillerman.words import Words

pages = APIRouter()
api = APIRouter(tags=["limits"])

_UNSEEN = ("rights", "conduct", "adapt", "outside", "money")
_UNSEEN_MORE = ("rules", "military")
_SIMPLE = ("stages", "standing", "phases", "blocks", "periods", "brief", "coefficients", "enforcement", "worst")
_RESTS = ("sources", "value", "guesses", "tolerance")
_INTERESTS = ("tbi", "mit", "neither", "names")


@dataclass(frozen=True)
class Limits:
    """What the model does not see, what it simplifies, what it rests on, and interests to know about."""

    unseen: tuple[str, ...]
    simplified: tuple[str, ...]
    rests_on: tuple[str, ...]
    interests: tuple[str, ...]
    standard: str


@dataclass(frozen=True)
class StudyLimits:
    """What one study rests on, and how sure it is, beside what holds for all."""

    unknown: tuple[str, ...]
    contested: tuple[Contested, ...]
    bar: Bar
    legend: tuple[Key, ...]
    grades: Table
    marks: tuple[tuple[str, str], ...]  # how sure a result is, and what that means
    calculation: Table | None  # None without a plan
    general: Limits


def general(say: Words) -> Limits:
    """What holds for every study."""
    more = tuple(say(f"limits_page.unseen.{item}") for item in _UNSEEN_MORE)
    return Limits(
        unseen=(*(say(f"limits.{item}") for item in _UNSEEN), *more),
        simplified=tuple(say(f"limits_page.simple.{item}") for item in _SIMPLE),
        rests_on=tuple(say(f"limits_page.rests.{item}") for item in _RESTS),
        interests=tuple(say(f"disclosure.{item}") for item in _INTERESTS),
        standard=say("standard"),
    )


def answer(visit: Visit, study: str) -> StudyLimits:
    """What a study rests on, and how sure it is."""
    opened, say = visit.told(study), visit.say
    write = figures_of(visit, opened)
    stands = evidence.summary(opened.country, say, write)
    if opened.plan is None:
        items, told = tuple(unknown.gaps(opened.today, write)), unknown.contested(opened.country, say)
    else:
        found = unknown.build(context_of(visit, opened.plan))
        items, told = found.items, found.contested
    return StudyLimits(
        unknown=items,
        contested=told,
        bar=stands.bar,
        legend=stands.legend,
        grades=stands.table,
        marks=stands.marks,
        calculation=None if opened.plan is None else annex.build(context_of(visit, opened.plan)).table,
        general=general(say),
    )


@pages.get("/limits")
def show(visit: Visitor) -> HTMLResponse:
    """Show what holds for every study."""
    title = visit.say("limits.heading")
    return page(visit, "pages/limits.html.j2", title=title, general=general(visit.say), found=None)


@pages.get("/studies/{study}/limits")
def show_one(study: str, visit: Visitor) -> HTMLResponse:
    """Show what one study rests on, and what holds for all."""
    found = answer(visit, study)
    return page(
        visit,
        "pages/limits.html.j2",
        title=visit.say("limits.heading"),
        opened=visit.open(study),
        here="limits",
        general=found.general,
        found=found,
    )


@api.get("/limits")
@answered
def tell(visit: Visitor) -> Limits:
    """What this cannot tell anybody, and whose interests stand behind the framework."""
    return general(visit.say)


@api.get("/studies/{study}/limits")
@answered
def tell_one(study: str, visit: Visitor) -> StudyLimits:
    """What one study rests on, what it does not know, and how sure its results are."""
    return answer(visit, study)
