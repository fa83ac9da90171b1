"""Short pieces of a year: one stands for all, and on average nothing changes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillerman.country import load
from tillerman.futures.segments import EVERY_BLOCK, NO_BRIEF, Segments
from tillerman.futures.short import REST, SHORT, one_for_all

COUNTRY = load("hand")


def pieces(shares: list[float], n_futures: int) -> Segments:
    """The same year for every future, cut into pieces named 1, 2, 3 ..."""
    n = len(shares)
    return Segments(
        future=np.repeat(np.arange(n_futures), n),
        name=np.tile(np.arange(1, n + 1).astype(np.uint64), n_futures),
        share=np.tile(shares, n_futures),
        moment=np.zeros(n * n_futures),
        brief=np.full(n * n_futures, NO_BRIEF),
        brief_promise=np.zeros(n * n_futures, dtype=np.int64),
        block=np.full(n * n_futures, EVERY_BLOCK),
    )


def test_each_short_piece_keeps_its_expected_time_in_each_load_block() -> None:
    """Over forty thousand futures each short piece comes up in proportion to its time, whatever block is drawn."""
    n, shares = 40_000, [0.8, 0.02, 0.03, 0.01, 0.04, 0.1]
    found = one_for_all(COUNTRY, pieces(shares, n), n, 3, 1)
    for name, share in enumerate(shares, start=1):
        mine = found.name == name
        if share >= SHORT:
            assert found.share[mine].tolist() == [share] * n
            assert (found.block[mine] == EVERY_BLOCK).all()
            continue
        together = sum(s for s in shares if s < SHORT)
        spread = together * (share / together * (1 - share / together) / n) ** 0.5
        assert found.share[mine].sum() / n == pytest.approx(share, abs=4 * spread)
        rest = (found.block[mine] == REST).mean()
        assert rest == pytest.approx(1 - COUNTRY.frame.peak_hours_share, abs=4 * 0.5 / mine.sum() ** 0.5)


@given(
    shares=st.lists(st.lists(st.floats(1e-6, 0.2), max_size=6), min_size=1, max_size=8),
    year=st.integers(0, 9),
)
def test_no_time_is_lost(shares: list[list[float]], year: int) -> None:
    """Each future keeps all its time, at most one short piece, and only pieces that it had."""
    n = len(shares)
    future = np.array([f for f, mine in enumerate(shares) for _ in mine], dtype=np.int64)
    share = np.array([s for mine in shares for s in mine])
    zeros = np.zeros(share.size, dtype=np.int64)
    name = np.arange(1, share.size + 1).astype(np.uint64)
    given_ = Segments(future, name, share, share * 0, zeros + NO_BRIEF, zeros, zeros + EVERY_BLOCK)
    found = one_for_all(COUNTRY, given_, n, year, 7)
    assert np.bincount(found.future, weights=found.share, minlength=n) == pytest.approx([sum(mine) for mine in shares])
    assert (future[found.name.astype(np.int64) - 1] == found.future).all()
    assert np.bincount(found.future[found.block != EVERY_BLOCK], minlength=n).max() <= 1


def test_a_future_with_the_same_pieces_keeps_the_same_one() -> None:
    """What another future sees moves nothing: each future's draw is its own."""
    alone, other = pieces([0.9, 0.04, 0.03], 5), pieces([0.9, 0.04, 0.03], 5)
    other.share[other.future == 2] = [0.95, 0.03, 0.02]
    one, two = one_for_all(COUNTRY, alone, 5, 0, 1), one_for_all(COUNTRY, other, 5, 0, 1)
    for future in (0, 1, 3, 4):
        assert sorted(one.name[one.future == future]) == sorted(two.name[two.future == future])
