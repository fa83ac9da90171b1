"""Three futures of the hand-sized country, few enough to plan on paper; docs/tutorials/hand.md works them out."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from tillerman.country import Country
from tillerman.futures import Active, Futures, State
from tillerman.labels import Horizon

SHARES = np.array(
    [  # of 2027: nothing, first days; of 2028: nothing, first days, while switching, after switching
        [1.00, 0.00, 1.0, 0.00, 0.00, 0.00],  # XA never stops
        [0.98, 0.02, 0.0, 0.00, 0.25, 0.75],  # XA stops a week before the end of 2027
        [1.00, 0.00, 0.0, 0.02, 0.23, 0.75],  # XA stops on the first day of 2028
    ]
)
DISCOUNT = np.array([1.0, 1.0, 0.8, 0.8, 0.8, 0.8])
PROBABILITY = np.array([0.81, 0.10, 0.09])  # one chance in ten a year


def paper_futures(country: Country) -> Futures:
    """The three futures of `SHARES`; no promise holds in them."""
    order = country.disruptions[0]

    def stopped(period: int, horizon: Horizon) -> State:
        return State(period, active=(Active(order.strikes, order.target, horizon, order.cause, honoured=0.0),))

    return Futures(
        country=country,
        seed=0,
        geopolitics=True,
        states=(
            State(0),
            stopped(0, Horizon.WEEK),
            State(1),
            stopped(1, Horizon.WEEK),
            stopped(1, Horizon.QUARTER),
            stopped(1, Horizon.YEAR),
        ),
        weights=sparse.csr_array(SHARES * DISCOUNT),
        probability=PROBABILITY,
        disruptions=(order,),
        onsets=np.array([[0], [1], [1]]),
        misses=np.array([[[2, 0, 0]], [[0, 0, 0]], [[1, 0, 0]]]),
        stratum=np.zeros(3, dtype=np.int64),
    )
