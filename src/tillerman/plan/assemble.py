"""From a country, a budget and sampled futures to the two-stage problem that the engine solves."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tillerman.dispatch import deploy_name, most_demand
from tillerman.futures import Futures
from tillerman.plan.blocks import BLOCKS
from tillerman.plan.rules import Column, Rulebook
from tillerman.plan.setting import Setting
from tillerman.twostage import Problem


@dataclass(frozen=True)
class Assembled:
    """A plan's rules and the problem made of them; fleet quantities are its first columns."""

    setting: Setting
    futures: Futures
    book: Rulebook
    problem: Problem


def rulebook(setting: Setting) -> Rulebook:
    """Lay down every decision and rule of the first stage."""
    book = Rulebook()
    space, shape = setting.dispatch.space, setting.dispatch.layout
    caps = {
        deploy_name(pair.name(shape.classes), epoch): most_demand(space, pair.klass, epoch)
        for pair in shape.pairs
        for epoch in range(max(space.epochs) + 1)
    }
    for name in space.names:
        book.add_column(Column(name, caps.get(name, np.inf)))
    for block in BLOCKS:
        block.add(book, setting)
    return book


def assemble(setting: Setting, futures: Futures) -> Assembled:
    """Put the first stage and the states of the sampled futures together."""
    book = rulebook(setting)
    first = book.first_stage()
    extra = first.cost.size - setting.dispatch.n_fleet
    states, recourse = setting.dispatch.arrays(futures.states, n_extra=extra)
    group = np.array([state.period for state in futures.states], dtype=np.int64)
    problem = Problem(first, recourse, states, futures.weights, futures.probability, group=group)
    return Assembled(setting, futures, book, problem)


def with_bounds(problem: Problem, *, lower: dict[int, float] | None = None, upper: dict[int, float]) -> Problem:
    """The same problem with some decisions' bounds replaced, by position; everything learnt of it stays valid."""
    new_lower, new_upper = problem.first.lower.copy(), problem.first.upper.copy()
    for position, bound in (lower or {}).items():
        new_lower[position] = bound
    for position, bound in upper.items():
        new_upper[position] = bound
    return replace(problem, first=replace(problem.first, lower=new_lower, upper=new_upper))
