"""A first look at every number: how far the plan's objective moves over the number's range, from one solved plan.

By the envelope theorem the first-order change of the least cost is that of the plan's own cost, with every rule of the
first stage and every row and bound of every state counted at its price. Chances are taken exactly, by likelihood;
what no price can follow is priced anew with the plan's decisions unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.country import Country
from tillerman.futures import Futures, State
from tillerman.plan.influence_carry import carried
from tillerman.plan.influence_change import (
    Part,
    Probe,
    Ranged,
    Terms,
    drawn,
    moved,
    probe,
    same_columns,
    same_states,
    same_weights,
    with_number,
)
from tillerman.plan.influence_likelihood import CHANCES, Many
from tillerman.twostage import FirstStage, Prices, Problem, Risk, Solution, evaluate, prices

Floats = NDArray[np.float64]
IN_USE = 1e-6  # million uses a year below which a column is not in use
CLOSED = 1e-9
PAST_LIMIT = "prices, past a limit that is slack today"  # no price sees what such a limit costs once it binds
READY = ("deploy[", "standby[", "unlock[")  # columns and rules of standing deployments
SLACK = 1e-6  # relative: how far a rule must be broken to count
MOST_STATES = 150  # states in which prices follow a number: those that weigh most, and those that cost most


@dataclass(frozen=True)
class Look:
    """What a screen sees of one end of a range."""

    change: float  # of the objective, million US$
    parts: frozenset[Part]
    by: str  # prices, likelihood, pricing, or PAST_LIMIT


@dataclass(frozen=True)
class Screen:
    """A country's solved plan, and what it says about other values of the country's numbers."""

    country: Country
    terms: Terms
    futures: Futures
    problem: Problem
    solution: Solution

    @cached_property
    def base(self) -> Probe:
        """The plan's problem over its heaviest states."""
        return probe(self.country, self.futures, self._heavy_states)

    @cached_property
    def risk(self) -> Risk:
        """How much the worst futures count."""
        return Risk(self.terms.risk_aversion)

    @cached_property
    def prices(self) -> Prices:
        """The best plan with the solution's whole numbers, and what one more unit of anything is worth to it."""
        return prices(self.problem, self.solution.x, risk=self.risk)

    def look(self, item: Ranged, value: float) -> Look:
        """Estimate how the objective changes when a number takes a value."""
        if value == item.number.value:
            return Look(0.0, frozenset(), "prices")
        by_likelihood = self._likely(item, value)
        if by_likelihood is not None:
            return Look(by_likelihood, frozenset({Part.WEIGHTS}), "likelihood")
        country = with_number(self.country, item.where, value)
        futures = drawn(country, self.terms.n_futures, self.terms)
        if not same_states(futures, self.futures):
            parts = moved(self.base, probe(country, self.futures, self._heavy_states)) | {Part.WEIGHTS}
            return Look(self._priced_on_many(country), parts, "pricing")
        new = probe(country, futures, self._heavy_states)
        parts = moved(self.base, new)
        if not same_weights(futures, self.futures):
            parts |= {Part.WEIGHTS}
        if not parts:
            return Look(0.0, parts, "prices")
        if not same_columns(self.base, new) or self._closes(new):
            return Look(self._price(probe(country, futures), futures) - self.prices.objective, parts, "pricing")
        by = PAST_LIMIT if breaks(self.base.first, new.first, self.prices) else "prices"
        return Look(self._first_order(new, futures), parts, by)

    def _first_order(self, new: Probe, futures: Futures) -> float:
        first = first_change(self.base.first, new.first, self.prices)
        rho, net, heavy = self.prices.futures, self._net, self._heavy
        was, now = self.futures.weights.T @ rho, futures.weights.T @ rho
        return first + float((now - was) @ net + now[heavy] @ self._state_changes(new))

    @cached_property
    def _heavy(self) -> NDArray[np.int64]:
        """Positions of the states that weigh most, and of those that cost most, in the risk-weighted objective."""
        weight = self.futures.weights.T @ self.prices.futures
        cost = weight * np.abs(self.prices.state_values)
        half = [np.argsort(-measure, kind="stable")[: MOST_STATES // 2] for measure in (weight, cost)]
        return np.unique(np.concatenate(half))

    @cached_property
    def _heavy_states(self) -> list[State]:
        states = tuple(self.futures.states)
        return [states[s] for s in self._heavy.tolist()]

    @cached_property
    def _net(self) -> Floats:
        states = self.problem.states
        return np.asarray(self.prices.state_values + states.offset + states.offset_of_first @ self.prices.x)

    @cached_property
    def _sides(self) -> tuple[Floats, Floats, Floats]:
        return sides(self.base, self.prices.x)

    def _state_changes(self, new: Probe) -> Floats:
        """The first-order change of every heavy state's net cost at the plan."""
        rhs, upper, offset = sides(new, self.prices.x)
        old_rhs, old_upper, old_offset = self._sides
        capped = np.isfinite(old_upper) & np.isfinite(upper)
        wider = np.where(capped, np.where(capped, upper, 0.0) - np.where(capped, old_upper, 0.0), 0.0)
        cost = new.recourse.cost[new.states.family] - self.base.recourse.cost[self.base.states.family]
        matrix = sparse.csr_array(new.recourse.matrix - self.base.recourse.matrix)
        primal = self.prices.primal[self._heavy]
        used = np.asarray((matrix @ primal.T).T)
        return np.asarray(
            (self.prices.rows[self._heavy] * (rhs - old_rhs - used)).sum(axis=1)
            + (self.prices.columns[self._heavy] * wider).sum(axis=1)
            + (cost * primal).sum(axis=1)
            + (offset - old_offset)
        )

    def _closes(self, new: Probe) -> bool:
        """Does a route in use close to a service? That is a step, and no price sees it coming."""
        _, upper, _ = sides(new, self.prices.x)
        ready = np.array([name.startswith("ready[") for name in self.base.recourse.column_names])
        closed = (upper <= CLOSED) & (self._sides[1] > CLOSED) & (self.prices.primal[self._heavy] > IN_USE)
        return bool(closed[:, ready].any())

    def _price(self, new: Probe, futures: Futures) -> float:
        """What the plan's decisions cost in another problem, exactly."""
        amounts = dict(zip(self.base.first.names, self.prices.x.tolist(), strict=True))
        x = carried(new, amounts)
        problem = Problem(new.first, new.recourse, new.states, futures.weights, futures.probability)
        return evaluate(problem, x, risk=self.risk).objective

    @cached_property
    def _some(self) -> float:
        """What the plan costs in as many futures as durations, climates and deliveries are screened on."""
        futures = drawn(self.country, self.terms.n_priced, self.terms)
        return self._price(probe(self.country, futures), futures)

    def _priced_on_many(self, country: Country) -> float:
        futures = drawn(country, self.terms.n_priced, self.terms)
        return self._price(probe(country, futures), futures) - self._some

    @cached_property
    def _many(self) -> Many:
        """Many futures at the plan, to be weighted anew."""
        return Many(drawn(self.country, self.terms.n_weighted, self.terms), self.risk, self._net_of)

    def _net_of(self, states: Sequence[State]) -> Floats:
        """Net cost of any states at the plan."""
        new = probe(self.country, self.futures, list(states))
        together = sparse.csr_array(np.ones((1, len(states))))
        problem = Problem(new.first, new.recourse, new.states, together, np.ones(1))
        found = evaluate(problem, self.prices.x, risk=self.risk).state_values
        return np.asarray(found + new.states.offset + new.states.offset_of_first @ self.prices.x)

    def _likely(self, item: Ranged, value: float) -> float | None:
        """The change by likelihood when a number is a chance that re-weighting can reach; else None."""
        table, row, column = item.where
        if table != "disruptions" or column not in CHANCES:
            return None
        return self._many.change(str(row), CHANCES.index(column), value)


def sides(found: Probe, x: Floats) -> tuple[Floats, Floats, Floats]:
    """Right-hand sides, upper bounds and offsets of every state at a first stage."""
    states = found.states
    return (
        states.rhs + np.asarray(states.rhs_of_first @ x).reshape(states.rhs.shape),
        states.upper + np.asarray(states.upper_of_first @ x).reshape(states.upper.shape),
        states.offset + np.asarray(states.offset_of_first @ x),
    )


def first_change(old: FirstStage, new: FirstStage, at: Prices) -> float:
    """The first-order change of the first stage's part: costs at the plan, rules and bounds at their prices."""
    x = at.x
    change = float((new.cost - old.cost) @ x)
    change += _moved_sides(at.bounds, old.lower, old.upper, new.lower, new.upper)
    row = {name: r for r, name in enumerate(new.row_names)}
    where = [(r, row[name]) for r, name in enumerate(old.row_names) if name in row]
    was, now = [r for r, _ in where], [r for _, r in where]
    rules = at.rules
    change += _moved_sides(rules[was], old.row_lower[was], old.row_upper[was], new.row_lower[now], new.row_upper[now])
    used = np.zeros(rules.size)
    used[was] = np.asarray(new.matrix @ x)[now]  # a rule that is gone has lost all its terms
    return change - float(rules @ (used - np.asarray(old.matrix @ x)))


def breaks(old: FirstStage, new: FirstStage, at: Prices) -> bool:
    """Would the plan break a rule of the new first stage that is worth nothing to it as things are?

    What stands ready follows demand down, so that its caps are not counted.
    """
    price = dict(zip(old.row_names, at.rules.tolist(), strict=True))
    used, room = np.asarray(new.matrix @ at.x), SLACK * (1.0 + np.asarray(abs(new.matrix) @ np.abs(at.x)))
    broken = np.flatnonzero((used > new.row_upper + room) | (used < new.row_lower - room))
    beyond = np.flatnonzero((at.x > new.upper + SLACK * (1.0 + np.abs(at.x))) & (at.bounds == 0.0))
    worthless = [new.row_names[r] for r in broken.tolist() if price.get(new.row_names[r], 0.0) == 0.0]
    return any(not name.startswith(READY) for name in (*worthless, *(new.names[j] for j in beyond.tolist())))


def _moved_sides(price: Floats, lower: Floats, upper: Floats, new_lower: Floats, new_upper: Floats) -> float:
    """Price the side that binds: the lower one where the price is positive, the upper one where it is negative."""
    binding, moved_to = np.where(price > 0, lower, upper), np.where(price > 0, new_lower, new_upper)
    counts = (price != 0.0) & np.isfinite(binding) & np.isfinite(moved_to)
    return float(price[counts] @ (moved_to[counts] - binding[counts]))
