"""Postures after 90 days alone: the same as among those of all horizons, in whichever order they are asked for."""

from tillerman.country import load
from tillerman.exposure import Exposure, assess
from tillerman.labels import Horizon


def _at_quarter(found: Exposure) -> tuple[object, ...]:
    return tuple(row for row in found.posture_rows if row.horizon is Horizon.QUARTER)


def test_after_90_days_alone_and_among_all() -> None:
    """Asked for first or last, the postures after 90 days are the ones that stand among those of all horizons."""
    country = load("hand")
    alone = assess(country)
    rows = alone.quarter_rows
    every = assess(country)

    assert rows
    assert rows == _at_quarter(every) == every.quarter_rows == _at_quarter(alone)
