"""Synthetic instances for measuring: one world a seed, as many samples of its futures as are drawn."""

from __future__ import annotations

import numpy as np

from tillerman.twostage.generator import generate


def test_another_draw_is_another_sample_of_the_same_world() -> None:
    """Futures differ; first stage, recourse and what a shared state asks for do not."""
    first, again, other = (generate("small", 5, draw=draw) for draw in (0, 0, 1))
    np.testing.assert_array_equal(first.weights.toarray(), again.weights.toarray())
    assert not np.array_equal(first.weights.toarray(), other.weights.toarray())
    np.testing.assert_array_equal(first.first.cost, other.first.cost)
    np.testing.assert_array_equal(first.recourse.matrix.toarray(), other.recourse.matrix.toarray())
    sides = {tuple(row) for row in first.states.rhs.tolist()}
    assert sides & {tuple(row) for row in other.states.rhs.tolist()}
