"""From segments to distinct keys and sparse weights: equal keys merge, and nothing is approximated."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.country import Country
from tillerman.futures.paths import DeliveryClasses, Floats, Ints, Paths, delivery_in_effect
from tillerman.futures.segments import Segments
from tillerman.futures.state import block_share
from tillerman.futures.states import BLOCKS, Keys


@dataclass(frozen=True)
class Year:
    """One period's representative year, merged: its keys, and which segment of which future has which key."""

    keys: Keys
    key: Ints  # (n_segments,) position in `keys`
    future: Ints
    weight: Floats  # discounted years, load blocks together


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
    return Year(keys, key, future, segments.share * discounted_years(country, period))


def merge(country: Country, years: list[Year], n_futures: int) -> tuple[Keys, sparse.csr_array]:
    """Put the years together: all keys, and the weight of each key in each load block for each future."""
    keys = Keys(*(np.concatenate([getattr(y.keys, f.name) for y in years]) for f in fields(Keys)))
    first = np.cumsum([0, *(year.keys.period.size for year in years)])
    columns = np.concatenate([year.key + at for year, at in zip(years, first.tolist(), strict=False)])
    entries = np.concatenate([y.weight for y in years]), (np.concatenate([y.future for y in years]), columns)
    by_key = sparse.csr_array(sparse.coo_array(entries, shape=(n_futures, int(first[-1]))))
    shares = np.array([block_share(country.frame, block) for block in BLOCKS])
    blocks = np.arange(len(BLOCKS), dtype=by_key.indices.dtype)
    weights = sparse.csr_array(
        (
            np.multiply.outer(by_key.data, shares).reshape(-1),
            np.add.outer(by_key.indices * blocks.size, blocks).reshape(-1),
            by_key.indptr * blocks.size,
        ),
        shape=(n_futures, int(first[-1]) * blocks.size),
    )
    return keys, weights


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
