"""What multiplies a term in a state: its load block, demand level, phase, deliveries and fired options."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tillerman.dispatch.demand import pooled_factor
from tillerman.dispatch.fleet import FleetSpace
from tillerman.futures.state import Outcome, State, block_factor
from tillerman.labels import Phase

ONE = 0


class Drivers:
    """Names the drivers of a country and evaluates them in a state."""

    def __init__(self, space: FleetSpace) -> None:
        names = ["one", "demand", "pooled", "peak", "rest", "disrupted"]
        names += [f"demand_{phase}" for phase in (Phase.HIT, Phase.ADAPTING, Phase.ADAPTED)]
        country = space.layout.country
        names += [f"{record.id}:{outcome}" for record in country.deliveries for outcome in Outcome]
        names += [f"fired:{option.id}" for option in country.options]
        self.position = {name: i for i, name in enumerate(names)}
        self._frame = country.frame
        self._records = tuple(record.id for record in country.deliveries)

    def values(self, state: State, phase: Phase) -> NDArray[np.float64]:
        """The drivers of one state, (n_drivers,)."""
        found = np.zeros(len(self.position))
        load = state.demand * block_factor(self._frame, state.block)
        found[ONE] = 1.0
        found[self.position["demand"]] = load
        found[self.position["pooled"]] = state.demand * pooled_factor(self._frame, state.block)
        found[self.position[state.block.value]] = 1.0
        if phase is not Phase.STEADY:
            found[self.position["disrupted"]] = load
            found[self.position[f"demand_{phase}"]] = load
        fell_out = dict(state.delivery)
        for record in self._records:
            found[self.position[f"{record}:{fell_out.get(record, Outcome.ON_TIME)}"]] = 1.0
        for option in state.fired:
            found[self.position[f"fired:{option}"]] = 1.0
        return found
