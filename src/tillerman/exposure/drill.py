"""A drill: withdraw any set at once, for any cause, and see what is left of every resource and every service.

In comes a keeper (a fleet in some year) and withdrawals; out goes one frozen `Drill`, at the four horizons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tillerman.exposure.kept import Keeper
from tillerman.exposure.singles import STOPPED_BELOW, Withdrawal, share_by_service
from tillerman.futures import Active
from tillerman.labels import Horizon

Shares = tuple[float, ...]  # in the order of Horizon


@dataclass(frozen=True)
class ServiceLeft:
    """What one service keeps of its uses at the four horizons."""

    service: str
    tier: int
    whole: Shares  # when nobody withdraws
    kept: Shares

    @property
    def falls(self) -> tuple[bool, ...]:
        """At which horizons it stops that would run otherwise."""
        pairs = zip(self.kept, self.whole, strict=True)
        return tuple(kept < STOPPED_BELOW <= whole for kept, whole in pairs)


@dataclass(frozen=True)
class Drill:
    """What a set of withdrawals leaves."""

    withdrawn: tuple[Withdrawal, ...]
    critical_whole: Shares  # of critical service, by people, when nobody withdraws
    critical_kept: Shares
    services: tuple[ServiceLeft, ...]  # in the order of the file
    left: Mapping[str, Shares]  # share of each resource that is left, by id


def drill(keeper: Keeper, items: Sequence[Withdrawal]) -> Drill:
    """Withdraw everything named at once; nothing named shows how things stand."""
    shape = keeper.dispatch.layout
    withdrawn: list[tuple[Active, ...]] = [tuple(item.active(h) for item in items) for h in Horizon]
    cases = [((), h) for h in Horizon] + list(zip(withdrawn, Horizon, strict=True))
    n = len(Horizon)
    people = float(keeper.weights(1) @ keeper.demand())
    critical = [min(1.0, k.people_million / people) if people > 0 else 1.0 for k in keeper.kept(cases, tier=1)]
    shares = [share_by_service(keeper, k.share_by_class) for k in keeper.kept(cases, tier=3, priority=True)]
    services = tuple(
        ServiceLeft(
            service=service.id,
            tier=service.tier,
            whole=tuple(found[service.id] for found in shares[:n]),
            kept=tuple(found[service.id] for found in shares[n:]),
        )
        for service in shape.services
    )
    of = keeper.dispatch.withdrawals.resource
    left = {r.id: tuple(of(r.id, active, enforced=False) for active in withdrawn) for r in shape.country.resources}
    return Drill(tuple(items), tuple(critical[:n]), tuple(critical[n:]), services, left)
