"""How high the demand of a class can be while one deployment stands: the yardstick of today's, and the cap of any."""

from __future__ import annotations

from tillerman.country.world import Driver
from tillerman.dispatch.fleet import FleetSpace
from tillerman.futures import block_factor
from tillerman.futures.paths import levels
from tillerman.labels import Block, ProgrammeKind


def highest_demand(space: FleetSpace, klass: int, epoch: int) -> float:
    """The highest demand rate of a class within an epoch if nothing surprising happens, in million uses a year."""
    shape = space.layout
    service = shape.classes[klass].service
    years = [space.years[t] - space.years[0] for t, e in enumerate(space.epochs) if e == epoch]
    base = max(service.demand_muse_per_year * (1 + service.growth_per_year) ** n for n in years)
    factor = max(block_factor(shape.country.frame, block) for block in Block)
    return base * shape.classes[klass].share * factor


def most_demand(space: FleetSpace, klass: int, epoch: int) -> float:
    """M of a class in an epoch: its highest demand at the highest demand level, with all the adoption it can absorb."""
    shape, country = space.layout, space.layout.country
    service = shape.classes[klass].service
    adopted = sum(
        lever.effect * lever.max_scale
        for lever in country.levers
        if lever.kind is ProgrammeKind.ADOPTION and shape.acts_on(lever, service)
    )
    level = float(levels(country, Driver.DEMAND).max())
    return highest_demand(space, klass, epoch) * (1 + min(country.frame.absorptive_capacity, adopted)) * level
