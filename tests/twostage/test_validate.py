"""The door: each mistake in a problem is refused with where, found, expected and remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from tests.twostage.instances import farmer, random_problem
from tillerman.twostage import Problem, ProblemError, Risk, Tuning, solve, validate
from tillerman.twostage.extensive import solve_extensive


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


def _large(p: Problem) -> Problem:
    return replace(p, recourse=replace(p.recourse, matrix=p.recourse.matrix * 1e16))


def _endless(p: Problem) -> Problem:
    return replace(p, first=replace(p.first, upper=np.full(3, 1e30)))


def _nothing(p: Problem) -> Problem:
    return replace(p, first=replace(p.first, row_lower=np.array([np.inf])))


def _nowhere(p: Problem) -> Problem:
    return replace(p, states=replace(p.states, family=np.zeros(0, dtype=np.int64)))


def _closed(p: Problem) -> Problem:
    return replace(p, states=replace(p.states, upper=np.full_like(p.states.upper, -np.inf)))


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
        (_large, r"recourse.matrix: found -1e\+16 at flat position 0; expected numbers below 1e\+15. Measure it"),
        (_endless, r"first.upper: found 1e\+30; expected numbers below 1e\+20. Use np.inf where it is open"),
        (_nothing, "first.row_lower: found inf; expected a number, or -np.inf where open"),
        (_nowhere, "states.family: found no state; expected at least one"),
        (_closed, "states.upper: found -inf; expected a number, or np.inf where open"),
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


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda p: solve(p, tolerance=-1e-3), "tolerance: found -0.001; expected a share of gross cost, 0 or more"),
        (lambda p: solve(p, tolerance=float("nan")), "tolerance: found nan"),
        (lambda p: solve(p, time_limit_s=float("nan")), "time_limit_s: found nan; expected seconds"),
        (lambda p: solve(p, tuning=Tuning(n_workers=0)), "Tuning.n_workers: found 0; expected at least 1"),
        (
            lambda p: solve(p, tuning=Tuning(start=np.zeros(2))),
            r"Tuning.start: found shape \(2,\); expected",
        ),
        (lambda p: solve(p, tuning=Tuning(start=np.full(3, np.nan))), "Tuning.start: found nan at flat position 0"),
        (lambda p: solve(p, tuning=Tuning(checkpoint=Path("none/m.npz"))), "expected a file in a folder that exists"),
    ],
)
def test_an_impossible_call_is_refused_at_once(call: Callable[[Problem], object], message: str) -> None:
    """What a solve is asked for is checked before any work is done, not when the first checkpoint is due."""
    with pytest.raises(ProblemError, match=message):
        call(farmer())


def test_entries_of_one_place_add_up() -> None:
    """A sparse matrix may hold an entry in parts; HiGHS would refuse it, and then find nothing wrong with nothing."""
    problem, halves = farmer(), sparse.csr_array((np.full(6, 0.5), np.array([0, 0, 1, 1, 2, 2]), np.array([0, 6])))
    parted = replace(problem, first=replace(problem.first, matrix=halves))
    risk = Risk(aversion=0.0)
    assert solve_extensive(parted, risk, time_limit_s=None, relative_gap=1e-9).objective == pytest.approx(-108390)
    assert solve(parted, risk=risk, tolerance=1e-6, tuning=Tuning(method="level")).objective == pytest.approx(-108390)


def test_a_recourse_without_rules_costs_nothing() -> None:
    """With columns that nothing asks for, every state costs nothing."""
    p = farmer()
    empty = replace(
        p,
        recourse=replace(
            p.recourse, matrix=sparse.csr_array((0, 6)), is_equality=np.zeros(0, dtype=np.bool_), row_names=(),
            cost=np.abs(p.recourse.cost),
        ),
        states=replace(p.states, rhs=np.zeros((3, 0)), rhs_of_first=sparse.csr_array((0, 3))),
    )  # fmt: skip
    assert solve(empty, risk=Risk(aversion=0.0)).objective == 0.0
