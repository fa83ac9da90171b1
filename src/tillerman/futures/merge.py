"""From sampled futures to distinct states and sparse weights: equal keys merge, and nothing is approximated.

Within a year, stretches of events overlap; a running sum of one random 64-bit number per (disruption, horizon,
promise) names the set in force between any two moments, so that a hundred thousand futures are cut up at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tillerman.futures.events import DAYS, Stretch
from tillerman.streams import stream

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Codes = NDArray[np.uint64]
ENOUGH_TIME = 1e-9  # shares of a year below this are rounding


@dataclass(frozen=True)
class Segments:
    """Pieces of one year of every future, each with one set of withdrawals in force."""

    future: Ints
    active: Codes  # name of the set in force, 0 for none
    share: Floats  # share of the year


@dataclass(frozen=True)
class ActiveSets:
    """What each name of a set stands for: (disruption, horizon, promise) triples, sorted."""

    members: dict[int, tuple[tuple[int, int, int], ...]]


def cut(stretch: Stretch, n_futures: int) -> tuple[Segments, ActiveSets]:
    """Cut one year of every future into segments with a constant set of withdrawals."""
    n = stretch.future.size
    if n == 0:
        return Segments(np.arange(n_futures), np.zeros(n_futures, np.uint64), np.ones(n_futures)), ActiveSets({0: ()})
    triples = np.stack([stretch.disruption, stretch.horizon, stretch.promise], axis=1)
    distinct, which = np.unique(triples, axis=0, return_inverse=True)
    which = which.reshape(-1)
    codes = codes_of(distinct.tolist())
    future = np.concatenate([stretch.future, stretch.future])
    moment = np.concatenate([stretch.begin, stretch.end])
    change = np.concatenate([codes[which], np.negative(codes[which])])
    order = np.lexsort((moment, future))
    future, moment, change = future[order], moment[order], change[order]
    running = np.cumsum(change, dtype=np.uint64)  # wraps around; every future's changes cancel, so each starts from 0
    is_last = np.r_[future[1:] != future[:-1], True]
    until = np.where(is_last, moment, np.r_[moment[1:], 0.0])
    share = (until - moment) / DAYS
    busy = np.zeros(n_futures)
    np.add.at(busy, future, np.where(running != 0, share, 0.0))
    in_force = (running != 0) & (share > ENOUGH_TIME)
    quiet = np.maximum(0.0, 1 - busy)
    calm = np.flatnonzero(quiet > ENOUGH_TIME)
    segments = Segments(
        future=np.concatenate([future[in_force], calm]),
        active=np.concatenate([running[in_force], np.zeros(calm.size, np.uint64)]),
        share=np.concatenate([share[in_force], quiet[calm]]),
    )
    return segments, ActiveSets(_name_sets(stretch, distinct, which, future, moment, running, in_force))


def codes_of(triples: Sequence[tuple[int, int, int]]) -> Codes:
    """One number per triple that depends on the triple alone, so that equal sets have equal names in every year."""
    return np.array(
        [stream(0, f"active/{d}/{h}/{p}").integers(1, 2**63, dtype=np.uint64) for d, h, p in triples],
        dtype=np.uint64,
    )


def _name_sets(
    stretch: Stretch,
    distinct: Ints,
    which: Ints,
    future: Ints,
    moment: Floats,
    running: Codes,
    in_force: NDArray[np.bool_],
) -> dict[int, tuple[tuple[int, int, int], ...]]:
    """Read off the members of each named set from the first place where it is in force."""
    names, first = np.unique(running[in_force], return_index=True)
    places = np.flatnonzero(in_force)[first]
    by_future = np.argsort(stretch.future, kind="stable")
    owners = stretch.future[by_future]
    found: dict[int, tuple[tuple[int, int, int], ...]] = {0: ()}
    for name, place in zip(names.tolist(), places.tolist(), strict=True):
        f, t = future[place], moment[place]
        mine = by_future[np.searchsorted(owners, f, "left") : np.searchsorted(owners, f, "right")]
        on = mine[(stretch.begin[mine] <= t) & (stretch.end[mine] > t)]
        members = sorted({tuple(distinct[w].tolist()) for w in which[on].tolist()})
        found[int(name)] = tuple((int(d), int(h), int(p)) for d, h, p in members)
    return found
