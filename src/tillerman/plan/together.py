"""Pieces of work that do not depend on each other, two at a time: the engine leaves Python's lock while it works."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from threading import Event, Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from tillerman.plan.base import Listener
    from tillerman.twostage import Progress

AT_ONCE = 2  # the answers do not depend on it
Found = TypeVar("Found")


class Together:
    """Does what is added inside a `with` block, and leaves the block when all of it is done.

    Each piece is given a listener to tell its stages to; a stage that several come to is told once. What ends one piece
    early, or the block itself (Ctrl-C), ends the others when they next tell something, and is passed on.
    """

    def __init__(self, progress: Listener | None = None) -> None:
        self._progress = progress
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._pieces: list[Future[object]] = []
        self._stopped, self._lock = Event(), Lock()
        self._told: set[str] = set()

    def add(self, piece: Callable[[Listener], Found]) -> Future[Found]:
        """Begin a piece as soon as there is room; its result can be read after the block."""
        added = self._pool.submit(piece, self._tell)
        self._pieces.append(added)  # type: ignore[arg-type]  # only asked how it ended
        return added

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        failed: Future[object] | None = None
        try:
            if error is None:
                wait(self._pieces, return_when=FIRST_EXCEPTION)
                failed = next((piece for piece in self._pieces if piece.done() and piece.exception()), None)
        finally:
            self._stopped.set()
            self._pool.shutdown(cancel_futures=True)
        if failed is not None:
            failed.result()

    def _tell(self, stage: str, bounds: Progress | None) -> None:
        if self._stopped.is_set():
            raise KeyboardInterrupt
        with self._lock:
            if self._progress is not None and (bounds is not None or stage not in self._told):
                self._progress(stage, bounds)
            self._told.add(stage)


def together(pieces: Sequence[Callable[[Listener], Found]], *, progress: Listener | None = None) -> list[Found]:
    """Do pieces of one kind and give what each found, in their order."""
    with Together(progress) as work:
        waiting = [work.add(piece) for piece in pieces]
    return [piece.result() for piece in waiting]
