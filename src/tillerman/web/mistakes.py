"""What a visitor is told when something cannot be given: a page for people, JSON for programs, one class a mistake."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from tillerman.errors import TillermanError
from tillerman.web.jobs import NoSuchJobError, TooManyJobsError
from tillerman.web.needs import NoPlanError
from tillerman.web.shelf import NoSuchStudyError
from tillerman.web.shell import page
from tillerman.web.visit import visit_of

Handler = Callable[[Request, Exception], Awaitable[Response]]


def install(app: FastAPI) -> None:
    """Tell the application how each mistake is told."""
    app.add_exception_handler(NoSuchStudyError, _handler(404, "web.mistake.study"))
    app.add_exception_handler(NoSuchJobError, _handler(404, "web.mistake.job"))
    app.add_exception_handler(TooManyJobsError, _handler(429, "web.mistake.jobs"))
    app.add_exception_handler(NoPlanError, _handler(409, "web.mistake.plan"))
    app.add_exception_handler(400, _handler(400, "guard.request"))
    app.add_exception_handler(403, _handler(403, "guard.form"))
    app.add_exception_handler(404, _handler(404, "web.mistake.page"))
    app.add_exception_handler(405, _handler(405, "web.mistake.method"))
    app.add_exception_handler(413, _handler(413, "guard.too_much"))
    app.add_exception_handler(RequestValidationError, _handler(422, "guard.request"))
    app.add_exception_handler(TillermanError, _handler(422, "web.mistake.input"))


async def told(request: Request, status: int, message: str, detail: str = "", **blanks: str) -> Response:
    """Say in one message why something cannot be given, as a page or as JSON."""
    visit = visit_of(request)
    said = visit.say(message, **blanks)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": detail or said}, status_code=status)
    return await run_in_threadpool(page, visit, "pages/mistake.html.j2", title=said, status=status, detail=detail)


def _handler(status: int, message: str) -> Handler:
    async def handler(request: Request, error: Exception) -> Response:
        return await told(request, status, message, _detail(error))

    return handler


def _detail(error: Exception) -> str:
    """What an error of ours says of itself, and which parts of a request were wrong."""
    if isinstance(error, TillermanError):
        return str(error)
    if isinstance(error, RequestValidationError):
        return "\n".join(f"{'.'.join(map(str, wrong['loc'][1:]))}: {wrong['msg']}" for wrong in error.errors())
    return ""
