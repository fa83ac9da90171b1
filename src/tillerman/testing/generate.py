"""Made-up countries for tests: small, valid, and full of the corners that real files have."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.country.frame import Evidence, Frame
from tillerman.country.record import Country
from tillerman.country.stack import Model, Site
from tillerman.country.use import Service
from tillerman.labels import Grade, ProgrammeKind, ResourceKind
from tillerman.testing import _choices, _stack, _use, _world
from tillerman.testing._dice import Dice

FIRST_YEAR = 2027
_HOURS = 8760.0
_CALENDARS = (((1, 1, 1, 2, 2, 3), (0, 0, 1, 1, 2, 2)), ((1, 1, 1), (0, 0, 1)), ((1, 1, 1, 4), (0, 1, 1, 2)))


@dataclass(frozen=True)
class Size:
    """How much of each thing a made-up country has: the least and the most."""

    services: tuple[int, int] = (2, 5)
    sites: tuple[int, int] = (2, 5)
    models: tuple[int, int] = (2, 4)
    routes: tuple[int, int] = (2, 8)
    zones: tuple[int, int] = (1, 3)
    pools: tuple[int, int] = (1, 3)
    agreements: tuple[int, int] = (1, 3)
    options: tuple[int, int] = (0, 3)


SMALL = Size()


def random_country(seed: int, *, size: Size = SMALL) -> Country:
    """Make up a small valid country; the same seed gives the same country everywhere.

    Capacities, power and people are drawn around what its services need, so that each of them binds in some countries.

    >>> random_country(7) == random_country(7)
    True
    """
    dice = Dice(seed)
    counts = {
        ResourceKind.SITE: dice.whole(*size.sites),
        ResourceKind.ZONE: dice.whole(*size.zones),
        ResourceKind.MODEL: dice.whole(*size.models),
        ResourceKind.DATA: dice.whole(0, 1),
        ResourceKind.PLATFORM: dice.whole(1, 2),
        ResourceKind.CABLE: dice.whole(1, 2),
        ResourceKind.POOL: dice.whole(*size.pools),
        ResourceKind.INSTITUTION: dice.whole(0, 1),
    }
    programmes = {f"{kind.value}_programme": kind for kind in ProgrammeKind if dice.chance(0.85)}
    unlocks = tuple(name for name, kind in programmes.items() if kind is ProgrammeKind.UNLOCK)

    who = _stack.parties(dice)
    what = _stack.resources(dice, counts)
    signable = _stack.signable(dice, who, what, dice.whole(*size.agreements))
    held = _stack.holds(dice, who, what, signable)
    models = _stack.models(dice, what)
    scores = _stack.capabilities(dice, what)
    ways = _stack.routes(dice, what, dice.whole(*size.routes), unlocks)
    used = _use.services(dice, what, dice.whole(*size.services))
    chips, megawatts, people = _needed(used, models)
    sites = _stack.sites(dice, what, chips / len(what.of(ResourceKind.SITE)), FIRST_YEAR, _world.DELIVERIES)
    events = _world.disruptions(dice, who, what)
    frame = _frame(dice)
    return Country(
        frame=frame,
        parties=who,
        resources=what.resources,
        holds=held,
        retention=_stack.retention(dice),
        clauses=_stack.clauses(dice),
        zones=_stack.zones(dice, what, megawatts / len(what.of(ResourceKind.ZONE))),
        sites=sites,
        talent=_stack.talent(dice, what, people / len(what.of(ResourceKind.POOL))),
        models=models,
        capabilities=scores,
        routes=ways,
        services=used,
        deployments=_use.deployments(dice, used, ways, _use.Stack(what.resources, who, held, models, scores)),
        fallbacks=_use.fallbacks(dice, used, who),
        outcomes=_use.outcomes(dice, used),
        targets=_use.targets(dice, who, FIRST_YEAR),
        agreements=_choices.agreements(dice, signable, FIRST_YEAR, _world.DELIVERIES),
        concessions=_choices.concessions(dice, who, what),
        levers=_choices.levers(dice, programmes, used, what, FIRST_YEAR),
        options=_choices.options(dice, what, events, FIRST_YEAR, dice.whole(*size.options)),
        disruptions=events,
        climates=_world.climates(dice),
        drivers=_world.drivers(dice),
        trends=_world.trends(dice),
        deliveries=_world.deliveries(dice),
        evidence=_evidence(dice, frame, sites),
        name=f"random_{seed}",
    )


def _needed(used: tuple[Service, ...], models: tuple[Model, ...]) -> tuple[float, float, float]:
    """Estimate the chips, megawatts and people that all services need together."""
    speed = sum(model.throughput_tokens_per_s for model in models) / len(models)
    tokens = sum(service.demand_muse_per_year * 1e6 * service.tokens_per_use for service in used)
    chips = tokens / (speed * 0.3 * 3600 * _HOURS)
    people = sum(service.demand_muse_per_year * service.staff_fte_per_muse_year for service in used)
    return chips, chips * 1.5 / 1000, people


def _frame(dice: Dice) -> Frame:
    period_years, epoch_of_period = dice.pick(_CALENDARS)
    return Frame(
        name="Example",
        code=_stack.HOME,
        home_jurisdictions=(_stack.HOME, _stack.BLOC),
        currency="XTS",  # the code that ISO 4217 keeps for tests
        currency_per_usd=dice.between(0.5, 200),
        base_year=2026,
        fiscal_year_start_month=dice.whole(1, 12),
        first_year=FIRST_YEAR,
        period_years=period_years,
        epoch_of_period=epoch_of_period,
        discount_rate=dice.between(0, 0.1),
        cost_of_public_funds=dice.between(1, 1.5),
        budget_musd_per_year=dice.between(5, 200),
        exchange_musd_per_year=dice.between(5, 200) if dice.chance(0.3) else None,
        peak_hours_share=dice.between(0.05, 0.4),
        peak_demand_factor=dice.between(1, 2.4),
        absorptive_capacity=dice.between(0, 1),
        hours_per_year=_HOURS,
    )


def _evidence(dice: Dice, frame: Frame, sites: tuple[Site, ...]) -> tuple[Evidence, ...]:
    """Draw evidence for some numbers; the others are assumptions by silence."""
    found = [_row("frame", None, "budget_musd_per_year", frame.budget_musd_per_year, dice)]
    found += [_row("sites", site.id, "capacity_h100e", site.capacity_h100e, dice) for site in sites if dice.chance(0.6)]
    return tuple(found)


def _row(table: str, row: str | None, column: str, value: float, dice: Dice) -> Evidence:
    grade = dice.pick(tuple(Grade))
    units = {"budget_musd_per_year": "million US$/year", "capacity_h100e": "H100e"}
    return Evidence(
        table=table,
        row=row,
        column=column,
        low=value * 0.5,
        high=value * 2,
        unit=units[column],
        year=2026,
        grade=grade,
        title="Drawn for a test",
        publisher=None if grade is Grade.ASSUMPTION else "Nobody",
        address=None,
        published=None,
        source_file=None,
        source_row=None,
        source_column=None,
        source_factor=None,
        other_account=None,
        note=None,
    )
