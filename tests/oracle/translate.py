"""From the program's words to the oracle's: states and fleets as plain data. The only place where both meet."""

from __future__ import annotations

from collections import defaultdict

from tests.oracle.country_file import Fleet, State, Strike
from tillerman.dispatch import Dispatch
from tillerman.dispatch import State as OurState
from tillerman.testing.cases import RandomFleet


def plain_state(dispatch: Dispatch, state: OurState) -> State:
    """Write a state as the oracle reads it."""
    return State(
        year=dispatch.space.years[state.period],
        block=state.block.value,
        demand_level=state.demand,
        price_level=state.prices,
        active=tuple(
            Strike(
                strikes=item.strikes.value,
                target=item.target,
                horizon=item.horizon.value,
                cause=item.cause.value,
                hold_kinds=tuple(str(kind) for kind in item.hold_kinds),
                depth=item.depth,
                honoured=item.honoured,
                draw=item.draw,
                is_common_shock=item.is_common_shock,
            )
            for item in state.active
        ),
        delivery={record: outcome.value for record, outcome in state.delivery},
        fired=tuple(state.fired),
    )


def plain_fleet(fleet: RandomFleet, epoch: int) -> Fleet:
    """Write a fleet, with what stands ready in an epoch, as the oracle reads it."""
    by_family: dict[str, dict[tuple[str, int], float]] = defaultdict(dict)
    for (family, subject, year), amount in fleet.started.items():
        by_family[family][subject, year] = amount
    return Fleet(
        y={(of_class, route): amount for (of_class, route, at), amount in fleet.deployed.items() if at == epoch},
        built=by_family["built"],
        reserved=by_family["reserved"],
        enforced=fleet.enforced,
        programmes=by_family["level"],
        options=by_family["kept"],
    )
