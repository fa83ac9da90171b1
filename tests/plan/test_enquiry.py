"""What a number is worth knowing: closed forms, laws, and a country in which nothing would change the choice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillerman.country import Country, replace_number
from tillerman.plan.enquiry import EnquiryTerms, FileSource, enquire
from tillerman.plan.enquiry_worth import worths

QUICK = EnquiryTerms(n_draws=12, n_futures=1)


def ranks(n_draws: int, n_numbers: int, seed: int = 1) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """A Latin hypercube."""
    dice = np.random.default_rng(seed)
    return np.stack([(dice.permutation(n_draws) + dice.random(n_draws)) / n_draws for _ in range(n_numbers)], axis=1)


def test_a_number_that_decides_alone_is_worth_its_closed_form() -> None:
    """Choosing between 0 and u - 1/2, u uniform: knowing u is worth 1/8; knowing what has no effect nothing."""
    at = ranks(200, 6)
    found = worths(at, np.stack([np.zeros(200), at[:, 2] - 0.5], axis=1), 1)
    assert found.each[2] == pytest.approx(1 / 8, abs=0.01)
    assert found.of_all == pytest.approx(1 / 8, abs=0.005)
    assert found.each[2] > found.threshold
    assert (np.delete(found.each, 2) < found.threshold).all()
    assert found.best_along[2].tolist() == [0, 0, 0, 0, *found.best_along[2, 4:5], 1, 1, 1, 1]


def test_two_numbers_share_what_they_decide() -> None:
    """Choosing between 0 and u + v - 1: knowing u alone is worth E|u - 1/2| / 2 = 1/8, both E|u + v - 1| / 2 = 1/6."""
    at = ranks(400, 2)
    found = worths(at, np.stack([np.zeros(400), at.sum(axis=1) - 1.0], axis=1), 1)
    assert found.each == pytest.approx([1 / 8, 1 / 8], abs=0.02)
    assert found.of_all == pytest.approx(1 / 6, abs=0.02)


def test_where_one_choice_is_always_best_nothing_is_worth_asking() -> None:
    """A choice that wins at every draw makes every number worth nothing."""
    at = ranks(60, 4)
    found = worths(at, np.stack([at[:, 0], at[:, 0] + 1.0 + at[:, 1]], axis=1), 1)
    assert found.of_all == 0.0
    assert found.best == 1


@given(
    seed=st.integers(0, 1000),
    shift=st.floats(-1e3, 1e3),
    scale=st.floats(1e-2, 1e3),
)
def test_money_and_common_gains_change_no_question(seed: int, shift: float, scale: float) -> None:
    """What all choices gain alike decides nothing; another currency scales every worth; order of choices is a name."""
    dice = np.random.default_rng(seed)
    at, gains = ranks(24, 3, seed), dice.normal(size=(24, 3))
    one, two = worths(at, gains, 7), worths(at, scale * (gains + shift), 7)
    assert two.each == pytest.approx(scale * one.each, rel=1e-6, abs=1e-6 * scale * (1 + abs(shift)))
    turned = worths(at, gains[:, ::-1], 7)
    assert turned.each == pytest.approx(one.each)
    assert turned.of_all == pytest.approx(one.of_all)
    assert one.of_all >= 0.0


def test_the_same_enquiry_gives_the_same_answer(hand: Country) -> None:
    """Same file, same seed: same worths to the last bit; every row stands within what everything is worth."""
    one, two = enquire(FileSource(hand), QUICK), enquire(FileSource(hand), QUICK)
    assert one == two
    assert one.n_drawn + one.n_failed == QUICK.n_draws
    assert all(0.0 <= row.worth_musd <= one.worth_of_all_musd for row in one.rows)
    assert {row.key for row in one.rows} == {item.key for item in FileSource(hand).open}


def test_a_file_without_ranges_has_nothing_to_ask(hand: Country) -> None:
    """Where every number is sure there is no question, and knowing all is worth nothing."""
    from dataclasses import replace

    sure = replace(hand, evidence=tuple(replace(item, low=None, high=None) for item in hand.evidence))
    found = enquire(FileSource(sure), QUICK)
    assert (found.rows, found.worth_of_all_musd, found.n_drawn) == ((), 0.0, 0)


def test_numbers_are_changed_together(hand: Country) -> None:
    """A draw changes every number it names, whole ones to whole numbers."""
    source = FileSource(hand)
    key = source.open[0].key
    table, row, column = key.split("/")
    value = source.open[0].high
    expected = replace_number(hand, table, row or None, column, value)
    assert source.country({key: value}) == expected
