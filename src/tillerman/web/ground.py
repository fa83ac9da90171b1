"""What a drill stands on: one fleet of a study, today's or the plan's, with everything that no withdrawal changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tillerman.exposure import Keeper, Posture, postures
from tillerman.exposure.chain import Chain, Link, Singles, chain, in_use, link, singles_of
from tillerman.labels import Horizon


@dataclass(frozen=True)
class Ground:
    """One fleet of a study. Kept with the opened study, so that a click costs no more than its own withdrawal."""

    keeper: Keeper = field(repr=False)
    year: int
    is_plan: bool
    _postures: dict[Horizon, Mapping[str, Posture]] = field(default_factory=dict, compare=False, repr=False)
    _chains: dict[str, Chain] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def in_use(self) -> frozenset[str]:
        """The resources that some service runs on."""
        return in_use(self.keeper)

    @cached_property
    def links(self) -> Mapping[str, Link]:
        """Every resource with everybody who can withhold it."""
        country = self.keeper.dispatch.layout.country
        return {resource.id: link(self.keeper, resource.id) for resource in country.resources}

    @cached_property
    def singles(self) -> Singles:
        """What every single withdrawal leaves of every service."""
        return singles_of(self.keeper)

    def postures(self, horizon: Horizon) -> Mapping[str, Posture]:
        """How free each layer is at one horizon."""
        if horizon not in self._postures:
            found = postures(self.keeper, horizons=(horizon,))
            self._postures[horizon] = {posture.layer: posture for posture in found}
        return self._postures[horizon]

    def chain(self, service: str) -> Chain:
        """The chain behind one service. Raises KeyError where there is no such service."""
        if service not in self._chains:
            self._chains[service] = chain(self.keeper, service, self.singles)
        return self._chains[service]
