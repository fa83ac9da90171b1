"""What each of the seven levers is worth: the answer of `tillerman levers`."""

from __future__ import annotations

from dataclasses import dataclass, field

from tillerman.plan.interval import Interval


@dataclass(frozen=True)
class LeverWorth:
    """What one lever saves, in million US$ of the plan's objective; each figure between two proved bounds."""

    lever: int
    is_used: bool  # some decision of the country file needs it
    alone: Interval  # as the only lever
    last: Interval  # added when all others are there
    fair_share: Interval  # on average over all orders in which levers can be added


@dataclass(frozen=True)
class LeverSubset:
    """What the best plan costs that uses some of the levers only."""

    levers: tuple[int, ...]
    cost: Interval  # of the objective, million US$


@dataclass(frozen=True)
class Levers:
    """What the seven levers are worth, alone, added last and in fair shares that sum to what all do together."""

    joint: Interval  # what all levers together save
    rows: tuple[LeverWorth, ...]
    subsets: tuple[LeverSubset, ...]  # every set of levers that some decision needs
    widest: float  # the widest fair share as a share of the joint effect
    is_narrow: bool  # the widest is within what was asked for
    without_targets: bool  # targets of the file were left out: without levers they could not be met
    gross_musd: float
    n_priced: int  # plans priced exactly
    seconds: float = field(default=0.0, compare=False)
