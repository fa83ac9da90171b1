"""What a made-up country can decide: agreements with clauses, programmes of every kind, options, concessions."""

from __future__ import annotations

from tillerman.country.choices import Agreement, Concession, Lever, Option
from tillerman.country.stack import Party
from tillerman.country.use import Service
from tillerman.country.world import Disruption
from tillerman.labels import Clause, ProgrammeKind, ResourceKind, Signpost
from tillerman.testing._dice import Dice
from tillerman.testing._stack import Signable, Things

LEVER_OF = {
    ProgrammeKind.ADOPTION: 2,
    ProgrammeKind.POOLING: 3,
    ProgrammeKind.SWITCHING: 4,
    ProgrammeKind.REHEARSAL: 4,
    ProgrammeKind.UNLOCK: 5,
    ProgrammeKind.TALENT: 6,
    ProgrammeKind.ENFORCEMENT: 6,
    ProgrammeKind.ENERGY: 7,
}


def agreements(
    dice: Dice, offered: tuple[Signable, ...], first_year: int, deliveries: tuple[str, ...]
) -> tuple[Agreement, ...]:
    """Draw the terms of contracts on offer, some between governments, some signed already."""
    return tuple(
        Agreement(
            id=item.id,
            name=item.id.replace("_", " ").capitalize(),
            party=item.party,
            site=item.site,
            clauses=dice.some(tuple(Clause), 0, 5),
            signing_musd=dice.between(0, 2),
            fixed_musd_per_year=dice.between(0, 5),
            reserve_musd_per_kh100e_year=dice.between(5, 30),
            max_h100e=dice.between(1, 50),
            first_year=first_year + dice.whole(0, 1),
            lead_years=dice.whole(0, 1),
            delivery=dice.pick((None, *deliveries)),
            honoured_chooses=dice.share(),
            honoured_ordered=dice.share(),
            honoured_cannot=dice.share(),
            enforcement_gain=dice.between(0, 0.5),
            is_between_governments=dice.chance(0.4),
            is_signed=dice.chance(0.3),
            lever=1,
            note=None,
        )
        for item in offered
    )


def levers(
    dice: Dice, names: dict[str, ProgrammeKind], used: tuple[Service, ...], what: Things, first_year: int
) -> tuple[Lever, ...]:
    """Draw one programme of each named kind, small enough that all of them together stay sensible."""
    services = (*(service.id for service in used), *sorted({service.sector for service in used}), "*")
    found = []
    for name, kind in names.items():
        drawn = {
            ProgrammeKind.ADOPTION: (dice.pick(services), dice.between(0, 0.3)),
            ProgrammeKind.POOLING: (dice.pick(services), dice.between(0, 0.1)),
            ProgrammeKind.SWITCHING: (dice.pick(services), dice.between(0, 0.4)),
            ProgrammeKind.REHEARSAL: (dice.pick(services), dice.between(0, 0.4)),
            ProgrammeKind.UNLOCK: ("*", 1.0),
            ProgrammeKind.TALENT: (dice.pick(what.of(ResourceKind.POOL)), dice.between(1, 20)),
            ProgrammeKind.ENERGY: (dice.pick(what.of(ResourceKind.ZONE)), dice.between(0.005, 0.05)),
            ProgrammeKind.ENFORCEMENT: ("*", 1.0),
        }
        target, effect = drawn[kind]
        trains = kind is ProgrammeKind.UNLOCK and dice.chance(0.7)
        found.append(
            Lever(
                id=name,
                name=f"Programme of {kind.value}",
                lever=LEVER_OF[kind],
                kind=kind,
                target=target,
                effect=effect,
                max_scale=1.0 if kind in (ProgrammeKind.UNLOCK, ProgrammeKind.ENFORCEMENT) else float(dice.whole(1, 2)),
                is_whole=kind is ProgrammeKind.UNLOCK or dice.chance(0.3),
                capital_musd=dice.between(0, 5),
                annual_musd=dice.between(0, 2),
                public_share=dice.share(),
                imported_share=dice.share(),
                compute_h100e=dice.between(0.5, 10) if trains else 0.0,
                compute_site=dice.pick(what.of(ResourceKind.SITE)) if trains and dice.chance(0.8) else None,
                lead_years=dice.whole(0, 2),
                first_year=first_year + dice.whole(0, 1),
                note=None,
            )
        )
    return tuple(found)


def options(
    dice: Dice, what: Things, events: tuple[Disruption, ...], first_year: int, count: int
) -> tuple[Option, ...]:
    """Draw rights kept open, each with a signpost."""
    found = []
    for number in range(1, count + 1):
        signpost = dice.pick(tuple(Signpost))
        level = {
            Signpost.CLIMATE: dice.pick(("strained", "broken")),
            Signpost.DEMAND: "high",
            Signpost.PRICE: "high",
            Signpost.DISRUPTION: dice.pick(events).id,
        }
        found.append(
            Option(
                id=f"option_{number}",
                name=f"Right {number}",
                site=dice.pick(what.of(ResourceKind.SITE)),
                signpost=signpost,
                fires_at=level[signpost],
                watcher="Ministry",
                fee_musd_per_kh100e_year=dice.between(0.1, 3),
                exercise_musd_per_kh100e_year=dice.between(5, 25),
                max_h100e=dice.between(1, 30),
                lead_years=dice.whole(0, 2),
                first_year=first_year + dice.whole(0, 1),
                note=None,
            )
        )
    return tuple(found)


def concessions(dice: Dice, who: tuple[Party, ...], what: Things) -> tuple[Concession, ...]:
    """Draw what the country can offer, its worth known or not."""
    return tuple(
        Concession(
            id=f"concession_{number}",
            name=f"Offer {number}",
            party=dice.pick(who).id,
            resource=dice.pick((None, *(item.id for item in what.resources))),
            worth_musd_per_year=dice.between(0.1, 20) if dice.chance(0.5) else None,
            note=None,
        )
        for number in range(1, dice.whole(1, 3) + 1)
    )
