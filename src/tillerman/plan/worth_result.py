"""How well a plan stands up to the future it will meet: the answer of `tillerman worth`."""

from __future__ import annotations

from dataclasses import dataclass, field

from tillerman.plan.enough import Enough
from tillerman.plan.interval import Interval
from tillerman.plan.outofsample import OutOfSample


@dataclass(frozen=True)
class Worth:
    """What planning for uncertainty is worth, what foresight could be, and how the plan does on fresh futures."""

    gross_musd: float
    expected_plan_musd: float  # what the plan made for the expected future alone costs on all futures
    planning: Interval  # worth of planning for uncertainty (VSS), proved
    foresight: Interval  # most that perfect foresight could be worth (EVPI)
    n_foresight: int  # futures that were given a plan of their own
    is_foresight_proved: bool  # all of them were; else the upper end is that of a 95 % interval
    fresh: OutOfSample
    enough: Enough
    seconds: float = field(default=0.0, compare=False)
