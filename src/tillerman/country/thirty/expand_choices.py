"""What a government can decide: one agreement on offer, and programmes priced by what people cost at home."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tillerman.country.thirty.draft import FIRST_YEAR, HOURS, Draft
from tillerman.country.thirty.expand_home import AI_OPS
from tillerman.country.thirty.expand_stack import ACCESS, SLICE
from tillerman.country.thirty.figure import Figure, combine, generic
from tillerman.country.thirty.parts import ZONE
from tillerman.labels import Clause, ProgrammeKind

_CLAUSES = (
    Clause.MINIMUM_ALLOCATION,
    Clause.NON_INTERRUPTION,
    Clause.EMERGENCY_ACCESS,
    Clause.EXIT_AND_PORTABILITY,
    Clause.NOTICE_PERIOD,
)
_KILO = 1e3
_DELAYS = (
    "General: about a fifth of data-centre projects are at risk of delay (IEA, 2025); public ones are taken as worse"
)


def put_choices(draft: Draft) -> None:
    """Put down agreements, programmes, and how such projects have been delivered."""
    sheet = draft.sheet
    sheet.take(draft.world, "deliveries", "contract")
    sheet.add(
        "deliveries",
        "halls",
        {
            "name": "New halls",
            "on_time": generic(0.3, 0.5, 0.8, _DELAYS),
            "late": generic(0.15, 0.35, 0.5, _DELAYS),
            "never": generic(0.02, 0.15, 0.3, _DELAYS),
            "late_years": generic(1, 2, 4, _DELAYS),
        },
    )
    if not draft.uses:
        return
    _put_access(draft)
    for programme in _programmes(draft):
        _put_programme(draft, programme)
    if draft.known("firm_spare"):
        _put_energy(draft)


@dataclass(frozen=True)
class Programme:
    """One programme: what it moves, by how much, and how large a team it takes."""

    id: str
    name: str
    lever: int
    kind: ProgrammeKind
    target: str
    effect: Figure | float
    team: float
    scale: float = 1.0


def _programmes(draft: Draft) -> Iterator[Programme]:
    """The programmes that make sense with what is known."""
    for name, sector, service in (
        ("l_health", "health", "health_desk"),
        ("l_public", "public services", "public_desk"),
    ):
        if service in draft.uses:
            effect = generic(0.1, 0.25, 0.5, "General: what training, testing and a sandbox add to use")
            yield Programme(name, f"Adoption in {sector}", 2, ProgrammeKind.ADOPTION, sector, effect, 30)
    shifted = generic(0.03, 0.1, 0.2, "General: work that can be shifted off the peak")
    yield Programme("l_pool", "Pooled buying and shifted batch work", 3, ProgrammeKind.POOLING, "*", shifted, 8)
    portable = generic(0.1, 0.2, 0.4, "General: what portability and common interfaces add")
    yield Programme("l_switch", "Portability in public contracts", 4, ProgrammeKind.SWITCHING, "*", portable, 20)
    drilled = generic(0.05, 0.15, 0.3, "General: what yearly drills add")
    yield Programme("l_drill", "Yearly switch drills", 4, ProgrammeKind.REHEARSAL, "*", drilled, 10)
    yield Programme("l_enforce", "Contract unit and regulator", 6, ProgrammeKind.ENFORCEMENT, "*", 1.0, 15)
    if draft.known("engineers"):
        more = draft.figures["engineers"].times(0.25)
        yield Programme("l_engineers", "Training of engineers", 6, ProgrammeKind.TALENT, AI_OPS, more, 20, scale=3)


def _put_programme(draft: Draft, programme: Programme) -> None:
    """One programme; a team of so many people, with half as much again for what they need."""
    draft.sheet.add(
        "levers",
        programme.id,
        {
            "name": programme.name,
            "lever": float(programme.lever),
            "kind": programme.kind,
            "target": programme.target,
            "effect": programme.effect,
            "max_scale": programme.scale,
            "is_whole": False,
            "capital_musd": _team(draft, programme.team),
            "annual_musd": _team(draft, programme.team),
            "public_share": 1.0,
            "imported_share": generic(0, 0.1, 0.3, "General: tools and advice from abroad"),
            "compute_h100e": 0.0,
            "lead_years": 1.0,
            "first_year": float(FIRST_YEAR),
        },
    )


def _team(draft: Draft, size: float) -> Figure:
    people = generic(0.25 * size, size, 4 * size, f"General: a team of about {size:g}, a quarter to four times")
    return combine(lambda n, cost: 1.5 * n * cost / _KILO, people, draft.salary(), why="Team × cost of a person × 1.5")


def _put_energy(draft: Draft) -> None:
    cost = generic(0.8, 2.0, 5.0, "General: million US$ a firm MW of feeder, storage or plant")
    block = draft.figures["firm_spare"].times(0.25)
    if block.middle <= 0:
        return
    draft.sheet.add(
        "levers",
        "l_power",
        {
            "name": "Firm power for computing, with its feeder",
            "lever": 7.0,
            "kind": "energy",
            "target": ZONE,
            "effect": block,
            "max_scale": 3.0,
            "is_whole": False,
            "capital_musd": combine(lambda mw, each: mw * each, block, cost, why="MW × cost of a MW"),
            "annual_musd": combine(lambda mw, each: 0.03 * mw * each, block, cost, why="3 % of its cost a year"),
            "public_share": 0.5,
            "imported_share": generic(0.4, 0.7, 0.9, "General: plant and batteries come from abroad"),
            "compute_h100e": 0.0,
            "lead_years": draft.figures["hall_years"],
            "first_year": float(FIRST_YEAR),
        },
    )


def _put_access(draft: Draft) -> None:
    """The agreement on offer: a reserved slice at the largest supplier, at what chips are rented for by contract."""
    rent = generic(
        1.7, 2.35, 4.0, "Rent of an H100 by the hour on a one-year contract, 2025-26, 1.70 to 2.35; list prices above"
    )
    critical = sum(draft.uses[name].middle for name in draft.uses if name in _CRITICAL)
    chips = max(1.0, 4 * critical * 1e6 * 6_000 / (1_000 * 0.35 * 3_600 * HOURS))
    draft.sheet.add(
        "agreements",
        ACCESS,
        {
            "name": "Access agreement with the largest United States supplier",
            "party": "us_main",
            "site": SLICE,
            "clauses": _CLAUSES,
            "signing_musd": _team(draft, 10),
            "fixed_musd_per_year": 0.0,
            "reserve_musd_per_kh100e_year": combine(
                lambda r: r * HOURS / _KILO, rent, why="Rent × hours of a year, a thousand chips"
            ),
            "max_h100e": generic(chips / 2, chips, 2 * chips, "General: four times what critical services take"),
            "first_year": float(FIRST_YEAR),
            "lead_years": 1.0,
            "delivery": "contract",
            "honoured_chooses": draft.figures["enforced"],
            "honoured_ordered": generic(0, 0.1, 0.4, "General: private contracts hardly bind an order"),
            "honoured_cannot": generic(0, 0.2, 0.5, "General: who cannot go on can hardly honour"),
            "enforcement_gain": generic(0.05, 0.2, 0.4, "General: what a contract unit and courts add").within(
                0, max(0.0, 1 - draft.figures["enforced"].middle)
            ),
            "is_between_governments": False,
            "is_signed": False,
            "lever": 1.0,
        },
    )


_CRITICAL = frozenset({"health_desk", "public_desk", "payment_checks"})
