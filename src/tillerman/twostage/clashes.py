"""Why no plan exists: a smallest set of rule groups that cannot all hold, named in the caller's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from tillerman.twostage.errors import ProblemError
from tillerman.twostage.highs import Programme, Status, solve_programme
from tillerman.twostage.problem import FirstStage, Floats

ROUNDING = 1e-9  # dual prices and violations below this are rounding


def clash(first: FirstStage, groups: Sequence[str], *, bound_groups: Sequence[str] | None = None) -> tuple[str, ...]:
    """Give group names that clash, none of which could be left out; empty when a plan exists.

    `groups` names the group of every rule; `bound_groups`, when given, that of every decision's bounds. Bounds
    without a group always hold. Groups are examined in the order in which they first appear.
    """
    if len(groups) != len(first.row_names):
        raise ProblemError(
            where="clash(groups)", found=f"{len(groups)} names", expected=f"{len(first.row_names)} names",
            remedy="Name the group of every first-stage rule.",
        )  # fmt: skip
    if bound_groups is not None and len(bound_groups) != len(first.names):
        raise ProblemError(
            where="clash(bound_groups)", found=f"{len(bound_groups)} names", expected=f"{len(first.names)} names",
            remedy="Name the group of every decision's bounds, '' for bounds that always hold.",
        )  # fmt: skip
    bounds = ["" for _ in first.names] if bound_groups is None else list(bound_groups)
    if _is_feasible(first, set(groups) | set(bounds), groups, bounds):
        return ()
    named = list(dict.fromkeys([*groups, *(name for name in bounds if name)]))
    kept = _elastic_suspects(first, named, groups, bounds)
    if _is_feasible(first, set(kept) | {""}, groups, bounds):
        kept = named  # the elastic start was misled by a tie or by whole numbers
    for name in list(kept):
        without = [other for other in kept if other != name]
        if not _is_feasible(first, set(without) | {""}, groups, bounds):
            kept = without
    return tuple(kept)


def _is_feasible(first: FirstStage, held: set[str], groups: Sequence[str], bounds: Sequence[str]) -> bool:
    rows = np.array([name in held for name in groups], dtype=np.bool_)
    columns = np.array([not name or name in held for name in bounds], dtype=np.bool_)
    answer = solve_programme(
        Programme(
            cost=np.zeros_like(first.cost),
            matrix=first.matrix,
            row_lower=np.where(rows, first.row_lower, -np.inf),
            row_upper=np.where(rows, first.row_upper, np.inf),
            lower=np.where(columns, first.lower, -np.inf),
            upper=np.where(columns, first.upper, np.inf),
            is_integer=first.is_integer,
        )
    )
    return answer.status is not Status.INFEASIBLE


def _elastic_suspects(first: FirstStage, named: list[str], groups: Sequence[str], bounds: Sequence[str]) -> list[str]:
    """Relax rules at a price; groups whose rules carry a dual price there contain a clash of the linear rules."""
    identity = sparse.eye_array(len(first.names), format="csr")
    n_x = len(first.names)
    soft = np.array([bool(name) for name in bounds], dtype=np.bool_)
    matrix = sparse.vstack([first.matrix, identity[soft]], format="csr")
    slack = sparse.eye_array(matrix.shape[0], format="csr")
    linear = replace(first, is_integer=np.zeros_like(first.is_integer))
    size: Floats = np.maximum(np.abs(matrix).max(axis=1).toarray().ravel(), 1e-12)
    answer = solve_programme(
        Programme(
            cost=np.concatenate([np.zeros(n_x), 1.0 / size, 1.0 / size]),
            matrix=sparse.csr_array(sparse.hstack([matrix, slack, -slack])),
            row_lower=np.concatenate([linear.row_lower, linear.lower[soft]]),
            row_upper=np.concatenate([linear.row_upper, linear.upper[soft]]),
            lower=np.concatenate([np.where(soft, -np.inf, linear.lower), np.zeros(2 * matrix.shape[0])]),
            upper=np.concatenate([np.where(soft, np.inf, linear.upper), np.full(2 * matrix.shape[0], np.inf)]),
        )
    )
    if answer.status is not Status.OPTIMAL or answer.objective <= ROUNDING:
        return named
    owners = [*groups, *(name for name in bounds if name)]
    priced = {owners[k] for k in np.flatnonzero(np.abs(answer.row_dual) > ROUNDING)}
    return [name for name in named if name in priced]
