"""Plans made anew where a decision seems to turn, to prove that it pays on one side and does not on the other.

The side that loses at a value is searched only until its lower bound has passed what the other side's plan costs there,
or until a plan is found that costs no more.
"""

from __future__ import annotations

import numpy as np

from tillerman.plan.base import Base
from tillerman.plan.flips_seen import Costs, Seen


class Proofs:
    """Plans made anew to prove that a decision pays, or does not, at a value; so many and no more."""

    def __init__(self, base: Base, most: int) -> None:
        self.base = base
        self.left = most
        self.n = 0
        # a search leaves so much open that less can hardly be proved
        self._least = base.request.tolerance / 2 * abs(base.best.gross)

    def both(self, seen: Seen) -> tuple[float, float] | None:
        """A value at which a decision is proved to pay, and one at which not; None where either is missing.

        What its worth at the file's own value proves needs no other plan.
        """
        worth, item = seen.found.worth, seen.item
        ends = {v: c for v, c in ((item.low, seen.low), (item.high, seen.high)) if v != item.value}
        proved = {1: item.value} if worth.low > 0 else {-1: item.value} if worth.high < 0 else {}
        tries: list[tuple[float, int, float]] = []  # what it is worth there, which sign that is, and where
        for sign in {1, -1} - set(proved):
            strongest = max((sign * costs.worth, value) for value, costs in ends.items() if not np.isnan(costs.worth))
            tries.append((strongest[0], sign, strongest[1]))
        if len(tries) > self.left or any(size <= self._least for size, _, _ in tries):
            return None
        for _, sign, value in sorted(tries):
            if not self._proves(seen, value, ends[value], sign):
                return None
            proved[sign] = value
        return proved[1], proved[-1]

    def _proves(self, seen: Seen, value: float, costs: Costs, sign: int) -> bool:
        """Show that the best plan on the side that loses at a value costs more than the other side's plan there."""
        self.left -= 1
        self.n += 1
        loser = sign < 0  # with it, where it does not pay
        place = seen.item.at(value)
        start = place.bring(self.base.best.x if loser else seen.found.without, seen.found, on=loser)
        rival = costs.off if loser else costs.on
        return place.proved(seen.found, start, on=loser, rival=rival) > rival
