"""Made-up states of the world and fleets for a country, to put questions to dispatch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tillerman.country.world import TargetOfDisruption
from tillerman.dispatch import Active, Dispatch, Outcome, State, deploy_name, most_demand, quantity
from tillerman.labels import Block, Cause, Horizon
from tillerman.testing._dice import Dice


@dataclass(frozen=True)
class RandomFleet:
    """What was decided before a state: deployments, starts by year, and slices under enforcement."""

    deployed: Mapping[tuple[str, str, int], float]  # (service.easy or service.hard, route, epoch): million uses a year
    started: Mapping[tuple[str, str, int], float]  # (built, reserved, level or kept; its subject; year): amount
    enforced: Mapping[tuple[str, str], float]  # (agreement, on_time or late): H100e, all years

    def vector(self, dispatch: Dispatch) -> dict[str, float]:
        """Return the named quantities that these decisions give, for `Dispatch.fleet`."""
        space, shape = dispatch.space, dispatch.layout
        found: dict[str, float] = {}
        for pair in shape.pairs:
            klass = shape.classes[pair.klass]
            for epoch in range(max(space.epochs) + 1):
                amount = self.deployed.get((klass.name, pair.route.id, epoch), 0.0)
                if amount:
                    found[deploy_name(pair.name(shape.classes), epoch)] = amount
        for start in space.starts:
            amount = self.started.get((start.family, start.subject, space.years[start.period]), 0.0)
            for name, effect in start.effects:
                found[name] = found.get(name, 0.0) + effect * amount
        for (agreement, outcome), amount in self.enforced.items():
            for period in range(len(space.years)):
                found[quantity("enforced", agreement, period, Outcome(outcome))] = amount
        return found


def random_fleet(dispatch: Dispatch, seed: int) -> RandomFleet:
    """Make up decisions that a plan for this country could take, more and less than is needed."""
    dice, shape, space = Dice(seed), dispatch.layout, dispatch.space
    country = shape.country
    most = {
        "built": {site.id: site.build_max_h100e_per_year for site in country.sites},
        "reserved": {agreement.id: agreement.max_h100e for agreement in country.agreements},
        "level": {lever.id: lever.max_scale / len(space.years) for lever in country.levers},
        "kept": {option.id: option.max_h100e for option in country.options},
    }
    started, enforced = {}, {}
    for start in space.starts:
        if dice.chance(0.5):
            amount = dice.between(0, most[start.family][start.subject])
            started[start.family, start.subject, space.years[start.period]] = amount
    for agreement in country.agreements:
        for outcome in (Outcome.ON_TIME,) if agreement.delivery is None else (Outcome.ON_TIME, Outcome.LATE):
            if dice.chance(0.3):
                enforced[agreement.id, outcome.value] = dice.between(0, agreement.max_h100e)
    return RandomFleet(_deployed(dispatch, dice, RandomFleet({}, started, {})), started, enforced)


def _deployed(dispatch: Dispatch, dice: Dice, decided: RandomFleet) -> dict[tuple[str, str, int], float]:
    """Draw deployments up to the most that a class can be asked for, and that the route's programme has unlocked."""
    shape, space = dispatch.layout, dispatch.space
    amounts = decided.vector(dispatch)
    found = {}
    for pair in shape.pairs:
        if not pair.is_resident or not dice.chance(0.6):
            continue
        for epoch in range(max(space.epochs) + 1):
            level = 1.0
            if pair.route.programme is not None:
                level = amounts.get(quantity("level", pair.route.programme, space.epochs.index(epoch)), 0.0)
            most = most_demand(space, pair.klass, epoch) * min(1.0, level)
            share = 1.0 if dice.chance(0.2) else dice.between(0, 1)
            found[shape.classes[pair.klass].name, pair.route.id, epoch] = share * most
    return found


def random_state(dispatch: Dispatch, seed: int) -> State:
    """Make up one state: some disruptions of the file, often somebody who has promised something, at any horizon."""
    dice, country = Dice(seed), dispatch.layout.country
    events = [
        Active(
            strikes=event.strikes,
            target=event.target,
            horizon=dice.pick(tuple(Horizon)),
            cause=event.cause,
            hold_kinds=event.hold_kinds,
            depth=event.depth,
            is_common_shock=event.is_common_shock,
        )
        for event in dice.some(country.disruptions, 0, 2)
    ]
    if country.agreements and dice.chance(0.6):
        party, cause = dice.pick(country.agreements).party, dice.pick(tuple(Cause))
        events.append(Active(TargetOfDisruption.PARTY, party, dice.pick(tuple(Horizon)), cause))
    return State(
        period=dice.whole(0, len(dispatch.space.years) - 1),
        block=dice.pick(tuple(Block)),
        demand=dice.between(0.5, 1.8),
        prices=dice.between(0.5, 2.5),
        active=tuple(_with_promises(dice, event) for event in events),
        delivery=tuple((record.id, dice.pick(tuple(Outcome))) for record in country.deliveries if dice.chance(0.8)),
        fired=frozenset(option.id for option in country.options if dice.chance(0.5)),
    )


def _with_promises(dice: Dice, event: Active) -> Active:
    """Draw how far clauses hold: by a strength, by a draw against their chances, or by the chances."""
    if dice.chance(0.3):
        return replace(event, honoured=dice.pick((0.0, 1.0, 0.4)))
    return replace(event, draw=dice.between(0, 1)) if dice.chance(0.7) else event
