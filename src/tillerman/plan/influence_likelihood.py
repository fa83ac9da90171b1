"""Other chances for the same futures: how much likelier each becomes, and what that makes of their average."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.futures import Futures, State
from tillerman.futures.events import chances, is_brief, sample_events
from tillerman.futures.paths import sample_paths
from tillerman.plan.figures import tail
from tillerman.twostage import Risk

Floats = NDArray[np.float64]
CHANCES = ("chance_normal", "chance_strained", "chance_broken")


@dataclass(frozen=True)
class Many:
    """Many futures at one plan: what each costs, and what it would cost if nothing were withdrawn."""

    futures: Futures
    values: Floats  # (n_futures,)
    calm: Floats  # (n_futures,)

    def change(self, ratio: Floats, risk: Risk) -> float | None:
        """The change of the risk-weighted average when futures become likelier by these ratios.

        Chances of withdrawals do not move what the futures cost without them: what re-weighting seems to change there
        is the luck of the draw, so that only what withdrawals cost is averaged, and its worst.
        """
        was, now = self.futures.probability, self.futures.probability * ratio
        if now.sum() <= 0:
            return None
        now = now / now.sum()
        lost = self.values - self.calm
        mean = float((now - was) @ lost)
        worst = tail(lost, now)[0] - tail(lost, was)[0]
        return (1 - risk.aversion) * mean + risk.aversion * worst


def without_withdrawals(futures: Futures) -> Futures:
    """The same futures, each with every withdrawal taken out of its states."""
    position: dict[State, int] = {}
    columns = [position.setdefault(replace(s, active=()), len(position)) for s in futures.states]
    merge = sparse.csr_array((np.ones(len(columns)), (np.arange(len(columns)), columns)))
    return replace(futures, states=tuple(position), weights=sparse.csr_array(futures.weights @ merge))


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
