"""What options are worth, and what planning again would save: the answer of `tillerman options`."""

from __future__ import annotations

from dataclasses import dataclass, field

from tillerman.plan.interval import Interval


@dataclass(frozen=True)
class OptionWorth:
    """One option that the file offers: land, a permit, a place in a queue, a framework contract, people on standby."""

    option: str
    name: str
    is_taken: bool  # the plan keeps it open
    worth: Interval  # how much worse the best plan without it is, million US$


@dataclass(frozen=True)
class ClimatePlan:
    """What would be decided anew if a climate between states is seen when the plan is made again."""

    climate: str
    probability: float
    n_futures: int
    decisions: tuple[str, ...]  # what is built, signed, started or kept open from then on, in words


@dataclass(frozen=True)
class EarlyChange:
    """A decision of years 1 to 3 that would differ if one knew that the plan will be made again: found, not proven."""

    subject: str
    name: str
    years: str
    amount: float  # in the plan
    replanned: float  # in the plan that will be made again
    unit: str


@dataclass(frozen=True)
class Options:
    """The worth of every option and of planning again."""

    rows: tuple[OptionWorth, ...]
    replan_year: int
    saving: Interval  # of making the plan again in that year, for the climate seen by then; million US$
    climates: tuple[ClimatePlan, ...]
    changes: tuple[EarlyChange, ...]
    gross_musd: float
    seconds: float = field(default=0.0, compare=False)
