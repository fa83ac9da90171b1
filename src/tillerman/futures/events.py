"""Disruptions as they unfold: when each begins, how long it lasts, and whether promises hold against it.

Every event is an interval in days; the time since it began puts it at 7 days, 90 days, 1 year or 5 years.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

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
BRIEF_DAYS = 7.0
WEEK = tuple(Horizon).index(Horizon.WEEK)


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

    @cached_property
    def by_future(self) -> tuple[Ints, Ints]:
        """Positions of the events in the order of their futures, and where each future begins in it."""
        order = np.argsort(self.future, kind="stable")
        return order, np.searchsorted(self.future[order], np.arange(self.onsets.shape[0] + 1), "left")

    def on_at(self, future: int, moment: float) -> list[tuple[int, int, int]]:
        """What is on in one future at one moment, as sorted (disruption, horizon, promise)."""
        order, starts = self.by_future
        mine = order[starts[future] : starts[future + 1]]
        mine = mine[(self.begin[mine] <= moment) & (moment < self.end[mine])]
        horizon = np.searchsorted(ENDS_AFTER, moment - self.begin[mine], side="right")
        return sorted(zip(self.disruption[mine].tolist(), horizon.tolist(), self.promise[mine].tolist(), strict=True))


@dataclass(frozen=True)
class Stretch:
    """Parts of events that lie in one year at one horizon: as arrays, times in days since the start of the plan."""

    future: Ints
    disruption: Ints
    horizon: Ints
    promise: Ints
    begin: Floats
    end: Floats


def disruptions_of(country: Country, *, geopolitics: bool) -> tuple[Disruption, ...]:
    """The disruptions that can matter: those that touch something a route uses, and deliberate acts only if asked."""
    used = used_resources(country)
    shrinks = any(site.shrinks_in_shock > 0 for site in country.sites)
    return tuple(
        disruption
        for disruption in country.disruptions
        if (geopolitics or not disruption.is_geopolitical)
        and (_touches(country, disruption, used) or (disruption.is_common_shock and shrinks))
    )


def _touches(country: Country, disruption: Disruption, used: set[str]) -> bool:
    """Does a disruption strike a resource in use, or a hold on one?"""
    if disruption.strikes is TargetOfDisruption.RESOURCE:
        return disruption.target in used
    struck = parties_struck(country, disruption)
    return any(
        hold.party in struck
        and hold.resource in used
        and hold.direction is Direction.ON_US
        and (not disruption.hold_kinds or hold.kind in disruption.hold_kinds)
        for hold in country.holds
    )


def parties_struck(country: Country, disruption: Disruption) -> set[str]:
    """The parties that a disruption strikes: itself, or everybody the jurisdiction can order."""
    if disruption.strikes is TargetOfDisruption.PARTY:
        return {disruption.target}
    if disruption.strikes is TargetOfDisruption.JURISDICTION:
        return {party.id for party in country.parties if disruption.target in party.jurisdictions}
    return set()


def used_resources(country: Country) -> set[str]:
    """Every resource that some route or service needs: sites, their zones, models, gates, platforms and people."""
    used = {resource for route in country.routes for resource in (route.site, route.model, *route.gates)}
    used |= {site.zone for site in country.sites if site.id in used and site.zone is not None}
    used |= {platform for service in country.services for platform in service.platforms}
    used |= {service.pool for service in country.services if service.pool is not None}
    return used | {pool.id for pool in country.talent if pool.is_crisis_team}


def is_brief(disruption: Disruption) -> bool:
    """Is a disruption over, on average, before anyone can adapt? Then it is not drawn one by one: see `brief`."""
    return disruption.duration_days <= BRIEF_DAYS


def chances(disruption: Disruption) -> Floats:
    """The chance that a disruption begins in a year, by climate."""
    return np.array([disruption.chance_normal, disruption.chance_strained, disruption.chance_broken])


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
    struck = parties_struck(country, disruption)
    bound = {
        hold.agreement
        for hold in country.holds
        if hold.party in struck and (not disruption.hold_kinds or hold.kind in disruption.hold_kinds)
    }
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
        chance = chances(disruption)
        begins, when = draws.random((2, n_years, n))
        lasts = draws.standard_exponential((n_years, n)) * disruption.duration_days
        luck = draws.random((n_years, n))
        edges = promise_edges(country, disruption)
        free_from = np.zeros(n)
        for year in range(n_years):
            start = (year + when[year]) * DAYS
            could = start >= free_from
            climate = paths.climate[:, year]
            hit = could & (begins[year] < chance[climate])
            missed = np.flatnonzero(could & ~hit)
            misses[missed, d, climate[missed]] += 1
            at = np.flatnonzero(hit)
            onsets[at, d] += 1
            end = start[at] + lasts[year, at]
            free_from[at] = end
            promise = np.searchsorted(edges, luck[year, at], side="right")
            rows.append((at, np.full(at.size, d), start[at], end, promise))
    if not rows:
        nothing, never = np.zeros(0, dtype=np.int64), np.zeros(0)
        return Events(nothing, nothing, never, never, nothing, onsets, misses)
    future, which, begin, end, promise = (np.concatenate(column) for column in zip(*rows, strict=True))
    return Events(future, which, begin, end, promise, onsets, misses)


def stretches(events: Events, year: int) -> Stretch:
    """Cut events to one year (counted from 0) and to the four horizons."""
    low, high = year * DAYS, (year + 1) * DAYS
    near = np.flatnonzero((events.begin < high) & (events.end > low))
    began, ended = events.begin[near], events.end[near]
    parts: list[tuple[NDArray[np.int64], int, Floats, Floats]] = []
    since = 0.0
    for h in range(len(Horizon)):
        begin = np.maximum(began + since, low)
        end = np.minimum(np.minimum(ended, began + ENDS_AFTER[h]), high)
        at = np.flatnonzero(end > begin)
        parts.append((near[at], h, begin[at], end[at]))
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
