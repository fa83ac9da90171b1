"""What tests of the pages share: the application in process, a running server, and a browser that forgives nothing."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from starlette.testclient import TestClient

from tillerman.web import Serving, create_app

CHROMIUM = "chromium"
NARROW = 360  # pixels; the narrowest screen that pages are made for


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """The application in this process, with a folder of its own, as a browser on this machine reaches it."""
    with TestClient(create_app(Serving(tmp_path)), base_url="http://localhost") as found:
        yield found


@dataclass(frozen=True)
class Served:
    """A running server: its address, without a slash at its end, and the application in this process."""

    url: str
    app: FastAPI


@contextmanager
def running(serving: Serving) -> Iterator[Served]:
    """Run a server in this process, on any free port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        app = create_app(replace(serving, port=port))
        server = uvicorn.Server(uvicorn.Config(app, ws="none", log_level="warning"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.01)
            yield Served(f"http://127.0.0.1:{port}", app)
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A running server; all tests of a run share it and its studies."""
    with running(Serving(tmp_path_factory.mktemp("site"))) as found:
        yield found


@pytest.fixture(scope="session")
def site(served: Served) -> str:
    """The address of the running server, without a slash at its end."""
    return served.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it; nothing but this machine can be reached from it."""
    path = shutil.which(CHROMIUM)
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        yield started
        started.close()


@pytest.fixture
def browser_page(browser: Browser, site: str) -> Iterator[Page]:
    """A page without history. The test fails where the policy is broken, a script fails, or another host is asked."""
    context = browser.new_context(base_url=site, viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.set_default_timeout(10_000)
    trouble = watch(page, site)
    yield page
    context.close()
    assert trouble == []


def watch(page: Page, site: str) -> list[str]:
    """Write down everything that must not happen on a page, from now on."""
    trouble: list[str] = []
    own = urlsplit(site).netloc

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not _is_status(message.text):
            trouble.append(f"console: {message.text}")

    def see(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != own:
            trouble.append(f"asked elsewhere: {request.url}")

    page.on("console", hear)
    page.on("pageerror", lambda error: trouble.append(f"script: {error}"))
    page.on("request", see)
    page.on("response", lambda found: trouble.append(f"{found.status}: {found.url}") if found.status >= 500 else None)
    return trouble


def _is_status(text: str) -> bool:
    """Chromium writes an error for every answer of 400 or more; a test may want one, and sees it itself."""
    return text.startswith("Failed to load resource: the server responded with a status of")
