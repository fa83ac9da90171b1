"""What holds for every test: no network, twenty seconds, one thread for solvers, the same random examples each time."""

import os
import runpy
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent
SECONDS = 20.0
SLOW_SECONDS = 1800.0

# Before numpy or a solver is first imported; started processes and xdist workers inherit it. Two workers that each
# start a pool of threads on two cores take longer than one.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

# The network is shut in this process and in every Python process that a test starts.
_OFFLINE = HERE / "offline"
runpy.run_path(str(_OFFLINE / "sitecustomize.py"))
if str(_OFFLINE) not in os.environ.get("PYTHONPATH", "").split(os.pathsep):
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_OFFLINE), os.environ.get("PYTHONPATH")]))

# Timing is judged by the limit below, not example by example: two cores are shared by two workers.
settings.register_profile("quick", derandomize=True, max_examples=25, deadline=None, database=None)
settings.register_profile(
    "deep", max_examples=500, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("quick")

# Why a test may be skipped in continuous integration, where the data folder and a browser are present.
SKIPS_ALLOWED_IN_CI = ("needs another operating system",)


class TooLongError(Exception):
    """A test that ran past its limit."""


def _limit(item: pytest.Item) -> float:
    """Return how many seconds a test may take."""
    marker = item.get_closest_marker("time_limit")
    if marker is not None:
        return float(marker.kwargs["seconds"])
    return SLOW_SECONDS if item.get_closest_marker("slow") else SECONDS


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Stop a test that runs past its limit (where the system has an alarm clock: not on Windows)."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return
    seconds = _limit(item)

    start = time.perf_counter()

    def ring(_number: int, _frame: FrameType | None) -> None:
        left = seconds * _crowding() - (time.perf_counter() - start)
        if left > 0:
            signal.setitimer(signal.ITIMER_REAL, left)
            return
        message = f"{item.nodeid} ran past {seconds:g} s: make it smaller, or mark it slow"
        raise TooLongError(message)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _crowding() -> float:
    """How many times longer everything takes because others use the machine too: 1 on one's own, at most 6."""
    return min(6.0, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a longer limit that gives no reason."""
    for item in items:
        marker = item.get_closest_marker("time_limit")
        if marker is not None and not ({"seconds", "reason"} <= set(marker.kwargs) and not marker.args):
            raise pytest.UsageError(f"{item.nodeid}: write time_limit(seconds=..., reason='...')")


_unlisted_skips: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Collect, in continuous integration, every skip whose reason is not on the list."""
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(allowed in reason for allowed in SKIPS_ALLOWED_IN_CI):
            _unlisted_skips.append(f"{report.nodeid}: {reason}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run when something was skipped that should have run."""
    if _unlisted_skips and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the skips that failed the run."""
    if _unlisted_skips:
        terminalreporter.section("skipped in continuous integration without leave")
        for line in _unlisted_skips:
            terminalreporter.line(line)
