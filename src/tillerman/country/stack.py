"""The stack as it stands: who there is, what there is, and who can withhold it."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.country.columns import column
from tillerman.labels import Clause, Direction, HoldKind, Layer, PartyKind, ResourceKind


@dataclass(frozen=True)
class Party:
    """A firm or state that can withhold something."""

    id: str = column("Short name, unique in the table.", is_key=True)
    name: str = column("Name as people know it.")
    kind: PartyKind = column("Firm, state, public body or non-profit.")
    jurisdictions: tuple[str, ...] = column("Every state or bloc whose orders reach it, as codes.")
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Resource:
    """Something with capacity or a gate in one layer of the stack."""

    id: str = column("Short name, unique in the table.", is_key=True)
    name: str = column("Name as people know it.")
    layer: Layer = column("The layer it belongs to.")
    kind: ResourceKind = column("Site, power zone, model, data set, platform, cable, workforce pool or institution.")
    territory: str | None = column("Code of the state on whose ground it stands; blank where that has no meaning.")
    is_divisible: bool = column("True when several holders each hold a share; false when each one can stop the whole.")
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Hold:
    """One party's power over one resource."""

    id: str = column("Short name, unique in the table.", is_key=True)
    party: str = column("Who holds.", references=("parties",))
    resource: str = column("What is held.", references=("resources",))
    kind: HoldKind = column("How it is held.")
    variant: str | None = column(
        "Which row of the retention table applies where a kind has several, such as api or weights."
    )
    share: float = column("Share of a divisible resource that this hold reaches; 1 otherwise.", minimum=0, maximum=1)
    direction: Direction = column("on_us: others can withhold it from us; by_us: we can withhold it from others.")
    agreement: str | None = column("The agreement whose clauses bind this hold.", references=("agreements",))
    retention_7d: float | None = column(
        "What is left after 7 days; blank takes the retention table.", minimum=0, maximum=1
    )
    retention_90d: float | None = column("What is left after 90 days.", minimum=0, maximum=1)
    retention_1y: float | None = column("What is left after 1 year.", minimum=0, maximum=1)
    retention_5y: float | None = column("What is left after 5 years.", minimum=0, maximum=1)
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Retention:
    """What is left of a resource after a hold of this kind is withdrawn."""

    id: str = column("Short name, unique in the table.", is_key=True)
    kind: HoldKind = column("The kind of hold.")
    variant: str | None = column("Which variant of the kind; blank is the kind's default.")
    retention_7d: float = column("Share left after 7 days.", minimum=0, maximum=1)
    retention_90d: float = column("Share left after 90 days.", minimum=0, maximum=1)
    retention_1y: float = column("Share left after 1 year.", minimum=0, maximum=1)
    retention_5y: float = column("Share left after 5 years.", minimum=0, maximum=1)
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class ClauseTerm:
    """What a clause keeps running when it is honoured, and whether it deepens the dependence into a partnership."""

    id: str = column("Short name, unique in the table.", is_key=True)
    clause: Clause = column("The clause.")
    kept_7d: float = column("Share kept after 7 days when honoured.", minimum=0, maximum=1)
    kept_90d: float = column("Share kept after 90 days when honoured.", minimum=0, maximum=1)
    kept_1y: float = column("Share kept after 1 year when honoured.", minimum=0, maximum=1)
    kept_5y: float = column("Share kept after 5 years when honoured.", minimum=0, maximum=1)
    is_deepening: bool = column("True for technology transfer, audit and exit: counts as negotiated, not as bought.")
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Zone:
    """A part of the power grid that can host computing load."""

    id: str = column("The resource of kind zone.", is_key=True, references=("resources",))
    spare_peak_mw: float = column("Firm power left for computing in the busy hours today.", unit="MW", minimum=0)
    spare_rest_mw: float = column("Firm power left for computing in the other hours today.", unit="MW", minimum=0)
    growth_mw_per_year: float = column(
        "Firm power added for computing each year without any programme.", unit="MW/year"
    )
    power_price_usd_per_mwh: float = column("Price of power at the meter.", unit="US$/MWh", minimum=0)
    connection_limit_mw: float = column(
        "Most computing load that the grid may connect without a programme.", unit="MW", minimum=0
    )
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Site:
    """A class of places where models run."""

    id: str = column("The resource of kind site.", is_key=True, references=("resources",))
    zone: str | None = column("The power zone that feeds it; blank abroad.", references=("zones",))
    capacity_h100e: float = column("Standard AI chips that this country can use there today.", unit="H100e", minimum=0)
    growth_per_year: float = column(
        "Yearly growth of that capacity without any decision.", unit="1/year", minimum=-0.5, maximum=3
    )
    available_from: int = column("First year in which it exists.", unit="year", minimum=2000, maximum=2100)
    shrinks_in_shock: float = column(
        "Share of the capacity that is lost when a common shock sends everybody to the same exits.",
        minimum=0,
        maximum=1,
    )
    rent_usd_per_h100e_hour: float = column(
        "Price of use where chips are rented; 0 where owned.", unit="US$/H100e-hour", minimum=0
    )
    kw_per_h100e: float = column(
        "Power of one standard chip with its server, before cooling.", unit="kW/H100e", minimum=0
    )
    pue: float = column("Power at the meter over power at the chips.", minimum=1, maximum=3)
    utilisation: float = column("Share of hours and of peak speed a chip delivers in service.", minimum=0.01, maximum=1)
    build_max_h100e_per_year: float = column(
        "Most that can be added in a year; 0 where nothing can be built.", unit="H100e/year", minimum=0
    )
    capital_musd_per_kh100e: float = column(
        "Cost of a thousand chips in a running hall, today.", unit="million US$/1,000 H100e", minimum=0
    )
    upkeep_musd_per_kh100e_year: float = column(
        "Yearly fixed cost of a thousand chips.", unit="million US$/1,000 H100e/year", minimum=0
    )
    public_share: float = column("Share of the capital that comes from the public budget.", minimum=0, maximum=1)
    imported_share: float = column("Share of capital and upkeep paid abroad.", minimum=0, maximum=1)
    lead_years: int = column("Full years from decision to first use.", unit="years", minimum=0, maximum=10)
    delivery: str | None = column("Which delivery record applies to what is built here.", references=("deliveries",))
    failure_per_year: float = column(
        "Share of chips that fail for good each year.", unit="1/year", minimum=0, maximum=0.9
    )
    chip_life_years: int = column("Years after which chips are retired.", unit="years", minimum=1, maximum=15)
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Pool:
    """People with a skill that the stack needs."""

    id: str = column("The resource of kind pool.", is_key=True, references=("resources",))
    fte: float = column("People available to run AI services, full-time equivalents.", unit="FTE", minimum=0)
    growth_per_year: float = column("Yearly growth without any programme.", unit="1/year", minimum=-0.5, maximum=1)
    leaving_per_year: float = column(
        "Share of newly trained people who leave each year.", unit="1/year", minimum=0, maximum=1
    )
    cost_kusd_per_fte_year: float = column("Yearly cost of one person.", unit="thousand US$/FTE/year", minimum=0)
    is_crisis_team: bool = column("True for the engineers who move services to other routes in a crisis.")
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Model:
    """An AI model that routes can run."""

    id: str = column("The resource of kind model.", is_key=True, references=("resources",))
    is_open_weights: bool = column(
        "True when the weights are in hand and run anywhere; false when it is rented by call."
    )
    release_year: int = column("Year of release; weights stay as released.", unit="year", minimum=2018, maximum=2100)
    throughput_tokens_per_s: float = column(
        "Tokens a second that one standard chip serves at full load.", unit="tokens/s/H100e", minimum=0.1
    )
    price_usd_per_mtok: float = column(
        "Price per million tokens where it is rented by call; 0 where run on own chips.",
        unit="US$/million tokens",
        minimum=0,
    )
    is_frozen: bool = column("True when its quality stays as released; false when its maker keeps it at the front.")
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Capability:
    """How well a model works in a language."""

    id: str = column("Short name, unique in the table.", is_key=True)
    model: str = column("The model.", references=("models",))
    language: str = column("Language code.")
    score: float = column("Quality on a scale of 0 to 100.", unit="points", minimum=0, maximum=100)
    note: str | None = column("Anything a reader should know.")


@dataclass(frozen=True)
class Route:
    """One way to run a service: a site, a model and every gate between."""

    id: str = column("Short name, unique in the table.", is_key=True)
    site: str = column("Where it runs.", references=("sites",))
    model: str = column("What runs.", references=("models",))
    gates: tuple[str, ...] = column(
        "Every other resource it needs: cables, data, legal basis, institutions.", references=("resources",)
    )
    price_usd_per_mtok: float | None = column(
        "Price per million tokens on this route; blank takes the model's.", unit="US$/million tokens", minimum=0
    )
    programme: str | None = column("The programme without which this route cannot be used.", references=("levers",))
    note: str | None = column("Anything a reader should know.")
