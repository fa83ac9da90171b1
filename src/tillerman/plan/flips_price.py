"""A plan and the plans without one of its decisions, carried to another value of a number, and priced there exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tillerman.country import Country
from tillerman.plan.assemble import Assembled, with_bounds
from tillerman.plan.base import Base, prepare
from tillerman.plan.influence_carry import carried
from tillerman.plan.influence_change import Probe, with_number
from tillerman.plan.interval import Interval
from tillerman.plan.variants import nearest_allowed, uninterrupted
from tillerman.twostage import Outcome, Problem, Risk, Tuning, evaluate, solve

Floats = NDArray[np.float64]
ROUNDS = 150  # of a search that proves a sign


@dataclass(frozen=True)
class Decided:
    """One decision: the amounts in the plan of what it is made of, and the best plan found without it."""

    subject: str
    name: str
    amounts: Mapping[str, float]  # of its starts and signatures, in the plan
    without: Floats
    worth: Interval  # at the file's own numbers

    @property
    def banned(self) -> Mapping[str, float]:
        """The same decided nowhere."""
        return dict.fromkeys(self.amounts, 0.0)

    @property
    def kept(self) -> Mapping[str, float]:
        """At least what the plan does of it."""
        return {name: amount for name, amount in self.amounts.items() if amount > 0.0}


@dataclass(frozen=True)
class Place:
    """A plan's problem at one value of a number: the first stages to carry there are those of `was`."""

    was: Assembled
    risk: Risk
    problem: Problem
    probe: Probe | None  # None where only chances differ: then the same first stage fits

    def bring(self, x: Floats, decided: Decided, *, on: bool) -> Floats | None:
        """The same decisions here; the nearest that keep the rules where they do not; None where none do."""
        here = x
        if self.probe is not None:
            here = carried(self.probe, dict(zip(self.was.problem.first.names, x.tolist(), strict=True)))
        if evaluate_rules(self.problem, here):
            return here
        return nearest_allowed(bounded(self.problem, decided, on=on).first, here)

    def cost(self, x: Floats | None) -> float:
        """What a first stage costs here, exactly; infinite where it is none or breaks a rule."""
        if x is None:
            return np.inf
        found = evaluate(self.problem, x, risk=self.risk)
        return found.objective if found.is_feasible else np.inf

    def proved(self, decided: Decided, start: Floats | None, *, on: bool, tolerance: float) -> Interval:
        """Between which bounds the best plan here costs that does, or does not, decide this."""
        found = uninterrupted(
            solve(
                bounded(self.problem, decided, on=on),
                risk=self.risk,
                tolerance=tolerance,
                tuning=Tuning(start=start, most_rounds=ROUNDS),
            )
        )
        if found.outcome is Outcome.INFEASIBLE:
            return Interval(np.inf, np.inf)
        return Interval(found.lower_bound, found.objective)


def at_number(base: Base, country: Country, where: tuple[str, str | None, str], value: float) -> Place:
    """The plan's problem with one number of the country file at another value: the same luck is drawn."""
    changed = with_number(country, where, value)
    request = base.request
    if where == ("frame", None, "budget_musd_per_year"):
        request = replace(request, budget_musd_per_year=value)
    found = prepare(changed, request).assembled
    problem = found.problem
    probe = Probe(found.setting, found.book, problem.first, problem.states, problem.recourse, found.futures)
    return Place(base.assembled, base.risk, problem, probe)


def at_chance(base: Base, disruption: str, factor: float) -> Place:
    """The plan's problem with a disruption's chances multiplied: the same futures, weighted anew, exactly."""
    probability = base.assembled.futures.reweighted({disruption: factor})
    return Place(base.assembled, base.risk, replace(base.assembled.problem, probability=probability), None)


def bounded(problem: Problem, decided: Decided, *, on: bool) -> Problem:
    """The problem in which something is decided at least as in the plan, or not at all."""
    position = {name: i for i, name in enumerate(problem.first.names)}
    if on:
        return with_bounds(problem, lower={position[n]: a for n, a in decided.kept.items() if n in position}, upper={})
    return with_bounds(problem, upper={position[n]: 0.0 for n in decided.banned if n in position})


def evaluate_rules(problem: Problem, x: Floats) -> bool:
    """Does a first stage keep bounds, rules and whole numbers?"""
    from tillerman.twostage.search import keeps_rules

    return x.size == problem.first.cost.size and keeps_rules(problem.first, x)
