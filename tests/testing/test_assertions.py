"""The shipped assertions pass what is right and catch what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tillerman.exposure import Posture
from tillerman.labels import Horizon
from tillerman.testing.assertions import assert_partition

RIGHT = Posture("compute", Horizon.WEEK, 0.2, 0.3, 0.1, 0.4, 0.3, 1.0, "XB")
EMPTY = Posture("energy", Horizon.WEEK, None, None, None, None, None, None, None, "no holds recorded")


def test_right_postures_pass() -> None:
    """Four shares that sum to one pass, and so does a layer with a reason."""
    assert_partition([RIGHT, EMPTY])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (replace(RIGHT, taker=0.5), "sum to 1.1"),
        (replace(RIGHT, maker=-0.1, taker=0.6), "negative"),
        (replace(RIGHT, maker=None), "missing"),
        (replace(RIGHT, by_contract=0.4), "by contract"),
        (replace(RIGHT, by_contract=None), "not split"),
        (replace(EMPTY, reason=""), "no reason"),
    ],
)
def test_wrong_postures_are_caught(wrong: Posture, message: str) -> None:
    """Each way in which shares can be wrong is caught, and named with its layer and horizon."""
    with pytest.raises(AssertionError, match=message) as caught:
        assert_partition([RIGHT, wrong])
    assert f"{wrong.layer} at 7d" in str(caught.value)
