"""What keeps running: every critical service, today and with the plan."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from tillerman.report.sections import keeps
from tillerman.web.answers import answered
from tillerman.web.needs import plan_of
from tillerman.web.shell import context_of, page
from tillerman.web.visit import Visit, Visitor

pages = APIRouter()
api = APIRouter(tags=["what keeps running"])


def answer(visit: Visit, study: str) -> keeps.Keeps:
    """What keeps running, today and with the plan."""
    return keeps.build(context_of(visit, plan_of(visit.open(study))))


@pages.get("/studies/{study}/keeps")
def show(study: str, visit: Visitor) -> HTMLResponse:
    """Show the finding, the answer in three sentences, and the picture."""
    found = answer(visit, study)
    return page(visit, "pages/keeps.html.j2", title=found.finding, opened=visit.open(study), here="keeps", found=found)


@api.get("/studies/{study}/keeps")
@answered
def tell(study: str, visit: Visitor) -> keeps.Keeps:
    """What keeps running: every critical service today and with the plan."""
    return answer(visit, study)
