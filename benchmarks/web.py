"""What a reader of the browser waits for: cold start, first page, a withdrawal, fifty readers, and what is loaded.

Starts a server of its own, on this machine alone, with a folder that is deleted. Every figure is told twice: as wall
time, which other work on the machine lengthens, and where it can be told as CPU time of the server, which it does not.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

COUNTRY = "kenya"
READERS = 50
PAUSE_SECONDS = 5.0  # between two pages of one reader: somebody reads them
VISITS = 6  # pages a reader opens
PLACES = ("keeps", "stack", "plan", "evidence", "fallbacks", "study")
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[str]
    cold_wall: float
    cold_cpu: float

    def cpu(self) -> float:
        """CPU seconds of the server itself, without those of its calculations."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS


@contextmanager
def serving() -> Iterator[Server]:
    """Start a server, and take the time until its first page has come."""
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "tillerman", "serve", "--port", "0", "--folder", home, "--no-browser"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert process.stdout
            found = re.search(r":(\d+)/", process.stdout.readline())
            assert found
            port = int(found.group(1))
            get(port, "/")
            wall = time.perf_counter() - began
            server = Server(port, process, wall, 0.0)
            yield Server(port, process, wall, server.cpu())
        finally:
            process.terminate()
            process.wait()


def get(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """Ask for one page as a browser does, compressed: its code and its bytes as sent."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip", **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def timed(server: Server, path: str, n: int = 20) -> tuple[float, float, float]:
    """Middle and worst wall milliseconds of a page that was asked for before, and CPU milliseconds of the server."""
    get(server.port, path)
    walls, cpu = [], server.cpu()
    for _ in range(n):
        began = time.perf_counter()
        status, _ = get(server.port, path)
        walls.append(1000 * (time.perf_counter() - began))
        assert status == 200, path
    return sorted(walls)[n // 2], max(walls), 1000 * (server.cpu() - cpu) / n


def withdrawals(server: Server) -> tuple[float, float, float]:
    """As `timed`, each time of a holder that nobody withdrew before: middle, worst, CPU milliseconds."""
    stack = f"/studies/{COUNTRY}/stack"
    text = plain(server.port, stack)
    keys = sorted(set(re.findall(r"without=([\w.:-]+)", text)))[:20]
    assert keys, "the stack offers nothing to withdraw"
    walls, cpu = [], server.cpu()
    for key in keys:
        began = time.perf_counter()
        status, _ = get(server.port, f"{stack}?without={key}")
        walls.append(1000 * (time.perf_counter() - began))
        assert status == 200, key
    return sorted(walls)[len(walls) // 2], max(walls), 1000 * (server.cpu() - cpu) / len(walls)


def plain(port: int, path: str) -> str:
    """A page as text."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def readers(port: int) -> tuple[list[float], float]:
    """Fifty readers who open pages and read them: wall milliseconds of each page, sorted, and pages a second."""
    walls: list[float] = []
    lock = threading.Lock()

    def read(number: int) -> None:
        time.sleep(PAUSE_SECONDS * number / READERS)  # they do not come in step
        for visit in range(VISITS):
            path = f"/studies/{COUNTRY}/{PLACES[(number + visit) % len(PLACES)]}"
            began = time.perf_counter()
            status, _ = get(port, path)
            took = 1000 * (time.perf_counter() - began)
            assert status == 200, path
            with lock:
                walls.append(took)
            time.sleep(max(0.0, PAUSE_SECONDS - took / 1000))

    began = time.perf_counter()
    crowd = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for reader in crowd:
        reader.start()
    for reader in crowd:
        reader.join()
    assert len(walls) == READERS * VISITS
    return sorted(walls), len(walls) / (time.perf_counter() - began)


def hurried(port: int, seconds: float = 10.0) -> float:
    """Pages a second where as many readers do not pause: what the server can give at most."""
    until = time.perf_counter() + seconds
    counts: list[int] = []

    def read(number: int) -> None:
        n = 0
        while time.perf_counter() < until:
            get(port, f"/studies/{COUNTRY}/{PLACES[(number + n) % len(PLACES)]}")
            n += 1
        counts.append(n)

    crowd = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for reader in crowd:
        reader.start()
    for reader in crowd:
        reader.join()
    return sum(counts) / seconds


@contextmanager
def solving(port: int) -> Iterator[None]:
    """Have a plan of two hundred futures made meanwhile, and cancel it afterwards."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"X-Tillerman": "1", "Content-Type": "application/json"}
    connection.request(
        "POST", f"/api/v1/studies/{COUNTRY}/jobs", '{"kind": "plan", "dials": {"futures": 200}}', headers
    )
    answer = connection.getresponse()
    text = answer.read().decode()
    if answer.status != 202:
        raise SystemExit(f"no plan was begun: {answer.status} {text}")
    job = str(answer.getheader("Location"))
    time.sleep(8)  # until it has begun in earnest
    try:
        yield
        state = re.search(r'"state": ?"(\w+)"', plain(port, job))
        print(f"    (at the end the plan was {state.group(1) if state else 'gone'})")
    finally:
        connection.close()  # the server has closed it too, meanwhile
        connection.request("DELETE", job, headers=headers)
        connection.getresponse().read()
        connection.close()


def first_load(port: int) -> dict[str, int]:
    """Compressed bytes of each first page with everything that it loads."""
    sizes = {}
    for place in PLACES:
        path = f"/studies/{COUNTRY}/{place}"
        text = plain(port, path)
        parts = {path, *re.findall(r'<(?:link[^>]*href|script[^>]*src|img[^>]*src)="(/[^"]+)"', text)}
        sizes[place] = sum(len(get(port, urljoin(path, part.replace("&amp;", "&")))[1]) for part in parts)
    return sizes


def show(what: str, *cells: str) -> None:
    """Print one line of the table."""
    print(f"{what:<52}" + "".join(f"{cell:>16}" for cell in cells), flush=True)


def crowd(port: int, what: str) -> None:
    """Print how long fifty readers waited."""
    walls, rate = readers(port)
    middle, late = walls[len(walls) // 2], walls[int(len(walls) * 0.95)]
    show(what, f"{middle:,.0f} ms", f"{late:,.0f} ms", f"{rate:.1f} pages/s")


def main() -> None:
    """Measure everything once and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-readers", action="store_true", help="leave out what takes minutes")
    asked = parser.parse_args()
    with serving() as server:
        show("", "wall", "worst", "CPU of server")
        show("cold: process start to first page", f"{server.cold_wall:.2f} s", "", f"{server.cold_cpu:.2f} s")
        measures: tuple[tuple[str, Callable[[], tuple[float, float, float]]], ...] = (
            *((f"warm: {place}", lambda place=place: timed(server, f"/studies/{COUNTRY}/{place}")) for place in PLACES),
            ("withdrawal to new picture", lambda: withdrawals(server)),
        )
        for what, measure in measures:
            middle, worst, cpu = measure()
            show(what, f"{middle:.0f} ms", f"{worst:.0f} ms", f"{cpu:.0f} ms")
        for place, size in first_load(server.port).items():
            show(f"first load, compressed: {place}", f"{size / 1000:.0f} kB")
        if asked.without_readers:
            return
        show(f"{READERS} readers, a page each {PAUSE_SECONDS:g} s", "p50", "p95", "")
        crowd(server.port, "  alone")
        show("  without a pause, 8 at once", f"{hurried(server.port):.1f} pages/s")
        with solving(server.port):
            crowd(server.port, "  while a plan is made")
            show("  without a pause, 8 at once", f"{hurried(server.port):.1f} pages/s")


if __name__ == "__main__":
    main()
