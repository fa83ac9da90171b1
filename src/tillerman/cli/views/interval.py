"""A number between two proved bounds, as `--json` prints it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from tillerman.plan import Interval


@dataclass(frozen=True)
class IntervalView:
    """A number between two proved bounds."""

    low: Annotated[float | None, "At least so much; null where no bound was found."]
    high: Annotated[float | None, "At most so much; null where no bound was found."]


def view_interval(found: Interval) -> IntervalView:
    """An interval with its open ends as nulls."""
    return IntervalView(_bounded(found.low), _bounded(found.high))


def _bounded(value: float) -> float | None:
    return value if math.isfinite(value) else None
