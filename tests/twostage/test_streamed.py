"""Pricing a plan on futures that come in chunks: the same numbers as all at once, intervals that hold, an audit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from tests.twostage.instances import random_problem
from tillerman.twostage import BlockPricer, Problem, ProblemError, Risk, evaluate, evaluate_stream
from tillerman.twostage.generator import Size, generate
from tillerman.twostage.problem import Floats

TINY = Size(3, 3, 2, 3, n_sites=4, n_zones=2, n_pools=2, n_programmes=2, n_agreements=2, n_holders=4)


def chunks_of(problem: Problem, size: int) -> Iterator[Problem]:
    """Cut a problem's futures into chunks, each with the states it meets."""
    for start in range(0, problem.probability.size, size):
        weights = problem.weights[start : start + size]
        probability = problem.probability[start : start + size]
        yield replace(problem, weights=weights, probability=probability / probability.sum())


def middling(problem: Problem) -> Floats:
    """Give a plan that leaves something to do."""
    return 0.2 * np.minimum(problem.first.upper, 20.0)


@pytest.mark.parametrize("size", [40, 7])
def test_chunks_give_what_all_futures_at_once_give(size: int) -> None:
    """Mean, tail and every future agree with one evaluation, however the futures are cut."""
    problem, risk = generate(TINY, 120), Risk(0.4, 0.1)
    x = middling(problem)
    whole = evaluate(problem, x, risk=risk)
    found = evaluate_stream(chunks_of(problem, size), x, risk=risk)
    assert found.n_futures == 120
    assert found.is_feasible
    assert found.future_values == pytest.approx(whole.future_values, rel=1e-9)
    assert found.mean.value == pytest.approx(whole.mean, rel=1e-9)
    assert found.cvar.value == pytest.approx(whole.cvar, rel=1e-9)
    assert found.objective.value == pytest.approx(whole.objective, rel=1e-9)
    assert found.audit.is_clean
    assert found.audit.n_states_judged >= 0.02 * found.n_states


def test_threads_do_not_change_a_bit() -> None:
    """One and two workers price every future with the same bits."""
    problem = generate(TINY, 400)
    x = middling(problem)
    one, two = (
        evaluate_stream(chunks_of(problem, 100), x, pricer=BlockPricer(engine="kernel", n_workers=n)) for n in (1, 2)
    )
    assert one.future_values.tobytes() == two.future_values.tobytes()
    assert one.objective == two.objective


def test_intervals_hold_as_often_as_they_say() -> None:
    """The 95 % intervals of mean, tail and objective from 60 futures hold what 3,000 futures say, 9 times in 10."""
    many, risk = generate(TINY, 3000), Risk(0.3, 0.2)
    x = middling(many)
    truth = evaluate(many, x, risk=risk)
    samples = [evaluate_stream([chunk], x, risk=risk) for chunk in chunks_of(many, 60)]
    for name in ("mean", "cvar", "objective"):
        held = [
            estimate.low <= getattr(truth, name) <= estimate.high
            for estimate in (getattr(sample, name) for sample in samples)
        ]
        assert 0.86 <= np.mean(held) <= 1.0, name
    widths = [sample.mean.high - sample.mean.low for sample in samples]
    assert np.mean(widths) < 0.2 * abs(truth.mean)


def test_a_state_that_cannot_be_served_shows_in_its_futures() -> None:
    """Futures that meet an impossible state cost infinity, and the plan is not feasible there."""
    problem = generate(TINY, 30)
    broken = replace(problem.states, upper=problem.states.upper.copy())
    broken.upper[0, 0] = -1.0
    problem = replace(problem, states=replace(broken, upper_of_first=0.0 * broken.upper_of_first))
    found = evaluate_stream(chunks_of(problem, 10), middling(problem))
    met = np.asarray((problem.weights[:, [0]] > 0.0).todense()).ravel()
    assert met.any()
    assert np.isinf(found.future_values[met]).all()
    assert np.isfinite(found.future_values[~met]).all()
    assert not found.is_feasible


def test_a_judge_that_disagrees_unmakes_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    """When HiGHS finds other values in any block, the audit is not clean."""
    problem = generate(TINY, 20)
    monkeypatch.setattr("tillerman.twostage.streamed.disagreement", lambda *_: 1e-3)
    assert not evaluate_stream(chunks_of(problem, 10), middling(problem)).audit.is_clean


def test_another_recourse_matrix_is_refused() -> None:
    """Blocks of two models are told apart, and so is an empty stream."""
    first, second = random_problem(1), random_problem(2)
    pricer = BlockPricer()
    pricer.price(first, np.ones(first.first.cost.size))
    with pytest.raises(ProblemError, match="recourse"):
        pricer.price(second, np.ones(second.first.cost.size))
    with pytest.raises(ProblemError, match="no chunk"):
        evaluate_stream([], np.ones(1))
