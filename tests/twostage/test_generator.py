"""Synthetic instances for measuring: one world a seed, as many samples of its futures as are drawn."""

from __future__ import annotations

import numpy as np

from tillerman.twostage.generator import generate


def test_another_draw_is_another_sample_of_the_same_world() -> None:
    """Futures differ; first stage, recourse and what a shared state asks for do not."""
    first, again, other = (generate("small", 5, draw=draw) for draw in (0, 0, 1))
    assert first.weights.shape == again.weights.shape
    assert (first.weights != again.weights).nnz == 0
    assert first.weights.shape != other.weights.shape or (first.weights != other.weights).nnz > 0
    np.testing.assert_array_equal(first.first.cost, other.first.cost)
    assert (first.recourse.matrix != other.recourse.matrix).nnz == 0
    sides = {tuple(row) for row in first.states.rhs.tolist()}
    assert sides & {tuple(row) for row in other.states.rhs.tolist()}
