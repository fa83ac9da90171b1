"""A job's progress as server-sent events, for as long as somebody looks on.

A page is told how the job stands now, whole, so that nothing is missed by who comes late or comes back. A program is
told each event with its number, and goes on after the last number that it has seen. Both are let go when the server is
about to end, without `end`: so they come back to the next one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from tillerman.plain import to_json
from tillerman.web.jobs.records import Event
from tillerman.web.jobs.told import Calculation

LOOK_EVERY_S = 0.25
TICK_S = 1.0  # the time taken goes on even while nothing else does
SAY_EVERY_S = 15.0  # who listens is not interrupted more often, unless a new step begins
HEADERS = {"X-Accel-Buffering": "no"}  # something between server and browser must not wait for more


@dataclass(frozen=True)
class Look:
    """How a job stands, and the number of the last event told of it."""

    n: int
    found: Calculation


@dataclass(frozen=True)
class Pieces:
    """What a page shows of a job, as HTML, by the part of the page that it replaces."""

    live: str
    end: str


def message(event: str, data: str, n: int | None = None) -> bytes:
    """Write one server-sent event."""
    lines = [f"event: {event}", *(f"data: {line}" for line in data.splitlines() or [""])]
    if n is not None:
        lines.insert(0, f"id: {n}")
    return ("\n".join(lines) + "\n\n").encode()


async def pieces_of(
    look: Callable[[], Look], draw: Callable[[Calculation], Pieces], is_closing: Callable[[], bool]
) -> AsyncIterator[bytes]:
    """Tell a page how a job stands until it is over: `job` for the eye, `said` for the ear, `end` when it is over."""
    shown: tuple[int, str, bool] | None = None
    drawn_at = said_at = float("-inf")
    step: tuple[str, str] | None = None
    while not is_closing():
        seen = await run_in_threadpool(look)
        found, now = seen.found, time.monotonic()
        mark = (seen.n, found.state.value, found.is_stopping)
        if mark != shown or now - drawn_at >= TICK_S:
            pieces = await run_in_threadpool(draw, found)
            yield message("job", pieces.live, seen.n)
            shown, drawn_at = mark, now
        now_at = (found.said.state, found.said.stage)
        if now_at != step or now - said_at >= SAY_EVERY_S:
            yield message("said", found.said.live)
            step, said_at = now_at, now
        if found.is_final:
            yield message("end", (await run_in_threadpool(draw, found)).end)
            return
        await asyncio.sleep(LOOK_EVERY_S)


async def events_of(
    look: Callable[[], Look], since: Callable[[int], tuple[Event, ...]], is_closing: Callable[[], bool], after: int
) -> AsyncIterator[bytes]:
    """Tell a program each event after a number as `progress`, and at last how the job ended as `end`."""
    told_at = float("-inf")
    while not is_closing():
        found = (await run_in_threadpool(look)).found
        now = time.monotonic()
        for event in await run_in_threadpool(since, after):
            yield message("progress", to_json(event, indent=None), event.n)
            after, told_at = event.n, now
        if found.is_final:
            yield message("end", to_json(found, indent=None))
            return
        if now - told_at >= SAY_EVERY_S:
            yield b": still here\n\n"  # keeps a connection open that would be thought dead
            told_at = now
        await asyncio.sleep(LOOK_EVERY_S)
