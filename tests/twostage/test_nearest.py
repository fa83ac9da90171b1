"""The plan nearest to a given one that keeps every rule."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from tillerman.twostage import FirstStage
from tillerman.twostage.nearest import nearest


def first_stage(row_upper: float) -> FirstStage:
    """Two decisions of at most 4 each that may add up to `row_upper`."""
    return FirstStage(
        cost=np.ones(2),
        matrix=sparse.csr_array(np.ones((1, 2))),
        row_lower=np.array([-np.inf]),
        row_upper=np.array([row_upper]),
        lower=np.zeros(2),
        upper=np.full(2, 4.0),
        is_integer=np.zeros(2, dtype=bool),
        names=("a", "b"),
        row_names=("together",),
    )


def test_a_plan_that_keeps_the_rules_stays() -> None:
    """Nothing moves where nothing has to."""
    centre = np.array([1.0, 2.0])

    found = nearest(first_stage(4.0), centre, np.ones(2))

    assert found is not None
    assert np.allclose(found, centre)


def test_the_cheaper_move_is_taken() -> None:
    """The decision with the larger scale gives way."""
    found = nearest(first_stage(4.0), np.array([3.0, 3.0]), np.array([1.0, 10.0]))

    assert found is not None
    assert np.allclose(found, [3.0, 1.0])


def test_rules_that_cannot_hold_give_no_plan() -> None:
    """An impossible first stage has no nearest plan."""
    assert nearest(first_stage(-1.0), np.zeros(2), np.ones(2)) is None
