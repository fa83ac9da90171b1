"""Exposure: who can withdraw what, what keeps running, and how free the country is, layer by layer.

In comes a country (and, for a plan, its fleet in some year); out goes one frozen `Exposure`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from tillerman.country import Country
from tillerman.country.use import Fallback
from tillerman.dispatch import Dispatch, compile_dispatch, period_of, withheld
from tillerman.exposure.kept import Floats, Keeper
from tillerman.exposure.posture import Posture, foreign_jurisdictions, postures
from tillerman.exposure.singles import (
    STOPPED_BELOW,
    Consequence,
    Withdrawal,
    WithdrawalKind,
    consequence,
    consequences,
    find,
    share_by_service,
    withdrawals,
)
from tillerman.exposure.today import fleet_as_today
from tillerman.futures import Active, Promises
from tillerman.labels import Cause, Direction, Horizon, Layer

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class HoldRow:
    """One line of who can withdraw what, or of what others need from us."""

    layer: Layer
    resource: str
    party: str
    kind: str
    jurisdictions: tuple[str, ...]
    left: tuple[float, ...]  # share of the resource left when this hold is withdrawn, by horizon
    note: str


@dataclass(frozen=True)
class Need:
    """Something others need from this country: where bargaining comes from."""

    name: str
    party: str
    worth_musd_per_year: float | None
    note: str


@dataclass(frozen=True)
class ServiceKept:
    """What keeps one service running: with nobody's permission, if any one withdraws, or with everybody's goodwill."""

    service: str
    name: str
    tier: int
    people_million: float
    alone: float  # share kept when every foreign jurisdiction withdraws and no promise holds
    any_one: float  # least share kept when any single party, jurisdiction, vendor, route or zone withdraws
    whole: float  # share kept when nobody withdraws
    worst: str  # the single withdrawal that leaves least
    fallback: Fallback | None

    @property
    def is_stopped(self) -> bool:
        """Does it stop, keeping less than half of its uses, if one supplier or state withdraws?"""
        return self.any_one < STOPPED_BELOW <= self.whole


@dataclass(frozen=True)
class Exposure:
    """Who can withdraw what from a country in a year, and what that would do."""

    country: Country
    year: int
    cause: Cause
    holds: tuple[HoldRow, ...]
    needs: tuple[Need, ...]
    singles: tuple[Consequence, ...]
    services: tuple[ServiceKept, ...]  # at 90 days
    asked: Consequence | None  # the withdrawals named by --without, all at once
    keeper: Keeper = field(compare=False, repr=False)  # answers further questions; not part of the result
    # postures as told to somebody who must not see all of them; None where they are worked out when first asked for
    postures_told: tuple[Posture, ...] | None = field(default=None, compare=False, repr=False)

    @cached_property
    def posture_rows(self) -> tuple[Posture, ...]:
        """The posture of every layer at the four horizons; tier 1 services."""
        return postures(self.keeper, cause=self.cause) if self.postures_told is None else self.postures_told

    @cached_property
    def quarter_rows(self) -> tuple[Posture, ...]:
        """The posture of every layer after 90 days; where nobody asks for the other horizons, a quarter of the work."""
        if self.postures_told is None and "posture_rows" not in vars(self):
            return postures(self.keeper, cause=self.cause, horizons=(Horizon.QUARTER,))
        return tuple(row for row in self.posture_rows if row.horizon is Horizon.QUARTER)

    def postures(self, horizon: str = "90d") -> pd.DataFrame:
        """The postures at one horizon as a table: one row a layer, shares that sum to 1."""
        import pandas as pd

        names = ("layer", "control", "steer", "maker", "taker", "by_contract", "service_kept", "worst", "reason")
        rows = [p for p in self.posture_rows if p.horizon == Horizon(horizon)]
        return pd.DataFrame([[getattr(p, name) for name in names] for p in rows], columns=list(names)).set_index(
            "layer"
        )

    @property
    def worst_single(self) -> Consequence:
        """The most serious single loss from abroad: the one that leaves least critical service after 90 days."""
        abroad = [c for c in self.singles if not c.withdrawal.is_home]
        return min(abroad or self.singles, key=lambda c: round(c.kept[tuple(Horizon).index(Horizon.QUARTER)], 9))

    @property
    def stopping(self) -> tuple[ServiceKept, ...]:
        """Critical services that stop if one supplier or state withdraws."""
        return tuple(s for s in self.services if s.tier == 1 and s.is_stopped)


@withheld()
def assess(
    country: Country,
    *,
    without: tuple[str, ...] = (),
    year: int | None = None,
    cause: Cause = Cause.ORDERED,
    because: Cause | None = None,
    dispatch: Dispatch | None = None,
    fleet: Floats | None = None,
) -> Exposure:
    """Assess a country's exposure: who can withdraw what, and what keeps running then.

    `cause` is that of the postures; `because` that of what `without` names (each for the usual one of its kind unless
    given). Without a fleet the country carries on as today. Raises UnknownNameError for a name in `without` that the
    file does not know.
    """
    compiled = compile_dispatch(country) if dispatch is None else dispatch
    when = country.frame.first_year if year is None else year
    period = period_of(country, when)
    keeper = Keeper(compiled, fleet_as_today(compiled) if fleet is None else fleet, period)
    asked = _together(keeper, find(country, without, cause=because)) if without else None
    singles = consequences(keeper, withdrawals(country))
    return Exposure(
        country=country,
        year=when,
        cause=cause,
        holds=tuple(_holds(keeper, Direction.ON_US)),
        needs=tuple(_needs(country)),
        singles=singles,
        services=services_kept(keeper),
        asked=asked,
        keeper=keeper,
    )


def _together(keeper: Keeper, items: tuple[Withdrawal, ...]) -> Consequence:
    """Several withdrawals at once, as one consequence."""
    combined = Withdrawal(
        kind=items[0].kind if len(items) == 1 else WithdrawalKind.PARTY,
        id="+".join(item.id for item in items),
        name=" and ".join(item.name for item in items),
        cause=items[0].cause,
        is_home=all(item.is_home for item in items),
    )
    return consequence(keeper, combined, [(tuple(item.active(h) for item in items), h) for h in Horizon])


def _holds(keeper: Keeper, direction: Direction) -> list[HoldRow]:
    """Every hold of one direction with what it leaves, by layer."""
    country = keeper.dispatch.layout.country
    parties = {party.id: party for party in country.parties}
    resources = {resource.id: resource for resource in country.resources}
    order = {layer: i for i, layer in enumerate(Layer)}
    rows = []
    for hold in country.holds:
        if hold.direction is not direction:
            continue
        party, resource = parties[hold.party], resources[hold.resource]
        item = Withdrawal(WithdrawalKind.PARTY, party.id, party.name, Cause.CHOOSES, is_home=False)
        left = tuple(
            keeper.dispatch.withdrawals.resource(resource.id, (item.active(h, Promises.NONE),), enforced=False)
            for h in Horizon
        )
        rows.append(
            HoldRow(
                resource.layer, resource.name, party.name, hold.kind.value, party.jurisdictions, left, hold.note or ""
            )
        )
    return sorted(rows, key=lambda row: (order[row.layer], row.resource, row.party))


def _needs(country: Country) -> list[Need]:
    """What others need from this country: concessions it can make, and holds it has over others."""
    parties = {party.id: party.name for party in country.parties}
    resources = {resource.id: resource.name for resource in country.resources}
    found = [Need(c.name, parties[c.party], c.worth_musd_per_year, c.note or "") for c in country.concessions]
    by_us = [hold for hold in country.holds if hold.direction is Direction.BY_US]
    found += [Need(resources[h.resource], parties[h.party], None, h.note or "") for h in by_us]
    return found


def services_kept(keeper: Keeper) -> tuple[ServiceKept, ...]:
    """What keeps each service running at 90 days, critical ones first."""
    country = keeper.dispatch.layout.country
    horizon = Horizon.QUARTER
    abroad = tuple(
        # with nobody's permission: what was promised does not count
        Withdrawal(WithdrawalKind.JURISDICTION, j, j, Cause.ORDERED, is_home=False).active(horizon, Promises.NONE)
        for j in foreign_jurisdictions(country)
    )
    cases: list[tuple[tuple[Active, ...], Horizon]] = [((), horizon), (abroad, horizon)]
    foreign = [item for item in withdrawals(country) if not item.is_home]
    cases += [((item.active(horizon),), horizon) for item in foreign]
    found = [share_by_service(keeper, k.share_by_class) for k in keeper.kept(cases, tier=3, priority=True)]
    whole, alone, each = found[0], found[1], found[2:]
    fallbacks = {fallback.service: fallback for fallback in reversed(country.fallbacks)}
    rows = []
    for service in country.services:
        # of equals the first, whatever their last digits: parties come before the states that reach them
        least = min(range(len(each)), key=lambda i: round(each[i][service.id], 9), default=None)
        rows.append(
            ServiceKept(
                service=service.id,
                name=service.name,
                tier=service.tier,
                people_million=service.people_million,
                alone=alone[service.id],
                any_one=whole[service.id] if least is None else each[least][service.id],
                whole=whole[service.id],
                worst="" if least is None else foreign[least].name,
                fallback=fallbacks.get(service.id),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.tier, -row.people_million, row.service)))
