"""The fleet that stands ready when nothing new is decided: today's deployments, kept at their shares of demand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tillerman.dispatch import Dispatch, deploy_name, highest_demand, most_demand
from tillerman.dispatch.layout import EASY

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
    """Today's deployments as a fleet: each keeps its share of the highest demand in every epoch; nothing else.

    A share above 1 counts up to the most that the class can ever ask for.
    """
    shape, space = dispatch.layout, dispatch.space
    vector = np.zeros(dispatch.n_fleet)
    for p, share in todays_shares(dispatch).items():
        pair = shape.pairs[p]
        for epoch in range(max(space.epochs) + 1):
            amount = share * highest_demand(space, pair.klass, epoch)
            most = most_demand(space, pair.klass, epoch)
            vector[space.position[deploy_name(pair.name(shape.classes), epoch)]] = min(amount, most)
    return vector
