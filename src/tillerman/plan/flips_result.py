"""At which value of a number a decision stops paying: the answer of `tillerman flips`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tillerman.plan.interval import Interval


class Verdict(StrEnum):
    """What can be said of a decision over a number's range."""

    FLIPS = "flips"  # it pays on one side of a value and does not on the other: both signs are proved
    HOLDS = "holds"  # no sign of a change was seen at the ends of the range
    UNDETERMINED = "undetermined"  # a change was seen, but the bounds of the plans do not prove it


@dataclass(frozen=True)
class Flip:
    """One decision against one number."""

    subject: str
    name: str
    table: str
    row: str | None  # None in the frame
    column: str  # "chance" for the yearly chance of a disruption, climates together
    unit: str
    value: float  # the file's
    low: float
    high: float
    verdict: Verdict
    flips_at: float | None  # where the worth passes through zero, between the two values below
    pays_at: float | None  # nearest value at which it is proved to pay
    fails_at: float | None  # nearest value at which it is proved not to
    worth_at_low: float  # what the plan with it saves against the plan without, both carried to the end of the range
    worth_at_high: float


@dataclass(frozen=True)
class DecisionWorth:
    """What a decision is worth at the file's own numbers, between proved bounds."""

    subject: str
    name: str
    worth: Interval


@dataclass(frozen=True)
class Flips:
    """Every decision looked at, and the numbers and chances that come nearest to turning it."""

    decisions: tuple[DecisionWorth, ...]
    rows: tuple[Flip, ...]
    n_numbers: int  # numbers whose ends were priced
    n_chances: int  # disruptions whose chances were
    n_proofs: int  # plans that were made anew to prove a sign
    gross_musd: float
    seconds: float = field(default=0.0, compare=False)
