"""A synthetic planning problem as mpi-sppy wants it: one Pyomo model a future, the first stage shared by all.

Used by `benchmarks/mpisppy_rival.py`. Every future holds its own states with their weights. Constraints are built from
the engine's arrays as linear expressions, the quickest way in Pyomo.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pyomo.environ as pyo
from mpisppy.utils import sputils
from pyomo.core.expr.numeric_expr import LinearExpression
from scipy import sparse

from tillerman.twostage import Problem
from tillerman.twostage.generator import generate

SIZE = os.environ.get("RIVAL_SIZE", "small")
SEED = int(os.environ.get("RIVAL_SEED", "1"))


@cache
def problem(n_futures: int) -> Problem:
    """Make the instance once a process, whole numbers relaxed."""
    made = generate(SIZE, n_futures, seed=SEED)
    return replace(made, first=replace(made.first, is_integer=np.zeros_like(made.first.is_integer)))


def scenario_creator(scenario_name: str, num_scens: int = 1) -> Any:  # noqa: ANN401 - Pyomo has no types
    """Build one future: first stage, the states it meets, and their cost."""
    made = problem(num_scens)
    first, recourse, states = made.first, made.recourse, made.states
    future = sputils.extract_num(scenario_name)
    model = pyo.ConcreteModel(scenario_name)
    n_x, (n_rows, n_columns) = first.cost.size, recourse.matrix.shape
    model.x = pyo.Var(range(n_x), bounds=lambda _, j: (float(first.lower[j]), float(first.upper[j])))
    x = [model.x[j] for j in range(n_x)]
    model.rules = pyo.ConstraintList()
    for row in range(first.row_lower.size):
        _add(model.rules, _terms(first.matrix, row, x), first.row_lower[row], first.row_upper[row])
    weights = made.weights[[future]].tocoo()
    cost = [(float(c), x[j]) for j, c in enumerate(first.cost)]
    constant = 0.0
    model.z = pyo.Var(range(weights.nnz * n_columns), within=pyo.NonNegativeReals)
    model.rows = pyo.ConstraintList()
    for place, (state, weight) in enumerate(zip(weights.col.tolist(), weights.data.tolist(), strict=True)):
        z = [model.z[place * n_columns + j] for j in range(n_columns)]
        for row in range(n_rows):
            side = float(states.rhs[state, row])
            moved = _terms(states.rhs_of_first, state * n_rows + row, x, -1.0)
            low = side if recourse.is_equality[row] else -np.inf
            _add(model.rows, _terms(recourse.matrix, row, z) + moved, low, side)
        for j in range(n_columns):
            moved = _terms(states.upper_of_first, state * n_columns + j, x, -1.0)
            bound = float(states.upper[state, j])
            if moved:
                _add(model.rows, [(1.0, z[j]), *moved], -np.inf, bound)
            elif np.isfinite(bound):
                z[j].setub(bound)
        prices = recourse.cost[states.family[state]]
        cost += [(weight * float(price), z[j]) for j, price in enumerate(prices)]
        cost += [(weight * value, variable) for value, variable in _terms(states.offset_of_first, state, x)]
        constant += weight * float(states.offset[state])
    model.cost = pyo.Objective(expr=_expression(cost, constant))
    sputils.attach_root_node(model, _expression([(float(c), x[j]) for j, c in enumerate(first.cost)], 0.0), [model.x])
    model._mpisppy_probability = float(made.probability[future])
    return model


def _terms(matrix: sparse.csr_array, row: int, variables: list[Any], sign: float = 1.0) -> list[tuple[float, Any]]:
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    entries = zip(matrix.indices[part].tolist(), matrix.data[part].tolist(), strict=True)
    return [(sign * value, variables[column]) for column, value in entries]


def _expression(terms: list[tuple[float, Any]], constant: float) -> Any:  # noqa: ANN401 - Pyomo has no types
    together: dict[int, tuple[float, Any]] = {}
    for value, variable in terms:
        before = together.get(id(variable), (0.0, variable))[0]
        together[id(variable)] = (before + value, variable)
    coefficients = [value for value, _ in together.values()]
    return LinearExpression(
        constant=constant, linear_coefs=coefficients, linear_vars=[variable for _, variable in together.values()]
    )


def _add(rows: Any, terms: list[tuple[float, Any]], low: float, high: float) -> None:  # noqa: ANN401 - as above
    if terms:
        rows.add((None if low == -np.inf else low, _expression(terms, 0.0), None if high == np.inf else high))


def scenario_names_creator(num_scens: int, start: int | None = None) -> list[str]:
    """Name the futures."""
    begin = start or 0
    return [f"Scenario{i}" for i in range(begin, begin + num_scens)]


def inparser_adder(cfg: Any) -> None:  # noqa: ANN401 - mpi-sppy has no types
    """Ask for the number of futures."""
    cfg.num_scens_required()


def kw_creator(cfg: Any) -> dict[str, int]:  # noqa: ANN401 - mpi-sppy has no types
    """Pass the number of futures on."""
    return {"num_scens": cfg.num_scens}


def scenario_denouement(_rank: int, _name: str, _scenario: object) -> None:
    """Do nothing at the end."""
