"""Thousands of possible futures of a country, as distinct states and how long each future spends in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.country import Country
from tillerman.country.choices import Option
from tillerman.country.world import Disruption
from tillerman.errors import SettingError, UnknownNameError
from tillerman.futures.brief import Brief
from tillerman.futures.events import DAYS, Events, disruptions_of, sample_events, stretches
from tillerman.futures.merge import merge, merge_year
from tillerman.futures.paths import BROKEN, Floats, Ints, Paths, sample_paths
from tillerman.futures.reweight import log_ratio, reweight
from tillerman.futures.segments import cut, names_of
from tillerman.futures.short import one_for_all
from tillerman.futures.state import State
from tillerman.futures.states import States
from tillerman.labels import Signpost

MOST_FUTURES = 5_000_000
HIGH = 2  # the level of demand or prices at which a signpost is seen


@dataclass(frozen=True)
class Futures:
    """Possible futures: distinct states in domain words, and the weight of each state in each future.

    A weight is discounted years: the discount factors of the period's years, times the share of hours, times the
    share of the year spent in the state.
    """

    country: Country
    seed: int
    geopolitics: bool
    states: Sequence[State]
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

    @property
    def n_states(self) -> int:
        """How many distinct states there are."""
        return len(self.states)

    def reweighted(self, factors: Mapping[str, float]) -> Floats:
        """Probabilities of the same futures if some disruptions' chances are multiplied: exact by likelihood ratio.

        Raises UnknownNameError for a name that the file does not know, SettingError for a factor that these futures
        cannot answer: one that pushes a chance to 1 or above, one other than 1 for a disruption that begins every
        year or is over within days, and 0 for one that begins in every future.
        """
        known = {disruption.id for disruption in self.country.disruptions}
        for name in factors:
            if name not in known:
                raise UnknownNameError("disruption", name, known)
        ratio = np.zeros(self.n_futures)
        for d, disruption in enumerate(self.disruptions):
            factor = factors.get(disruption.id, 1.0)
            ratio += log_ratio(disruption, factor, self.onsets[:, d], self.misses[:, d, :])
        if not ratio.any():
            return self.probability.copy()
        return reweight(self.probability, self.stratum, ratio, f"chance of {', '.join(sorted(factors))}")

    def can_reweight(self, factors: Mapping[str, float]) -> bool:
        """Can these futures say what other chances would mean? See `reweighted` for what they cannot answer."""
        try:
            self.reweighted(factors)
        except SettingError:
            return False
        return True


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
    seen = first_seen(paths, events, country.options, disruptions)
    names, brief = names_of(country, disruptions), Brief(country, disruptions, seed)
    merged = []
    for period in range(len(frame.period_years)):
        year = sum(frame.period_years[:period])
        stretch = stretches(events, year)
        drawn = brief.draw(paths.climate[:, year], year)
        segments = brief.lay_over(cut(stretch, names, n), stretch, names, drawn)
        segments = one_for_all(country, segments, n, year, seed)
        merged.append(merge_year(country, period, year, paths, seen, segments))
    keys, place, weights = merge(country, merged, n)
    return Futures(
        country=country,
        seed=seed,
        geopolitics=geopolitics,
        states=States(country, disruptions, events, keys, place),
        weights=weights,
        probability=paths.probability,
        disruptions=disruptions,
        onsets=events.onsets,
        misses=events.misses,
        stratum=paths.stratum,
    )


def first_seen(paths: Paths, events: Events, options: tuple[Option, ...], disruptions: tuple[Disruption, ...]) -> Ints:
    """The first year (from 0) in which each option's signpost is seen in each future; the horizon's end for never."""
    n, n_years = paths.climate.shape
    position = {d.id: i for i, d in enumerate(disruptions)}
    seen = np.full((n, len(options)), n_years, dtype=np.int64)
    for o, option in enumerate(options):
        if option.signpost is Signpost.DISRUPTION:
            mine = events.disruption == position.get(option.fires_at, -1)
            years = np.minimum(events.begin[mine] // DAYS, n_years).astype(np.int64)
            np.minimum.at(seen[:, o], events.future[mine], years)
            continue
        path, level = {
            Signpost.CLIMATE: (paths.climate, BROKEN),
            Signpost.DEMAND: (paths.demand, HIGH),
            Signpost.PRICE: (paths.prices, HIGH),
        }[option.signpost]
        fires = path == level
        seen[:, o] = np.where(fires.any(axis=1), fires.argmax(axis=1), n_years)
    return seen
