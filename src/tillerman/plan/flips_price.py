"""A plan and the plans without one of its decisions, carried to another value of a number, and priced there exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tillerman.plan.assemble import with_bounds
from tillerman.plan.base import Base, prepare
from tillerman.plan.influence_carry import carried
from tillerman.plan.influence_change import Probe, with_number
from tillerman.plan.interval import Interval
from tillerman.plan.variants import nearest_allowed, uninterrupted
from tillerman.twostage import (
    Known,
    Memory,
    Outcome,
    Pricer,
    Problem,
    Recourse,
    Tuning,
    fresh_memory,
    keeps_rules,
    solve,
)

Floats = NDArray[np.float64]
ROUNDS = 150  # of a search that proves a sign


@dataclass(frozen=True)
class Decided:
    """One decision: the amounts in the plan of what it is made of, and the best plan found without it."""

    subject: str
    name: str
    amounts: Mapping[str, float]  # of its starts and signatures, in the plan
    without: Floats
    without_futures: Floats  # what that plan costs in all in each future
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
    """A plan's problem at one value of a number: first stages of the plan's own problem are carried here."""

    base: Base
    problem: Problem
    probe: Probe | None = None  # None where only chances differ: then the same first stage fits
    known: Known = field(default_factory=Known)
    _priced: dict[bytes, float] = field(default_factory=dict)

    def bring(self, x: Floats, decided: Decided, *, on: bool) -> Floats | None:
        """The same decisions here; the nearest that keep the rules where they do not; None where none do."""
        here = x
        if self.probe is not None:
            names = self.base.assembled.problem.first.names
            here = carried(self.probe, dict(zip(names, x.tolist(), strict=True)))
        if here.size == self.problem.first.cost.size and keeps_rules(self.problem.first, here):
            return here
        return nearest_allowed(bounded(self.problem, decided, on=on).first, here)

    def cost(self, x: Floats | None) -> float:
        """What a first stage costs here, exactly; infinite where it is none or breaks a rule."""
        if x is None:
            return np.inf
        key = x.tobytes()
        if key not in self._priced:
            found = self._pricer.price(x)
            self._priced[key] = found.objective if found.is_feasible else np.inf
        return self._priced[key]

    @cached_property
    def _pricer(self) -> Pricer:
        return Pricer(self.problem, risk=self.base.risk, known=self.known)

    def proved(self, decided: Decided, start: Floats | None, *, on: bool, rival: float) -> float:
        """What no plan here undercuts that does, or does not, decide this; sought until it passes a rival's cost."""
        found = uninterrupted(
            solve(
                bounded(self.problem, decided, on=on),
                risk=self.base.risk,
                tolerance=self.base.request.tolerance / 2,
                memory=self.learnt(),
                tuning=Tuning(start=start, most_rounds=ROUNDS, rival=rival),
            )
        )
        if found.outcome is Outcome.DISPUTED:
            return -np.inf
        return np.inf if found.outcome is Outcome.INFEASIBLE else found.lower_bound

    def learnt(self) -> Memory:
        """What is known here before any search: what the plan's own search has learnt, as far as it holds here too."""
        memory, learnt = fresh_memory(self.problem), self.base.best.memory
        if memory.fingerprint == learnt.fingerprint:
            return learnt.copy()
        if self.probe is None:  # every state costs what it did, only its weight is another
            memory.points.extend(learnt.points)
        return memory


@dataclass(frozen=True)
class Shared:
    """What was found of one recourse matrix, for every value of a number that leaves the matrix as it is."""

    _found: list[tuple[Recourse, Known]] = field(default_factory=list)

    def of(self, recourse: Recourse) -> Known:
        """What is known of a recourse matrix; the place where it is kept, at first."""
        for other, known in self._found:
            if other.has_matrix_of(recourse):
                return known
        self._found.append((recourse, Known()))
        return self._found[-1][1]


def at_number(base: Base, where: tuple[str, str | None, str], value: float, shared: Shared) -> Place:
    """The plan's problem with one number of the country file at another value: the same luck is drawn."""
    changed = with_number(base.country, where, value)
    request = base.request
    if where == ("frame", None, "budget_musd_per_year"):
        request = replace(request, budget_musd_per_year=value)
    found = prepare(changed, request).assembled
    problem = found.problem
    probe = Probe(found.setting, found.book, problem.first, problem.states, problem.recourse, found.futures)
    return Place(base, problem, probe, shared.of(problem.recourse))


def at_chance(base: Base, disruption: str, factor: float) -> Place:
    """The plan's problem with a disruption's chances multiplied: the same futures, weighted anew, exactly."""
    probability = base.assembled.futures.reweighted({disruption: factor})
    return Place(base, replace(base.assembled.problem, probability=probability))


def bounded(problem: Problem, decided: Decided, *, on: bool) -> Problem:
    """The problem in which something is decided at least as in the plan, or not at all."""
    position = {name: i for i, name in enumerate(problem.first.names)}
    if on:
        return with_bounds(problem, lower={position[n]: a for n, a in decided.kept.items() if n in position}, upper={})
    return with_bounds(problem, upper={position[n]: 0.0 for n in decided.banned if n in position})
