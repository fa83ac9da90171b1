"""A plan on futures it was not made for: what it costs there on average and in the worst, each with an interval.

The fresh futures are drawn from a stream of their own, merged, and priced block by block, so that memory stays bounded
by the futures themselves: every distinct state is solved once, exactly, and checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tillerman.dispatch import withheld
from tillerman.dispatch.fixed import FixedFleet
from tillerman.futures import Futures, State, sample
from tillerman.futures.states import States
from tillerman.plan.base import Base, Listener
from tillerman.plan.estimate import Estimate, mean_of, objective_of, tail_of
from tillerman.settings import ENOUGH_TAIL, SETTINGS, TAIL
from tillerman.streams import stream
from tillerman.twostage import Progress, tail_weights

Floats = NDArray[np.float64]
BLOCK = 20_000  # states in memory at once
CERTIFIED = 100_000  # futures that certify a plan where no number is given


@dataclass(frozen=True)
class OutOfSample:
    """What a plan costs on fresh futures, in million US$; every interval is one of 95 %."""

    n_futures: int
    seed: int  # of the fresh futures
    n_states: int
    objective: Estimate  # as the plan was asked to weigh average and worst
    mean: Estimate
    worst: Estimate | None  # average of the worst 5 in 100; None with a reason
    worst_reason: str
    n_effective_tail: float
    expected_musd: float  # the objective on the futures the plan was made for
    lower_bound_musd: float  # no plan does better than this on those

    @property
    def surprise(self) -> Estimate:
        """How much more than promised the plan costs on fresh futures."""
        found, promised = self.objective, self.expected_musd
        return Estimate(found.value - promised, found.low - promised, found.high - promised)


@withheld()
def out_of_sample(base: Base, n: int, *, progress: Listener | None = None) -> OutOfSample:
    """Price a plan on n fresh futures, drawn from a stream that the plan has not seen.

    Raises:
        SettingError: for a number of futures out of its limits.
    """
    tell = progress or (lambda _stage, _bounds: None)
    SETTINGS["futures"].check(n)
    seed = fresh_seed(base.request.seed)
    tell("Drawing fresh futures", None)
    fresh = sample(base.country, n, seed=seed, geopolitics=base.request.geopolitics)
    total = totals(base, base.best.x, fresh, progress=progress)
    probability, stratum = fresh.probability, fresh.stratum
    n_tail = float(1 / (tail_weights(total, probability, TAIL) ** 2).sum())
    enough = n_tail >= ENOUGH_TAIL
    told = f"rests on {int(n_tail)} futures; at least {ENOUGH_TAIL} are needed: ask for more futures"
    reason = "" if enough else told
    return OutOfSample(
        n_futures=n,
        seed=seed,
        n_states=fresh.n_states,
        objective=objective_of(total, probability, stratum, base.risk),
        mean=mean_of(total, probability, stratum),
        worst=tail_of(total, probability, stratum) if enough else None,
        worst_reason=reason,
        n_effective_tail=n_tail,
        expected_musd=base.best.objective,
        lower_bound_musd=base.best.lower_bound,
    )


def fresh_seed(seed: int, use: str = "out of sample") -> int:
    """The seed of futures that are independent of those a plan was made with."""
    return int(stream(seed, use).integers(2**62))


def totals(base: Base, x: Floats, futures: Futures, *, progress: Listener | None = None) -> Floats:
    """What a first stage costs in all in each of some futures: decided now, and the second stage less its value."""
    net = net_costs(base, x, progress)(futures.states)
    return np.asarray(float(base.assembled.problem.first.cost @ x) + futures.weights @ net)


def net_costs(base: Base, x: Floats, progress: Listener | None = None) -> Callable[[Sequence[State]], Floats]:
    """What prices any states under a first stage, block by block: their cost less the value of their demand."""
    tell = progress or (lambda _stage, _bounds: None)
    pricing = FixedFleet(base.dispatch, base.fleet(x))

    def price(states: Sequence[State]) -> Floats:
        n = len(states)
        net = np.empty(n)
        for start in range(0, n, BLOCK):
            end = min(start + BLOCK, n)
            block = states.passing(start, end) if isinstance(states, States) else states[start:end]
            net[start:end] = pricing.net_costs(block)
            tell("Pricing the plan on fresh futures", Progress(end, np.nan, np.nan, np.nan, 0.0) if n > BLOCK else None)
        return net

    return price
