"""What a government can decide: agreements, what it can offer, programmes under the seven levers, and options."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.country.columns import column
from tillerman.labels import Clause, ProgrammeKind, Signpost


@dataclass(frozen=True)
class Agreement:
    """A contract on offer: what it reserves, what it costs, what it promises and how well promises hold."""

    id: str = column("Short name, unique in the table.", is_key=True)
    name: str = column("Name as people know it.")
    party: str = column("The other side.", references=("parties",))
    site: str = column("The site class whose reserved slice it opens.", references=("sites",))
    clauses: tuple[Clause, ...] = column("The clauses it contains.")
    signing_musd: float = column("One-off public cost of negotiating and signing.", unit="million US$", minimum=0)
    fixed_musd_per_year: float = column(
        "Yearly fixed payment, minimum use included.", unit="million US$/year", minimum=0
    )
    reserve_musd_per_kh100e_year: float = column(
        "Yearly fee per thousand chips reserved.", unit="million US$/1,000 H100e/year", minimum=0
    )
    max_h100e: float = column("Most that can be reserved.", unit="H100e", minimum=0)
    first_year: int = column("First year in which it can be signed.", unit="year", minimum=2000, maximum=2100)
    lead_years: int = column("Full years from signing to first use.", unit="years", minimum=0, maximum=10)
    delivery: str | None = column("Which delivery record applies.", references=("deliveries",))
    honoured_chooses: float = column(
        "Chance that clauses hold when the other side would rather leave.", minimum=0, maximum=1
    )
    honoured_ordered: float = column("Chance that clauses hold when its state orders it to stop.", minimum=0, maximum=1)
    honoured_cannot: float = column("Chance that clauses hold when it cannot go on.", minimum=0, maximum=1)
    enforcement_gain: float = column(
        "What a full enforcement programme adds to the first chance.", minimum=0, maximum=1
    )
    is_between_governments: bool = column("True when governments are bound too.")
    is_signed: bool = column("True when it is in force today.")
    lever: int = column("The lever it belongs to.", minimum=1, maximum=7)
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Concession:
    """Something this country can offer, and who wants it."""

    id: str = column("Short name, unique in the table.", is_key=True)
    name: str = column("What is offered, in plain words.")
    party: str = column("Who wants it.", references=("parties",))
    resource: str | None = column("The resource behind it.", references=("resources",))
    worth_musd_per_year: float | None = column(
        "What it is worth to them; blank where unknown.", unit="million US$/year", minimum=0
    )
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Lever:
    """A programme under one of the seven levers."""

    id: str = column("Short name, unique in the table.", is_key=True)
    name: str = column("What is done, in plain words.")
    lever: int = column("Which of the seven levers.", minimum=1, maximum=7)
    kind: ProgrammeKind = column("Which quantity of the model it moves.")
    target: str = column("What it acts on: a service, sector, zone, pool, or * for all.")
    effect: float = column(
        "Effect of one full programme: share of demand (adoption), share movable (switching, rehearsal), FTE (talent), "
        "MW (energy), mean demand off the peak (pooling), enforcement level (enforcement); 1 for unlock.",
        minimum=0,
    )
    max_scale: float = column("How many times the programme can be run.", minimum=0)
    is_whole: bool = column("True when it is done wholly or not at all.")
    capital_musd: float = column("One-off cost of one full programme.", unit="million US$", minimum=0)
    annual_musd: float = column("Yearly cost of one full programme.", unit="million US$/year", minimum=0)
    public_share: float = column("Share paid from the public budget.", minimum=0, maximum=1)
    imported_share: float = column("Share paid abroad.", minimum=0, maximum=1)
    compute_h100e: float = column("Chips it uses while it runs, for training or tuning.", unit="H100e", minimum=0)
    compute_site: str | None = column(
        "Where those chips are; what is missing there is rented abroad.", references=("sites",)
    )
    lead_years: int = column("Full years from start to effect.", unit="years", minimum=0, maximum=10)
    first_year: int = column("First year in which it can start.", unit="year", minimum=2000, maximum=2100)
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Option:
    """A right kept open for a fee: it adds capacity only if its signpost fires."""

    id: str = column("Short name, unique in the table.", is_key=True)
    name: str = column("What is kept open, in plain words.")
    site: str = column("The site class it would enlarge.", references=("sites",))
    signpost: Signpost = column("What is watched.")
    fires_at: str = column("The level or name at which it fires: broken, high, or a disruption's id.")
    watcher: str = column("Who watches the signpost.")
    fee_musd_per_kh100e_year: float = column(
        "Yearly fee while it waits.", unit="million US$/1,000 H100e/year", minimum=0
    )
    exercise_musd_per_kh100e_year: float = column(
        "Yearly cost once fired, capital included.", unit="million US$/1,000 H100e/year", minimum=0
    )
    max_h100e: float = column("Most that can be kept open.", unit="H100e", minimum=0)
    lead_years: int = column("Full years from signpost to use.", unit="years", minimum=0, maximum=10)
    first_year: int = column("First year in which it can be taken.", unit="year", minimum=2000, maximum=2100)
    note: str | None = column("Anything a reader should know.")
