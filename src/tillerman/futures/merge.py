"""From segments to distinct keys and sparse weights: equal keys merge, and nothing is approximated."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.country import Country
from tillerman.futures.paths import DeliveryClasses, Floats, Ints, Paths, delivery_in_effect
from tillerman.futures.segments import EVERY_BLOCK, Segments
from tillerman.futures.state import block_share
from tillerman.futures.states import BLOCKS, Keys


@dataclass(frozen=True)
class Year:
    """One period's representative year, merged: its keys, and which segment of which future has which key."""

    keys: Keys
    key: Ints  # (n_segments,) position in `keys`
    future: Ints
    weight: Floats  # discounted years, of all load blocks or of the one it takes
    block: Ints  # the one it takes, or EVERY_BLOCK


def merge_year(country: Country, period: int, year: int, paths: Paths, seen: Ints, segments: Segments) -> Year:
    """Merge the segments of one period's representative year, counted from 0."""
    future = segments.future
    demand, prices = paths.demand[future, year], paths.prices[future, year]
    delivery = np.array(delivery_in_effect(country, country.frame.first_year + year))[paths.delivery[future]]
    fired = fired_by(country, seen, year)[future]
    small = (demand * 3 + prices) * len(DeliveryClasses(country.deliveries).classes) + delivery
    small = (small << len(country.options)) | fired
    order = np.lexsort((segments.name, small))
    is_new = np.ones(order.size, dtype=np.bool_)
    is_new[1:] = (small[order][1:] != small[order][:-1]) | (segments.name[order][1:] != segments.name[order][:-1])
    key = np.empty(order.size, dtype=np.int64)
    key[order] = np.cumsum(is_new) - 1
    one = order[is_new]  # a segment to read each key off
    keys = Keys(
        period=np.full(one.size, period, dtype=np.int8),
        demand=demand[one].astype(np.int8),
        prices=prices[one].astype(np.int8),
        delivery=delivery[one].astype(np.int16),
        fired=fired[one],
        name=segments.name[one],
        future=future[one],
        moment=segments.moment[one],
        brief=segments.brief[one],
        brief_promise=segments.brief_promise[one],
    )
    return Year(keys, key, future, segments.share * discounted_years(country, period), segments.block)


def merge(country: Country, years: list[Year], n_futures: int) -> tuple[Keys, Ints, sparse.csr_array]:
    """Put the years together: all keys; the place (key and load block) of every state; each state's weight by future.

    A place is the key's position times the number of load blocks, plus that of the block.
    """
    keys = Keys(*(np.concatenate([getattr(y.keys, f.name) for y in years]) for f in fields(Keys)))
    first = np.cumsum([0, *(year.keys.period.size for year in years)]).tolist()
    key = np.concatenate([year.key + at for year, at in zip(years, first, strict=False)])
    future, weight, block = (
        np.concatenate([getattr(year, name) for year in years]) for name in ("future", "weight", "block")
    )
    columns, rows, values = [], [], []
    for b, name in enumerate(BLOCKS):
        for mine, share in ((block == EVERY_BLOCK, block_share(country.frame, name)), (block == b, 1.0)):
            columns.append(key[mine] * len(BLOCKS) + b)
            rows.append(future[mine])
            values.append(weight[mine] * share)
    together = np.concatenate(columns)
    is_met = np.zeros(first[-1] * len(BLOCKS), dtype=np.bool_)
    is_met[together] = True
    place = np.flatnonzero(is_met)
    position = np.cumsum(is_met) - 1
    entries = np.concatenate(values), (np.concatenate(rows), position[together])
    return keys, place, sparse.csr_array(sparse.coo_array(entries, shape=(n_futures, place.size)))


def fired_by(country: Country, seen: Ints, year: int) -> NDArray[np.int64]:
    """The options that have fired by a year in each future, one bit each: signpost seen at least the lead ago."""
    fired = np.zeros(seen.shape[0], dtype=np.int64)
    for o, option in enumerate(country.options):
        fired |= (seen[:, o] + option.lead_years <= year).astype(np.int64) << o
    return fired


def discounted_years(country: Country, period: int) -> float:
    """Sum of the discount factors of a period's years, counted from the first year of the plan."""
    frame = country.frame
    first = sum(frame.period_years[:period])
    return float(sum((1 + frame.discount_rate) ** -(first + k) for k in range(frame.period_years[period])))
