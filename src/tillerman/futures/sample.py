"""Thousands of possible futures of a country, as distinct states and how long each future spends in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.country import Country
from tillerman.country.choices import Option
from tillerman.country.world import Disruption, Driver
from tillerman.errors import SettingError
from tillerman.futures.brief import lay_over
from tillerman.futures.events import Events, disruptions_of, promise_draw, promise_edges, sample_events, stretches
from tillerman.futures.merge import Codes, cut
from tillerman.futures.paths import BROKEN, DeliveryClasses, Paths, delivery_in_effect, levels, sample_paths
from tillerman.futures.state import Active, State, block_share
from tillerman.labels import Block, Horizon, Signpost
from tillerman.streams import stream

Floats = NDArray[np.float64]
MOST_FUTURES = 5_000_000


@dataclass(frozen=True)
class Futures:
    """Possible futures: distinct states in domain words, and the weight of each state in each future.

    A weight is discounted years: the discount factors of the period's years, times the share of hours, times the
    share of the year spent in the state.
    """

    country: Country
    seed: int
    geopolitics: bool
    states: tuple[State, ...]
    weights: sparse.csr_array  # (n_futures, n_states)
    probability: Floats  # (n_futures,)
    disruptions: tuple[Disruption, ...]
    onsets: NDArray[np.int64]  # (n_futures, n_disruptions)
    misses: NDArray[np.int64]  # (n_futures, n_disruptions, 3)
    stratum: NDArray[np.int64]  # (n_futures,), 1 where the climate breaks

    @property
    def n_futures(self) -> int:
        """How many futures were sampled."""
        return self.probability.size

    def reweighted(self, factors: dict[str, float]) -> Floats:
        """Probabilities of the same futures if some disruptions' chances are multiplied: exact by likelihood ratio.

        Raises SettingError when a factor pushes a chance to 1 or above.
        """
        log_ratio = np.zeros(self.n_futures)
        for d, disruption in enumerate(self.disruptions):
            factor = factors.get(disruption.id, 1.0)
            if factor == 1.0:
                continue
            chance = np.array([disruption.chance_normal, disruption.chance_strained, disruption.chance_broken])
            if factor < 0 or (chance * factor >= 1).any():
                raise SettingError(f"chance of {disruption.id}", factor, "a factor that keeps every chance below 1")
            log_ratio += _times(self.onsets[:, d], np.log(factor) if factor > 0 else -np.inf)
            log_ratio += self.misses[:, d, :] @ np.log((1 - chance * factor) / (1 - chance))
        weighted = self.probability * np.exp(log_ratio - log_ratio.max())
        return np.asarray(weighted / weighted.sum())


def sample(country: Country, n: int, *, seed: int = 1, geopolitics: bool = True) -> Futures:
    """Sample n possible futures of a country over its whole horizon; the same seed gives the same futures.

    Raises SettingError for a number of futures below 1 or above five million.
    """
    if not 1 <= n <= MOST_FUTURES:
        raise SettingError("number of futures", n, f"1 to {MOST_FUTURES:,}")
    frame = country.frame
    n_years = sum(frame.period_years)
    paths = sample_paths(country, n, seed, n_years)
    disruptions = disruptions_of(country, geopolitics=geopolitics)
    events = sample_events(country, disruptions, paths, seed)
    onsets = _first_seen(paths, events, country.options, disruptions, n_years)
    keys = _Keys(country, disruptions, onsets)
    years = np.cumsum([0, *frame.period_years[:-1]])
    for period, year in enumerate(years.tolist()):
        segments, sets = cut(stretches(events, year), n)
        draws = stream(seed, f"brief/{year}")
        segments, sets = lay_over(segments, sets, disruptions, paths.climate[:, year], draws)
        keys.add(period, year, paths, segments.future, segments.active, segments.share, sets.members)
    states, weights = keys.merged(n)
    return Futures(
        country=country,
        seed=seed,
        geopolitics=geopolitics,
        states=states,
        weights=weights,
        probability=paths.probability,
        disruptions=disruptions,
        onsets=events.onsets,
        misses=events.misses,
        stratum=paths.stratum,
    )


def discounted_years(country: Country, period: int) -> float:
    """Sum of the discount factors of a period's years, counted from the first year of the plan."""
    frame = country.frame
    first = sum(frame.period_years[:period])
    return float(sum((1 + frame.discount_rate) ** -(first + k) for k in range(frame.period_years[period])))


def _times(count: NDArray[np.int64], value: float) -> Floats:
    """Multiply, with 0 x -inf = 0."""
    return np.asarray(np.where(count > 0, value * np.maximum(count, 1), 0.0))


def _first_seen(
    paths: Paths, events: Events, options: tuple[Option, ...], disruptions: tuple[Disruption, ...], n_years: int
) -> NDArray[np.int64]:
    """The first year (from 0) in which each option's signpost is seen in each future; n_years for never."""
    n = paths.probability.size
    position = {d.id: i for i, d in enumerate(disruptions)}
    seen = np.full((n, len(options)), n_years, dtype=np.int64)
    for o, option in enumerate(options):
        if option.signpost is Signpost.DISRUPTION:
            mine = events.disruption == position.get(option.fires_at, -1)
            years = np.minimum(events.begin[mine] // 365, n_years).astype(np.int64)
            np.minimum.at(seen[:, o], events.future[mine], years)
            continue
        path, level = {
            Signpost.CLIMATE: (paths.climate, BROKEN),
            Signpost.DEMAND: (paths.demand, 2),
            Signpost.PRICE: (paths.prices, 2),
        }[option.signpost]
        fires = path == level
        seen[:, o] = np.where(fires.any(axis=1), fires.argmax(axis=1), n_years)
    return seen


class _Keys:
    """Collects the keys of all segments as small integers, then merges equal ones."""

    def __init__(self, country: Country, disruptions: tuple[Disruption, ...], seen: NDArray[np.int64]) -> None:
        self._country = country
        self._disruptions = disruptions
        self._seen = seen
        self._delivery = DeliveryClasses(country.deliveries)
        self._demand = levels(country, Driver.DEMAND)
        self._prices = levels(country, Driver.PRICES)
        self._edges = [promise_edges(country, d) for d in disruptions]
        self._small: list[NDArray[np.int64]] = []
        self._active: list[Codes] = []
        self._future: list[NDArray[np.int64]] = []
        self._weight: list[Floats] = []
        self._members: dict[int, tuple[tuple[int, int, int], ...]] = {}

    def add(
        self,
        period: int,
        year: int,
        paths: Paths,
        future: NDArray[np.int64],
        active: Codes,
        share: Floats,
        members: dict[int, tuple[tuple[int, int, int], ...]],
    ) -> None:
        """Add the segments of one period's representative year."""
        fired = np.zeros(future.size, dtype=np.int64)
        for o, option in enumerate(self._country.options):
            fired |= (self._seen[future, o] + option.lead_years <= year).astype(np.int64) << o
        told = np.array(delivery_in_effect(self._country, self._country.frame.first_year + year))
        levels = (period * 3 + paths.demand[future, year]) * 3 + paths.prices[future, year]
        small = levels * len(self._delivery.classes) + told[paths.delivery[future]]
        self._small.append((small << len(self._country.options)) | fired)
        self._active.append(active)
        self._future.append(future)
        self._weight.append(share * discounted_years(self._country, period))
        self._members |= members

    def merged(self, n_futures: int) -> tuple[tuple[State, ...], sparse.csr_array]:
        """Merge equal keys; every state appears once for each load block."""
        small = np.concatenate(self._small)
        active = np.concatenate(self._active)
        keys = np.stack([small.astype(np.uint64), active], axis=1)
        order = np.lexsort((keys[:, 1], keys[:, 0]))
        ordered = keys[order]
        is_new = np.r_[True, (ordered[1:] != ordered[:-1]).any(axis=1)]
        which = np.empty(order.size, dtype=np.int64)
        which[order] = np.cumsum(is_new) - 1
        distinct = ordered[is_new]
        future = np.concatenate(self._future)
        weight = np.concatenate(self._weight)
        blocks = tuple(Block)
        columns = np.concatenate([which * len(blocks) + b for b in range(len(blocks))])
        values = np.concatenate([weight * block_share(self._country.frame, block) for block in blocks])
        rows = np.tile(future, len(blocks))
        shape = (n_futures, distinct.shape[0] * len(blocks))
        weights = sparse.csr_array(sparse.coo_array((values, (rows, columns)), shape=shape))
        states = [self._state(int(s), int(a), block) for s, a in distinct.tolist() for block in blocks]
        return tuple(states), weights

    def _state(self, small: int, active: int, block: Block) -> State:
        options = self._country.options
        fired = frozenset(option.id for o, option in enumerate(options) if small >> o & 1)
        rest, delivery = divmod(small >> len(options), len(self._delivery.classes))
        rest, prices = divmod(rest, 3)
        period, demand = divmod(rest, 3)
        return State(
            period=period,
            block=block,
            demand=float(self._demand[demand]),
            prices=float(self._prices[prices]),
            active=tuple(self._withdrawal(*triple) for triple in self._members[active]),
            delivery=self._delivery.classes[delivery],
            fired=fired,
        )

    def _withdrawal(self, disruption: int, horizon: int, promise: int) -> Active:
        found = self._disruptions[disruption]
        return Active(
            strikes=found.strikes,
            target=found.target,
            horizon=tuple(Horizon)[horizon],
            cause=found.cause,
            hold_kinds=found.hold_kinds,
            depth=found.depth,
            is_common_shock=found.is_common_shock,
            draw=promise_draw(self._edges[disruption], promise),
        )
