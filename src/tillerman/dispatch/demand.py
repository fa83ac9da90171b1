"""How high the demand of a class can be while one deployment stands, and where pooling moves it in the day."""

from __future__ import annotations

from tillerman.country.frame import Frame
from tillerman.country.world import Driver
from tillerman.dispatch.fleet import FleetSpace
from tillerman.futures import block_factor, block_share
from tillerman.futures.paths import levels
from tillerman.labels import Block, ProgrammeKind


def pooled_factor(frame: Frame, block: Block) -> float:
    """What pooling one unit of mean demand adds to a block's rate: what busy hours lose comes back in the others."""
    if block is Block.PEAK:
        return -1.0
    return block_share(frame, Block.PEAK) / block_share(frame, Block.REST)


def pooling_limit(frame: Frame) -> float:
    """The mean demand that pooling can take off the peak: more would make busy hours of the others.

    The peak's rate exceeds the others' by (peak - 1) / (1 - h) without adoption, h the share of busy hours, and by
    more with it. Pooling p closes p / (1 - h) of that. So up to peak - 1 no block ever asks for more than the peak
    without pooling, and `most_demand` knows nothing of pooling.
    """
    return frame.peak_demand_factor - 1


def highest_demand(space: FleetSpace, klass: int, epoch: int) -> float:
    """The highest demand rate of a class within an epoch if nothing surprising happens, in million uses a year."""
    shape = space.layout
    service = shape.classes[klass].service
    years = [space.years[t] - space.years[0] for t, e in enumerate(space.epochs) if e == epoch]
    base = max(service.demand_muse_per_year * (1 + service.growth_per_year) ** n for n in years)
    factor = max(block_factor(shape.country.frame, block) for block in Block)
    return base * shape.classes[klass].share * factor


def most_demand(space: FleetSpace, klass: int, epoch: int) -> float:
    """M of a class in an epoch: its highest demand at the highest demand level, with all the adoption it can absorb.

    Pooling does not raise it (see `pooling_limit`).
    """
    shape, country = space.layout, space.layout.country
    service = shape.classes[klass].service
    adopted = sum(
        lever.effect * lever.max_scale
        for lever in country.levers
        if lever.kind is ProgrammeKind.ADOPTION and shape.acts_on(lever, service)
    )
    level = float(levels(country, Driver.DEMAND).max())
    return highest_demand(space, klass, epoch) * (1 + min(country.frame.absorptive_capacity, adopted)) * level
