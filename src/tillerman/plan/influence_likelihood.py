"""Other chances of a disruption for the same futures: how much likelier each becomes, and what that costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tillerman.country.world import Disruption
from tillerman.futures import Active, Futures, State
from tillerman.futures.events import chances, is_brief, sample_events
from tillerman.futures.paths import sample_paths
from tillerman.settings import TAIL
from tillerman.twostage import Risk

Floats = NDArray[np.float64]
CHANCES = ("chance_normal", "chance_strained", "chance_broken")
ENOUGH = 0.1  # share of the futures that must still speak after re-weighting


@dataclass(frozen=True)
class Many:
    """Many futures at one plan, and the way to price any state at that plan."""

    futures: Futures
    risk: Risk
    price: Callable[[Sequence[State]], Floats]  # net cost of each state
    _added: dict[str, Floats] = field(default_factory=dict, compare=False)  # by disruption, once asked for

    @cached_property
    def net(self) -> Floats:
        """The net cost of every state."""
        return self.price(self.futures.states)

    @cached_property
    def _where(self) -> dict[Active, list[int]]:
        """The states in which each withdrawal is in force."""
        found: dict[Active, list[int]] = {}
        for s, state in enumerate(self.futures.states):
            for item in state.active:
                found.setdefault(item, []).append(s)
        return found

    def change(self, disruption: str, climate: int, chance: float) -> float | None:
        """The change of the risk-weighted objective, to first order in the worst, under another chance.

        A chance does not move what the futures would cost without its disruption. So only what the disruption adds in
        each future is weighted anew; the luck of everything else stays out. None where re-weighting cannot tell.
        """
        ratio = likelihood(self.futures, disruption, climate, chance)
        probability = self.futures.probability
        if ratio is None or (probability @ ratio) ** 2 < ENOUGH * float(probability @ ratio**2):
            return None
        return float((probability * (ratio - 1.0)) @ self.added(disruption))

    def added(self, disruption: str) -> Floats:
        """What a disruption adds to the risk-weighted objective in each future."""
        if disruption not in self._added:
            found = next(item for item in self.futures.disruptions if item.id == disruption)
            with_it, without = self.futures.weights @ self.net, self.futures.weights @ self._net_without(found)
            self._added[disruption] = self._counted(with_it, with_it) - self._counted(without, with_it)
        return self._added[disruption]

    def _counted(self, values: Floats, base: Floats) -> Floats:
        """What each future adds to the risk-weighted average, above the worst share's own edge counted more."""
        order = np.argsort(-base, kind="stable")
        edge = base[order][np.searchsorted(np.cumsum(self.futures.probability[order]), TAIL)]
        worst = np.maximum(values - edge, 0.0) / TAIL
        return np.asarray((1 - self.risk.aversion) * values + self.risk.aversion * worst)

    def _net_without(self, disruption: Disruption) -> Floats:
        """Net cost of every state with one disruption taken out of it."""
        position: dict[State, int] = {}
        where = sorted({s for item, there in self._where.items() if _is_of(item, disruption) for s in there})
        which = []
        for s in where:
            state = self.futures.states[s]
            left = tuple(item for item in state.active if not _is_of(item, disruption))
            which.append(position.setdefault(replace(state, active=left), len(position)))
        net = self.net.copy()
        if where:
            net[where] = self.price(tuple(position))[which]
        return net


def _is_of(item: Active, disruption: Disruption) -> bool:
    """Is a withdrawal in force this disruption? Two that strike the same in the same way cannot be told apart."""
    return (
        item.strikes is disruption.strikes
        and item.target == disruption.target
        and item.cause is disruption.cause
        and item.hold_kinds == disruption.hold_kinds
        and item.depth == disruption.depth
        and item.is_common_shock == disruption.is_common_shock
    )


def likelihood(futures: Futures, disruption: str, climate: int, chance: float) -> Floats | None:
    """How much likelier each future becomes when one disruption has another chance in one climate.

    None where the answer is not a matter of weights: the disruption is not drawn (brief, or it touches nothing), or
    the file's chance is 0 or 1, so that no future shows the other case.
    """
    known = {item.id: d for d, item in enumerate(futures.disruptions)}
    d = known.get(disruption)
    if d is None or is_brief(futures.disruptions[d]):
        return None
    was = float(chances(futures.disruptions[d])[climate])
    if not 0 < was < 1:
        return None
    n_years = sum(futures.country.frame.period_years)
    paths = sample_paths(futures.country, futures.n_futures, futures.seed, n_years)
    events = sample_events(futures.country, futures.disruptions, paths, futures.seed)
    mine = events.disruption == d
    years = np.minimum(events.begin[mine] // 365, n_years - 1).astype(np.int64)
    begun = events.future[mine][paths.climate[events.future[mine], years] == climate]
    onsets = np.bincount(begun, minlength=futures.n_futures)
    return np.asarray((chance / was) ** onsets * ((1 - chance) / (1 - was)) ** futures.misses[:, d, climate])
