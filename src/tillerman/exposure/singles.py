"""Every single withdrawal a file knows: by party, jurisdiction, vendor, route and zone, home and allies included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from tillerman.country import Country
from tillerman.country.names import territory
from tillerman.country.world import TargetOfDisruption
from tillerman.errors import UnknownNameError
from tillerman.exposure.kept import Keeper
from tillerman.futures import Active, Promises
from tillerman.labels import Cause, Direction, HoldKind, Horizon, ResourceKind
from tillerman.words import LANGUAGES
from tillerman.words.search import folded


class WithdrawalKind(StrEnum):
    """By what a single withdrawal is named."""

    PARTY = "party"
    JURISDICTION = "jurisdiction"
    VENDOR = "vendor"
    ROUTE = "route"
    ZONE = "zone"


@dataclass(frozen=True)
class Withdrawal:
    """One thing that can be withdrawn at once."""

    kind: WithdrawalKind
    id: str
    name: str
    cause: Cause  # the usual one of its kind, unless another was asked for
    is_home: bool

    @property
    def key(self) -> str:
        """A short name no other single withdrawal of the file has: a party may leave, or only stop its supplies."""
        return f"{self.id}:supplies" if self.kind is WithdrawalKind.VENDOR else self.id

    def because(self, cause: Cause | None) -> Withdrawal:
        """The same withdrawal for another cause; None keeps the usual one of its kind."""
        return self if cause is None else replace(self, cause=cause)

    def active(self, horizon: Horizon, promises: Promises = Promises.ALL) -> Active:
        """This withdrawal, in force since `horizon`."""
        strikes = {
            WithdrawalKind.JURISDICTION: TargetOfDisruption.JURISDICTION,
            WithdrawalKind.ROUTE: TargetOfDisruption.RESOURCE,
            WithdrawalKind.ZONE: TargetOfDisruption.RESOURCE,
        }.get(self.kind, TargetOfDisruption.PARTY)
        kinds = (HoldKind.SUPPLIES.value,) if self.kind is WithdrawalKind.VENDOR else ()
        return Active(strikes, self.id, horizon, self.cause, hold_kinds=kinds, promises=promises)


@dataclass(frozen=True)
class Consequence:
    """What one single withdrawal does to the service kept, horizon by horizon."""

    withdrawal: Withdrawal
    kept: tuple[float, ...]  # share of people-weighted critical service kept, in the order of Horizon
    kept_all: tuple[float, ...]  # the same over services of every tier
    stops: tuple[tuple[str, ...], ...]  # critical services that keep less than half, by horizon

    @property
    def worst(self) -> float:
        """The least share of critical service kept at any horizon."""
        return min(self.kept)


def withdrawals(country: Country) -> tuple[Withdrawal, ...]:
    """List every single withdrawal of a file, in a fixed order."""
    home = set(country.frame.home_jurisdictions)
    on_us = [hold for hold in country.holds if hold.direction is Direction.ON_US]
    held_by = {hold.party for hold in on_us}
    parties = [party for party in country.parties if party.id in held_by]
    supplying = {hold.party for hold in on_us if hold.kind is HoldKind.SUPPLIES}
    reach = sorted({j for party in parties for j in party.jurisdictions})
    found = [
        Withdrawal(WithdrawalKind.PARTY, p.id, p.name, Cause.CHOOSES, set(p.jurisdictions) <= home) for p in parties
    ]
    found += [Withdrawal(WithdrawalKind.JURISDICTION, j, j, Cause.ORDERED, j in home) for j in reach]
    found += [
        Withdrawal(WithdrawalKind.VENDOR, p.id, f"{p.name}: supplies only", Cause.CHOOSES, set(p.jurisdictions) <= home)
        for p in parties
        if p.id in supplying
    ]
    for resource in country.resources:
        if resource.kind in (ResourceKind.CABLE, ResourceKind.ZONE):
            kind = WithdrawalKind.ZONE if resource.kind is ResourceKind.ZONE else WithdrawalKind.ROUTE
            at_home = resource.territory in home
            found.append(Withdrawal(kind, resource.id, resource.name, Cause.CANNOT, at_home))
    return tuple(found)


def find(country: Country, names: Sequence[str], *, cause: Cause | None = None) -> tuple[Withdrawal, ...]:
    """The withdrawals meant by names or ids, however written; unknown names are refused with the nearest known.

    With a cause, all of them happen for it; without, each for the usual one of its kind.
    """
    known = withdrawals(country)
    found = []
    for name in names:
        meant = folded(name)
        hits = [item for item in known if meant in map(folded, (item.id, item.key, item.name))]
        hits = hits or [item for item in known if meant in map(folded, _states(item))]
        if not hits:
            raise UnknownNameError(
                "--without", name, [w for item in known for w in (*_states(item), item.id, item.name)]
            )
        found.append(hits[0].because(cause))
    return tuple(found)


def _states(item: Withdrawal) -> tuple[str, ...]:
    """The names of a jurisdiction in every language; none for anything else."""
    is_state = item.kind is WithdrawalKind.JURISDICTION
    return tuple(territory(item.id, language) for language in LANGUAGES) if is_state else ()


def consequences(keeper: Keeper, items: Sequence[Withdrawal]) -> tuple[Consequence, ...]:
    """What each single withdrawal does, most serious first (by consequence, never by likelihood)."""
    cases = [((item.active(horizon),), horizon) for item in items for horizon in Horizon]
    # solved in two batches here; each consequence below then reads from the keeper's memory
    keeper.kept(cases, tier=1)
    keeper.kept(cases, tier=3, priority=True)
    n = len(Horizon)
    found = [consequence(keeper, item, cases[n * i : n * (i + 1)]) for i, item in enumerate(items)]
    return tuple(sorted(found, key=lambda c: (*(round(k, 9) for k in sorted(c.kept)), *c.kept_all, c.withdrawal.id)))


def consequence(keeper: Keeper, item: Withdrawal, cases: Sequence[tuple[tuple[Active, ...], Horizon]]) -> Consequence:
    """What a withdrawal does at the four horizons; `cases` are its withdrawals in force, in the order of Horizon."""
    people = float(keeper.weights(1) @ keeper.demand())
    critical = keeper.kept(cases, tier=1)
    everything = keeper.kept(cases, tier=3, priority=True)
    kept = tuple(min(1.0, k.people_million / people) if people > 0 else 1.0 for k in critical)
    weights = keeper.weights(3)
    total = float(weights @ keeper.demand())
    kept_all = tuple(
        float(weights @ (k.share_by_class * keeper.demand())) / total if total > 0 else 1.0 for k in everything
    )
    return Consequence(item, kept, kept_all, tuple(_stopped(keeper, k.share_by_class) for k in everything))


def at_a_glance(keeper: Keeper) -> tuple[float, int]:
    """Least critical service kept 90 days after any single loss from abroad, and how many services so stop.

    Two figures of an exposure for a tenth of its work: plans are compared by them.
    """
    country, horizon = keeper.dispatch.layout.country, Horizon.QUARTER
    foreign = [item for item in withdrawals(country) if not item.is_home]
    cases: list[tuple[tuple[Active, ...], Horizon]] = [((item.active(horizon),), horizon) for item in foreign]
    people = float(keeper.weights(1) @ keeper.demand())
    kept = [k.people_million / people if people > 0 else 1.0 for k in keeper.kept(cases, tier=1)]
    whole, *each = (
        share_by_service(keeper, k.share_by_class) for k in keeper.kept([((), horizon), *cases], tier=3, priority=True)
    )
    critical = [service.id for service in country.services if service.tier == 1]
    stopped = [s for s in critical if min((e[s] for e in each), default=whole[s]) < STOPPED_BELOW <= whole[s]]
    return min([1.0, *kept]), len(stopped)


# A service that keeps less than half of its uses counts as stopped; half itself does not, however a solver rounds it.
STOPPED_BELOW = 0.5 - 1e-6


def _stopped(keeper: Keeper, share_by_class: np.ndarray) -> tuple[str, ...]:
    """Critical services that keep less than half of their uses."""
    kept = share_by_service(keeper, share_by_class)
    critical = [s for s in keeper.dispatch.layout.services if s.tier == 1]
    return tuple(service.id for service in critical if kept[service.id] < STOPPED_BELOW)


def share_by_service(keeper: Keeper, share_by_class: np.ndarray) -> dict[str, float]:
    """Share of its uses that each service keeps."""
    demand = keeper.demand()
    classes = keeper.dispatch.layout.classes
    served: dict[str, float] = {}
    whole: dict[str, float] = {}
    for c, klass in enumerate(classes):
        served[klass.service.id] = served.get(klass.service.id, 0.0) + float(share_by_class[c] * demand[c])
        whole[klass.service.id] = whole.get(klass.service.id, 0.0) + float(demand[c])
    return {s: min(1.0, served[s] / whole[s]) if whole[s] > 0 else 1.0 for s in whole}
