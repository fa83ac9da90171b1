"""The program's main work, done once while every attempt to leave the machine is written down and refused.

Run as `python -m tillerman.cli.doctor.watched RESULT TASK…`: in a process of its own, because what watches it cannot be
taken off again.
"""

from __future__ import annotations

import ipaddress
import json
import sys
import sysconfig
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

COUNTRY = "kenya"
_LOOKS_UP = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_SENDS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind", "socket.getnameinfo"})
_STARTS = frozenset({"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.fork"})
_OWN_FILES = (sysconfig.get_path("stdlib"), __file__)


class Watch:
    """Hears, as an audit hook, what any Python code of the process does with the network."""

    def __init__(self) -> None:
        self.attempts: list[dict[str, str]] = []
        self.programs: list[str] = []

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        """Write an event down where it leaves the machine, and refuse it."""
        if event in _STARTS:
            self.programs.append(" ".join(str(part) for part in arguments[:2]))
            return
        if event in _LOOKS_UP:
            target = arguments[0]
        elif event in _SENDS:
            address = arguments[0] if event == "socket.getnameinfo" else arguments[1]
            if not isinstance(address, tuple):  # a socket of this machine alone has a path, not a host
                return
            target = address[0]
        else:
            return
        host = target.decode("ascii", "replace") if isinstance(target, bytes) else str(target or "")
        if stays(host):
            return
        self.attempts.append({"event": event, "target": host, "where": _where()})
        raise ConnectionRefusedError(f"{event} to {host}: refused, because `tillerman doctor` is watching")


def stays(host: str) -> bool:
    """Tell whether a host is this machine; a blank one stands for it in look-ups."""
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _where() -> str:
    """The nearest line of code that is neither Python's own nor of this file."""
    for frame in reversed(traceback.extract_stack()):
        if not frame.filename.startswith(_OWN_FILES) or "site-packages" in frame.filename:
            return f"{frame.filename}:{frame.lineno}"
    return "–"


def check() -> None:
    """Check a country file."""
    from tillerman.country import check

    check(COUNTRY)


def exposure() -> None:
    """Who can withdraw what."""
    from tillerman.country import load
    from tillerman.exposure import assess

    assess(load(COUNTRY)).postures(horizon="1y")


def plan() -> None:
    """A plan for one possible future: the whole engine, once."""
    from tillerman.country import load
    from tillerman.plan import optimise

    optimise(load(COUNTRY), futures=1)


def report() -> None:
    """Report, workbook and study of the stored plan, in both languages."""
    from tillerman.study import files_in, kept_plan, write
    from tillerman.words import LANGUAGES

    found = kept_plan(COUNTRY)
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            write(found, files_in(Path(folder), found.country), language=language)


def brief() -> None:
    """The minister's brief, as PDF, Word file and page."""
    from tillerman.brief import compose, dated, write_docx, write_html, write_pdf
    from tillerman.labels import Level, Reader
    from tillerman.study import kept_plan
    from tillerman.words import LANGUAGES

    found = kept_plan(COUNTRY)
    day = dated(found.country)
    for language in LANGUAGES:
        told = compose(found, reader=Reader.MINISTER, level=Level.PUBLIC, language=language, minguo=False)
        with tempfile.TemporaryDirectory() as folder:
            write_pdf(told, Path(folder, "brief.pdf"), dated=day)
            write_docx(told, Path(folder, "brief.docx"), dated=day)
            write_html(told, Path(folder, "brief.html"))


def pages() -> None:
    """Every page of a country in the browser, as the server writes it."""
    import asyncio

    from tillerman.web import Serving, create_app
    from tillerman.web.shell import PLACES

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Serving(Path(folder)))
        for path in ("/", "/api/v1/studies", *(f"/studies/{COUNTRY}/{place.id}" for place in PLACES)):
            if (status := asyncio.run(_status(app, path))) != 200:
                raise LookupError(f"{path} was answered with {status}")


async def _status(app: Callable[..., object], path: str) -> int:
    """Ask an application for a page as a server does, and give the code of its answer."""
    statuses: list[int] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8321),
    }

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(int(str(message["status"])))

    answer = app(scope, receive, send)
    await answer  # type: ignore[misc]  # an application is awaited; its type is as wide as any framework
    return statuses[0]


TASKS: dict[str, Callable[[], None]] = {
    task.__name__: task for task in (check, exposure, plan, report, brief, pages)
}  # fmt: skip


def main(result: Path, names: Sequence[str]) -> None:
    """Do these tasks, and write down what was done and what was heard."""
    watch = Watch()
    sys.addaudithook(watch.hear)
    tasks = []
    for name in names:
        try:
            TASKS[name]()
            trouble = ""
        except Exception as error:  # noqa: BLE001 - whatever stops a task is told, and the next one is done
            trouble = f"{type(error).__name__}: {error}"
        tasks.append({"id": name, "trouble": trouble})
    found = {"tasks": tasks, "attempts": watch.attempts, "programs": watch.programs}
    result.write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
