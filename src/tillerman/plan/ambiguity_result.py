"""What a plan costs if disruptions are likelier or rarer than assumed: the answer of `tillerman ambiguity`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class HazardRange:
    """One disruption: the range of its yearly chance, and the plan's objective at both ends, all else as assumed.

    The objective is that of the chances assumed where the futures cannot tell it apart, 95 times in 100.
    """

    disruption: str
    name: str
    chance: float  # a year, as the file has it on average over the climates
    low: float
    high: float
    at_low_musd: float
    at_high_musd: float


@dataclass(frozen=True)
class Worse:
    """What the plan costs when the so many disruptions that cost most are as likely as their ranges allow, at once."""

    n_hazards: int
    objective_musd: float
    hazards: tuple[str, ...]  # their names
    n_effective: float  # equally likely futures that this rests on


@dataclass(frozen=True)
class Ambiguity:
    """The plan's objective over the ranges of all chances, in million US$."""

    n_futures: int  # fresh ones, drawn with each set of chances and priced exactly
    assumed_musd: float
    best_musd: float  # all chances at their better ends
    worst_musd: float  # all chances at their worse ends
    n_effective_worst: float
    n_fixed: int  # disruptions without a range, or whose range weights cannot follow
    hazards: tuple[HazardRange, ...]
    steps: tuple[Worse, ...]
    seconds: float = field(default=0.0, compare=False)
