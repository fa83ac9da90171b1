"""The common weather of a future, year by year: the climate between states, demand and price levels, delivery luck.

Futures are stratified by whether the climate ever breaks, so that rare ruptures are seen often and weighted down.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tillerman.country import Country
from tillerman.country.world import Delivery, Driver
from tillerman.futures.state import Outcome
from tillerman.labels import Climate
from tillerman.streams import stream

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
CLIMATES = tuple(Climate)
BROKEN = CLIMATES.index(Climate.BROKEN)
BANDS = (0.25, 0.75)  # quantiles between low, middle and high levels
RUPTURE_SHARE = 0.5  # share of sampled futures in which the climate breaks at least once


@dataclass(frozen=True)
class Paths:
    """Yearly paths of many futures, and how probable each future is."""

    probability: Floats  # (n_futures,)
    climate: Ints  # (n_futures, n_years), position in CLIMATES
    demand: Ints  # (n_futures, n_years), 0 low, 1 middle, 2 high
    prices: Ints  # (n_futures, n_years)
    delivery: Ints  # (n_futures,), position in DeliveryClasses.classes
    stratum: Ints  # (n_futures,), 1 where the climate breaks at least once


@dataclass(frozen=True)
class DeliveryClasses:
    """Every way in which all delivery records can fall out together: one draw of luck a future serves them all."""

    records: tuple[Delivery, ...]

    @cached_property
    def edges(self) -> Floats:
        """Where the draw passes from one joint outcome to the next."""
        inner = {edge for record in self.records for edge in (record.on_time, record.on_time + record.late)}
        return np.array(sorted(edge for edge in inner if 0 < edge < 1))

    @cached_property
    def classes(self) -> tuple[tuple[tuple[str, Outcome], ...], ...]:
        """The outcome of every record in each class."""
        bounds = [0.0, *self.edges.tolist(), 1.0]
        middles = [(low + high) / 2 for low, high in pairwise(bounds)]
        return tuple(tuple((r.id, outcome_at(r, middle)) for r in self.records) for middle in middles)


def delivery_in_effect(country: Country, year: int) -> tuple[int, ...]:
    """For each joint class of deliveries, the first class that cannot be told from it by this year."""
    first = country.frame.first_year
    due: dict[str, list[int]] = {record.id: [] for record in country.deliveries}
    for site in country.sites:
        if site.delivery is not None and site.build_max_h100e_per_year > 0:
            due[site.delivery].append(first + site.lead_years)
        if site.delivery is not None and site.available_from > first:
            due[site.delivery].append(site.available_from)
    for agreement in country.agreements:
        if agreement.delivery is not None:
            due[agreement.delivery].append(max(first, agreement.first_year) + agreement.lead_years)
    seen: dict[tuple[Outcome, ...], int] = {}
    found = []
    for k, outcomes in enumerate(DeliveryClasses(country.deliveries).classes):
        told = []
        for record, (_, outcome) in zip(country.deliveries, outcomes, strict=True):
            earliest = min(due[record.id], default=year + 1)
            if earliest > year:
                told.append(Outcome.ON_TIME)  # nothing is due yet, so nothing is late
            elif earliest + record.late_years > year and outcome is Outcome.LATE:
                told.append(Outcome.NEVER)  # what is late has not come yet
            else:
                told.append(outcome)
        found.append(seen.setdefault(tuple(told), k))
    return tuple(found)


def outcome_at(record: Delivery, luck: float) -> Outcome:
    """How a project falls out when luck (uniform, low is good) is drawn."""
    if luck < record.on_time:
        return Outcome.ON_TIME
    return Outcome.LATE if luck < record.on_time + record.late else Outcome.NEVER


def levels(country: Country, driver: Driver) -> Floats:
    """The low, middle and high level of a driver: means of its bands, so that the average level is 1."""
    path = next((row for row in country.drivers if row.id == driver), None)
    return np.ones(3) if path is None else np.array(_band_means(path.yearly_sd, path.persistence))


@lru_cache(maxsize=64)
def _band_means(yearly_sd: float, persistence: float) -> tuple[float, ...]:
    """The mean of exp(z) in each band, z a year's deviation; whoever lays down a plan asks for it once a class."""
    if yearly_sd == 0:
        return (1.0,) * (len(BANDS) + 1)
    sd = yearly_sd / (1 - persistence**2) ** 0.5
    normal = NormalDist()
    cuts = [-np.inf, *(normal.inv_cdf(q) * sd for q in BANDS), np.inf]
    shares = np.diff([0.0, *BANDS, 1.0])
    # E[exp(z); a < z < b] / E[exp(z)] for z ~ N(0, sd^2) is Phi(b/sd - sd) - Phi(a/sd - sd)
    masses = np.diff([normal.cdf(float(np.clip(cut / sd - sd, -40, 40))) for cut in cuts])
    return tuple((masses / shares).tolist())


def sample_paths(country: Country, n: int, seed: int, n_years: int) -> Paths:
    """Draw the yearly paths of n futures."""
    start, step = climate_chain(country)
    broken = rupture_probability(start, step, n_years)
    n_broken = _allocate(n, broken)
    climate = _stratified_climate(start, step, n, n_broken, seed, n_years)
    stratum = np.r_[np.zeros(n - n_broken, dtype=np.int64), np.ones(n_broken, dtype=np.int64)]
    shares = np.where(stratum == 1, broken / max(n_broken, 1), (1 - broken) / max(n - n_broken, 1))
    luck = _even(stream(seed, "delivery"), n)
    return Paths(
        probability=shares / shares.sum(),
        climate=climate,
        demand=_level_path(country, Driver.DEMAND, n, seed, n_years),
        prices=_level_path(country, Driver.PRICES, n, seed, n_years),
        delivery=np.searchsorted(DeliveryClasses(country.deliveries).edges, luck, side="right"),
        stratum=stratum,
    )


def climate_chain(country: Country) -> tuple[Floats, Floats]:
    """The first year's chances (3,) and the yearly transition matrix (3, 3); always normal where the file has none."""
    rows = {row.id: row for row in country.climates}
    if not rows:
        return np.array([1.0, 0.0, 0.0]), np.eye(3)
    start = np.array([rows[c].start for c in CLIMATES])
    step = np.array([[rows[c].to_normal, rows[c].to_strained, rows[c].to_broken] for c in CLIMATES])
    return start / start.sum(), step / step.sum(axis=1, keepdims=True)


def rupture_probability(start: Floats, step: Floats, n_years: int) -> float:
    """The chance that the climate breaks in at least one year of the horizon."""
    calm = [i for i in range(len(CLIMATES)) if i != BROKEN]
    alive, broken = start[calm], float(start[BROKEN])
    for _ in range(n_years - 1):
        broken += float(alive @ step[calm, BROKEN])
        alive = alive @ step[np.ix_(calm, calm)]
    # each side is summed on its own, so that what is impossible or certain is exactly 0 or 1
    return min(1.0, broken) if alive.any() else 1.0


def _allocate(n: int, broken: float) -> int:
    """How many futures break: a fixed share, but none where it cannot happen and all where it must."""
    if broken <= 0:
        return 0
    if broken >= 1:
        return n
    return min(n - 1, max(1, round(n * RUPTURE_SHARE))) if n > 1 else int(broken > RUPTURE_SHARE)


def _stratified_climate(start: Floats, step: Floats, n: int, n_broken: int, seed: int, n_years: int) -> Ints:
    """Climate paths, first those that never break: drawn exactly from the chain given whether it still must break."""
    draws = stream(seed, "climate").random((n, n_years))
    must = np.arange(n) >= n - n_broken
    # chance, from each climate with k years still to come after this one, of never breaking from here on
    safe = np.zeros((n_years, len(CLIMATES)))
    calm = np.array([i != BROKEN for i in range(len(CLIMATES))], dtype=float)
    safe[0] = calm
    for k in range(1, n_years):
        safe[k] = calm * (step @ safe[k - 1])
    path = np.empty((n, n_years), dtype=np.int64)
    done = ~must  # those that must break and have not yet are steered; those that must not are steered throughout
    for year in range(n_years):
        ahead = safe[n_years - 1 - year]
        prior = np.broadcast_to(start, (n, len(CLIMATES))) if year == 0 else step[path[:, year - 1]]
        avoid = prior * ahead
        seek = prior * (1 - ahead)
        chances = np.where(must[:, None], np.where(done[:, None], prior, seek), avoid)
        edges = np.cumsum(chances, axis=1)
        edges /= edges[:, -1:]
        path[:, year] = (draws[:, year : year + 1] >= edges[:, :-1]).sum(axis=1)
        done |= path[:, year] == BROKEN
    return path


def _level_path(country: Country, driver: Driver, n: int, seed: int, n_years: int) -> Ints:
    """Levels of a first-order autoregression started from its long-run spread."""
    path = next((row for row in country.drivers if row.id == driver), None)
    if path is None or path.yearly_sd == 0:
        return np.ones((n, n_years), dtype=np.int64)
    draws = stream(seed, driver.value)
    first = ndtri(np.clip(_even(draws, n), 1e-12, 1 - 1e-12))
    shocks = draws.standard_normal((n, n_years - 1))
    spread = (1 - path.persistence**2) ** 0.5
    z = np.empty((n, n_years))
    z[:, 0] = first
    for year in range(1, n_years):
        z[:, year] = path.persistence * z[:, year - 1] + spread * shocks[:, year - 1]
    cuts = [NormalDist().inv_cdf(q) for q in BANDS]
    return np.searchsorted(np.array(cuts), z, side="right").astype(np.int64)


def _even(draws: np.random.Generator, n: int) -> Floats:
    """Uniform numbers, one in each of n equal slices, in random order."""
    return np.asarray((draws.permutation(n) + draws.random(n)) / n)
