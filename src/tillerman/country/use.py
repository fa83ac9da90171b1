"""What the stack is for: services people rely on, how they run today, their fallbacks, what is asked of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tillerman.country.columns import column
from tillerman.labels import TargetKind


@dataclass(frozen=True)
class Service:
    """Something AI does for people, with what it is worth and what it costs when it stops."""

    id: str = column("Short name, unique in the table.", is_key=True)
    name: str = column("What it does, in plain words.")
    sector: str = column("The sector it serves.")
    tier: int = column("How critical: 1 must not stop, 2 matters, 3 can wait.", minimum=1, maximum=3)
    people_million: float = column("People served.", unit="million people", minimum=0)
    demand_muse_per_year: float = column(
        "Uses a year in the first year.", unit="million uses/year", minimum=0, maximum=1e8
    )
    growth_per_year: float = column(
        "Yearly growth of demand without any programme.", unit="1/year", minimum=-0.5, maximum=3
    )
    tokens_per_use: float = column("Tokens read and written per use.", unit="tokens/use", minimum=1)
    hard_share: float = column("Share of uses that need a stronger model.", minimum=0, maximum=1)
    floor_easy: float = column("Least model quality for easy uses.", unit="points", minimum=0, maximum=100)
    floor_hard: float = column("Least model quality for hard uses.", unit="points", minimum=0, maximum=100)
    languages: tuple[str, ...] = column("Languages in which it must work.")
    must_stay_home: bool = column("True when its data must be processed on home ground.")
    must_answer_home: bool = column("True when whoever runs it must answer to home courts only.")
    waiver_usd_per_use: float | None = column(
        "Extra cost of an emergency use abroad when it must stay home; blank where never allowed.",
        unit="US$/use",
        minimum=0,
    )
    platforms: tuple[str, ...] = column("Platforms and data sets it needs on every route.", references=("resources",))
    pool: str | None = column("The people who run it.", references=("talent",))
    staff_fte_per_muse_year: float = column(
        "People needed per million uses a year.", unit="FTE/(million uses/year)", minimum=0
    )
    integration_musd_per_muse_year: float = column(
        "Yearly cost of keeping it ready on a route, per million uses a year.",
        unit="million US$/(million uses/year)/year",
        minimum=0,
    )
    effort_fte_per_muse_year: float = column(
        "Engineers needed to move it in a crisis.", unit="FTE/(million uses/year)", minimum=0
    )
    moved_hit: float = column("Share that can be moved to other routes in the first days.", minimum=0, maximum=1)
    moved_adapting: float = column("Share that can be moved while switching, to day 90.", minimum=0, maximum=1)
    moved_adapted: float = column("Share that can be moved after switching.", minimum=0, maximum=1)
    relied_share: float = column("Share of its demand that people already rely on.", minimum=0, maximum=1)
    value_usd_per_use: float = column("Net public value of one use.", unit="US$/use", minimum=0)
    loss_hit_usd_per_use: float = column(
        "Loss when a relied-on use fails in the first days.", unit="US$/use", minimum=0
    )
    loss_adapting_usd_per_use: float = column("Loss when it fails while switching.", unit="US$/use", minimum=0)
    loss_adapted_usd_per_use: float = column(
        "Loss when it is still failing after switching.", unit="US$/use", minimum=0
    )
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Deployment:
    """On which route a service runs today, and how much of it."""

    id: str = column("Short name, unique in the table.", is_key=True)
    service: str = column("The service.", references=("services",))
    route: str = column("The route.", references=("routes",))
    share_easy: float = column("Share of its easy uses that are ready on this route.", minimum=0, maximum=2)
    share_hard: float = column("Share of its hard uses that are ready on this route.", minimum=0, maximum=2)
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Fallback:
    """What takes over when a service's usual way stops."""

    id: str = column("Short name, unique in the table.", is_key=True)
    service: str = column("The service.", references=("services",))
    name: str = column("The fallback in plain words.")
    holder: str | None = column("Who holds it.", references=("parties",))
    hours_to_switch: float | None = column(
        "Hours from failure to fallback; blank where nobody knows.", unit="hours", minimum=0
    )
    last_tested: date | None = column("Date of the last test; blank where never tested.")
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Outcome:
    """What a sector should gain, and how it is counted."""

    id: str = column("Short name, unique in the table.", is_key=True)
    service: str = column("The service expected to move it.", references=("services",))
    indicator: str = column("What is counted.")
    unit: str = column("Its unit.")
    baseline: float | None = column("Where it stands; blank where not measured.")
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Target:
    """Something a plan must achieve, whatever it costs."""

    id: str = column("Short name, unique in the table.", is_key=True)
    kind: TargetKind = column("What is demanded.")
    tier: int = column("Services of this tier and above.", minimum=1, maximum=3)
    without: str = column("The jurisdiction whose withdrawal must be survived, or 'foreign' for all at once.")
    horizon: str = column("7d, 90d, 1y or 5y after the withdrawal.")
    year: int = column("From this year on.", unit="year", minimum=2000, maximum=2100)
    share: float = column("Share of the service (by people served) that must be kept.", minimum=0, maximum=1)
    note: str | None = column("Anything a reader should know.")
