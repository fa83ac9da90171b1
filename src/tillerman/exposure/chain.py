"""The chain behind one service: every way it stands ready to run, every link of it, and who can withdraw which.

The same for how things stand today and for a plan's fleet: what stands ready is read from the keeper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tillerman.country.stack import Route
from tillerman.country.use import Service
from tillerman.country.world import TargetOfDisruption
from tillerman.dispatch import deploy_name, highest_demand
from tillerman.dispatch.layout import EASY
from tillerman.exposure.kept import Keeper
from tillerman.exposure.singles import Withdrawal, share_by_service, withdrawals
from tillerman.futures import Active, Promises
from tillerman.labels import Cause, Direction, HoldKind, Horizon

NEGLIGIBLE = 0.005  # shares of a service below this read as nothing in whole per cent


@dataclass(frozen=True)
class Hand:
    """Everything one party holds over one resource, and what is left of the resource when it withdraws that."""

    party: str
    kinds: tuple[HoldKind, ...]
    agreements: tuple[str, ...]  # whose clauses bind it
    left: tuple[float, ...]  # by horizon, no promise counted


@dataclass(frozen=True)
class Link:
    """One resource that a service needs, and everybody who can withhold it."""

    resource: str
    hands: tuple[Hand, ...]


@dataclass(frozen=True)
class Way:
    """One way a service stands ready to run: how much of it, and every link of its route."""

    route: str
    easy: float  # share of its easy uses, in the busiest hours, that stands ready here
    hard: float
    links: tuple[Link, ...]  # model, site, power zone, then the gates between


@dataclass(frozen=True)
class Threat:
    """One single withdrawal and what it leaves of this service."""

    withdrawal: Withdrawal
    kept: tuple[float, ...]  # share of its uses, by horizon
    through: tuple[str, ...]  # the links of the chain that it strikes

    @property
    def worst(self) -> float:
        """The least share kept at any horizon."""
        return min(self.kept)


@dataclass(frozen=True)
class Chain:
    """How one service runs, and who can stop it."""

    service: Service
    ways: tuple[Way, ...]  # the largest first
    common: tuple[Link, ...]  # platforms, data and people it needs on every way
    whole: tuple[float, ...]  # share of its uses that runs when nobody withdraws, by horizon
    threats: tuple[Threat, ...]  # most serious first: by consequence, never by likelihood
    harmless: tuple[Withdrawal, ...]  # single withdrawals that strike the chain and take nothing from the service


@dataclass(frozen=True)
class Singles:
    """What every single withdrawal of a file leaves of every service, and which resources it strikes."""

    whole: tuple[Mapping[str, float], ...]  # share of its uses that each service keeps if nobody withdraws, by horizon
    items: tuple[Withdrawal, ...]
    kept: tuple[tuple[Mapping[str, float], ...], ...]  # the same for each withdrawal
    strikes: tuple[frozenset[str], ...]  # resources that each withdrawal reduces at some horizon


def singles_of(keeper: Keeper) -> Singles:
    """Withdraw everything a file knows, one by one: solved once for the chains of all services."""
    country, of = keeper.dispatch.layout.country, keeper.dispatch.withdrawals.resource
    items, n = withdrawals(country), len(Horizon)
    cases: list[tuple[tuple[Active, ...], Horizon]] = [((), h) for h in Horizon]
    cases += [((item.active(h),), h) for item in items for h in Horizon]
    kept = [share_by_service(keeper, found.share_by_class) for found in keeper.kept(cases, tier=3, priority=True)]
    active = [[(item.active(h),) for h in Horizon] for item in items]
    strikes = tuple(
        frozenset(r.id for r in country.resources if any(of(r.id, one, enforced=False) < 1 for one in by_horizon))
        for by_horizon in active
    )
    each = tuple(tuple(kept[n * i : n * (i + 1)]) for i in range(1, len(items) + 1))
    return Singles(tuple(kept[:n]), items, each, strikes)


def chain(keeper: Keeper, service: str, singles: Singles | None = None) -> Chain:
    """Trace one service. Raises KeyError where the file has no service of this id."""
    shape = keeper.dispatch.layout
    asked = {item.id: item for item in shape.services}[service]
    ways = _ways(keeper, asked)
    needed = (*asked.platforms, *((asked.pool,) if asked.pool else ()))
    common = tuple(link(keeper, resource) for resource in needed)
    links = dict.fromkeys([one.resource for way in ways for one in way.links] + [one.resource for one in common])
    known = singles_of(keeper) if singles is None else singles
    whole = tuple(by_service[service] for by_service in known.whole)
    threats = [
        Threat(item, tuple(by_service[service] for by_service in kept), tuple(r for r in links if r in struck))
        for item, kept, struck in zip(known.items, known.kept, known.strikes, strict=True)
    ]
    harms = [t for t in threats if any(w - k >= NEGLIGIBLE for w, k in zip(whole, t.kept, strict=True))]
    return Chain(
        service=asked,
        ways=ways,
        common=common,
        whole=whole,
        threats=tuple(sorted(harms, key=lambda t: (*(round(k, 9) for k in sorted(t.kept)), t.withdrawal.key))),
        harmless=tuple(t.withdrawal for t in threats if t not in harms and t.through),
    )


def _ways(keeper: Keeper, service: Service) -> tuple[Way, ...]:
    """Every route on which at least half a per cent of the service stands ready."""
    easy = 1 - service.hard_share
    found = [
        Way(
            route.id,
            shares.get(True, 0.0),
            shares.get(False, 0.0),
            tuple(link(keeper, resource) for resource in _needs(keeper, route)),
        )
        for route, shares in _ready(keeper, service).items()
    ]
    return tuple(sorted(found, key=lambda w: (-(easy * w.easy + (1 - easy) * w.hard), w.route)))


def _ready(keeper: Keeper, service: Service) -> dict[Route, dict[bool, float]]:
    """How much of its easy (True) and hard uses stands ready on each route, where that is more than nothing."""
    shape, space = keeper.dispatch.layout, keeper.dispatch.space
    epoch = space.epochs[keeper.period]
    found: dict[Route, dict[bool, float]] = {}
    for pair in shape.pairs:
        klass = shape.classes[pair.klass]
        at = space.position.get(deploy_name(pair.name(shape.classes), epoch))
        if klass.service.id != service.id or at is None:
            continue
        demand = highest_demand(space, pair.klass, epoch)
        share = float(keeper.fleet[at]) / demand if demand > 0 else 0.0
        if share >= NEGLIGIBLE:
            found.setdefault(pair.route, {})[klass.difficulty == EASY] = share
    return found


def _needs(keeper: Keeper, route: Route) -> tuple[str, ...]:
    """The resources of a route, in the order in which they are told: model, site, power zone, gates."""
    shape = keeper.dispatch.layout
    zone = shape.sites[shape.site_index[route.site]].zone
    return tuple(dict.fromkeys([route.model, route.site, *((zone,) if zone else ()), *route.gates]))


def in_use(keeper: Keeper) -> frozenset[str]:
    """Every resource that some service stands ready on, or needs on every way."""
    found: set[str] = set()
    for service in keeper.dispatch.layout.services:
        found.update(link for route in _ready(keeper, service) for link in _needs(keeper, route))
        found.update(service.platforms)
        found.update([service.pool] if service.pool else [])
    return frozenset(found)


def link(keeper: Keeper, resource: str) -> Link:
    """A resource with everybody who can withhold it, the party that leaves least of it first."""
    of: dict[str, tuple[list[HoldKind], list[str]]] = {}
    for hold in keeper.dispatch.layout.country.holds:
        if hold.resource == resource and hold.direction is Direction.ON_US:
            kinds, agreements = of.setdefault(hold.party, ([], []))
            kinds.append(hold.kind)
            agreements += [hold.agreement] if hold.agreement else []
    hands = []
    for party, (kinds, agreements) in of.items():
        left = tuple(
            keeper.dispatch.withdrawals.resource(
                resource,
                (Active(TargetOfDisruption.PARTY, party, h, Cause.CHOOSES, promises=Promises.NONE),),
                enforced=False,
            )
            for h in Horizon
        )
        hands.append(Hand(party, tuple(dict.fromkeys(kinds)), tuple(dict.fromkeys(agreements)), left))
    return Link(resource, tuple(sorted(hands, key=lambda hand: (hand.left, hand.party))))
