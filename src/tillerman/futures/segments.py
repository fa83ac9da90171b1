"""From events to pieces of a year with one set of withdrawals in force, a hundred thousand futures at once.

Within a year, stretches of events overlap; a running sum of one random 64-bit number per (disruption, horizon,
promise) names the set in force between any two moments. Equal sets have equal names; that two different ones should
share a name has a chance of some 1e-7 in the largest studies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tillerman.country import Country
from tillerman.country.world import Disruption
from tillerman.futures.events import DAYS, Stretch, promise_edges
from tillerman.futures.paths import Floats, Ints
from tillerman.labels import Horizon
from tillerman.streams import stream

Names = NDArray[np.uint64]
ENOUGH_TIME = 1e-9  # shares of a year below this are rounding
NO_BRIEF = -1  # in place of a brief disruption: none lies over the segment
EVERY_BLOCK = -1  # in place of a load block: the segment takes its share of the hours of each


@dataclass(frozen=True)
class Segments:
    """Pieces of one year of every future, each with one set of withdrawals in force."""

    future: Ints
    name: Names  # of the set in force, 0 for none
    share: Floats  # share of the year
    moment: Floats  # a day, from the start of the plan, on which just the drawn part of the set is on; nan: no part
    brief: Ints  # the brief disruption that lies over it, or NO_BRIEF
    brief_promise: Ints
    block: Ints  # the one load block whose hours it takes, or EVERY_BLOCK

    def at(self, positions: Ints) -> Segments:
        """Only these segments, in this order."""
        return Segments(*(getattr(self, item.name)[positions] for item in fields(self)))


def names_of(country: Country, disruptions: Sequence[Disruption]) -> Names:
    """One number for each (disruption, horizon, promise): names of sets add up from them."""
    n_classes = max((promise_edges(country, d).size for d in disruptions), default=0) + 1
    shape = (len(Horizon), n_classes)
    return np.array(
        [stream(0, f"name/{d.id}").integers(1, 2**64, size=shape, dtype=np.uint64) for d in disruptions],
        dtype=np.uint64,
    ).reshape(len(disruptions), *shape)


def cut(stretch: Stretch, names: Names, n_futures: int) -> Segments:
    """Cut one year of every future into segments with a constant set of withdrawals."""
    name = names[stretch.disruption, stretch.horizon, stretch.promise]
    future = np.concatenate([stretch.future, stretch.future])
    moment = np.concatenate([stretch.begin, stretch.end])
    change = np.concatenate([name, np.negative(name)])
    order = np.lexsort((moment, future))
    future, moment, change = future[order], moment[order], change[order]
    running = np.cumsum(change, dtype=np.uint64)  # wraps around; every future's changes cancel, so each starts from 0
    lasts = np.zeros(future.size)
    lasts[:-1] = np.where(future[1:] == future[:-1], moment[1:] - moment[:-1], 0.0)
    share = lasts / DAYS
    busy = np.flatnonzero((running != 0) & (share > ENOUGH_TIME))
    # what is too short to be told from rounding counts as calm, so that the year adds up
    quiet = np.maximum(0.0, 1 - np.bincount(future[busy], weights=share[busy], minlength=n_futures))
    calm = np.flatnonzero(quiet > ENOUGH_TIME)
    n = busy.size + calm.size
    return Segments(
        future=np.concatenate([future[busy], calm]),
        name=np.concatenate([running[busy], np.zeros(calm.size, np.uint64)]),
        share=np.concatenate([share[busy], quiet[calm]]),
        moment=np.concatenate([moment[busy] + lasts[busy] / 2, np.full(calm.size, np.nan)]),
        brief=np.full(n, NO_BRIEF),
        brief_promise=np.zeros(n, dtype=np.int64),
        block=np.full(n, EVERY_BLOCK),
    )
