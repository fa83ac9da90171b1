"""Price a given plan exactly: every state solved and checked, no search."""

from __future__ import annotations

import numpy as np

from tillerman.twostage.cuts import CutPool
from tillerman.twostage.engines import Known, make_solver
from tillerman.twostage.memory import Memory
from tillerman.twostage.problem import Floats, Problem, Risk
from tillerman.twostage.search import keeps_rules, score
from tillerman.twostage.solution import Evaluation
from tillerman.twostage.validation import validate, validate_plan, validate_risk


class Pricer:
    """Prices many plans of one problem: every state begins from the basis at which the plan before left it.

    `known` is shared by problems of one recourse matrix, so that the next one need not find again what holds for both.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        risk: Risk | None = None,
        engine: str = "auto",
        memory: Memory | None = None,
        known: Known | None = None,
    ) -> None:
        validate(problem)
        self.problem = problem
        self.risk = Risk() if risk is None else risk
        validate_risk(self.risk)
        held = Memory("", CutPool(problem.first.cost.size)) if memory is None else memory
        self._solver = make_solver(problem, engine, held, known=known)

    def price(self, x: Floats, *, duals: bool = False, primal: bool = False) -> Evaluation:
        """Give the exact cost of a plan in every state and future; duals and dispatched columns on request."""
        problem, solver = self.problem, self._solver
        validate_plan("evaluate(x)", problem, x)
        points = np.zeros(problem.states.upper.shape) if primal else None
        sweep = solver.sweep(x, primal=points)
        found = score(problem, self.risk, x, sweep.upper_values)
        counts = problem.weights.T @ problem.probability > 0.0
        return Evaluation(
            is_feasible=keeps_rules(problem.first, x) and not bool((sweep.is_infeasible & counts).any()),
            state_values=sweep.upper_values,
            future_values=found.future_values,
            first_cost=found.first_cost,
            gross=found.gross,
            mean=found.mean,
            var=found.var,
            cvar=found.cvar,
            objective=found.objective,
            duals=sweep.duals if duals else None,
            bound_duals=solver.checker.bound_duals(np.arange(sweep.duals.shape[0]), sweep.duals) if duals else None,
            primal=points,
        )


def evaluate(
    problem: Problem,
    x: Floats,
    *,
    risk: Risk | None = None,
    duals: bool = False,
    primal: bool = False,
    engine: str = "auto",
    memory: Memory | None = None,
) -> Evaluation:
    """Give the exact cost of a plan in every state and future; duals and dispatched columns on request."""
    return Pricer(problem, risk=risk, engine=engine, memory=memory).price(x, duals=duals, primal=primal)
