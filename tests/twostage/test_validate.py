"""The door: each mistake in a problem is refused with where, found, expected and remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from tests.twostage.instances import farmer, random_problem
from tillerman.twostage import Problem, ProblemError, Risk, solve, validate


def _weights(p: Problem) -> Problem:
    return replace(p, weights=-p.weights)


def _probability(p: Problem) -> Problem:
    return replace(p, probability=p.probability * 0.9)


def _nan(p: Problem) -> Problem:
    return replace(p, states=replace(p.states, rhs=np.full_like(p.states.rhs, np.nan)))


def _shape(p: Problem) -> Problem:
    return replace(p, states=replace(p.states, offset=np.zeros(7)))


def _family(p: Problem) -> Problem:
    return replace(p, states=replace(p.states, family=np.full_like(p.states.family, 4)))


def _names(p: Problem) -> Problem:
    return replace(p, first=replace(p.first, names=("one",)))


def _open(p: Problem) -> Problem:
    touched = sparse.csr_array(np.ones(p.states.upper_of_first.shape))
    return replace(p, states=replace(p.states, upper_of_first=touched))


def _group(p: Problem) -> Problem:
    return replace(p, group=np.zeros(1, dtype=np.int64))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_weights, "weights: found -1.0; expected no negative weight"),
        (_probability, "expected a sum of 1"),
        (_nan, "states.rhs: found nan at flat position 0; expected finite numbers"),
        (_shape, r"states.offset: found shape \(7,\); expected shape \(3,\)"),
        (_family, "states.family: found values from 4 to 4; expected values from 0 to 0"),
        (_names, "first.names: found 1 names; expected 3 names"),
        (_open, "states.upper_of_first: found a decision acting on an open bound"),
        (_group, r"group: found shape \(1,\); expected shape \(3,\)"),
    ],
)
def test_each_mistake_is_refused(spoil: Callable[[Problem], Problem], message: str) -> None:
    """A spoilt problem is refused at the door with the place and the remedy."""
    with pytest.raises(ProblemError, match=message):
        validate(spoil(farmer()))


def test_a_sound_problem_passes() -> None:
    """Random sound problems are accepted."""
    for seed in range(5):
        validate(random_problem(seed))


@pytest.mark.parametrize("risk", [Risk(aversion=1.5), Risk(tail=0.0)])
def test_impossible_risk_is_refused(risk: Risk) -> None:
    """A weight above one or an empty tail has no meaning."""
    with pytest.raises(ProblemError):
        solve(farmer(), risk=risk)
