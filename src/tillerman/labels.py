"""The words of the model, each written once: layers, holds, causes, horizons, phases, clauses, grades."""

from __future__ import annotations

from enum import StrEnum


class Layer(StrEnum):
    """The seven layers of the AI stack over which a state takes a posture."""

    COMPUTE = "compute"
    ENERGY = "energy"
    DATA = "data"
    MODELS = "models"
    APPLICATIONS = "applications"
    TALENT = "talent"
    GOVERNANCE = "governance"


class HoldKind(StrEnum):
    """How a party can withhold a resource."""

    OWNS = "owns"
    OPERATES = "operates"
    SUPPLIES = "supplies"
    LICENSES = "licenses"
    HOSTS = "hosts"
    POWERS = "powers"
    FUNDS = "funds"
    STAFFS = "staffs"


class Cause(StrEnum):
    """Why a withdrawal happens: the holder chooses, a state orders it, or the holder cannot go on."""

    CHOOSES = "chooses"
    ORDERED = "ordered"
    CANNOT = "cannot"


class Horizon(StrEnum):
    """How long after a withdrawal we look."""

    WEEK = "7d"
    QUARTER = "90d"
    YEAR = "1y"
    LASTING = "5y"

    @property
    def phase(self) -> Phase:
        """The phase of adaptation a country is in at this horizon."""
        return _PHASE_AT[self]


class Phase(StrEnum):
    """How far a country has adapted: nothing happened, the first days, while switching, after switching."""

    STEADY = "steady"
    HIT = "hit"
    ADAPTING = "adapting"
    ADAPTED = "adapted"


_PHASE_AT = {
    Horizon.WEEK: Phase.HIT,
    Horizon.QUARTER: Phase.ADAPTING,
    Horizon.YEAR: Phase.ADAPTED,
    Horizon.LASTING: Phase.ADAPTED,
}


class Climate(StrEnum):
    """The mood between states in a year: normal, strained or broken."""

    NORMAL = "normal"
    STRAINED = "strained"
    BROKEN = "broken"


class Block(StrEnum):
    """The load block of a year: the busy hours, and the rest."""

    PEAK = "peak"
    REST = "rest"


class Clause(StrEnum):
    """What an agreement can promise."""

    MINIMUM_ALLOCATION = "minimum_allocation"
    PRICE_LOCK = "price_lock"
    NON_INTERRUPTION = "non_interruption"
    EMERGENCY_ACCESS = "emergency_access"
    AUDIT_RIGHTS = "audit_rights"
    LOCALISATION = "localisation"
    TECHNOLOGY_TRANSFER = "technology_transfer"
    EXIT_AND_PORTABILITY = "exit_and_portability"
    NOTICE_PERIOD = "notice_period"
    CHANGE_OF_LAW = "change_of_law"
    REMEDY = "remedy"
    STEP_IN = "step_in"
    ESCROW = "escrow"
    VERSION_SUPPORT = "version_support"
    CHANGE_OF_CONTROL = "change_of_control"
    DATA_RETURN = "data_return"
    GOVERNING_LAW = "governing_law"


class Grade(StrEnum):
    """How good the evidence for a number is, best first."""

    OFFICIAL = "official"
    MEASURED = "measured"
    REPORTED = "reported"
    ESTIMATE = "estimate"
    ASSUMPTION = "assumption"


class ResourceKind(StrEnum):
    """What sort of thing a resource is."""

    SITE = "site"
    ZONE = "zone"
    MODEL = "model"
    DATA = "data"
    PLATFORM = "platform"
    CABLE = "cable"
    POOL = "pool"
    INSTITUTION = "institution"


class PartyKind(StrEnum):
    """Who a party is."""

    FIRM = "firm"
    STATE = "state"
    PUBLIC_BODY = "public_body"
    NON_PROFIT = "non_profit"


class Direction(StrEnum):
    """Who depends on whom: others hold something over us, or we hold something over them."""

    ON_US = "on_us"
    BY_US = "by_us"


class ProgrammeKind(StrEnum):
    """What a lever programme changes in the model."""

    ADOPTION = "adoption"
    SWITCHING = "switching"
    REHEARSAL = "rehearsal"
    UNLOCK = "unlock"
    TALENT = "talent"
    ENERGY = "energy"
    POOLING = "pooling"
    ENFORCEMENT = "enforcement"


class TargetKind(StrEnum):
    """What a target demands of the plan."""

    SERVICE_KEPT = "service_kept"


class Signpost(StrEnum):
    """An outside observation that fires an option."""

    CLIMATE = "climate"
    DEMAND = "demand"
    PRICE = "price"
    DISRUPTION = "disruption"


class Level(StrEnum):
    """Who may read an export, and so what it leaves out."""

    PUBLIC = "public"
    GOVERNMENT = "government"
    TEAM = "team"  # those who negotiate


class Reader(StrEnum):
    """For whom a brief is written, and so how long it may be."""

    MINISTER = "minister"  # two pages
    ADVISER = "adviser"  # at most ten
    ANALYST = "analyst"  # everything
