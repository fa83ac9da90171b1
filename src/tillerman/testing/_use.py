"""What a made-up country uses its stack for: services, how they run today, fallbacks, outcomes and targets."""

from __future__ import annotations

from datetime import date

from tillerman.country.stack import Capability, Hold, Model, Party, Resource, Route
from tillerman.country.use import Deployment, Fallback, Outcome, Service, Target
from tillerman.labels import Direction, HoldKind, ResourceKind, TargetKind
from tillerman.testing._dice import Dice
from tillerman.testing._stack import BLOC, FOREIGN, HOME, LANGUAGES, Things

SECTORS = ("health", "tax")


def services(dice: Dice, what: Things, count: int) -> tuple[Service, ...]:
    """Draw services: easy, hard or both; some must stay home, with or without a costed waiver."""
    found = []
    for number in range(1, count + 1):
        floor = float(dice.whole(35, 70))
        value = dice.between(0, 2)
        found.append(
            Service(
                id=f"service_{number}",
                name=f"Service {number}",
                sector=dice.pick(SECTORS),
                tier=1 if number == 1 else dice.whole(1, 3),
                people_million=dice.between(0.1, 20),
                demand_muse_per_year=0.0 if number > 2 and dice.chance(0.05) else dice.between(1, 100),
                growth_per_year=dice.between(-0.1, 0.5),
                tokens_per_use=dice.between(200, 5000),
                hard_share=0.3 if number == 1 else dice.share(),
                floor_easy=floor,
                floor_hard=min(100.0, floor + dice.whole(0, 20)),
                languages=dice.some(LANGUAGES, 1, 2),
                must_stay_home=dice.chance(0.25),
                must_answer_home=dice.chance(0.2),
                waiver_usd_per_use=dice.between(0, 3) if dice.chance(0.5) else None,
                platforms=dice.some(what.of(ResourceKind.PLATFORM), 0, 1),
                pool=dice.pick((None, *what.of(ResourceKind.POOL))),
                staff_fte_per_muse_year=dice.between(0, 2),
                integration_musd_per_muse_year=dice.between(0.01, 0.2),
                effort_fte_per_muse_year=dice.between(0, 2),
                moved_hit=dice.share() / 2,
                moved_adapting=dice.share(),
                moved_adapted=dice.share(),
                relied_share=dice.share(),
                value_usd_per_use=value,
                loss_hit_usd_per_use=dice.between(0, 2 * value + 1),
                loss_adapting_usd_per_use=dice.between(0, 2 * value + 1),
                loss_adapted_usd_per_use=dice.between(0, 2 * value + 1),
                note=None,
            )
        )
    return tuple(found)


def can_be_ready(service: Service, route: Route, stack: Stack) -> bool:
    """Say whether a service can run on a route today: open, every language measured, residency met without a waiver."""
    if route.programme is not None or not all(
        (route.model, language) in stack.measured for language in service.languages
    ):
        return False
    at_home = route.site in stack.on_home_ground
    answers = not stack.legal_reach(route)
    return (at_home or not service.must_stay_home) and (answers or not service.must_answer_home)


class Stack:
    """What decides whether a pair exists, looked up by name."""

    def __init__(
        self,
        things: tuple[Resource, ...],
        who: tuple[Party, ...],
        held: tuple[Hold, ...],
        models: tuple[Model, ...],
        scores: tuple[Capability, ...],
    ) -> None:
        self.measured = {(row.model, row.language) for row in scores}
        self.on_home_ground = {item.id for item in things if item.territory in (HOME, BLOC)}
        self._closed = {model.id for model in models if not model.is_open_weights}
        foreign = {party.id for party in who if set(party.jurisdictions) & set(FOREIGN)}
        self._reached = {
            (hold.resource, hold.kind) for hold in held if hold.direction is Direction.ON_US and hold.party in foreign
        }

    def legal_reach(self, route: Route) -> bool:
        """Say whether a foreign state reaches whoever runs the route's site or licenses its closed model."""
        on_site = any(
            (route.site, kind) in self._reached for kind in (HoldKind.OWNS, HoldKind.OPERATES, HoldKind.HOSTS)
        )
        on_model = route.model in self._closed and (route.model, HoldKind.LICENSES) in self._reached
        return on_site or on_model


def deployments(dice: Dice, used: tuple[Service, ...], ways: tuple[Route, ...], stack: Stack) -> tuple[Deployment, ...]:
    """Draw how services run today, on pairs that exist."""
    found: list[Deployment] = []
    for service in used:
        able = [route for route in ways if can_be_ready(service, route, stack)]
        for route in dice.some(able, 0, 2):
            found.append(
                Deployment(
                    id=f"deployment_{len(found) + 1}",
                    service=service.id,
                    route=route.id,
                    share_easy=0.0 if service.hard_share == 1 else dice.between(0.2, 1.2),
                    share_hard=0.0 if service.hard_share == 0 else dice.between(0.2, 1.2),
                    note=None,
                )
            )
    return tuple(found)


def fallbacks(dice: Dice, used: tuple[Service, ...], who: tuple[Party, ...]) -> tuple[Fallback, ...]:
    """Draw fallbacks: known or unknown holder, time to switch and last test."""
    return tuple(
        Fallback(
            id=f"fallback_{service.id}",
            service=service.id,
            name="Paper form",
            holder=dice.pick((None, *(party.id for party in who))),
            hours_to_switch=dice.between(1, 500) if dice.chance(0.6) else None,
            last_tested=date(2026, dice.whole(1, 12), 1) if dice.chance(0.4) else None,
            note=None,
        )
        for service in used
        if dice.chance(0.6)
    )


def outcomes(dice: Dice, used: tuple[Service, ...]) -> tuple[Outcome, ...]:
    """Draw what a service should improve, measured or not."""
    return tuple(
        Outcome(
            f"outcome_{service.id}",
            service.id,
            "Days to answer",
            "days",
            dice.between(1, 30) if dice.chance(0.5) else None,
            None,
        )
        for service in used
        if dice.chance(0.4)
    )


def targets(dice: Dice, who: tuple[Party, ...], first_year: int) -> tuple[Target, ...]:
    """Draw at most one target, low enough to be met by many plans."""
    if dice.chance(0.7):
        return ()
    without = dice.pick(("foreign", *sorted({code for party in who for code in party.jurisdictions} & set(FOREIGN))))
    return (
        Target(
            "target_1",
            TargetKind.SERVICE_KEPT,
            1,
            without,
            dice.pick(("7d", "90d", "1y", "5y")),
            first_year + 2,
            0.05,
            None,
        ),
    )
