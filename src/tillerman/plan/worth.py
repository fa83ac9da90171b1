"""Four figures of every plan: worth of planning, most that foresight could be worth, cost on fresh futures, enough?"""

from __future__ import annotations

import time

from tillerman.dispatch import withheld
from tillerman.plan.base import Base, Listener
from tillerman.plan.enough import enough_futures
from tillerman.plan.foresight import asked_futures, planning_worth, plans_of_their_own, saved_at_most
from tillerman.plan.outofsample import out_of_sample
from tillerman.plan.together import Together
from tillerman.plan.worth_result import Worth

FRESH = 1200  # fresh futures on which the plan is priced: enough for an average of the worst 5 in 100


@withheld()
def worth(base: Base, *, fresh: int = FRESH, progress: Listener | None = None) -> Worth:
    """Say how well a plan stands up to futures it was not made for, and what knowing more would be worth."""
    start = time.perf_counter()
    asked = asked_futures(base)
    with Together(progress) as work:  # the longest first
        enough = work.add(lambda tell: enough_futures(base, progress=tell))
        fresh_cost = work.add(lambda tell: out_of_sample(base, fresh, progress=tell))
        planning = work.add(lambda tell: planning_worth(base, progress=tell))
        owns = plans_of_their_own(base, asked, work)
    most, n_asked = saved_at_most(base, asked, owns)
    expected, gain = planning.result()
    return Worth(
        gross_musd=base.best.gross,
        expected_plan_musd=expected,
        planning=gain,
        foresight=most,
        n_foresight=n_asked,
        is_foresight_proved=n_asked == base.request.n_futures,
        fresh=fresh_cost.result(),
        enough=enough.result(),
        seconds=time.perf_counter() - start,
    )
