"""The figures of a plan against brute force: the average of the worst, and three things to balance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from tillerman.exposure import ALL_LAYERS, Posture
from tillerman.labels import Horizon
from tillerman.plan.figures import Running, tail, trilemma
from tillerman.plan.variants import nearest_allowed
from tillerman.twostage import FirstStage


def worst_by_hand(total: list[float], chance: list[float], share: float = 0.05) -> tuple[float, float]:
    """Average the worst share, taking futures one by one from the dearest; and (sum w)^2 / sum w^2 of their weights."""
    left, money, weights = share, 0.0, []
    for cost, p in sorted(zip(total, chance, strict=True), reverse=True):
        taken = min(p, left)
        left -= taken
        money += taken * cost
        weights.append(taken)
        if left <= 1e-15:
            break
    return money / sum(weights), sum(weights) ** 2 / sum(w * w for w in weights)


@given(st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(1e-3, 1.0)), min_size=1, max_size=60))
def test_the_average_of_the_worst(futures: list[tuple[float, float]]) -> None:
    """The worst 5 in 100 by weight, the last future counted in part, and how many equal futures that is."""
    total = [cost for cost, _ in futures]
    mass = sum(p for _, p in futures)
    chance = [p / mass for _, p in futures]
    average, effective = tail(np.array(total), np.array(chance))
    expected, count = worst_by_hand(total, chance)
    assert average == pytest.approx(expected, rel=1e-6, abs=1e-6)
    assert effective == pytest.approx(count, rel=1e-6)


def test_a_thousand_equal_futures_have_fifty_in_the_tail() -> None:
    """Fifty of a thousand are the worst 5 in 100: just enough to show their average."""
    average, effective = tail(np.arange(1000.0), np.full(1000, 1e-3))
    assert average == pytest.approx(np.arange(950.0, 1000.0).mean())
    assert effective == pytest.approx(50.0)


def posture(layer: str, control: float | None, horizon: Horizon = Horizon.QUARTER) -> Posture:
    """One posture of which only control is asked."""
    return Posture(layer, horizon, control, 0.0, 0.0, None, 0.0, 1.0, None, "" if control is not None else "no holds")


RUNNING = Running(cost=1.0, loss=3.0, unmet_value=4.0, value=40.0, abroad=1.0, relied_value=2.0)


def test_three_things_to_balance() -> None:
    """Control of all layers at 90 days, value served, and what of the weakest layer's control is left together."""
    rows = (
        posture("compute", 0.8),
        posture("models", 0.5),
        posture("data", None),
        posture(ALL_LAYERS, 0.3),
        posture(ALL_LAYERS, 0.9, Horizon.WEEK),
    )
    found = trilemma(rows, RUNNING)
    assert found.control == 0.3
    assert found.capability == pytest.approx(1 - 6 / 40)
    assert found.consistency == pytest.approx(0.6)
    assert not found.reason


def test_what_cannot_be_balanced_says_why() -> None:
    """No layer measured, or a layer without any control: no consistency, and a reason."""
    assert trilemma((posture(ALL_LAYERS, 0.3),), RUNNING).reason.startswith("too few layers")
    rows = (posture("compute", 0.0), posture(ALL_LAYERS, 0.0))
    assert trilemma(rows, RUNNING).reason.startswith("one layer has no control")
    assert trilemma(rows, RUNNING).consistency is None
    idle = Running(cost=0.0, loss=0.0, unmet_value=0.0, value=0.0, abroad=0.0, relied_value=0.0)
    assert trilemma(rows, idle).capability is None


def small_first_stage() -> FirstStage:
    """Two whole and one free decision with a + b + c <= 4 and a >= b."""
    return FirstStage(
        cost=np.zeros(3),
        matrix=sparse.csr_array(np.array([[1.0, 1.0, 1.0], [1.0, -1.0, 0.0]])),
        row_lower=np.array([-np.inf, 0.0]),
        row_upper=np.array([4.0, np.inf]),
        lower=np.zeros(3),
        upper=np.array([3.0, 3.0, np.inf]),
        is_integer=np.array([True, True, False]),
        names=("a", "b", "c"),
        row_names=("together", "order"),
    )


def test_the_nearest_allowed_plan() -> None:
    """It differs least, in sum and relative to what was asked, keeps the rules and whole numbers."""
    first = small_first_stage()
    assert nearest_allowed(first, np.array([1.0, 1.0, 2.0])) == pytest.approx([1.0, 1.0, 2.0])
    # one too many in all: the free decision is the largest, so a unit of it counts least
    assert nearest_allowed(first, np.array([1.0, 1.0, 3.0])) == pytest.approx([1.0, 1.0, 2.0])


def test_where_no_plan_is_allowed_there_is_none_near() -> None:
    """Rules that cannot hold together have no nearest plan."""
    clashing = replace(small_first_stage(), row_lower=np.array([8.0, 0.0]), row_upper=np.array([9.0, np.inf]))
    clashing = replace(clashing, upper=np.array([3.0, 3.0, 1.0]))
    assert nearest_allowed(clashing, np.zeros(3)) is None
