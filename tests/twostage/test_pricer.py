"""Many plans of one problem priced one after another: the same prices, with less to find anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tillerman.twostage import Known, Pricer, ProblemError, evaluate
from tillerman.twostage.generator import generate


def test_prices_do_not_depend_on_the_plans_before() -> None:
    """A plan costs the same whether it is priced alone, after others, or in another problem of the same matrix."""
    problem = generate("small", 5, seed=3)
    plans = [part * problem.first.upper.clip(max=1.0) for part in (0.0, 0.3, 0.7, 0.3)]
    known = Known()
    pricer = Pricer(problem, known=known)
    scaled = replace(problem, states=replace(problem.states, rhs=1.1 * problem.states.rhs))
    beside = Pricer(scaled, known=known)
    for x in plans:
        assert pricer.price(x).objective == pytest.approx(evaluate(problem, x).objective, rel=1e-9)
        assert beside.price(x).objective == pytest.approx(evaluate(scaled, x).objective, rel=1e-9)


def test_what_is_known_of_a_matrix_is_found_once() -> None:
    """A second problem of the same matrix and costs adds nothing to what is known."""
    problem = generate("small", 5, seed=3)
    known = Known()
    Pricer(problem, known=known).price(np.zeros_like(problem.first.cost))
    n_anchors, n_bases = len(known.anchors), len(known.bases)
    assert n_anchors > 0
    Pricer(problem, known=known).price(np.zeros_like(problem.first.cost))
    assert (len(known.anchors), len(known.bases)) == (n_anchors, n_bases)


def test_a_plan_of_another_problem_is_refused() -> None:
    """A plan with too few decisions is no plan of this problem."""
    problem = generate("small", 2, seed=3)
    with pytest.raises(ProblemError, match="evaluate"):
        Pricer(problem).price(np.zeros(3))
