"""Why not something else: what the plan leaves out, and what would have to be true for it to be in."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from tillerman.report.sections import why_not
from tillerman.web.answers import answered
from tillerman.web.needs import plan_of
from tillerman.web.pages.jobs import running
from tillerman.web.shell import context_of, page
from tillerman.web.visit import Visit, Visitor

pages = APIRouter()
api = APIRouter(tags=["plan"])


@dataclass(frozen=True)
class Doubted:
    """What the plan leaves out; nothing where that was not asked yet."""

    is_asked: bool
    left_out: why_not.LeftOut | None


def answer(visit: Visit, study: str) -> Doubted:
    """What the plan of a study leaves out, and what would have to be true."""
    found = why_not.build(context_of(visit, plan_of(visit.open(study))))
    return Doubted(found is not None, found)


@pages.get("/studies/{study}/why-not")
def show(study: str, visit: Visitor) -> HTMLResponse:
    """Show what the plan leaves out."""
    found = answer(visit, study)
    title = found.left_out.heading if found.left_out else visit.say("plan_page.why_not")
    return page(
        visit,
        "pages/why_not.html.j2",
        title=title,
        opened=visit.open(study),
        here="plan",
        found=found,
        running=running(visit, study),
    )


@api.get("/studies/{study}/why-not")
@answered
def tell(study: str, visit: Visitor) -> Doubted:
    """What the plan leaves out, what each would cost more, and at which price or chance it would pay."""
    return answer(visit, study)
