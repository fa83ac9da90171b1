"""What better knowledge of the future would be worth: a plan for what is expected, and a plan for each future itself.

    worth of planning for uncertainty = cost of the plan for the expected future − cost of the best plan
    most that perfect foresight could be worth = cost of the best plan − cost when each future gets its own best plan

The expected future: demand and prices on their middle path, everything delivered on time, nothing ever withdrawn.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import stdtrit

from tillerman.futures import State, discounted_years
from tillerman.futures.state import block_share
from tillerman.labels import Block
from tillerman.plan.assemble import assemble
from tillerman.plan.base import Base, Listener
from tillerman.plan.estimate import CONFIDENCE
from tillerman.plan.interval import Interval
from tillerman.plan.together import Together
from tillerman.plan.variants import nearest_allowed, uninterrupted
from tillerman.streams import stream
from tillerman.twostage import Problem, Risk, States, Tuning, combined_weights, evaluate, solve

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
EXPECTED_TOLERANCE = 0.005  # of the gross cost of the expected future's plan
FORESIGHT_SHARE = 0.005  # of the plan's gross cost, to which each future's own plan is found
MOST_ASKED = 40  # futures that get a plan of their own; drawn where there are more
ROUNDING = 1e-9  # of gross cost
MOST_EXTENSIVE = 400  # states up to which one future's plan is found as one programme


def planning_worth(base: Base, *, progress: Listener | None = None) -> tuple[float, Interval]:
    """What the plan for the expected future costs on all futures, and how much more that is than the best plan."""
    tell = progress or (lambda _stage, _bounds: None)
    tell("Planning for the expected future", None)
    cost = evaluate(base.assembled.problem, expected_plan(base), risk=base.risk).objective
    return cost, positive(Interval(cost - base.best.objective, cost - base.best.lower_bound), base.best.gross)


def expected_plan(base: Base) -> Floats:
    """The first stage of whoever plans for the expected future alone."""
    country, n = base.country, base.assembled.setting.n_periods
    states = tuple(State(t, block=block) for t in range(n) for block in Block)
    weights = [discounted_years(country, s.period) * block_share(country.frame, s.block) for s in states]
    expected = replace(
        base.assembled.futures, states=states, weights=sparse.csr_array(np.array([weights])), probability=np.ones(1)
    )
    problem = assemble(base.assembled.setting, expected).problem
    return uninterrupted(
        solve(problem, risk=Risk(aversion=0.0), tolerance=EXPECTED_TOLERANCE, tuning=Tuning(start=base.best.x))
    ).x


def foresight_worth(base: Base, *, most: int = MOST_ASKED, progress: Listener | None = None) -> tuple[Interval, int]:
    """The most that knowing the future could still save, and how many futures were given a plan of their own.

    With q the weights at which the plan's average equals its objective, no risk-averse cost of the futures' own plans
    is below their q-average; so the q-average of what each future could save is at least the worth of foresight.
    Where every future is asked, both ends are proved; else futures are drawn by q, the upper end is that of a 95 %
    interval, and the lower end is 0.
    """
    asked = asked_futures(base, most=most)
    with Together(progress) as work:
        owns = plans_of_their_own(base, asked, work)
    return saved_at_most(base, asked, owns)


def asked_futures(base: Base, *, most: int = MOST_ASKED) -> Ints:
    """The futures that get a plan of their own: all where they are few, else drawn; one may be drawn more than once."""
    return _asked(_weights(base), most, base.request.seed)


def plans_of_their_own(base: Base, asked: Ints, work: Together) -> dict[int, Future[Interval]]:
    """Begin to bound the cost of the best plan for each future asked."""

    def one(future: int, tell: Listener) -> Interval:
        tell("Planning for single futures", None)
        return own_plan(base, future)

    return {future: work.add(partial(one, future)) for future in dict.fromkeys(asked.tolist())}


def saved_at_most(base: Base, asked: Ints, owns: dict[int, Future[Interval]]) -> tuple[Interval, int]:
    """Make the worth of foresight from the cost of each asked future's own plan; see `foresight_worth`."""
    best, probability = base.best, base.assembled.problem.probability
    low = {future: own.result().low for future, own in owns.items()}
    high = {future: own.result().high for future, own in owns.items()}
    if asked.size == probability.size:
        ends = [np.array([found[f] for f in range(probability.size)]) for found in (low, high)]
        least, most = (float(combined_weights(costs, probability, base.risk) @ costs) for costs in ends)
        return positive(Interval(best.lower_bound - most, best.objective - least), best.gross), len(owns)
    total = best.first_cost + best.future_values
    saved = np.array([total[f] - low[f] for f in asked.tolist()])
    margin = float(stdtrit(saved.size - 1, (1 + CONFIDENCE) / 2)) * float(saved.std(ddof=1)) / saved.size**0.5
    return positive(Interval(0.0, float(saved.mean()) + margin), best.gross), len(owns)


def _weights(base: Base) -> Floats:
    """The weights of the futures at which the plan's average equals its objective."""
    return combined_weights(base.best.future_values, base.assembled.problem.probability, base.risk)


def own_plan(base: Base, future: int) -> Interval:
    """Between which bounds the cost of the best plan for one future alone lies.

    Whole decisions are let go for the lower bound; the plan with whole decisions nearest to what is then best is the
    upper one, unless the plan for all futures does better.
    """
    problem, best = one_future(base.assembled.problem, future), base.best
    first = problem.first
    cost = best.first_cost + float(best.future_values[future])
    relaxed = replace(problem, first=replace(first, is_integer=np.zeros_like(first.is_integer)))
    method = "extensive" if problem.states.family.size <= MOST_EXTENSIVE else "level"
    found = uninterrupted(
        solve(relaxed, risk=Risk(aversion=0.0), tolerance=_tolerance(base, future), tuning=Tuning(method, start=best.x))
    )
    whole = nearest_allowed(first, found.x) if np.isfinite(found.x).all() else None
    if whole is not None:
        priced = evaluate(problem, whole, risk=Risk(aversion=0.0))
        cost = min(cost, priced.objective) if priced.is_feasible else cost
    return Interval(min(found.lower_bound, cost), cost)


def _tolerance(base: Base, future: int) -> float:
    """The share of one future's own gross cost that is the share asked for of the plan's."""
    own = base.best.first_cost + float((base.assembled.problem.weights[[future]] @ base.best.state_values)[0])
    return float(np.clip(FORESIGHT_SHARE * abs(base.best.gross) / max(abs(own), 1e-9), 1e-6, 0.5))


def one_future(problem: Problem, future: int) -> Problem:
    """The same problem where one future is certain."""
    return some_futures(problem, np.array([future]))


def some_futures(problem: Problem, chosen: Ints) -> Problem:
    """The same problem on some of its futures, with the states that they meet; chances keep their proportions."""
    weights = problem.weights[chosen]
    used: Ints = np.unique(weights.indices).astype(np.int64)
    states, (n_rows, n_columns) = problem.states, problem.recourse.matrix.shape
    probability = problem.probability[chosen]
    return replace(
        problem,
        states=States(
            family=states.family[used],
            rhs=states.rhs[used],
            rhs_of_first=_blocks(states.rhs_of_first, used, n_rows),
            upper=states.upper[used],
            upper_of_first=_blocks(states.upper_of_first, used, n_columns),
            offset=states.offset[used],
            offset_of_first=sparse.csr_array(states.offset_of_first[used]),
        ),
        weights=sparse.csr_array(weights[:, used]),
        probability=probability / probability.sum(),
        group=None if problem.group is None else problem.group[used],
    )


def _blocks(matrix: sparse.csr_array, used: Ints, width: int) -> sparse.csr_array:
    """The rows of the used states."""
    return sparse.csr_array(matrix[(used[:, None] * width + np.arange(width)).ravel()])


def _asked(q: Floats, most: int, seed: int) -> Ints:
    """All futures where they are few; else as many as asked, drawn by weight, evenly along the line."""
    if q.size <= most:
        return np.arange(q.size)
    ticks = (np.arange(most) + stream(seed, "foresight").random()) / most
    return np.minimum(np.searchsorted(np.cumsum(q / q.sum()), ticks), q.size - 1).astype(np.int64)


def positive(found: Interval, gross: float) -> Interval:
    """An interval of a worth that cannot be below zero; what is rounding beside gross cost is nothing."""
    low, high = (end if end > ROUNDING * (1.0 + abs(gross)) else 0.0 for end in (found.low, found.high))
    return Interval(low, high)
