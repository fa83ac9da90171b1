"""The least that a linear figure of the first stage can be, over all plans that keep its rules."""

from __future__ import annotations

import numpy as np

from tillerman.twostage.highs import Programme, Status, solve_programme
from tillerman.twostage.master import box
from tillerman.twostage.problem import FirstStage, Floats


def least(first: FirstStage, cost: Floats, *, absolute_gap: float = 1e-9) -> tuple[float, Floats] | None:
    """Give the least cost . x, proved from below, and a plan that has it; None where no plan keeps the rules.

    With whole numbers, `absolute_gap` is how far the plan given may lie above what is proved.
    """
    reach = box(first)
    answer = solve_programme(
        Programme(
            cost=cost,
            matrix=first.matrix,
            row_lower=first.row_lower,
            row_upper=first.row_upper,
            lower=np.maximum(first.lower, -reach),
            upper=np.minimum(first.upper, reach),
            is_integer=first.is_integer,
        ),
        relative_gap=0.0,
        absolute_gap=absolute_gap,
    )
    if answer.status is not Status.OPTIMAL:
        return None
    x = np.clip(answer.x, first.lower, first.upper)
    return answer.bound, np.where(first.is_integer, np.round(x), x)
