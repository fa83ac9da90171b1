"""The fleet that stands ready when nothing new is decided: today's deployments, kept at their shares of demand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tillerman.dispatch import Dispatch, deploy_name
from tillerman.dispatch.layout import EASY
from tillerman.futures import block_factor
from tillerman.labels import Block

Floats = NDArray[np.float64]


def todays_shares(dispatch: Dispatch) -> dict[int, float]:
    """Share of its class that is ready on each pair today, by position of the pair."""
    shape = dispatch.layout
    shares = {(row.service, row.route): row for row in shape.country.deployments}
    found = {}
    for p, pair in enumerate(shape.pairs):
        klass = shape.classes[pair.klass]
        row = shares.get((klass.service.id, pair.route.id))
        if row is not None and pair.is_resident:
            found[p] = row.share_easy if klass.difficulty == EASY else row.share_hard
    return found


def fleet_as_today(dispatch: Dispatch) -> Floats:
    """Today's deployments as a fleet: each keeps its share of the highest demand in every epoch; nothing else."""
    shape, space = dispatch.layout, dispatch.space
    vector = np.zeros(dispatch.n_fleet)
    for p, share in todays_shares(dispatch).items():
        pair = shape.pairs[p]
        for epoch in range(max(space.epochs) + 1):
            vector[space.position[deploy_name(pair.name(shape.classes), epoch)]] = share * highest_demand(
                dispatch, pair.klass, epoch
            )
    return vector


def highest_demand(dispatch: Dispatch, klass: int, epoch: int) -> float:
    """The highest middle-level demand rate of a class within an epoch, in million uses a year."""
    shape, space = dispatch.layout, dispatch.space
    service = shape.classes[klass].service
    years = [space.years[t] - space.years[0] for t, e in enumerate(space.epochs) if e == epoch]
    base = max(service.demand_muse_per_year * (1 + service.growth_per_year) ** n for n in years)
    factor = max(block_factor(shape.country.frame, block) for block in Block)
    return base * shape.classes[klass].share * factor
