"""Countries side by side: what keeps running, how free each is, and whose orders make the difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tillerman.country import Country
from tillerman.country.notes import Declaration
from tillerman.errors import SettingError
from tillerman.exposure import ALL_LAYERS, Exposure, Posture, ServiceKept
from tillerman.labels import Grade, Horizon, Layer
from tillerman.plan import Plan

_HOLDS_MUCH = 0.5  # a holder whose withdrawal leaves more than this after 90 days is not named
_QUARTER = tuple(Horizon).index(Horizon.QUARTER)


@dataclass(frozen=True)
class LayerHolder:
    """Who can do most to one layer of one country, 90 days after withdrawing."""

    layer: str
    control: float | None  # None where the file cannot say; `reason` says why
    jurisdiction: str | None  # None where no single state's withdrawal takes anything
    taken: float | None  # share of critical service that its withdrawal takes
    through: tuple[str, ...]  # the holders that its orders reach
    reason: str


@dataclass(frozen=True)
class Side:
    """One country beside others."""

    country: str
    code: str
    name: str  # what it was asked for by
    input_hash: str
    is_stored: bool
    n_futures: int | None  # None where no plan was made
    n_critical: int
    stopping_today: tuple[str, ...]  # critical services that stop if one supplier or state leaves
    stopping_with_plan: tuple[str, ...] | None
    services: tuple[ServiceKept, ...]  # critical ones, today
    services_with_plan: tuple[ServiceKept, ...]
    postures: tuple[Posture, ...]  # today, every layer and horizon
    holders: tuple[LayerHolder, ...]
    declarations: tuple[Declaration, ...]
    assumed: float  # share of its numbers that rest on an assumption, told or silent

    def posture(self, layer: str, horizon: Horizon) -> Posture:
        """The posture of a layer at a horizon."""
        return next(p for p in self.postures if p.layer == layer and p.horizon == horizon)


@dataclass(frozen=True)
class Driver:
    """What differs between the countries on one layer: by which state each can be stopped most."""

    layer: str
    groups: tuple[tuple[str | None, tuple[str, ...]], ...]  # (jurisdiction, countries); None for nobody alone
    unmeasured: tuple[str, ...]  # countries whose file cannot say

    @property
    def is_same(self) -> bool:
        """True when it is the same state everywhere."""
        return len(self.groups) <= 1


@dataclass(frozen=True)
class SideBySide:
    """Several countries, sorted by name, and what drives the differences."""

    sides: tuple[Side, ...]
    drivers: tuple[Driver, ...]


def side_of(today: Exposure, *, plan: Plan | None = None, is_stored: bool = False) -> Side:
    """Describe one country by its exposure today, and by its plan where there is one."""
    country = today.country
    critical = tuple(service for service in today.services if service.tier == 1)
    return Side(
        country=country.frame.name,
        code=country.frame.code,
        name=country.name,
        input_hash=country.content_hash,
        is_stored=is_stored,
        n_futures=None if plan is None else plan.request.n_futures,
        n_critical=len(critical),
        stopping_today=tuple(service.name for service in today.stopping),
        stopping_with_plan=None if plan is None else tuple(service.name for service in plan.stopping),
        services=critical,
        services_with_plan=() if plan is None else tuple(s for s in plan.services if s.tier == 1),
        postures=today.posture_rows,
        holders=tuple(_holder(today, layer) for layer in (*(layer.value for layer in Layer), ALL_LAYERS)),
        declarations=country.declarations,
        assumed=_assumed(country),
    )


def compare(sides: Iterable[Side]) -> SideBySide:
    """Set countries side by side, sorted by name.

    Raises:
        SettingError: when one country is given twice.
    """
    ordered = tuple(sorted(sides, key=lambda side: (side.country, side.name)))
    names = [side.name for side in ordered]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise SettingError("COUNTRY", twice, "each country once", "Leave one of them out.")
    layers = (*(layer.value for layer in Layer), ALL_LAYERS)
    return SideBySide(ordered, tuple(_driver(ordered, layer) for layer in layers))


def _holder(today: Exposure, layer: str) -> LayerHolder:
    posture = next(p for p in today.posture_rows if p.layer == layer and p.horizon is Horizon.QUARTER)
    if posture.control is None:
        return LayerHolder(layer, None, None, None, (), posture.reason)
    taken = (posture.maker or 0.0) + (posture.taker or 0.0)
    through = {
        row.party
        for row in today.holds
        if layer in (ALL_LAYERS, row.layer) and posture.worst in row.jurisdictions and row.left[_QUARTER] < _HOLDS_MUCH
    }
    return LayerHolder(layer, posture.control, posture.worst, taken, tuple(sorted(through)), "")


def _driver(sides: Sequence[Side], layer: str) -> Driver:
    groups: dict[str | None, list[str]] = defaultdict(list)
    unmeasured = []
    for side in sides:
        holder = next(holder for holder in side.holders if holder.layer == layer)
        if holder.control is None:
            unmeasured.append(side.country)
        else:
            groups[holder.jurisdiction].append(side.country)
    ordered = sorted(groups.items(), key=lambda item: (item[0] is None, item[0] or ""))
    return Driver(layer, tuple((who, tuple(names)) for who, names in ordered), tuple(unmeasured))


def _assumed(country: Country) -> float:
    health = country.health()
    if not health.n_numbers:
        return 1.0
    return (health.n_silent + health.by_grade.get(Grade.ASSUMPTION, 0)) / health.n_numbers
