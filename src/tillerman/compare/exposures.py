"""Two exposures of one country, before and after a number or a row was changed: what keeps running otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.exposure import Exposure, ServiceKept
from tillerman.labels import Horizon

QUARTER = list(Horizon).index(Horizon.QUARTER)
CRITICAL = 1
_SEEN = 0.005  # a share that moves by less shows the same whole per cent


@dataclass(frozen=True)
class ServiceMoved:
    """One service that is kept otherwise 90 days after a withdrawal; shares of its uses."""

    service: str
    name: str
    alone_before: float
    alone_after: float
    any_one_before: float
    any_one_after: float
    whole_before: float
    whole_after: float
    stops_before: bool
    stops_after: bool

    @property
    def n_moved(self) -> int:
        """How many of its three figures moved."""
        return sum(abs(after - before) >= _SEEN for before, after in self._pairs)

    @property
    def _pairs(self) -> tuple[tuple[float, float], ...]:
        return (
            (self.alone_before, self.alone_after),
            (self.any_one_before, self.any_one_after),
            (self.whole_before, self.whole_after),
        )


@dataclass(frozen=True)
class ExposureChange:
    """What a change of the file changes of today, without planning anew."""

    services: tuple[ServiceMoved, ...]  # those that moved
    stopping_before: int
    stopping_after: int
    n_critical: int
    worst_before: str  # name of the most serious single loss from abroad
    worst_after: str
    worst_kept_before: float  # critical service left 90 days after it
    worst_kept_after: float

    @property
    def n_moved(self) -> int:
        """How many figures moved: three a service, how many stop, and what the most serious loss leaves."""
        stopping = self.stopping_before != self.stopping_after
        worst = abs(self.worst_kept_after - self.worst_kept_before) >= _SEEN
        return sum(service.n_moved for service in self.services) + stopping + worst


def exposure_change(before: Exposure, after: Exposure) -> ExposureChange:
    """Say what differs between two exposures, usually of one country before and after a correction."""
    new = {row.service: row for row in after.services}
    moved = (_moved(row, new[row.service]) for row in before.services if row.service in new)
    one, two = before.worst_single, after.worst_single
    return ExposureChange(
        services=tuple(row for row in moved if row.n_moved),
        stopping_before=len(before.stopping),
        stopping_after=len(after.stopping),
        n_critical=sum(row.tier == CRITICAL for row in after.services),
        worst_before=one.withdrawal.name,
        worst_after=two.withdrawal.name,
        worst_kept_before=one.kept[QUARTER],
        worst_kept_after=two.kept[QUARTER],
    )


def _moved(before: ServiceKept, after: ServiceKept) -> ServiceMoved:
    return ServiceMoved(
        service=after.service,
        name=after.name,
        alone_before=before.alone,
        alone_after=after.alone,
        any_one_before=before.any_one,
        any_one_after=after.any_one,
        whole_before=before.whole,
        whole_after=after.whole,
        stops_before=before.is_stopped,
        stops_after=after.is_stopped,
    )
