"""Progress of a long calculation, on standard error: a moving line in a terminal, one line a stage elsewhere."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tillerman.cli.screen import Screen, clean
from tillerman.units import share

if TYPE_CHECKING:
    from rich.status import Status

    from tillerman.twostage import Progress


class Teller:
    """Tells the stages of a calculation, and how far its bounds are apart, in plain words."""

    def __init__(self, screen: Screen, status: Status | None) -> None:
        self._screen = screen
        self._status = status
        self._stage = ""

    def __call__(self, stage: str, bounds: Progress | None) -> None:
        """Tell a stage, and how far it is where bounds are known."""
        say = self._screen.say
        key = f"stage.{stage}"
        called = say(key) if say.knows(key) else stage
        if self._status is not None:
            self._status.update(clean(called if bounds is None else self._bounds(called, bounds)))
        elif stage != self._stage:
            self._screen.remark(f"{called} ...")
        self._stage = stage

    def _bounds(self, called: str, bounds: Progress) -> str:
        seconds = f"{bounds.seconds:.0f}"
        if not math.isfinite(bounds.gap) or bounds.gap > 1:
            return self._screen.say("progress.first_bounds", stage=called, seconds=seconds)
        gap = share(bounds.gap) if bounds.gap >= _WHOLE_PERCENT else f"{100 * bounds.gap:.1f} %"
        # as many decimals as tell the bounds apart, while they come together
        decimals = max(0, min(_MOST_DECIMALS, 1 - math.floor(math.log10(max(bounds.upper - bounds.lower, _CLOSE)))))
        lower, upper = (f"{bound:,.{decimals}f}" for bound in (bounds.lower, bounds.upper))
        return self._screen.say("progress.bounds", stage=called, lower=lower, upper=upper, share=gap, seconds=seconds)


_WHOLE_PERCENT = 0.03
_MOST_DECIMALS = 4
_CLOSE = 1e-9


@contextmanager
def progress(screen: Screen) -> Iterator[Teller]:
    """While the block runs, tell its progress; the moving line is gone when it ends, however it ends."""
    if not screen.err.is_terminal:
        yield Teller(screen, None)
        return
    with screen.err.status("") as status:
        yield Teller(screen, status)
