"""Pooling moves use out of the busy hours. It must not make use disappear."""

from __future__ import annotations

import numpy as np
import pytest

from tests.plan.variants_of_hand import with_everything
from tillerman.country import load
from tillerman.dispatch import compile_dispatch, quantity
from tillerman.futures import State
from tillerman.futures.state import block_share
from tillerman.labels import Block, ProgrammeKind

NOT_MENDED = (
    "what pooling takes off the peak does not come back in the other hours, so its value is lost and it never pays; "
    "mending it makes every stored plan anew"
)


def _moved() -> tuple[float, float]:
    """What one full pooling programme adds to demand in the busy hours and in the others, weighted by the hours."""
    country = with_everything(load("hand"))
    dispatch = compile_dispatch(country)
    (pooling,) = [lever for lever in country.levers if lever.kind is ProgrammeKind.POOLING]
    period = max(t for t in range(len(country.frame.period_years)) if _name(pooling.id, t) in dispatch.space.position)
    at = dispatch.space.position[_name(pooling.id, period)]
    arrays, _ = dispatch.arrays([State(period, Block.PEAK), State(period, Block.REST)])
    rows, n = arrays.rhs.shape[1], len(dispatch.layout.classes)
    column = np.asarray(arrays.rhs_of_first[:, [at]].todense()).reshape(2, rows)[:, :n].sum(axis=1)
    peak, rest = (
        float(amount) * block_share(country.frame, block) for amount, block in zip(column, Block, strict=True)
    )
    return peak, rest


def _name(lever: str, period: int) -> str:
    return quantity("level", lever, period)


def test_pooling_relieves_the_peak() -> None:
    """A pooling programme lowers demand in the busy hours."""
    assert _moved()[0] < 0


@pytest.mark.xfail(strict=True, reason=NOT_MENDED)
def test_pooling_loses_no_use() -> None:
    """Over the year as much is asked for as before."""
    peak, rest = _moved()

    assert peak + rest == pytest.approx(0, abs=1e-12)
