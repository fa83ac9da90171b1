"""The stack of a made-up country: who there is, what there is, and who can withhold it."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.country.stack import (
    Capability,
    ClauseTerm,
    Hold,
    Model,
    Party,
    Pool,
    Resource,
    Retention,
    Route,
    Site,
    Zone,
)
from tillerman.labels import Clause, Direction, HoldKind, Layer, PartyKind, ResourceKind
from tillerman.testing._dice import Dice

HOME = "XA"
BLOC = "XU"  # a bloc whose law binds the country
FOREIGN = ("XB", "XC", "XD")
LANGUAGES = ("aa", "bb", "cc")
VARIANTS = {HoldKind.LICENSES: ("api", "weights"), HoldKind.SUPPLIES: ("chips", "software")}
KINDS_ON = {
    ResourceKind.SITE: (HoldKind.OWNS, HoldKind.OPERATES, HoldKind.HOSTS, HoldKind.SUPPLIES, HoldKind.FUNDS),
    ResourceKind.ZONE: (HoldKind.POWERS, HoldKind.OWNS),
    ResourceKind.MODEL: (HoldKind.LICENSES, HoldKind.OWNS),
    ResourceKind.DATA: (HoldKind.OWNS, HoldKind.LICENSES),
    ResourceKind.PLATFORM: (HoldKind.OPERATES, HoldKind.OWNS, HoldKind.SUPPLIES, HoldKind.FUNDS),
    ResourceKind.CABLE: (HoldKind.OPERATES, HoldKind.OWNS),
    ResourceKind.POOL: (HoldKind.STAFFS, HoldKind.FUNDS),
    ResourceKind.INSTITUTION: (HoldKind.OPERATES, HoldKind.LICENSES),
}
LAYER_OF = {
    ResourceKind.SITE: Layer.COMPUTE,
    ResourceKind.ZONE: Layer.ENERGY,
    ResourceKind.MODEL: Layer.MODELS,
    ResourceKind.DATA: Layer.DATA,
    ResourceKind.PLATFORM: Layer.APPLICATIONS,
    ResourceKind.CABLE: Layer.COMPUTE,
    ResourceKind.POOL: Layer.TALENT,
    ResourceKind.INSTITUTION: Layer.GOVERNANCE,
}


@dataclass(frozen=True)
class Things:
    """The ids of everything a made-up country has, by kind of resource."""

    resources: tuple[Resource, ...]

    def of(self, kind: ResourceKind) -> tuple[str, ...]:
        """Return the ids of the resources of one kind."""
        return tuple(item.id for item in self.resources if item.kind is kind)


def parties(dice: Dice) -> tuple[Party, ...]:
    """Draw a home state, a home firm, and foreign firms, some of which answer to several states."""
    found = [
        Party("home_state", "The state", PartyKind.STATE, (HOME,), None),
        Party("home_firm", "A firm at home", PartyKind.FIRM, dice.pick([(HOME,), (HOME, BLOC)]), None),
    ]
    for number in range(1, dice.whole(2, 4) + 1):
        reach = dice.some((HOME, *FOREIGN), 1, 2)
        found.append(Party(f"firm_{number}", f"Firm {number}", PartyKind.FIRM, reach, None))
    abroad = dice.pick(FOREIGN)
    found.append(Party("foreign_state", "A state abroad", PartyKind.STATE, (abroad,), None))
    return tuple(found)


def resources(dice: Dice, counts: dict[ResourceKind, int]) -> Things:
    """Draw the resources: so many of each kind, at home or abroad, some of them divisible among holders."""
    found = []
    for kind, count in counts.items():
        for number in range(1, count + 1):
            at_home = kind in (ResourceKind.ZONE, ResourceKind.POOL) or dice.chance(0.5)
            found.append(
                Resource(
                    id=f"{kind.value}_{number}",
                    name=f"{kind.value.capitalize()} {number}",
                    layer=LAYER_OF[kind],
                    kind=kind,
                    territory=None if kind is ResourceKind.MODEL else HOME if at_home else dice.pick(FOREIGN),
                    is_divisible=kind is not ResourceKind.MODEL and dice.chance(0.4),
                    note=None,
                )
            )
    return Things(tuple(found))


@dataclass(frozen=True)
class Signable:
    """An agreement before its terms are drawn: with whom, and which site it opens."""

    id: str
    party: str
    site: str


def signable(dice: Dice, who: tuple[Party, ...], what: Things, count: int) -> tuple[Signable, ...]:
    """Draw with whom agreements can be signed, and which sites they open."""
    return tuple(
        Signable(f"agreement_{number}", dice.pick(who).id, dice.pick(what.of(ResourceKind.SITE)))
        for number in range(1, count + 1)
    )


def holds(dice: Dice, who: tuple[Party, ...], what: Things, agreements: tuple[Signable, ...]) -> tuple[Hold, ...]:
    """Draw who holds what: shares of divisible resources, overrides of retention, clauses, and holds by us."""
    found: list[Hold] = []
    for thing in what.resources:
        left: dict[HoldKind, float] = {}
        for _ in range(dice.whole(0, 3)):
            kind = dice.pick(KINDS_ON[thing.kind])
            room = left.get(kind, 1.0)
            share = round(min(room, dice.between(0.1, 0.7)), 3) if thing.is_divisible else 1.0
            if share <= 0:
                continue
            left[kind] = room - share
            fitting = [item for item in agreements if item.site == thing.id or dice.chance(0.2)]
            bound = dice.pick(fitting) if fitting and dice.chance(0.7) else None
            own = dice.falling() if dice.chance(0.3) else (None, None, None, None)
            found.append(
                Hold(
                    id=f"hold_{len(found) + 1}",
                    party=dice.pick(who).id if bound is None else bound.party,
                    resource=thing.id,
                    kind=kind,
                    variant=dice.pick((None, *VARIANTS.get(kind, ()))),
                    share=share,
                    direction=Direction.BY_US if dice.chance(0.1) else Direction.ON_US,
                    agreement=None if bound is None else bound.id,
                    retention_7d=own[0],
                    retention_90d=own[1],
                    retention_1y=None if dice.chance(0.3) else own[2],
                    retention_5y=own[3],
                    note=None,
                )
            )
    return tuple(found)


def retention(dice: Dice) -> tuple[Retention, ...]:
    """Draw what is left after a hold of each kind and variant is withdrawn."""
    cells = [(kind, variant) for kind in HoldKind for variant in (None, *VARIANTS.get(kind, ()))]
    return tuple(
        Retention(f"{kind.value}_{variant or 'default'}", kind, variant, *dice.falling(), None)
        for kind, variant in cells
    )


def clauses(dice: Dice) -> tuple[ClauseTerm, ...]:
    """Draw what each clause keeps running when it is honoured."""
    return tuple(ClauseTerm(item.value, item, *dice.falling(), dice.chance(0.3), None) for item in Clause)


def zones(dice: Dice, what: Things, megawatts: float) -> tuple[Zone, ...]:
    """Draw power zones around a need, from far too small to ample."""
    return tuple(
        Zone(
            id=name,
            spare_peak_mw=dice.between(0, 2 * megawatts),
            spare_rest_mw=dice.between(0, 3 * megawatts),
            growth_mw_per_year=dice.between(-0.3 * megawatts, 0.3 * megawatts),
            power_price_usd_per_mwh=dice.between(20, 300),
            connection_limit_mw=dice.between(0, 5 * megawatts),
            note=None,
        )
        for name in what.of(ResourceKind.ZONE)
    )


def sites(dice: Dice, what: Things, chips: float, first_year: int, deliveries: tuple[str, ...]) -> tuple[Site, ...]:
    """Draw sites around a need for chips: rented or owned, there today or promised, with or without a power zone."""
    found = []
    territory = {item.id: item.territory for item in what.resources}
    for name in what.of(ResourceKind.SITE):
        at_home = territory[name] == HOME
        found.append(
            Site(
                id=name,
                zone=dice.pick(what.of(ResourceKind.ZONE)) if at_home else None,
                capacity_h100e=0.0 if dice.chance(0.15) else dice.between(0, 1.5 * chips),
                growth_per_year=dice.between(-0.2, 0.6),
                available_from=first_year + dice.pick((-5, 0, 0, 1, 2)),
                shrinks_in_shock=dice.share(),
                rent_usd_per_h100e_hour=0.0 if dice.chance(0.4) else dice.between(1, 5),
                kw_per_h100e=dice.between(0.7, 1.6),
                pue=dice.between(1.1, 1.9),
                utilisation=dice.between(0.1, 0.6),
                build_max_h100e_per_year=dice.between(0, chips) if at_home else 0.0,
                capital_musd_per_kh100e=dice.between(25, 60),
                upkeep_musd_per_kh100e_year=dice.between(2, 6),
                public_share=dice.share(),
                imported_share=dice.share(),
                lead_years=dice.whole(0, 2),
                delivery=dice.pick((None, *deliveries)),
                failure_per_year=dice.between(0, 0.15),
                chip_life_years=dice.whole(2, 6),
                note=None,
            )
        )
    return tuple(found)


def talent(dice: Dice, what: Things, people: float) -> tuple[Pool, ...]:
    """Draw pools of people around a need; the first is always a crisis team, others sometimes."""
    return tuple(
        Pool(
            id=name,
            fte=dice.between(0, 2 * people),
            growth_per_year=dice.between(-0.1, 0.2),
            leaving_per_year=dice.between(0, 0.5),
            cost_kusd_per_fte_year=dice.between(10, 60),
            is_crisis_team=at == 0 or dice.chance(0.2),
            note=None,
        )
        for at, name in enumerate(what.of(ResourceKind.POOL))
    )


def models(dice: Dice, what: Things) -> tuple[Model, ...]:
    """Draw models: closed or open, frozen or kept at the front."""
    found = []
    for name in what.of(ResourceKind.MODEL):
        is_open = dice.chance(0.5)
        found.append(
            Model(
                id=name,
                is_open_weights=is_open,
                release_year=dice.whole(2022, 2026),
                throughput_tokens_per_s=dice.between(200, 3000),
                price_usd_per_mtok=0.0 if is_open and dice.chance(0.7) else dice.between(0.1, 10),
                is_frozen=is_open or dice.chance(0.3),
                note=None,
            )
        )
    return tuple(found)


def capabilities(dice: Dice, what: Things) -> tuple[Capability, ...]:
    """Draw scores by language; some are not measured, and then the pair does not exist."""
    return tuple(
        Capability(f"{model}_{language}", model, language, float(dice.whole(40, 90)), None)
        for model in what.of(ResourceKind.MODEL)
        for language in LANGUAGES
        if dice.chance(0.85)
    )


def routes(dice: Dice, what: Things, count: int, unlocks: tuple[str, ...]) -> tuple[Route, ...]:
    """Draw routes: a site, a model, gates, sometimes a price of its own or a programme that opens it."""
    gates = [
        item.id
        for item in what.resources
        if item.kind in (ResourceKind.CABLE, ResourceKind.DATA, ResourceKind.INSTITUTION)
    ]
    return tuple(
        Route(
            id=f"route_{number}",
            site=dice.pick(what.of(ResourceKind.SITE)),
            model=dice.pick(what.of(ResourceKind.MODEL)),
            gates=dice.some(gates, 0, 2),
            price_usd_per_mtok=dice.between(0.1, 10) if dice.chance(0.3) else None,
            programme=dice.pick(unlocks) if unlocks and dice.chance(0.25) else None,
            note=None,
        )
        for number in range(1, count + 1)
    )
