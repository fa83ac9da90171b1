"""Short pieces of a year: one of them, in one load block, stands for all, for the time they take together.

A year with three disruptions falls into a dozen pieces, most of them days long, and hardly two futures share one:
together they are a fourteenth of the time and more than half of the states. So in each year of each future one short
piece and one load block are drawn with odds in proportion to their time, and given the time of all. The expected time
in every piece stays exact, whatever the plan; what this adds to the spread of a future's cost stands in the docs.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tillerman.country import Country
from tillerman.futures.paths import Floats
from tillerman.futures.segments import Segments
from tillerman.futures.state import block_share
from tillerman.labels import Block
from tillerman.streams import stream

SHORT = 0.05  # share of a year, 18 days, below which a piece is short
PEAK = tuple(Block).index(Block.PEAK)
REST = tuple(Block).index(Block.REST)


def one_for_all(country: Country, segments: Segments, n_futures: int, year: int, seed: int) -> Segments:
    """Keep the long pieces of one year of every future, and one short piece in one load block."""
    small = np.flatnonzero(segments.share < SHORT)
    small = small[np.argsort(segments.future[small], kind="stable")]
    future, share = segments.future[small], segments.share[small]
    together = np.bincount(future, weights=share, minlength=n_futures)
    reach, hour = marks(n_futures, year, seed)
    before = np.cumsum(together) - together  # of all short pieces of the futures before
    passed = np.cumsum(share)
    # the piece of each future in which its mark lies; rounding may put a mark just past the last piece
    begin = np.searchsorted(future, np.arange(n_futures), side="left")
    end = np.searchsorted(future, np.arange(n_futures), side="right")
    has = np.flatnonzero(end > begin)
    mark = before[has] + reach[has] * together[has]
    drawn = small[np.clip(np.searchsorted(passed, mark, side="right"), begin[has], end[has] - 1)]
    kept = np.concatenate([np.flatnonzero(segments.share >= SHORT), drawn])
    found = segments.at(kept)
    lasts, block = found.share.copy(), found.block.copy()
    lasts[kept.size - drawn.size :] = together[has]
    block[kept.size - drawn.size :] = np.where(hour[has] < block_share(country.frame, Block.PEAK), PEAK, REST)
    return replace(found, share=lasts, block=block)


def marks(n_futures: int, year: int, seed: int) -> tuple[Floats, Floats]:
    """Draw how far into its short pieces, and into the hours of the year, each future's mark lies, from 0 to 1."""
    draws = stream(seed, f"short/{year}").random((2, n_futures))
    return draws[0], draws[1]
