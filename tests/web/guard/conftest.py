"""What the guard stands before in its tests: the real application, and planted pages that change, fail and stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import Body, FastAPI, Form, UploadFile
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.testclient import TestClient

from tillerman.web import Serving, create_app
from tillerman.web.visit import Visitor

Make = Callable[[Serving], TestClient]


def planted(serving: Serving) -> FastAPI:
    """The application with a few pages more."""
    app = create_app(serving)

    @app.post("/planted/change")
    def change(text: Annotated[str, Form()] = "") -> PlainTextResponse:
        return PlainTextResponse(f"changed {text}")

    @app.post("/planted/upload")
    def upload(file: UploadFile) -> PlainTextResponse:
        return PlainTextResponse(f"{len(file.file.read())} bytes")

    @app.post("/api/v1/planted/change")
    def change_by_program(found: Annotated[object, Body()] = None) -> str:
        return f"changed {found!r}"[:40]

    @app.get("/planted/who")
    def who(visit: Visitor) -> PlainTextResponse:
        return PlainTextResponse(visit.owner)

    @app.get("/api/v1/planted/who")
    def who_by_program(visit: Visitor) -> str:
        return visit.owner

    @app.get("/planted/broken")
    def broken() -> str:
        raise ZeroDivisionError

    @app.get("/planted/stream")
    def stream() -> StreamingResponse:
        return StreamingResponse(iter(("data: 1\n\n", "data: 2\n\n")), media_type="text/event-stream")

    return app


@pytest.fixture
def guarded() -> Iterator[Make]:
    """Make an application with these settings, as a browser or a program reaches it."""
    made: list[TestClient] = []

    def make(serving: Serving) -> TestClient:
        made.append(TestClient(planted(serving), base_url="http://localhost", follow_redirects=False))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def local(guarded: Make, tmp_path: Path) -> TestClient:
    """The application as it stands on one's own machine."""
    return guarded(Serving(tmp_path))
