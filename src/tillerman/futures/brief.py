"""Brief disruptions (a blackout, a cable cut mended in days): one a year stands for all, at its expected length.

A blackout of hours happens almost every year, so drawing each one would fill the sample with states that hardly weigh.
Instead, in each year of each future one brief disruption is drawn with odds chance x length, laid over whatever is in
force at a moment drawn at random, and given the time that all brief disruptions of that climate take together. So
the expected time under each brief disruption, and its overlap with everything else, is exact; that two of them meet
is neglected (the share of time is some thousandths, its square some millionths).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tillerman.country import Country
from tillerman.country.world import Disruption
from tillerman.futures.events import DAYS, WEEK, Stretch, chances, is_brief, promise_edges
from tillerman.futures.paths import Floats, Ints
from tillerman.futures.segments import EVERY_BLOCK, NO_BRIEF, Names, Segments
from tillerman.streams import stream


@dataclass(frozen=True)
class Drawn:
    """The brief disruption of one year of each future."""

    disruption: Ints  # (n_futures,), or NO_BRIEF
    promise: Ints  # class of its draw of promises
    moment: Floats  # what is in force on this day, counted from the start of the plan, is in force under it
    share: Floats  # share of the year that it takes


@dataclass(frozen=True)
class Brief:
    """All brief disruptions of a country."""

    country: Country
    disruptions: tuple[Disruption, ...]
    seed: int

    @cached_property
    def shares(self) -> Floats:
        """Expected share of a year under each in each climate, (n_disruptions, 3); 0 for those that are not brief.

        Where they would fill more than the year together, they share it in proportion.
        """
        found = np.zeros((len(self.disruptions), 3))
        for d, disruption in enumerate(self.disruptions):
            if is_brief(disruption):
                found[d] = chances(disruption) * disruption.duration_days / DAYS
        return np.asarray(found / np.maximum(1.0, found.sum(axis=0)))

    def draw(self, climate: Ints, year: int) -> Drawn:
        """Draw the one brief disruption that each future sees in a year.

        The first of exponential clocks rings with odds in proportion to their rates; each disruption has a clock of
        its own, so leaving one out changes nothing in the futures that did not see it.
        """
        n = climate.size
        first, winner, promise = np.full(n, np.inf), np.full(n, NO_BRIEF), np.zeros(n, dtype=np.int64)
        for d in np.flatnonzero(self.shares.any(axis=1)).tolist():
            draws = stream(self.seed, f"brief/{self.disruptions[d].id}/{year}")
            clock = draws.standard_exponential(n)
            luck = np.asarray(draws.random(n))
            rate = self.shares[d][climate]
            rings = np.divide(clock, rate, out=np.full(n, np.inf), where=rate > 0)
            wins = np.flatnonzero(rings < first)
            first[wins], winner[wins] = rings[wins], d
            promise[wins] = np.searchsorted(promise_edges(self.country, self.disruptions[d]), luck[wins], side="right")
        moment = (year + stream(self.seed, f"brief/{year}").random(n)) * DAYS
        return Drawn(winner, promise, moment, np.minimum(1.0, self.shares.sum(axis=0))[climate])

    def lay_over(self, segments: Segments, stretch: Stretch, names: Names, drawn: Drawn) -> Segments:
        """Lay the drawn brief disruptions over the segments of their year, and take their time from them."""
        struck = np.flatnonzero(drawn.share > 0)
        on = np.flatnonzero(
            (stretch.begin <= drawn.moment[stretch.future]) & (drawn.moment[stretch.future] < stretch.end)
        )
        under = np.zeros(drawn.share.size, dtype=np.uint64)
        np.add.at(under, stretch.future[on], names[stretch.disruption[on], stretch.horizon[on], stretch.promise[on]])
        brief, promise = drawn.disruption[struck], drawn.promise[struck]
        return Segments(
            future=np.concatenate([segments.future, struck]),
            name=np.concatenate([segments.name, under[struck] + names[brief, WEEK, promise]]),
            share=np.concatenate([segments.share * (1 - drawn.share[segments.future]), drawn.share[struck]]),
            moment=np.concatenate([segments.moment, drawn.moment[struck]]),
            brief=np.concatenate([segments.brief, brief]),
            brief_promise=np.concatenate([segments.brief_promise, promise]),
            block=np.concatenate([segments.block, np.full(struck.size, EVERY_BLOCK)]),
        )
