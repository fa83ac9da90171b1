"""Disruptions as they unfold: when each begins, how long it lasts, and whether promises hold against it.

Every event is an interval in days; within a year the time since it began puts it at 7 days, 90 days, 1 year or 5 years.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tillerman.country import Country
from tillerman.country.choices import Agreement
from tillerman.country.world import Disruption, TargetOfDisruption
from tillerman.futures.paths import CLIMATES, Floats, Ints, Paths
from tillerman.futures.state import chance_honoured
from tillerman.labels import Cause, Direction, Horizon
from tillerman.streams import stream

DAYS = 365.0
ENDS_AFTER = (7.0, 90.0, 2 * DAYS, np.inf)  # a withdrawal is at 7d, 90d, 1y until so many days have passed; then at 5y


@dataclass(frozen=True)
class Events:
    """All disruptions of all futures, one entry each, and what is needed to re-weight their chances."""

    future: Ints
    disruption: Ints
    begin: Floats  # days since the start of the first year
    end: Floats
    promise: Ints  # which class the draw of promises fell into
    onsets: Ints  # (n_futures, n_disruptions): how often each began
    misses: Ints  # (n_futures, n_disruptions, 3): years of each climate in which it could have begun and did not


@dataclass(frozen=True)
class Stretch:
    """Parts of events that lie in one year at one horizon: as arrays, times in days of that year."""

    future: Ints
    disruption: Ints
    horizon: Ints
    promise: Ints
    begin: Floats
    end: Floats


def disruptions_of(country: Country, *, geopolitics: bool) -> tuple[Disruption, ...]:
    """The disruptions that can matter: those that touch something a route uses, and deliberate acts only if asked."""
    used = used_resources(country)
    held_by = {hold.party for hold in country.holds if hold.resource in used and hold.direction is Direction.ON_US}
    reach = {j for party in country.parties if party.id in held_by for j in party.jurisdictions}
    return tuple(
        d
        for d in country.disruptions
        if d.target in used | held_by | reach and (geopolitics or not d.is_geopolitical)
    )


def used_resources(country: Country) -> set[str]:
    """Every resource that some route or service needs: sites, their zones, models, gates, platforms and people."""
    used = {resource for route in country.routes for resource in (route.site, route.model, *route.gates)}
    used |= {site.zone for site in country.sites if site.id in used and site.zone is not None}
    used |= {platform for service in country.services for platform in service.platforms}
    used |= {service.pool for service in country.services if service.pool is not None}
    return used | {pool.id for pool in country.talent if pool.is_crisis_team}


BRIEF_DAYS = 7.0


def is_brief(disruption: Disruption) -> bool:
    """Is a disruption over, on average, before anyone can adapt? Then it is not drawn one by one: see `brief`."""
    return disruption.duration_days <= BRIEF_DAYS


def promise_edges(country: Country, disruption: Disruption) -> Floats:
    """Where a draw of promises passes from one set of honoured agreements to the next, for one disruption."""
    edges = set()
    for agreement in _agreements_struck(country, disruption):
        for is_deepening in (False, True):
            chance = chance_honoured(agreement, disruption.cause, is_deepening=is_deepening)
            edges.add(chance)
            if disruption.cause is Cause.CHOOSES:
                edges.add(min(1.0, chance + agreement.enforcement_gain))
    return np.array(sorted(edge for edge in edges if 0 < edge < 1))


def _agreements_struck(country: Country, disruption: Disruption) -> list[Agreement]:
    """The agreements that bind a hold this disruption strikes; no other promise matters to it."""
    if disruption.strikes is TargetOfDisruption.RESOURCE:
        return []
    parties = {p.id for p in country.parties if disruption.target in (p.id, *p.jurisdictions)}
    bound = {hold.agreement for hold in country.holds if hold.party in parties}
    return [agreement for agreement in country.agreements if agreement.id in bound]


def promise_draw(edges: Floats, promise: int) -> float:
    """A draw in the middle of a class: every agreement answers it as it answers the whole class."""
    bounds = [0.0, *edges.tolist(), 1.0]
    return float(bounds[promise] + bounds[promise + 1]) / 2


def sample_events(country: Country, disruptions: tuple[Disruption, ...], paths: Paths, seed: int) -> Events:
    """Draw every disruption of every future; one that is on does not begin again."""
    n, n_years = paths.climate.shape
    onsets = np.zeros((n, len(disruptions)), dtype=np.int64)
    misses = np.zeros((n, len(disruptions), len(CLIMATES)), dtype=np.int64)
    rows: list[tuple[Ints, Ints, Floats, Floats, Ints]] = []
    for d, disruption in enumerate(disruptions):
        if is_brief(disruption):
            continue
        # a stream of its own each: adding or leaving out one disruption moves no other
        draws = stream(seed, f"disruption/{disruption.id}")
        chance = np.array([disruption.chance_normal, disruption.chance_strained, disruption.chance_broken])
        begins = draws.random((n, n_years))
        when = draws.random((n, n_years))
        lasts = draws.standard_exponential((n, n_years)) * disruption.duration_days
        promises = np.searchsorted(promise_edges(country, disruption), draws.random((n, n_years)), side="right")
        free_from = np.zeros(n)
        for year in range(n_years):
            start = (year + when[:, year]) * DAYS
            could = start >= free_from
            climate = paths.climate[:, year]
            hit = could & (begins[:, year] < chance[climate])
            missed = could & ~hit
            misses[np.flatnonzero(missed), d, climate[missed]] += 1
            onsets[hit, d] += 1
            end = start + lasts[:, year]
            free_from[hit] = end[hit]
            at = np.flatnonzero(hit)
            rows.append((at, np.full(at.size, d), start[at], end[at], promises[at, year]))
    columns = [np.concatenate(column) if rows else np.zeros(0) for column in zip(*rows, strict=True)] if rows else []
    if not columns:
        empty = np.zeros(0, dtype=np.int64)
        return Events(empty, empty, empty.astype(float), empty.astype(float), empty, onsets, misses)
    future, which, begin, end, promise = columns
    return Events(future.astype(np.int64), which.astype(np.int64), begin, end, promise.astype(np.int64), onsets, misses)


def stretches(events: Events, year: int) -> Stretch:
    """Cut events to one year (counted from 0) and to the four horizons."""
    low, high = year * DAYS, (year + 1) * DAYS
    parts: list[tuple[NDArray[np.int64], int, Floats, Floats]] = []
    since = 0.0
    for h in range(len(Horizon)):
        begin = np.maximum(events.begin + since, low)
        end = np.minimum(np.minimum(events.end, events.begin + ENDS_AFTER[h]), high)
        at = np.flatnonzero(end > begin)
        parts.append((at, h, begin[at] - low, end[at] - low))
        since = ENDS_AFTER[h]
    at = np.concatenate([part[0] for part in parts])
    return Stretch(
        future=events.future[at],
        disruption=events.disruption[at],
        horizon=np.concatenate([np.full(part[0].size, part[1], dtype=np.int64) for part in parts]),
        promise=events.promise[at],
        begin=np.concatenate([part[2] for part in parts]),
        end=np.concatenate([part[3] for part in parts]),
    )
