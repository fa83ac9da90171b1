"""Studies: the reader's own and the shipped ones; name them, copy them, take files along, delete them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from tillerman.country.names import territory
from tillerman.errors import SettingError
from tillerman.labels import Level
from tillerman.web import shelving
from tillerman.web.answers import Answer, answered
from tillerman.web.files import Offer, level_of, offers
from tillerman.web.interface import API
from tillerman.web.shelf import Entry, Kind
from tillerman.web.shell import home_of, named, page
from tillerman.web.strict import STRICT
from tillerman.web.visit import Visit, Visitor
from tillerman.words.order import order

pages = APIRouter()
api = APIRouter(tags=["studies"])

_LONGEST_FIELD = 1000  # a name is refused with a sentence of its own long before
Name = Annotated[str, Form(max_length=_LONGEST_FIELD)]
AtLevel = Annotated[Level | None, Query(description="Who may read its files: public, government, negotiating team.")]


@dataclass(frozen=True)
class Listed:
    """One study on the shelf."""

    id: str
    name: str
    kind: Kind
    country: str
    made: date | None  # None for what is shipped
    parent: str  # the study it was copied or changed from; blank where it came from a file
    parent_name: str
    has_plan: bool
    is_damaged: bool
    address: str


@dataclass(frozen=True)
class Shelved:
    """Every study that a reader may open: their own, newest first, then what is shipped, by name."""

    own: tuple[Listed, ...]
    shipped: tuple[Listed, ...]
    is_private: bool  # nothing is kept after the session


@dataclass(frozen=True)
class About:
    """One study: where it comes from, how to cite it, and the files that can be taken along."""

    study: Listed
    file_hash: str
    cite: str  # blank without a plan
    level: Level
    files: tuple[Offer, ...]


@dataclass(frozen=True)
class Copy:
    """Which study to copy, and how to name the copy."""

    __pydantic_config__: ClassVar = STRICT

    study: str
    name: str


@dataclass(frozen=True)
class Renaming:
    """Another name for a study."""

    __pydantic_config__: ClassVar = STRICT

    name: str


def answer(visit: Visit) -> Shelved:
    """Every study that the visitor may open."""
    entries = visit.shelf.entries(visit.owner)
    names = {entry.id: named(entry, visit.language) for entry in entries}
    listed = tuple(_listed(visit, entry, names) for entry in entries)
    place = order(visit.language)
    shipped = sorted((item for item in listed if item.kind is Kind.SHIPPED), key=lambda item: place(item.name))
    return Shelved(tuple(item for item in listed if item.kind is Kind.OWN), tuple(shipped), visit.serving.is_private)


def about(visit: Visit, study: str, level: Level | None = None) -> About:
    """Where a study comes from, and which of its files may be taken along at a level."""
    opened = visit.open(study)
    entry, plan, at = opened.entry, opened.plan, level or level_of(opened)
    names = {item.id: named(item, visit.language) for item in visit.shelf.entries(visit.owner)}
    return About(
        study=_listed(visit, entry, names),
        file_hash=opened.country.content_hash,
        cite="" if plan is None else plan.cite(),
        level=at,
        files=offers(opened, at),
    )


def _listed(visit: Visit, entry: Entry, names: dict[str, str]) -> Listed:
    return Listed(
        id=entry.id,
        name=names[entry.id],
        kind=entry.kind,
        country=_country(entry, visit.language),
        made=datetime.fromisoformat(entry.made).date() if entry.made else None,
        parent=entry.parent if entry.parent in names else "",
        parent_name=names.get(entry.parent, ""),
        has_plan=visit.shelf.has_plan(entry),
        is_damaged=entry.is_damaged,
        address=f"/studies/{entry.id}",
    )


def _country(entry: Entry, language: str) -> str:
    """The country or economy of a study, as the stated list names it; blank where the list does not know it."""
    found = territory(entry.code, language)
    return "" if found == entry.code else found


@pages.get("/studies")
def show(visit: Visitor) -> HTMLResponse:
    """Show the reader's own studies, and what is shipped."""
    return page(visit, "pages/studies.html.j2", title=visit.say("studies_page.heading"), found=answer(visit))


@pages.get("/studies/{study}")
def enter(study: str, visit: Visitor) -> RedirectResponse:
    """Lead to the first page of a study."""
    return _to(home_of(visit.open(study)))


@pages.get("/studies/{study}/study")
def show_one(study: str, visit: Visitor, level: AtLevel = None) -> HTMLResponse:
    """Show where a study comes from, its files, and what can be done with it."""
    return _one(visit, study, level)


@pages.post("/studies")
def copy(visit: Visitor, study: Annotated[str, Form(max_length=40)], name: Name = "") -> Response:
    """Copy a study to the reader's own."""
    try:
        made = shelving.duplicate(visit.shelf, visit.shelf.entry(study, visit.owner), visit.owner, name)
    except SettingError as error:
        return _one(visit, study, wrong="copy", told=error, typed=name)
    return _to(f"/studies/{made.id}/study")


@pages.post("/studies/{study}/name")
def rename(study: str, visit: Visitor, name: Name = "") -> Response:
    """Give a study another name."""
    try:
        shelving.rename(visit.shelf, visit.shelf.entry(study, visit.owner), name)
    except SettingError as error:
        return _one(visit, study, wrong="name", told=error, typed=name)
    return _to(f"/studies/{study}/study")


@pages.get("/studies/{study}/delete")
def ask(study: str, visit: Visitor) -> HTMLResponse:
    """Ask once before a study is deleted."""
    entry = visit.shelf.entry(study, visit.owner)
    title = visit.say("studies_page.delete_ask", name=named(entry, visit.language))
    status = 200 if entry.kind is Kind.OWN else 403
    return page(visit, "pages/study_delete.html.j2", title=title, entry=entry, status=status)


@pages.post("/studies/{study}/delete")
def delete(study: str, visit: Visitor) -> RedirectResponse:
    """Delete a study."""
    shelving.delete(visit.shelf, visit.shelf.entry(study, visit.owner))
    visit.jobs.forget(visit.owner, study)
    return _to("/studies")


def _one(
    visit: Visit,
    study: str,
    level: Level | None = None,
    *,
    wrong: str = "",
    told: SettingError | None = None,
    typed: str = "",
) -> HTMLResponse:
    """The page of one study; what was wrong stands beside the field it was typed in."""
    found = about(visit, study, level)
    return page(
        visit,
        "pages/study.html.j2",
        title=found.study.name,
        opened=visit.open(study),
        here="study",
        status=422 if told else 200,
        found=found,
        levels=tuple(Level),
        longest=shelving.LONGEST_NAME,
        wrong=wrong,
        told=""
        if told is None
        else visit.say("studies_page.name_wrong", n=shelving.LONGEST_NAME)
        if told.where == "name"
        else str(told),
        typed=typed,
    )


def told_of(visit: Visit, study: str) -> Answer:
    """Tell a program of a study that was just made, and where it stands."""
    return Answer(about(visit, study).study, status_code=201, headers={"Location": f"{API}/studies/{study}"})


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303)


@api.get("/studies")
@answered
def tell(visit: Visitor) -> Shelved:
    """Every study that you may open: your own, newest first, then the shipped countries by name."""
    return answer(visit)


@api.post("/studies", status_code=201, response_model=Listed)
def tell_copy(wanted: Copy, visit: Visitor) -> Answer:
    """Copy a study, a shipped one too, to your own; its plan comes along."""
    entry = visit.shelf.entry(wanted.study, visit.owner)
    made = shelving.duplicate(visit.shelf, entry, visit.owner, wanted.name)
    return told_of(visit, made.id)


@api.get("/studies/{study}")
@answered
def tell_one(study: str, visit: Visitor, level: AtLevel = None) -> About:
    """One study: where it comes from, how to cite it, and the files that can be taken along at a level."""
    return about(visit, study, level)


@api.patch("/studies/{study}")
@answered
def tell_renamed(study: str, wanted: Renaming, visit: Visitor) -> Listed:
    """Give one of your own studies another name."""
    shelving.rename(visit.shelf, visit.shelf.entry(study, visit.owner), wanted.name)
    return about(visit, study).study


@api.delete("/studies/{study}", status_code=204)
def tell_deleted(study: str, visit: Visitor) -> Response:
    """Delete one of your own studies with everything in it."""
    shelving.delete(visit.shelf, visit.shelf.entry(study, visit.owner))
    visit.jobs.forget(visit.owner, study)
    return Response(status_code=204)
