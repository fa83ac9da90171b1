"""What is left of every resource when something is withdrawn, and which clauses keep it running.

In come the active disruptions of a state, out go the retentions of pairs, sites, zones and pools.
The rules are in docs/reference/dispatch.md, "What a withdrawal leaves".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tillerman.country.choices import Agreement
from tillerman.country.stack import Hold, Retention
from tillerman.country.world import TargetOfDisruption
from tillerman.dispatch.layout import Layout
from tillerman.futures.state import Active, Promises, chance_honoured, phase_of
from tillerman.labels import Cause, Clause, Direction, HoldKind, Horizon, Layer, Phase, ResourceKind

Floats = NDArray[np.float64]

MOST_KNOWN = 5_000  # sets of withdrawals whose consequences are remembered


@dataclass(frozen=True)
class Left:
    """What a set of withdrawals leaves: shares between 0 and 1, and the phase of adaptation."""

    phase: Phase
    pair: Floats  # (n_pairs,) sites as if enforced, since their rows hold what is not
    site: Floats  # (n_sites,) for capacity, common shock included
    site_enforced: Floats  # (n_sites,) what enforcement adds to `site`
    zone: Floats  # (n_zones,)
    pool: Floats  # (n_pools,)
    platform: Floats  # (n_services on platforms,), PLENTY where nothing is withdrawn, so that the row cannot bind


class Withdrawals:
    """Answers, for one country, what any set of withdrawals leaves."""

    def __init__(self, shape: Layout) -> None:
        country = shape.country
        self._shape = shape
        self._known: dict[tuple[Active, ...], Left] = {}
        self._reach: dict[Active, tuple[str, ...]] = {}
        self._jurisdictions = {party.id: frozenset(party.jurisdictions) for party in country.parties}
        self._agreements: Mapping[str, Agreement] = {agreement.id: agreement for agreement in country.agreements}
        self._divisible = {resource.id: resource.is_divisible for resource in country.resources}
        self._kept = {
            (agreement.id, deepening, legal): _kept_by_clauses(shape, agreement, is_deepening=deepening, is_legal=legal)
            for agreement in country.agreements
            for deepening in (False, True)
            for legal in (False, True)
        }
        self._layer = {resource.id: resource.layer for resource in country.resources}
        self._kind = {resource.id: resource.kind for resource in country.resources}
        general = {(row.kind, row.variant): row for row in country.retention}
        self._holds: dict[str, list[tuple[Hold, Mapping[Horizon, float]]]] = {r.id: [] for r in country.resources}
        for hold in country.holds:
            if hold.direction is Direction.ON_US:
                self._holds[hold.resource].append((hold, _retention(hold, general)))
        self._pair_needs = tuple(_needs(shape, p) for p in range(len(shape.pairs)))
        gates = {resource for needs in self._pair_needs for resource in needs}
        gates |= {platform for service in shape.on_platforms for platform in service.platforms}
        own_rows = [r.id for r in country.resources if r.kind in (ResourceKind.ZONE, ResourceKind.POOL)]
        self._used = tuple(sorted(gates | set(own_rows) | {site.id for site in shape.sites}))
        at = {resource: i for i, resource in enumerate(self._used)}
        own_site = len(self._used)  # a pair's own site counts as enforced: those shares stand after the plain ones
        places = [
            [own_site + at[pair.route.site], *(at[resource] for resource in needs if resource != pair.route.site)]
            for pair, needs in zip(shape.pairs, self._pair_needs, strict=True)
        ]
        self._pair_at = np.array([i for one in places for i in one], dtype=np.int64)
        self._pair_begins = np.cumsum([0, *(len(one) for one in places)])[:-1]

    def left(self, active: tuple[Active, ...]) -> Left:
        """What is left of every pair, site, zone and pool; the same withdrawals are asked about again and again."""
        found = self._known.get(active)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[active] = self._left(active)
        return found

    def _left(self, active: tuple[Active, ...]) -> Left:
        shape = self._shape
        shock = any(item.is_common_shock and item.horizon in (Horizon.WEEK, Horizon.QUARTER) for item in active)
        plain, enforced = dict.fromkeys(self._used, 1.0), dict.fromkeys(self._used, 1.0)
        for resource in {resource for item in active for resource in self._reached(item)}:
            plain[resource] = self.resource(resource, active, enforced=False)
            enforced[resource] = self.resource(resource, active, enforced=True)
        shrink = np.array([1 - site.shrinks_in_shock if shock else 1.0 for site in shape.sites])
        site = np.array([plain[s.id] for s in shape.sites]) * shrink
        return Left(
            phase=phase_of(active),
            pair=np.minimum.reduceat(
                np.array([*plain.values(), *enforced.values()])[self._pair_at], self._pair_begins, dtype=np.float64
            )
            if shape.pairs
            else np.zeros(0),
            site=site,
            site_enforced=np.array([enforced[s.id] for s in shape.sites]) * shrink - site,
            zone=np.array([plain[z.id] for z in shape.zones]),
            pool=np.array([plain[p.id] for p in shape.pools]),
            platform=np.array([_or_plenty(min(plain[r] for r in s.platforms)) for s in shape.on_platforms]),
        )

    def _reached(self, item: Active) -> tuple[str, ...]:
        """The resources that one withdrawal may touch: all others are left whole."""
        found = self._reach.get(item)
        if found is None:
            if len(self._reach) >= MOST_KNOWN:
                self._reach.clear()
            found = self._reach[item] = tuple(
                resource
                for resource in self._used
                if (item.strikes is TargetOfDisruption.RESOURCE and item.target == resource)
                or any(self._hits(item, hold) for hold, _ in self._holds[resource])
            )
        return found

    def resource(self, resource: str, active: tuple[Active, ...], *, enforced: bool) -> float:
        """Share of one resource that is left; a divisible one loses by share, any other by its weakest hold."""
        struck: list[tuple[Hold, float]] = []
        least = 1.0
        for item in active:
            if item.strikes is TargetOfDisruption.RESOURCE and item.target == resource:
                least = min(least, 1 - item.depth)
        for hold, retention in self._holds[resource]:
            kept = [
                self._kept_of(hold, retention, item, enforced=enforced) for item in active if self._hits(item, hold)
            ]
            if kept:
                struck.append((hold, min(kept)))
        if self._divisible[resource]:
            return min(least, max(0.0, 1 - sum(hold.share * (1 - kept) for hold, kept in struck)))
        return min([least, *(kept for _, kept in struck)])

    def _hits(self, item: Active, hold: Hold) -> bool:
        if item.hold_kinds and hold.kind not in item.hold_kinds:
            return False
        if item.is_legal_reach and not (self.binds_by_law(hold) or self._layer[hold.resource] is Layer.GOVERNANCE):
            return False
        if item.resources is not None and hold.resource not in item.resources:
            return False
        if item.strikes is TargetOfDisruption.PARTY:
            return item.target == hold.party
        return item.strikes is TargetOfDisruption.JURISDICTION and item.target in self._jurisdictions[hold.party]

    def binds_by_law(self, hold: Hold) -> bool:
        """Does a hold let a court reach the service: through a site, a rented model or an operated platform?"""
        kind = self._kind[hold.resource]
        if kind is ResourceKind.SITE:
            return hold.kind in (HoldKind.OWNS, HoldKind.OPERATES, HoldKind.HOSTS)
        if kind is ResourceKind.MODEL:
            model = self._shape.models.get(hold.resource)
            return hold.kind is HoldKind.LICENSES and model is not None and not model.is_open_weights
        return kind is ResourceKind.PLATFORM and hold.kind is HoldKind.OPERATES

    def _kept_of(self, hold: Hold, retention: Mapping[Horizon, float], item: Active, *, enforced: bool) -> float:
        is_legal = item.is_legal_reach and self.binds_by_law(hold)
        left = 0.0 if is_legal else retention[item.horizon]
        if hold.agreement is None or item.promises is Promises.NONE:
            return left
        agreement = self._agreements[hold.agreement]
        sorts = (False, True) if item.promises is Promises.ALL else (False,)
        clause = max(
            strength(agreement, item, is_deepening=deepening, enforced=enforced)
            * self._kept[agreement.id, deepening, is_legal][item.horizon]
            for deepening in sorts
        )
        return left + (1 - left) * clause


def strength(agreement: Agreement, item: Active, *, is_deepening: bool, enforced: bool) -> float:
    """How strongly an agreement's clauses hold against one withdrawal, between 0 and 1."""
    if item.honoured is not None:
        return item.honoured
    chance = chance_honoured(agreement, item.cause, is_deepening=is_deepening)
    if item.cause is Cause.CHOOSES:
        level = item.enforcement if item.draw is None else float(enforced)
        chance = min(1.0, chance + agreement.enforcement_gain * level)
    if item.draw is None:
        return chance
    return 1.0 if item.draw < chance else 0.0


LEGAL_CLAUSES = (Clause.GOVERNING_LAW, Clause.AUDIT_RIGHTS, Clause.STEP_IN)  # all that counts against legal reach


def _kept_by_clauses(
    shape: Layout, agreement: Agreement, *, is_deepening: bool, is_legal: bool
) -> dict[Horizon, float]:
    """The most that any clause of one sort in an agreement keeps, by horizon."""
    terms = [
        term
        for term in shape.country.clauses
        if term.clause in agreement.clauses
        and term.is_deepening == is_deepening
        and (not is_legal or term.clause in LEGAL_CLAUSES)
    ]
    return {
        Horizon.WEEK: max((term.kept_7d for term in terms), default=0.0),
        Horizon.QUARTER: max((term.kept_90d for term in terms), default=0.0),
        Horizon.YEAR: max((term.kept_1y for term in terms), default=0.0),
        Horizon.LASTING: max((term.kept_5y for term in terms), default=0.0),
    }


def _retention(hold: Hold, general: Mapping[tuple[HoldKind, str | None], Retention]) -> dict[Horizon, float]:
    """The retention of a hold: its own where given, else the table's for its kind and variant."""
    row = general[hold.kind, hold.variant]
    own = (hold.retention_7d, hold.retention_90d, hold.retention_1y, hold.retention_5y)
    usual = (row.retention_7d, row.retention_90d, row.retention_1y, row.retention_5y)
    return {at: usual[i] if own[i] is None else float(own[i] or 0.0) for i, at in enumerate(Horizon)}


def _needs(shape: Layout, p: int) -> tuple[str, ...]:
    """Every resource a pair's route cannot do without; platforms bind the service, on whatever route."""
    route = shape.pairs[p].route
    return tuple(dict.fromkeys([route.site, route.model, *route.gates]))


PLENTY = 2.0  # twice the demand: more than can ever be served


def _or_plenty(left: float) -> float:
    return left if left < 1 else PLENTY
