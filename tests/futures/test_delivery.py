from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillerman.country import load
from tillerman.country.world import Delivery
from tillerman.dispatch import Dispatch, Outcome, State, compile_dispatch
from tillerman.futures.paths import DeliveryClasses, Floats, delivery_in_effect, outcome_at, sample_paths
from tillerman.labels import Block
from tillerman.testing import random_country

N = 20_000
ORDER = (Outcome.ON_TIME, Outcome.LATE, Outcome.NEVER)


def record(name: str, on_time: float, late: float) -> Delivery:
    """A delivery record whose chances add up to one."""
    return Delivery(name, name, on_time, late, 1 - on_time - late, late_years=1, note=None)


def width(records: tuple[Delivery, ...]) -> list[float]:
    """How probable each joint class is."""
    edges = [0.0, *DeliveryClasses(records).edges.tolist(), 1.0]
    return [high - low for low, high in pairwise(edges)]


def chance(classes: DeliveryClasses, name: str, outcome: Outcome) -> float:
    """The chance of one record's outcome, over the joint classes."""
    return sum(w for w, outcomes in zip(width(classes.records), classes.classes, strict=True)
               if (name, outcome) in outcomes)  # fmt: skip


def test_each_record_falls_out_as_often_as_it_says() -> None:
    """Joint classes give every project on its own the chances of its record, certain ones included."""
    classes = DeliveryClasses((record("a", 0.3, 0.5), record("b", 0.6, 0.1), record("c", 1, 0), record("d", 0, 0)))
    for item in classes.records:
        for outcome, expected in zip(ORDER, (item.on_time, item.late, item.never), strict=True):
            assert chance(classes, item.id, outcome) == pytest.approx(expected, abs=1e-12)


def test_projects_share_their_luck() -> None:
    """A worse draw is never better for any project: what holds up one holds up all."""
    for outcomes, worse in pairwise(DeliveryClasses(load("kenya").deliveries).classes):
        for (name, before), (same, after) in zip(outcomes, worse, strict=True):
            assert name == same
            assert ORDER.index(after) >= ORDER.index(before)


def test_drawn_classes_are_as_frequent_as_they_are_wide() -> None:
    """Luck is spread evenly over futures, so frequencies are those of the record up to one future."""
    country = load("kenya")
    drawn = sample_paths(country, N, 1, 10)
    found = np.bincount(drawn.delivery, minlength=len(width(country.deliveries))) / N
    assert found == pytest.approx(width(country.deliveries), abs=2 / N)


def test_luck_at_an_edge_falls_to_the_worse_side() -> None:
    """On time below the first edge, late from it on, never from the second on."""
    item = record("a", 0.25, 0.5)
    assert [outcome_at(item, luck) for luck in (0.0, 0.249, 0.25, 0.749, 0.75, 0.999)] == [
        Outcome.ON_TIME, Outcome.ON_TIME, Outcome.LATE, Outcome.LATE, Outcome.NEVER, Outcome.NEVER,
    ]  # fmt: skip


def arrays(dispatch: Dispatch, states: list[State]) -> list[Floats]:
    """Everything that dispatch takes from states."""
    found, recourse = dispatch.arrays(states)
    affine = (found.rhs_of_first, found.upper_of_first, found.offset_of_first)
    return [found.rhs, found.upper, found.offset, recourse.cost[found.family], *(m.toarray() for m in affine)]


@given(seed=st.integers(0, 10_000))
def test_dispatch_cannot_tell_the_class_that_stands_for_others_from_them(seed: int) -> None:
    """In every period, a class and the one that stands for it give dispatch the same arrays."""
    country = random_country(seed)
    dispatch = compile_dispatch(country)
    classes = DeliveryClasses(country.deliveries).classes
    for period, year in enumerate(dispatch.space.years):
        stands_for = delivery_in_effect(country, year)
        true = [State(period, Block.PEAK, delivery=outcomes) for outcomes in classes]
        told = [State(period, Block.PEAK, delivery=classes[k]) for k in stands_for]
        for found, expected in zip(arrays(dispatch, told), arrays(dispatch, true), strict=True):
            assert (found == expected).all()


def test_classes_part_as_years_pass() -> None:
    """What cannot be told apart later could not be told apart earlier."""
    country = load("kenya")
    first = country.frame.first_year
    years = [delivery_in_effect(country, first + k) for k in range(10)]
    for before, after in pairwise(years):
        assert len(set(before)) <= len(set(after))
        alike = [(i, j) for i, j in combinations(range(len(after)), 2) if after[i] == after[j]]
        assert all(before[i] == before[j] for i, j in alike)
    assert len(set(years[0])) < len(set(years[-1])) == len(DeliveryClasses(country.deliveries).classes)


def test_without_records_there_is_one_class() -> None:
    """A file in which nothing can be late has nothing to draw."""
    country = replace(load("hand"), deliveries=())
    assert DeliveryClasses(()).classes == ((),)
    assert sample_paths(country, 5, 1, 2).delivery.tolist() == [0] * 5
