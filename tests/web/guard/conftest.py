"""What the guard stands before in its tests: the real application, and planted pages that change, fail and stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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

    @app.post("/planted/change", include_in_schema=False)
    def change(text: Annotated[str, Form()] = "") -> PlainTextResponse:
        return PlainTextResponse(f"changed {text}")

    @app.post("/planted/upload", include_in_schema=False)
    def upload(file: UploadFile) -> PlainTextResponse:
        return PlainTextResponse(f"{len(file.file.read())} bytes")

    @app.post("/api/v1/planted/change")
    def change_by_program(found: Annotated[object, Body()] = None) -> str:
        return f"changed {found!r}"[:40]

    @app.get("/planted/who", include_in_schema=False)
    def who(visit: Visitor) -> PlainTextResponse:
        return PlainTextResponse(visit.owner)

    @app.get("/api/v1/planted/who")
    def who_by_program(visit: Visitor) -> str:
        return visit.owner

    @app.get("/planted/broken", include_in_schema=False)
    def broken() -> str:
        raise ZeroDivisionError

    @app.get("/planted/stream", include_in_schema=False)
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


@pytest.fixture(scope="session")
def on_this_machine(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The application as it stands on one's own machine; making one takes longer than most of its tests."""
    return planted(Serving(tmp_path_factory.mktemp("local")))


@pytest.fixture
def local(on_this_machine: FastAPI) -> Iterator[TestClient]:
    """A browser that has never been here before, on one's own machine."""
    client = TestClient(on_this_machine, base_url="http://localhost", follow_redirects=False)
    yield client
    client.close()
