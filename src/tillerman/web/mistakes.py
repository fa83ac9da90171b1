"""What a visitor is told when something cannot be given: a page for people, JSON for programs, one class a mistake."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from tillerman.errors import TillermanError
from tillerman.web.needs import NoPlanError
from tillerman.web.shelf import NoSuchStudyError
from tillerman.web.shell import page
from tillerman.web.visit import visit_of

Handler = Callable[[Request, Exception], Awaitable[Response]]


def install(app: FastAPI) -> None:
    """Tell the application how each mistake is told."""
    app.add_exception_handler(NoSuchStudyError, _told(404, "web.mistake.study"))
    app.add_exception_handler(NoPlanError, _told(409, "web.mistake.plan"))
    app.add_exception_handler(404, _told(404, "web.mistake.page"))
    app.add_exception_handler(405, _told(405, "web.mistake.method"))
    app.add_exception_handler(TillermanError, _told(422, "web.mistake.input"))


def _told(status: int, message: str) -> Handler:
    async def handler(request: Request, error: Exception) -> Response:
        visit = visit_of(request)
        detail = str(error) if isinstance(error, TillermanError) else ""
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": detail or visit.say(message)}, status_code=status)
        return await run_in_threadpool(
            page, visit, "pages/mistake.html.j2", title=visit.say(message), status=status, detail=detail
        )

    return handler
