"""What a visitor is told when something cannot be given: a page for people, JSON for programs, one class a mistake."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from tillerman.errors import TillermanError
from tillerman.web.answers import Answer, Mistake, mistake_of
from tillerman.web.errors import NoPlanError, NoSuchStudyError
from tillerman.web.jobs import NoSuchJobError, TooManyJobsError
from tillerman.web.shell import page
from tillerman.web.visit import visit_of
from tillerman.words.sentences import error_in

Handler = Callable[[Request, Exception], Awaitable[Response]]

# What every answer to a program may be instead, for the description of the interface.
MISTAKES: dict[int | str, dict[str, Any]] = {
    400: {"model": Mistake, "description": "The request cannot be understood."},
    401: {"model": Mistake, "description": "A name and a token are needed."},
    403: {"model": Mistake, "description": "A change without the header `X-Tillerman: 1`, or from another site."},
    404: {"model": Mistake, "description": "There is no such thing, or it is not yours."},
    409: {"model": Mistake, "description": "The study has no plan yet."},
    413: {"model": Mistake, "description": "More than is taken at once, or nested too deeply."},
    414: {"model": Mistake, "description": "The address is too long."},
    421: {"model": Mistake, "description": "This server does not answer under that name."},
    422: {"model": Mistake, "description": "This cannot be used as it is; every problem is told."},
    429: {"model": Mistake, "description": "Too many attempts to come in, or too many calculations at once."},
    500: {"model": Mistake, "description": "Something went wrong inside the program."},
}


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


async def told(
    request: Request, status: int, message: str, error: Exception | None = None, limit: str = ""
) -> Response:
    """Say in one message why something cannot be given, as a page or as JSON."""
    visit = visit_of(request)
    said, detail = visit.say(message, limit=limit), _detail(error, visit.language)
    if request.url.path.startswith("/api/"):
        return Answer(mistake_of(detail or said, error, visit.language), status_code=status)
    opened = error.opened if isinstance(error, NoPlanError) else None
    return await run_in_threadpool(
        page, visit, "pages/mistake.html.j2", title=said, opened=opened, status=status, detail=detail
    )


def _handler(status: int, message: str) -> Handler:
    async def handler(request: Request, error: Exception) -> Response:
        answer = await told(request, status, message, error)
        if isinstance(error, HTTPException) and error.headers:
            answer.headers.update(error.headers)
        return answer

    return handler


def _detail(error: Exception | None, language: str) -> str:
    """What an error of ours says of itself, and which parts of a request were wrong."""
    if isinstance(error, TillermanError):
        return error_in(error, language)
    if isinstance(error, RequestValidationError):
        return "\n".join(f"{'.'.join(map(str, wrong['loc'][1:]))}: {_wrong(wrong)}" for wrong in error.errors())
    return ""


def _wrong(found: Mapping[str, Any]) -> str:
    return "no such field" if found["type"] == "unexpected_keyword_argument" else str(found["msg"])
