"""As many futures as a plan needs: twice as many, until more of them could not make it much better.

The rule: begin with 20 futures; on two fresh samples of as many, estimate what the plan loses by having seen too few
(see `enough`); stop when that is at most 5 % of gross cost, 95 times in 100, or at the cap; else double. Each search
begins at the smaller plan. Sequential rules of this kind: Bayraksan and Pierre-Louis, SIAM Journal on Optimization 22
(2012) 1447-1474.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tillerman.country import Country
from tillerman.dispatch import compile_dispatch, withheld
from tillerman.plan.base import Base, Listener, find, prepare
from tillerman.plan.enough import Enough, enough_futures
from tillerman.plan.request import Request

FEWEST = 20
CAP = 640  # futures; twice as many take hours rather than minutes where whole decisions abound
SAMPLES = 2

Stepped = Callable[[Enough], None]


@withheld()
def enough_for(
    country: Country,
    request: Request,
    *,
    cap: int = CAP,
    checkpoint: Path | None = None,
    scheduler: str | None = None,
    stepped: Stepped | None = None,
    progress: Listener | None = None,
) -> tuple[Base, tuple[Enough, ...]]:
    """Find a plan for as many futures as it needs, and say what each number of them was found to lose."""
    dispatch = compile_dispatch(country)
    n, start = min(FEWEST, cap), None
    steps: list[Enough] = []
    while True:
        prepared = prepare(country, replace(request, n_futures=n), dispatch=dispatch, progress=progress)
        base = find(prepared, start=start, checkpoint=checkpoint, scheduler=scheduler, progress=progress)
        steps.append(enough_futures(base, samples=SAMPLES, progress=progress))
        if stepped is not None:
            stepped(steps[-1])
        if steps[-1].is_enough or n >= cap:
            return base, tuple(steps)
        n, start = min(cap, 2 * n), base.best.x
