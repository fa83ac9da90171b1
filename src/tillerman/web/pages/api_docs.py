"""The interface for programs, described on a page that needs no script."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from tillerman.web.interface import API, groups, records
from tillerman.web.shell import page
from tillerman.web.visit import Visitor

pages = APIRouter()
api = APIRouter()  # what the page shows is the description itself, `/api/v1/openapi.json`


@pages.get("/api")
def show(visit: Visitor) -> HTMLResponse:
    """Show every question that a program may put, and every record that may come back."""
    found = visit.request.app.openapi()
    base = str(visit.request.base_url).rstrip("/") + API
    return page(
        visit,
        "pages/api.html.j2",
        title=visit.say("api_page.heading"),
        base=base,
        groups=groups(found),
        records=records(found),
        openapi=f"{API}/openapi.json",
    )
