"""Long calculations: start one, see how far it is while it goes on, cancel it, open what it has made."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Body, Form, Header
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from tillerman.errors import StudyError
from tillerman.report.figures import Figures
from tillerman.units import DOLLAR
from tillerman.web.answers import Answer, answered
from tillerman.web.errors import NoSuchStudyError
from tillerman.web.guard.login import own_address
from tillerman.web.jobs import Job
from tillerman.web.jobs.kinds import Asked
from tillerman.web.jobs.kinds.plan import PlanAnew
from tillerman.web.jobs.kinds.question import MOST_QUESTIONS, AskMore
from tillerman.web.jobs.kinds.why_not import AskWhyNot
from tillerman.web.jobs.stream import HEADERS, Look, Pieces, events_of, pieces_of
from tillerman.web.jobs.told import Calculation, Standing, told
from tillerman.web.shell import figures_of, fragment, named, page
from tillerman.web.visit import Visit, Visitor

pages = APIRouter()
api = APIRouter(tags=["calculations"])

Given = Annotated[Asked, Body(discriminator="kind")]
FormQuestions = Annotated[Sequence[str], Form(max_length=MOST_QUESTIONS)]
EVENT_STREAM = "text/event-stream"


@dataclass(frozen=True)
class Calculations:
    """The calculations of one owner, newest first."""

    calculations: tuple[Calculation, ...]


def answer(visit: Visit, job: str) -> Calculation:
    """How a calculation stands. Raises NoSuchJobError."""
    return _told(visit, visit.jobs.job(visit.owner, job))


def answers(visit: Visit) -> Calculations:
    """The visitor's calculations, newest first; bounds are told of each by itself."""
    return Calculations(tuple(_told(visit, job, with_bounds=False) for job in visit.jobs.of(visit.owner)))


def running(visit: Visit, study: str) -> tuple[Calculation, ...]:
    """The calculations about a study that are not over, for a page that shows them in a panel."""
    return tuple(_told(visit, job) for job in visit.jobs.of(visit.owner, study) if not job.state.is_final)


@pages.get("/jobs")
def show_all(visit: Visitor) -> HTMLResponse:
    """Show the visitor's calculations, newest first."""
    found = answers(visit)
    return page(visit, "pages/jobs.html.j2", title=visit.say("jobs_page.heading"), found=found)


@pages.get("/jobs/{job}")
def show(job: str, visit: Visitor) -> HTMLResponse:
    """Show how far a calculation is; its address stays the same while it goes on and afterwards."""
    found = answer(visit, job)
    return page(visit, "pages/job.html.j2", title=found.said.what, found=found)


@pages.get("/jobs/{job}/events")
async def follow(job: str, visit: Visitor) -> StreamingResponse:
    """Tell an open page how far a calculation is, until it is over."""
    visit.jobs.job(visit.owner, job)
    return _stream(
        pieces_of(lambda: _look(visit, job), lambda found: _draw(visit, found), lambda: visit.jobs.is_closing)
    )


@pages.post("/studies/{study}/jobs/plan")
def plan(study: str, visit: Visitor, questions: FormQuestions = ()) -> Response:
    """Make a plan for a study, as the one before it was made, and show how far that is."""
    return _started(visit, study, PlanAnew(questions=tuple(questions)))


@pages.post("/studies/{study}/jobs/question")
def question(study: str, visit: Visitor, questions: FormQuestions = ()) -> Response:
    """Ask the plan of a study something, and show how far that is."""
    return _started(visit, study, AskMore(questions=tuple(questions)))


@pages.post("/studies/{study}/jobs/why-not")
def why_not(study: str, visit: Visitor, subject: Annotated[str, Form()] = "") -> Response:
    """Ask why the plan of a study leaves something out, and show how far that is."""
    return _started(visit, study, AskWhyNot(subject=subject))


@pages.post("/jobs/{job}/cancel")
def cancel(job: str, visit: Visitor, back: Annotated[str, Form()] = "") -> Response:
    """Cancel a calculation and go back to where that was asked."""
    visit.jobs.cancel(visit.owner, job)
    there = own_address(back)
    return RedirectResponse(there if there == back else f"/jobs/{job}", status_code=303)


@api.post("/studies/{study}/jobs", status_code=202, response_model=Calculation)
def start(study: str, visit: Visitor, work: Given) -> Answer:
    """Start a calculation: `plan`, `question`, `why_not` or `change`. You are told at once where to follow it."""
    job = visit.jobs.start(visit.owner, visit.open(study), work, visit.say)
    return Answer(_told(visit, job), status_code=202, headers={"Location": f"/api/v1/jobs/{job.id}"})


@api.get("/jobs")
@answered
def tell_all(visit: Visitor) -> Calculations:
    """Your calculations, newest first."""
    return answers(visit)


@api.get("/jobs/{job}")
@answered
def tell(job: str, visit: Visitor) -> Calculation:
    """How a calculation stands, and what came of it."""
    return answer(visit, job)


@api.delete("/jobs/{job}")
@answered
def stop(job: str, visit: Visitor) -> Calculation:
    """Cancel a calculation; one that is over stays as it is."""
    return _told(visit, visit.jobs.cancel(visit.owner, job))


@api.get("/jobs/{job}/events", response_class=StreamingResponse)
async def stream(job: str, visit: Visitor, last_event_id: Annotated[int, Header(ge=0)] = 0) -> StreamingResponse:
    """Server-sent events: `progress` for each step and each new pair of bounds, `end` with how it ended."""
    visit.jobs.job(visit.owner, job)
    store = visit.jobs.store
    return _stream(
        events_of(
            lambda: _look(visit, job),
            lambda after: store.events(job, after),
            lambda: visit.jobs.is_closing,
            last_event_id,
        )
    )


def _started(visit: Visit, study: str, work: Asked) -> Response:
    job = visit.jobs.start(visit.owner, visit.open(study), work, visit.say)
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)


def _stream(pieces: AsyncIterator[bytes]) -> StreamingResponse:
    return StreamingResponse(pieces, media_type=EVENT_STREAM, headers=HEADERS)


def _look(visit: Visit, job: str) -> Look:
    latest = visit.jobs.store.latest(job)
    return Look(0 if latest is None else latest.n, answer(visit, job))


def _draw(visit: Visit, found: Calculation) -> Pieces:
    live, end = (fragment(visit, f"job_{part}.html.j2", {"found": found}).strip() for part in ("live", "end"))
    return Pieces(live, end)


def _told(visit: Visit, job: Job, *, with_bounds: bool = True) -> Calculation:
    store, say = visit.jobs.store, visit.say
    name, write = "", Figures(say, DOLLAR)
    ends = store.bounds(job.id) if with_bounds else None
    with suppress(NoSuchStudyError, StudyError):  # it was deleted, or cannot be read any more
        name = named(visit.shelf.entry(job.study, visit.owner), visit.language)
        if ends is not None:
            write = figures_of(visit, visit.open(job.study))
    return told(Standing(job, store.latest(job.id), ends, visit.jobs.n_before(job), time.time()), name, say, write)
