"""The hand-sized country with one target that cannot be met, once for each rule that stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tillerman.country import Country, replace_number
from tillerman.country.stack import Pool, Resource, Zone
from tillerman.country.use import Target
from tillerman.labels import Horizon, Layer, ResourceKind, TargetKind


def demand(country: Country, *, tier: int, horizon: Horizon, year: int, share: float) -> Country:
    """Return the country with a target for what must be kept if XA withdraws."""
    target = Target(
        id="keep_running",
        kind=TargetKind.SERVICE_KEPT,
        tier=tier,
        without="XA",
        horizon=horizon.value,
        year=year,
        share=share,
        note=None,
    )
    return replace(country, targets=(target,))


def two_thirds(country: Country) -> Country:
    """Demand that clinic and two thirds of the people of clinic and school are served in 2028: ten chips more."""
    return demand(country, tier=2, horizon=Horizon.YEAR, year=2028, share=2 / 3)


@dataclass(frozen=True)
class Clash:
    """One planted clash: the country, the rule planted, and the smallest set expected."""

    name: str
    build: Callable[[Country], Country]
    planted: str
    rules: frozenset[str]


def _budget(country: Country) -> Country:
    """Ten chips cost 1.6 million; there is 1 a year."""
    return two_thirds(replace_number(country, "frame", None, "budget_musd_per_year", 1.0))


def _lead_time(country: Country) -> Country:
    """Chips ordered in 2027 come in 2028; the target asks for them in 2027."""
    return demand(country, tier=2, horizon=Horizon.YEAR, year=2027, share=2 / 3)


def _residency(country: Country) -> Country:
    """The clinic must answer to home courts, and the hall at home is operated from XA."""
    services = tuple(replace(s, must_answer_home=s.id == "clinic") for s in country.services)
    operated = replace(country.holds[2], id="farco_operates_hall", party="farco", retention_1y=1.0)
    kept = tuple(d for d in country.deployments if d.service != "clinic")
    found = replace(country, services=services, holds=(*country.holds, operated), deployments=kept)
    return demand(found, tier=1, horizon=Horizon.YEAR, year=2028, share=1.0)


def _talent(country: Country) -> Country:
    """Each million uses of the clinic needs a nurse to watch over it, and there are five."""
    pool = Resource("nurses", "Nurses who can", Layer.TALENT, ResourceKind.POOL, "ZZ", is_divisible=True, note=None)
    five = Pool("nurses", 5.0, 0.0, 0.0, 50.0, is_crisis_team=False, note=None)
    services = tuple(
        replace(s, pool="nurses", staff_fte_per_muse_year=1.0) if s.id == "clinic" else s for s in country.services
    )
    found = replace(country, resources=(*country.resources, pool), talent=(five,), services=services)
    return demand(found, tier=1, horizon=Horizon.YEAR, year=2028, share=1.0)


def _target(country: Country) -> Country:
    """Both years of one target: the school's second half needs more chips than can be built in a year."""
    slower = replace_number(country, "sites", "home_hall", "build_max_h100e_per_year", 5.0)
    return two_thirds(slower)


def _power(country: Country) -> Country:
    """A chip draws 1 kW, and the grid at the hall connects 10 kW: what stands there already."""
    zone = Resource("plain", "The plain", Layer.ENERGY, ResourceKind.ZONE, "ZZ", is_divisible=True, note=None)
    grid = Zone("plain", 1.0, 1.0, 0.0, 0.0, 0.010, note=None)
    sites = tuple(replace(s, zone="plain", kw_per_h100e=1.0) if s.id == "home_hall" else s for s in country.sites)
    return two_thirds(replace(country, resources=(*country.resources, zone), zones=(grid,), sites=sites))


GOAL = "target keep_running"
HALL = "capacity at home_hall"
CLASHES = (
    Clash("budget", _budget, "budget 2027", frozenset({GOAL, HALL, "budget 2027", "lead time of home_hall"})),
    Clash("lead time", _lead_time, "lead time of home_hall", frozenset({GOAL, HALL, "lead time of home_hall"})),
    Clash("residency", _residency, "residency of clinic", frozenset({GOAL, "residency of clinic"})),
    Clash("talent", _talent, "people in nurses", frozenset({GOAL, "people in nurses"})),
    Clash("target", _target, GOAL, frozenset({GOAL, HALL, "lead time of home_hall", "building rate at home_hall"})),
    Clash("power", _power, "power in plain", frozenset({GOAL, HALL, "power in plain"})),
)
