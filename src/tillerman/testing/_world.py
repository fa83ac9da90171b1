"""What may happen to a made-up country: disruptions of every cause, climates, drivers, trends, delivery."""

from __future__ import annotations

from tillerman.country.stack import Party
from tillerman.country.world import (
    ClimateStep,
    Delivery,
    Disruption,
    Driver,
    DriverPath,
    TargetOfDisruption,
    Trend,
    TrendRate,
)
from tillerman.labels import Cause, Climate, HoldKind
from tillerman.testing._dice import Dice
from tillerman.testing._stack import Things

DELIVERIES = ("steady_builders", "troubled_builders")


def disruptions(dice: Dice, who: tuple[Party, ...], what: Things) -> tuple[Disruption, ...]:
    """Draw a disruption for every pair of what is struck and why, some limited to certain holds."""
    names = {
        TargetOfDisruption.PARTY: tuple(party.id for party in who),
        TargetOfDisruption.JURISDICTION: tuple(sorted({code for party in who for code in party.jurisdictions})),
        TargetOfDisruption.RESOURCE: tuple(item.id for item in what.resources),
    }
    found = []
    for strikes, targets in names.items():
        for cause in Cause:
            is_resource = strikes is TargetOfDisruption.RESOURCE
            chances = sorted(dice.between(0, 0.2) for _ in range(3))
            kinds = () if is_resource or dice.chance(0.6) else dice.some(tuple(HoldKind), 1, 4)
            found.append(
                Disruption(
                    id=f"{strikes.value}_{cause.value}",
                    name=f"A {strikes.value} is struck ({cause.value})",
                    cause=cause,
                    strikes=strikes,
                    target=dice.pick(targets),
                    hold_kinds=kinds,
                    depth=dice.share() if is_resource else 1.0,
                    chance_normal=chances[0],
                    chance_strained=chances[1],
                    chance_broken=chances[2],
                    duration_days=dice.between(1, 900),
                    is_common_shock=dice.chance(0.3),
                    is_geopolitical=cause is Cause.ORDERED,
                    precedent=None,
                    note=None,
                )
            )
    return tuple(found)


def climates(dice: Dice) -> tuple[ClimateStep, ...]:
    """Draw how the climate moves; chances add up to exactly one."""
    start = dice.split()
    return tuple(ClimateStep(climate, start[at], *dice.split()) for at, climate in enumerate(Climate))


def drivers(dice: Dice) -> tuple[DriverPath, ...]:
    """Draw the uncertain paths of demand and prices."""
    return tuple(DriverPath(driver, dice.between(0, 0.3), dice.between(0, 0.9), None) for driver in Driver)


def trends(dice: Dice) -> tuple[TrendRate, ...]:
    """Draw yearly changes; the quality floor rises in quarters of a point, so that ties with a score are exact."""
    return (
        TrendRate(Trend.TOKEN_PRICE, dice.between(-0.4, 0.1), None),
        TrendRate(Trend.CHIP_PRICE, dice.between(-0.3, 0.1), None),
        TrendRate(Trend.POWER_PRICE, dice.between(-0.1, 0.1), None),
        TrendRate(Trend.QUALITY_FLOOR, dice.whole(0, 12) / 4, None),
    )


def deliveries(dice: Dice) -> tuple[Delivery, ...]:
    """Draw delivery records; chances add up to exactly one."""
    return tuple(
        Delivery(name, name.replace("_", " ").capitalize(), *dice.split(), dice.whole(1, 3), None)
        for name in DELIVERIES
    )
