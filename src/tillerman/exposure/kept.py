"""How much service is kept under withdrawals: the most that dispatch can still serve, weighted by people.

Many withdrawals leave the same things, so equal ones are solved once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tillerman.country.world import TargetOfDisruption
from tillerman.dispatch import Dispatch, quantity
from tillerman.futures import Active, State
from tillerman.labels import Block, Cause, Horizon, ProgrammeKind

Floats = NDArray[np.float64]

MOST_KNOWN = 5_000  # cases that a keeper remembers, about 4 kB each: a server is asked for new ones without end


@dataclass(frozen=True)
class Kept:
    """The service kept in one state: in people, and class by class as a share of demand."""

    people_million: float  # weighted people served, the posture's R
    share_by_class: Floats  # (n_classes,)


class Keeper:
    """Answers how much service one fleet keeps in one period, whatever is withdrawn.

    Every use is asked for at the hour at which it is wanted: a use that pooling moves out of the busy hours is neither
    lost there nor a reason to call them safer.
    """

    def __init__(self, dispatch: Dispatch, fleet: Floats, period: int, *, block: Block = Block.PEAK) -> None:
        self.dispatch = dispatch
        self.fleet = dispatch.unpooled(fleet)
        self.period = period
        self._block = block
        self._memory: dict[tuple[bytes, bytes], Kept] = {}

    def demand(self) -> Floats:
        """Demand of every class in this period, with this fleet's adoption."""
        return self._demands[1]

    @cached_property
    def _demands(self) -> tuple[Floats, Floats]:
        """Demand of every class without programmes, and with this fleet's adoption."""
        arrays, _ = self.dispatch.arrays([State(self.period, self._block)])
        n = len(self.dispatch.layout.classes)
        base: Floats = arrays.rhs[0, :n]
        added: Floats = arrays.rhs_of_first[:n] @ self.fleet
        return base, base + added

    def weights(self, tier: int, *, priority: bool = False) -> Floats:
        """People per unit of demand for classes of a tier and above; with priority, higher tiers first of all.

        Programmes do not enter: a weight never depends on a decision.
        """
        classes = self.dispatch.layout.classes
        total: dict[str, float] = {}
        for klass, amount in zip(classes, self._demands[0].tolist(), strict=True):
            total[klass.service.id] = total.get(klass.service.id, 0.0) + amount
        found = np.zeros(len(classes))
        for c, klass in enumerate(classes):
            service = klass.service
            if service.tier <= tier and total[service.id] > 0:
                found[c] = service.people_million / total[service.id]
                if priority:
                    found[c] *= 100.0 ** (3 - service.tier)
        return found

    @property
    def enforcement(self) -> float:
        """The level of enforcement programmes at work, at most 1."""
        country, space = self.dispatch.layout.country, self.dispatch.space
        total = 0.0
        for lever in country.levers:
            at = space.position.get(quantity("level", lever.id, self.period))
            if lever.kind is ProgrammeKind.ENFORCEMENT and at is not None:
                total += lever.effect * float(self.fleet[at])
        return min(1.0, total)

    def kept(
        self, cases: Sequence[tuple[tuple[Active, ...], Horizon]], *, tier: int = 1, priority: bool = False
    ) -> list[Kept]:
        """Service kept under each case (withdrawals, horizon); no withdrawals means only the horizon's phase acts."""
        weights = self.weights(tier, priority=priority)
        keyed = [(self._key(active, horizon), active, horizon) for active, horizon in cases]
        tag = weights.tobytes()
        # taken out at once: another thread may make the memory forget meanwhile
        known = {key: found for key, _, _ in keyed if (found := self._memory.get((key, tag))) is not None}
        new: dict[bytes, tuple[tuple[Active, ...], Horizon]] = {}
        for key, active, horizon in keyed:
            if key not in known:
                new.setdefault(key, (active, horizon))
        if new:
            fresh = dict(zip(new, self._solve(list(new.values()), weights), strict=True))
            known.update(fresh)
            if len(self._memory) + len(fresh) > MOST_KNOWN:
                self._memory.clear()
            self._memory.update({(key, tag): found for key, found in fresh.items()})
        return [known[key] for key, _, _ in keyed]

    def _key(self, active: tuple[Active, ...], horizon: Horizon) -> bytes:
        left = self.dispatch.withdrawals.left(active)
        return horizon.phase.encode() + self.dispatch.left_vector(left).tobytes()

    def _solve(self, cases: list[tuple[tuple[Active, ...], Horizon]], weights: Floats) -> list[Kept]:
        shape = self.dispatch.layout
        cost = np.zeros((1, shape.n_columns))
        for p, pair in enumerate(shape.pairs):
            for family in ("ready", "moved"):
                cost[0, shape.first_column[family] + p] = -weights[pair.klass]
        states = [State(self.period, self._block, active=_in_phase(active, horizon)) for active, horizon in cases]
        found = self.dispatch.evaluate(states, self.fleet, cost=cost, primal=True)
        demand = self.demand()
        results = []
        primal = found.primal if found.primal is not None else np.zeros((len(cases), shape.n_columns))
        for s in range(len(cases)):
            served = np.zeros(len(shape.classes))
            for p, pair in enumerate(shape.pairs):
                columns = (shape.first_column["ready"] + p, shape.first_column["moved"] + p)
                # a solver's rounding may leave -1e-16 of a use
                served[pair.klass] += sum(max(0.0, primal[s, column]) for column in columns)
            share = np.divide(served, demand, out=np.zeros_like(served), where=demand > 0)
            results.append(Kept(max(0.0, -float(found.state_values[s])), share))
        return results


def _in_phase(active: tuple[Active, ...], horizon: Horizon) -> tuple[Active, ...]:
    """Withdrawals at a horizon; with none, a withdrawal of nothing, so that the phase of the horizon still acts."""
    return active or (_nothing(horizon),)


def _nothing(horizon: Horizon) -> Active:
    return Active(TargetOfDisruption.RESOURCE, "", horizon, Cause.CANNOT, depth=0.0)
