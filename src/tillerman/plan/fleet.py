"""The fleet of a plan, made again from its decisions: a study keeps decisions, and no more is needed.

What is too small to be told as a decision is left out: at most `NEGLIGIBLE_SHARE` of a service's busiest demand on a
route (of a critical service's, `NEGLIGIBLE_CRITICAL_SHARE`), half a chip, a hundredth of a programme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from tillerman.dispatch import Dispatch, deploy_name, highest_demand, quantity
from tillerman.labels import ProgrammeKind
from tillerman.plan.rows import Decision

Floats = NDArray[np.float64]

_FAMILY: Mapping[str, str] = MappingProxyType(
    {"build": "built", "sign": "reserved", "start": "level", "keep_open": "kept"}
)
_RUN = "run"


def fleet_of(dispatch: Dispatch, decisions: Iterable[Decision]) -> Floats:
    """What stands ready in each period when these decisions are taken."""
    shape, space = dispatch.layout, dispatch.space
    starts = {(start.family, start.subject, start.period): start for start in space.starts}
    pairs = {f"{shape.classes[pair.klass].name}@{pair.route.id}": pair for pair in shape.pairs}
    fleet = np.zeros(dispatch.n_fleet)
    for decision in decisions:
        if decision.action == _RUN:
            pair = pairs[decision.subject]
            epoch = space.epochs[decision.period]
            name = deploy_name(pair.name(shape.classes), epoch)
            fleet[space.position[name]] = decision.amount * highest_demand(space, pair.klass, epoch)
        else:
            # an agreement may be signed before its slice can be reserved: then nothing stands ready through it
            start = starts.get((_FAMILY[decision.action], decision.subject, decision.period))
            for name, amount in start.effects if start else ():
                fleet[space.position[name]] += amount * decision.amount
    _enforce(dispatch, fleet)
    return fleet


def _enforce(dispatch: Dispatch, fleet: Floats) -> None:
    """A slice is enforced as far as it is reserved and enforcement is at work: nothing would be gained by less."""
    country, position = dispatch.layout.country, dispatch.space.position
    most = {agreement.id: agreement.max_h100e for agreement in country.agreements}
    levers = [lever for lever in country.levers if lever.kind is ProgrammeKind.ENFORCEMENT]
    for name, at in position.items():
        family, _, rest = name.partition("[")
        if family != "enforced":
            continue
        agreement, period, *_ = rest.rstrip("]").split(",")
        levels = [(lever.effect, position.get(quantity("level", lever.id, int(period)))) for lever in levers]
        level = sum(effect * float(fleet[where]) for effect, where in levels if where is not None)
        reserved = position.get(name.replace("enforced[", "reserved[", 1))
        slice_h100e = most[agreement] if reserved is None else float(fleet[reserved])
        fleet[at] = min(slice_h100e, most[agreement] * level)
