"""The first page: which study to open."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from tillerman.web.pages import studies
from tillerman.web.shell import page
from tillerman.web.visit import Visitor

pages = APIRouter()
api = APIRouter(tags=["studies"])  # what it shows is told by `/studies`
NEWEST = 4  # of the reader's own studies; the others stand on their page


@pages.get("/")
def show(visit: Visitor) -> HTMLResponse:
    """Show what can be opened, and whose interests stand behind the framework."""
    found = studies.answer(visit)
    return page(visit, "pages/start.html.j2", title=visit.say("start_page.heading"), found=found, newest=NEWEST)
