"""Brief disruptions (a blackout, a cable cut mended in days): one a year stands for all, at its expected length.

A blackout of hours happens almost every year, so drawing each one would fill the sample with states that hardly weigh.
Instead, in each year of each future one brief disruption is drawn with odds chance x length, laid over whatever is in
force at a moment drawn at random, and given the time that all brief disruptions of that climate take together. So
the expected time under each brief disruption, and its overlap with everything else, is exact; that two of them meet
is neglected (the share of time is some thousandths, its square some millionths).
"""

from __future__ import annotations

import numpy as np

from tillerman.country.world import Disruption
from tillerman.futures.events import BRIEF_DAYS, DAYS, is_brief
from tillerman.futures.merge import ActiveSets, Segments, codes_of
from tillerman.futures.paths import Floats, Ints
from tillerman.labels import Horizon

WEEK = tuple(Horizon).index(Horizon.WEEK)
NO_PROMISE = 0  # no clause is tested by what is over in days: the first class of draws stands for all


def expected_shares(disruptions: tuple[Disruption, ...]) -> Floats:
    """Expected share of a year under each brief disruption in each climate, (n_disruptions, 3); 0 for all others."""
    found = np.zeros((len(disruptions), 3))
    for d, disruption in enumerate(disruptions):
        if is_brief(disruption):
            chance = (disruption.chance_normal, disruption.chance_strained, disruption.chance_broken)
            found[d] = np.array(chance) * min(disruption.duration_days, BRIEF_DAYS) / DAYS
    return found


def lay_over(
    segments: Segments,
    sets: ActiveSets,
    disruptions: tuple[Disruption, ...],
    climate: Ints,
    draws: np.random.Generator,
) -> tuple[Segments, ActiveSets]:
    """Lay one brief disruption over the segments of one year of every future, and take its time from them."""
    shares = expected_shares(disruptions)[:, climate]  # (n_disruptions, n_futures)
    total = shares.sum(axis=0)
    which, when = draws.random(climate.size), draws.random(climate.size)
    struck = np.flatnonzero(total > 0)
    if struck.size == 0:
        return segments, sets
    edges = np.cumsum(shares, axis=0)
    brief = (which * total > edges).sum(axis=0)[struck]
    under = _segment_at(segments, when, struck)
    triples = [(int(d), WEEK, NO_PROMISE) for d in np.unique(brief).tolist()]
    code_of = dict(zip(np.unique(brief).tolist(), codes_of(triples), strict=True))
    codes = np.array([code_of[d] for d in brief.tolist()], dtype=np.uint64)
    names = segments.active[under] + codes  # names of sets add up, so a set with one more member has the sum
    members = dict(sets.members)
    for name, below, d in zip(names.tolist(), segments.active[under].tolist(), brief.tolist(), strict=True):
        members[name] = tuple(sorted((*sets.members[below], (d, WEEK, NO_PROMISE))))
    return Segments(
        future=np.concatenate([segments.future, struck]),
        active=np.concatenate([segments.active, names]),
        share=np.concatenate([segments.share * (1 - total[segments.future]), total[struck]]),
    ), ActiveSets(members)


def _segment_at(segments: Segments, when: Floats, futures: Ints) -> Ints:
    """The segment of each future that a moment (share of the year, whatever the order of segments) falls into."""
    order = np.argsort(segments.future, kind="stable")
    future, share = segments.future[order], segments.share[order]
    passed = np.cumsum(share)
    before = np.zeros(when.size)
    starts = np.searchsorted(future, np.arange(when.size), "left")
    before = passed[starts] - share[starts]
    last = np.searchsorted(future, np.arange(when.size), "right") - 1
    # shares of a future add up to one; the last segment takes what rounding leaves over
    at = np.searchsorted(passed, before[futures] + when[futures] * (passed[last] - before)[futures], "right")
    return np.asarray(order[np.clip(at, starts[futures], last[futures])])
