"""The first page: which study to open."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from tillerman.web.shelf import Entry
from tillerman.web.shell import named, page
from tillerman.web.visit import Visitor

pages = APIRouter()
api = APIRouter(tags=["studies"])


@pages.get("/")
def show(visit: Visitor) -> HTMLResponse:
    """Show every study that the visitor may open."""
    entries = visit.shelf.entries(visit.owner)
    listed = sorted(((named(entry, visit.language), entry) for entry in entries), key=lambda pair: pair[0])
    return page(visit, "pages/start.html.j2", title=visit.say("web.start.heading"), listed=listed)


@api.get("/studies")
def tell(visit: Visitor) -> tuple[Entry, ...]:
    """Every study that you may open: your own, newest first, then the shipped countries by name."""
    return visit.shelf.entries(visit.owner)
