"""What may happen outside: disruptions, the climate between states, drivers, trends, delivery."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tillerman.country.columns import column
from tillerman.labels import Cause, Climate, HoldKind


class TargetOfDisruption(StrEnum):
    """What a disruption strikes."""

    PARTY = "party"
    JURISDICTION = "jurisdiction"
    RESOURCE = "resource"


class Driver(StrEnum):
    """An uncertain path that states share."""

    DEMAND = "demand"
    PRICES = "prices"


class Trend(StrEnum):
    """A steady yearly change."""

    TOKEN_PRICE = "token_price"
    CHIP_PRICE = "chip_price"
    POWER_PRICE = "power_price"
    QUALITY_FLOOR = "quality_floor"


@dataclass(frozen=True)
class Disruption:
    """Something that may stop, with its cause, its yearly chance in each climate and how long it lasts."""

    id: str = column("Short name, unique in the table.", is_key=True)
    name: str = column("What happens, in plain words.")
    cause: Cause = column("Chooses, ordered or cannot.")
    strikes: TargetOfDisruption = column(
        "Whether it strikes a party, everybody a jurisdiction can order, or one resource."
    )
    target: str = column("The party, jurisdiction code or resource it strikes.")
    hold_kinds: tuple[HoldKind, ...] = column("Only holds of these kinds are withdrawn; blank means all.")
    depth: float = column("Share withdrawn at a struck resource (1 = all of it).", minimum=0, maximum=1)
    chance_normal: float = column("Chance that it begins in a normal year.", unit="1/year", minimum=0, maximum=1)
    chance_strained: float = column("Chance that it begins in a strained year.", unit="1/year", minimum=0, maximum=1)
    chance_broken: float = column("Chance that it begins in a broken year.", unit="1/year", minimum=0, maximum=1)
    duration_days: float = column("How long it lasts on average.", unit="days", minimum=0.1)
    is_common_shock: bool = column("True when it strikes many countries at once, so that spot capacity shrinks.")
    is_geopolitical: bool = column(
        "True when it is a state's or firm's deliberate act toward others; left out by the run 'no geopolitics'."
    )
    precedent: str | None = column("When it has happened, and where that is written.")
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class ClimateStep:
    """How the climate between states moves from one year to the next."""

    id: Climate = column("The climate this year.", is_key=True)
    start: float = column("Chance that the first year has it.", minimum=0, maximum=1)
    to_normal: float = column("Chance that next year is normal.", minimum=0, maximum=1)
    to_strained: float = column("Chance that next year is strained.", minimum=0, maximum=1)
    to_broken: float = column("Chance that next year is broken.", minimum=0, maximum=1)


@dataclass(frozen=True)
class DriverPath:
    """An uncertain path around its trend: a first-order autoregression of its logarithm, in levels."""

    id: Driver = column("Demand or prices.", is_key=True)
    yearly_sd: float = column("Standard deviation of a year's new shock, in logarithms.", minimum=0, maximum=2)
    persistence: float = column("Share of last year's deviation that stays.", minimum=0, maximum=0.999)
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class TrendRate:
    """A steady yearly change of a price or of the quality floor."""

    id: Trend = column("What changes.", is_key=True)
    per_year: float = column("Yearly change: a rate, or points a year for the quality floor.", minimum=-0.9, maximum=20)
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Delivery:
    """How projects of a kind have been delivered: on time, late or never."""

    id: str = column("Short name, unique in the table.", is_key=True)
    name: str = column("Which projects it stands for.")
    on_time: float = column("Chance of being on time.", minimum=0, maximum=1)
    late: float = column("Chance of being late.", minimum=0, maximum=1)
    never: float = column("Chance of never being delivered.", minimum=0, maximum=1)
    late_years: int = column("How late, when late.", unit="years", minimum=0, maximum=10)
    note: str | None = column("Anything a reader should know.")
