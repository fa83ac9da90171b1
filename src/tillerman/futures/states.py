"""Distinct states as a sequence that puts a state into domain words only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import overload

from tillerman.country import Country
from tillerman.country.world import Disruption, Driver
from tillerman.futures.events import WEEK, Events, promise_draw, promise_edges
from tillerman.futures.paths import DeliveryClasses, Floats, Ints, levels
from tillerman.futures.segments import NO_BRIEF, Names
from tillerman.futures.state import Active, State
from tillerman.labels import Block, Horizon

BLOCKS = tuple(Block)


@dataclass(frozen=True)
class Keys:
    """What tells states apart, load blocks aside: small numbers, the name of what is in force, and where to see it."""

    period: Ints
    demand: Ints  # level: 0 low, 1 middle, 2 high
    prices: Ints
    delivery: Ints  # position in DeliveryClasses.classes
    fired: Ints  # one bit an option
    name: Names  # of the set of withdrawals
    future: Ints  # a future in which this key occurs, ...
    moment: Floats  # ... the day on which its drawn withdrawals are on (nan for none), ...
    brief: Ints  # ... and the brief disruption over them, or NO_BRIEF
    brief_promise: Ints


class States(Sequence[State]):
    """The distinct states of a study: each key in the load blocks in which it is met, told in words on demand."""

    def __init__(
        self, country: Country, disruptions: tuple[Disruption, ...], events: Events, keys: Keys, place: Ints
    ) -> None:
        self.keys = keys
        self.place = place  # of each state: position of its key times the number of load blocks, plus that of its block
        self._country = country
        self._disruptions = disruptions
        self._events = events
        self._edges = [promise_edges(country, d) for d in disruptions]
        self._delivery = DeliveryClasses(country.deliveries).classes
        self._demand = levels(country, Driver.DEMAND)
        self._prices = levels(country, Driver.PRICES)
        self._told: dict[int, State] = {}
        self._sets: dict[int, tuple[Active, ...]] = {}

    def __len__(self) -> int:
        return self.place.size

    @overload
    def __getitem__(self, position: int) -> State: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[State, ...]: ...
    def __getitem__(self, position: int | slice) -> State | tuple[State, ...]:
        at = range(len(self))[position]
        if isinstance(at, range):
            return tuple(self[i] for i in at)
        if at not in self._told:
            self._told[at] = self._tell(*divmod(int(self.place[at]), len(BLOCKS)))
        return self._told[at]

    def passing(self, start: int, stop: int) -> list[State]:
        """Some states in words, not kept afterwards: for whoever lets millions pass by."""
        places = self.place[start:stop].tolist()
        return [self._tell(*divmod(place, len(BLOCKS))) for place in places]

    def _tell(self, key: int, block: int) -> State:
        fired = int(self.keys.fired[key])
        return State(
            period=int(self.keys.period[key]),
            block=BLOCKS[block],
            demand=float(self._demand[self.keys.demand[key]]),
            prices=float(self._prices[self.keys.prices[key]]),
            active=self._in_force(key),
            delivery=self._delivery[self.keys.delivery[key]],
            fired=frozenset(option.id for o, option in enumerate(self._country.options) if fired >> o & 1),
        )

    def _in_force(self, key: int) -> tuple[Active, ...]:
        name = int(self.keys.name[key])
        if name not in self._sets:
            moment, brief = float(self.keys.moment[key]), int(self.keys.brief[key])
            on = [] if isnan(moment) else self._events.on_at(int(self.keys.future[key]), moment)
            if brief != NO_BRIEF:
                on = sorted([*on, (brief, WEEK, int(self.keys.brief_promise[key]))])
            self._sets[name] = tuple(self._withdrawal(*item) for item in on)
        return self._sets[name]

    def _withdrawal(self, disruption: int, horizon: int, promise: int) -> Active:
        found = self._disruptions[disruption]
        return Active(
            strikes=found.strikes,
            target=found.target,
            horizon=tuple(Horizon)[horizon],
            cause=found.cause,
            hold_kinds=found.hold_kinds,
            depth=found.depth,
            is_common_shock=found.is_common_shock,
            draw=promise_draw(self._edges[disruption], promise),
        )
