"""Four figures of every plan: worth of planning, most that foresight could be worth, cost on fresh futures, enough?"""

from __future__ import annotations

import time

from tillerman.dispatch import withheld
from tillerman.plan.base import Base, Listener
from tillerman.plan.enough import enough_futures
from tillerman.plan.foresight import foresight_worth, planning_worth
from tillerman.plan.outofsample import out_of_sample
from tillerman.plan.worth_result import Worth

FRESH = 1200  # fresh futures on which the plan is priced: enough for an average of the worst 5 in 100


@withheld()
def worth(base: Base, *, fresh: int = FRESH, progress: Listener | None = None) -> Worth:
    """Say how well a plan stands up to futures it was not made for, and what knowing more would be worth."""
    tell = progress or (lambda _stage, _bounds: None)
    start = time.perf_counter()
    tell("Planning for the expected future", None)
    expected, planning = planning_worth(base)
    foresight, asked = foresight_worth(base, progress=progress)
    return Worth(
        gross_musd=base.best.gross,
        expected_plan_musd=expected,
        planning=planning,
        foresight=foresight,
        n_foresight=asked,
        is_foresight_proved=asked == base.request.n_futures,
        fresh=out_of_sample(base, fresh, progress=progress),
        enough=enough_futures(base, progress=progress),
        seconds=time.perf_counter() - start,
    )
