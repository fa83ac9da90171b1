"""Small countries for tests of futures: a made-up one with some of its tables replaced."""

from collections.abc import Sequence
from dataclasses import replace

from tillerman.country import Country
from tillerman.country.choices import Agreement
from tillerman.country.world import ClimateStep, Disruption, Driver, DriverPath, TargetOfDisruption
from tillerman.labels import Cause, Climate, Direction
from tillerman.testing import random_country

Row = tuple[float, float, float]
STEADY_START: Row = (1.0, 0.0, 0.0)
STAYS: tuple[Row, Row, Row] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
START: Row = (0.6, 0.35, 0.05)
STEP: tuple[Row, Row, Row] = ((0.8, 0.17, 0.03), (0.3, 0.6, 0.1), (0.1, 0.5, 0.4))


def country_with(
    disruptions: Sequence[Disruption] = (),
    *,
    start: Row = STEADY_START,
    step: tuple[Row, Row, Row] = STAYS,
    years: int = 10,
    seed: int = 3,
) -> Country:
    """A small country of single years with these disruptions and this climate, and no options."""
    base = random_country(seed)
    climates = tuple(
        ClimateStep(id=climate, start=start[i], to_normal=step[i][0], to_strained=step[i][1], to_broken=step[i][2])
        for i, climate in enumerate(Climate)
    )
    frame = replace(base.frame, period_years=(1,) * years, epoch_of_period=(0,) * years)
    return replace(base, frame=frame, climates=climates, disruptions=tuple(disruptions), options=())


def with_path(country: Country, driver: Driver, sd: float, persistence: float) -> Country:
    """The same country with one uncertain path."""
    return replace(country, drivers=(DriverPath(id=driver, yearly_sd=sd, persistence=persistence, note=None),))


def disruption(
    name: str,
    chances: Row,
    days: float,
    *,
    strikes: TargetOfDisruption = TargetOfDisruption.RESOURCE,
    target: str | None = None,
    cause: Cause = Cause.CANNOT,
    is_geopolitical: bool = False,
) -> Disruption:
    """A disruption of a resource that every country of `country_with` uses, unless said otherwise."""
    return Disruption(
        id=name,
        name=name,
        cause=cause,
        strikes=strikes,
        target=random_country(3).routes[0].site if target is None else target,
        hold_kinds=(),
        depth=1.0,
        chance_normal=chances[0],
        chance_strained=chances[1],
        chance_broken=chances[2],
        duration_days=days,
        is_common_shock=False,
        is_geopolitical=is_geopolitical,
        precedent=None,
        note=None,
    )


def country_with_promise(disruptions: Sequence[Disruption], **chances: float) -> tuple[Country, Agreement]:
    """A country in which every hold of one party is bound by one agreement with these chances of being honoured."""
    base = country_with(disruptions)
    party = {item.target for item in disruptions}.pop()
    agreement = replace(base.agreements[0], party=party, **chances)  # type: ignore[arg-type]
    holds = tuple(
        replace(hold, agreement=agreement.id if hold.party == party else None, direction=Direction.ON_US)
        for hold in base.holds
    )
    return replace(base, agreements=(agreement,), holds=holds), agreement


def a_holder() -> str:
    """A party that holds something which the country of `country_with` uses."""
    country = random_country(3)
    used = {country.routes[0].site, country.routes[0].model}
    return next(hold.party for hold in country.holds if hold.resource in used and hold.direction is Direction.ON_US)
