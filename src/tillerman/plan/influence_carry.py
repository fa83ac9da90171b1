"""The same decisions in another problem: what they bring is worked out anew."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tillerman.dispatch import Outcome, quantity
from tillerman.plan.influence_change import Probe

Floats = NDArray[np.float64]
Amounts = dict[str, float]


def carried(new: Probe, amounts: Mapping[str, float]) -> Floats:
    """The first stage in which the same is started, signed and made ready as in another problem.

    What is started may arrive later or fail sooner; what stands ready follows demand down, so that every state can be
    served. Budgets and other limits are not asked.
    """
    now = {name: amounts.get(name, 0.0) for name in new.first.names}
    _arrive(new, now)
    _enforce(new, now)
    _stand_ready(new, now)
    return np.array([now[name] for name in new.first.names])


def _arrive(new: Probe, now: Amounts) -> None:
    """Fleet quantities are what is started for them."""
    for rule in new.book.rules:
        if rule.name.startswith("arrive["):
            fed = rule.name.removeprefix("arrive[").removesuffix("]")
            now[fed] = sum(now[name] * amount for name, amount in rule.terms.items() if name != fed)


def _enforce(new: Probe, now: Amounts) -> None:
    """No more of a slice is enforced than is reserved."""
    for agreement in new.setting.country.agreements:
        for t in range(new.setting.n_periods):
            for outcome in Outcome:
                enforced = quantity("enforced", agreement.id, t, outcome)
                if enforced in now:
                    reserved = quantity("reserved", agreement.id, t, outcome)
                    now[enforced] = min(now[enforced], now.get(reserved, 0.0))


def _stand_ready(new: Probe, now: Amounts) -> None:
    """No more stands ready than demand can ever ask for, nor more than a programme has unlocked."""
    for name, most in zip(new.first.names, new.first.upper.tolist(), strict=True):
        if name.startswith("deploy["):
            now[name] = min(now[name], most)
    for rule in new.book.rules:
        if rule.name.startswith("unlock["):
            name = rule.name.removeprefix("unlock[").removesuffix("]")
            unlocked = -sum(now[other] * amount for other, amount in rule.terms.items() if other != name)
            now[name] = min(now[name], unlocked)
