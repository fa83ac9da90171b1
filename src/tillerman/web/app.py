"""The server: one application with its pages, its JSON API and its files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware

from tillerman.web import guard, mistakes
from tillerman.web.etags import Marked
from tillerman.web.guard.door import checked
from tillerman.web.interface import API, Described, operation_id
from tillerman.web.jobs import Desk, desk
from tillerman.web.pages import (
    api_docs,
    bring,
    changes,
    compare,
    dials,
    downloads,
    evidence,
    fallbacks,
    jobs,
    keeps,
    limits,
    number,
    plan,
    service,
    stack,
    start,
    studies,
    upload,
    why_not,
)
from tillerman.web.serving import Serving
from tillerman.web.shelf import Shelf
from tillerman.web.shell import REPORT_STYLE, REPORT_STYLE_NAME, STATIC

PAGES = (
    start,
    studies,
    bring,
    downloads,
    compare,
    upload,
    keeps,
    service,
    stack,
    plan,
    why_not,
    dials,
    evidence,
    number,
    changes,
    fallbacks,
    limits,
    jobs,
    api_docs,
)


@asynccontextmanager
async def _working(app: FastAPI) -> AsyncIterator[None]:
    """Take up the calculations that an earlier server left behind; leave what is not done to the next one."""
    at: Desk = app.state.jobs
    at.open()
    yield
    await run_in_threadpool(at.close)


def create_app(serving: Serving) -> FastAPI:
    """Put a server together; it keeps what it must keep in the folder that the settings name."""
    app = Described(
        title="Tillerman",
        version=version("tillerman"),
        summary="What others can withdraw, and what to do first: the answers behind every page.",
        openapi_url=f"{API}/openapi.json",
        docs_url=None,  # the usual pages of documentation load scripts from elsewhere
        redoc_url=None,
        generate_unique_id_function=operation_id,
        dependencies=[Depends(checked)],
        lifespan=_working,
    )
    app.state.serving = serving
    app.state.shelf = Shelf(serving.folder / "studies")
    app.state.jobs = desk(serving.folder, app.state.shelf)
    api = APIRouter(prefix=API, responses=mistakes.MISTAKES)
    for module in PAGES:
        app.include_router(module.pages, include_in_schema=False)
        api.include_router(module.api)
    app.include_router(api)
    app.add_api_route(f"/static/{REPORT_STYLE_NAME}", lambda: FileResponse(REPORT_STYLE), include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Marked)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    guard.install(app, serving)
    mistakes.install(app)
    return app
