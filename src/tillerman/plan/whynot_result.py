"""What would have to be true for something to be in a plan that leaves it out: the answer of `tillerman why-not`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tillerman.plan.interval import Interval


class Reason(StrEnum):
    """Why something is not in the plan."""

    IN_PLAN = "in_plan"  # it is
    FORBIDDEN = "forbidden"  # rules of the file, the budget or lead times do not let any plan have it
    COSTS_MORE = "costs_more"  # proved: every plan that has it costs more
    NO_DIFFERENCE = "no_difference"  # a plan with it may be as good: the calculation cannot tell them apart


class Pays(StrEnum):
    """What can be said of a price or a chance at which something would pay."""

    PAYS = "pays"  # proved: at the low end of the price, or at the highest chance that was tried
    NEVER = "never"  # proved: not even for nothing, or not even at the highest chance that was tried
    UNDETERMINED = "undetermined"  # neither
    NONE = "none"  # no disruption in these futures makes it worth more


@dataclass(frozen=True)
class PriceNeeded:
    """How far the price would have to fall, all numbers of the file that are its price together."""

    verdict: Pays
    price_musd: float  # at the file's price, discounted, public money at its cost, less what is left at the end
    columns: tuple[str, ...]  # numbers of the file that are the price
    share: Interval  # of the price: at the low end it is proved to pay, at the high end it is proved not to
    break_even: float | None  # share at which the plans found change places


@dataclass(frozen=True)
class ChanceNeeded:
    """How likely a disruption would have to be, the one against which it helps most."""

    verdict: Pays
    disruption: str  # id; blank where none makes it worth more
    name: str
    assumed: float  # a year, on average over the climates
    tried: float  # the highest chance that was tried: there the verdict is proved
    break_even: float | None  # chance at which the plans found change places


@dataclass(frozen=True)
class WhyNot:
    """One thing that could be decided: what a plan with it would cost more, and what would make it pay."""

    action: str  # build, sign, start or keep_open
    subject: str  # id in the country file
    name: str
    unit: str
    lever: int | None
    reason: Reason
    size: float  # so much of it, at least, was made part of the plan
    years: str  # in which it had to begin; blank where it is in the plan
    in_plan: float  # how much of it the plan has
    more: Interval  # than the plan, million US$; infinite where it is forbidden
    rules: tuple[str, ...]  # that forbid it: they cannot hold together with it
    instead: tuple[str, ...]  # what the plan does in years 1 to 3 that the best plan with it found does not
    price: PriceNeeded | None = None  # None where it is in the plan, or forbidden
    chance: ChanceNeeded | None = None  # None where it was not asked for


@dataclass(frozen=True)
class LeftOut:
    """Everything that could be decided and that the plan leaves out, what costs least more first."""

    rows: tuple[WhyNot, ...]
    gross_musd: float
    n_priced: int
    seconds: float = field(default=0.0, compare=False)
