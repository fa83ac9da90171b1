"""What AI does for people: a general set of services, as large as the answers say."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.country.thirty.draft import Draft
from tillerman.country.thirty.figure import Figure, combine, generic
from tillerman.country.thirty.parts import languages_of

_HOURS_OF_WORK = 1_800.0  # a year's working hours, over which income is spread to price an hour
_MILLION = 1e6
Span = tuple[float, float, float]


@dataclass(frozen=True)
class Kind:
    """One service of the general set: what one use is, with the range over countries and desks."""

    id: str
    name: str
    sector: str
    tier: int
    people: str  # the question that says how many it reaches
    reach: Span | None  # of these, the share that it serves; None where the question counts them itself
    uses: Span  # a person and year
    tokens: Span  # a use
    hard_share: Span
    hours_saved: Span  # of somebody's time, by one use
    growth: Span
    integration: Span  # US$ a use


SERVICES = (
    Kind(
        id="health_desk",
        name="Health desk: triage, messages and claims",
        sector="health",
        tier=1,
        people="health_people",
        reach=None,
        uses=(1, 4, 12),
        tokens=(2_000, 6_000, 20_000),
        hard_share=(0.1, 0.3, 0.5),
        hours_saved=(0.2, 0.5, 1.5),
        growth=(0.05, 0.15, 0.3),
        integration=(0.002, 0.01, 0.05),
    ),
    Kind(
        id="public_desk",
        name="Public desk: permits, tax and benefits",
        sector="public services",
        tier=1,
        people="public_people",
        reach=None,
        uses=(1, 3, 10),
        tokens=(2_000, 6_000, 15_000),
        hard_share=(0.1, 0.2, 0.4),
        hours_saved=(0.2, 0.5, 2),
        growth=(0.05, 0.15, 0.3),
        integration=(0.002, 0.01, 0.05),
    ),
    Kind(
        id="home_files",
        name="Public files that the law keeps at home",
        sector="government",
        tier=1,
        people="public_people",
        reach=None,
        uses=(1, 3, 10),
        tokens=(4_000, 10_000, 30_000),
        hard_share=(0, 0, 0),
        hours_saved=(0.2, 0.5, 2),
        growth=(0.05, 0.15, 0.3),
        integration=(0.002, 0.01, 0.05),
    ),
    Kind(
        id="payment_checks",
        name="Fraud checks on payments",
        sector="finance",
        tier=1,
        people="payment_people",
        reach=None,
        uses=(12, 60, 300),
        tokens=(400, 800, 2_000),
        hard_share=(0, 0, 0),
        hours_saved=(0.002, 0.01, 0.05),
        growth=(0.1, 0.2, 0.3),
        integration=(0.0002, 0.001, 0.005),
    ),
    Kind(
        id="tutor",
        name="Learning tutor",
        sector="education",
        tier=2,
        people="ai_users",
        reach=(0.05, 0.25, 0.5),
        uses=(20, 60, 150),
        tokens=(3_000, 8_000, 15_000),
        hard_share=(0.1, 0.3, 0.5),
        hours_saved=(0.02, 0.1, 0.3),
        growth=(0.1, 0.25, 0.4),
        integration=(0.0002, 0.001, 0.01),
    ),
    Kind(
        id="assistants",
        name="General assistants",
        sector="general",
        tier=3,
        people="ai_users",
        reach=(0.9, 1, 1),
        uses=(50, 200, 500),
        tokens=(1_000, 3_000, 8_000),
        hard_share=(0.1, 0.2, 0.4),
        hours_saved=(0.005, 0.03, 0.1),
        growth=(0.1, 0.25, 0.4),
        integration=(0.00002, 0.0001, 0.001),
    ),
    Kind(
        id="coding",
        name="Help for software and office work",
        sector="business",
        tier=3,
        people="ai_users",
        reach=(0.01, 0.03, 0.08),
        uses=(100, 300, 800),
        tokens=(5_000, 20_000, 50_000),
        hard_share=(0, 0, 0),
        hours_saved=(0.05, 0.2, 0.5),
        growth=(0.1, 0.3, 0.5),
        integration=(0.0002, 0.001, 0.005),
    ),
)
HOME_FILES = "home_files"
PUBLIC_DESK = "public_desk"


def has_hard_uses(service: str) -> bool:
    """Tell whether some uses of a service need a stronger model."""
    return any(any(kind.hard_share) for kind in SERVICES if kind.id == service)


def put_services(draft: Draft) -> None:
    """Put down every service whose people are known."""
    kinds = {kind.id: kind for kind in SERVICES}
    reached = {kind.id: people for kind in SERVICES if (people := _people(draft, kind)) is not None}
    for name, people in reached.items():
        if people.middle > 0:
            draft.uses[name] = _uses(draft, kinds[name], people)
    draft.uses = {name: uses for name, uses in draft.uses.items() if uses.middle * _MILLION >= 1}
    for name in draft.uses:
        _put(draft, kinds[name], reached[name])


def _people(draft: Draft, kind: Kind) -> Figure | None:
    """People that a service reaches, in millions."""
    figures = draft.figures
    if "population" not in figures or kind.people not in figures:
        return None
    if kind.id == HOME_FILES and "home_data" not in figures:
        return None
    if kind.reach is None:
        return figures[kind.people]
    if "internet_share" not in figures:
        return None
    reach = generic(*kind.reach, f"General: of those who use AI, the share that {kind.name.lower()} reaches")
    parts = (figures["population"], figures["internet_share"], figures["ai_users"], reach)
    return combine(
        lambda n, net, ai, part: n * net * ai * part, *parts, why="People × internet users × users of AI × reach"
    )


def _uses(draft: Draft, kind: Kind, people: Figure) -> Figure:
    """Uses a year, in millions; work that must stay at home is counted apart from the rest of the public desk."""
    each = generic(*kind.uses, "General: uses a person and year")
    home = draft.figures.get("home_data")
    if kind.id == HOME_FILES and home is not None:
        return combine(lambda n, u, part: n * u * part, people, each, home, why="People × uses × share kept at home")
    if kind.id == PUBLIC_DESK and home is not None:
        return combine(
            lambda n, u, part: n * u * (1 - part), people, each, home, why="People × uses × share free to go"
        )
    return combine(lambda n, u: n * u, people, each, why="People × uses")


def _put(draft: Draft, kind: Kind, people: Figure) -> None:
    figures, sheet = draft.figures, draft.sheet
    is_home = kind.id == HOME_FILES
    value = _value(draft, kind)
    easy, hard = _floors(draft)
    movable = figures["movable"]
    sheet.add(
        "services",
        kind.id,
        {
            "name": kind.name,
            "sector": kind.sector,
            "tier": float(kind.tier),
            "people_million": people,
            "demand_muse_per_year": draft.uses[kind.id],
            "growth_per_year": generic(*kind.growth, "General: growth of use a year"),
            "tokens_per_use": generic(*kind.tokens, "General: tokens read and written, short to long"),
            "hard_share": generic(*kind.hard_share, "General: share of uses that need a stronger model")
            if any(kind.hard_share)
            else 0.0,
            "floor_easy": easy,
            "floor_hard": hard,
            "languages": languages_of(draft),
            "must_stay_home": is_home,
            "must_answer_home": False,
            "waiver_usd_per_use": None,
            "pool": "ai_ops" if draft.known("engineers") else None,
            "staff_fte_per_muse_year": _staff(draft),
            "integration_musd_per_muse_year": generic(*kind.integration, "General: keeping one use ready on a route"),
            "effort_fte_per_muse_year": _EFFORT if draft.known("crisis_engineers") else 0.0,
            "moved_hit": movable.times(0.25),
            "moved_adapting": movable,
            "moved_adapted": movable.times(2.0),
            "relied_share": figures["relied"],
            "value_usd_per_use": value,
            "loss_hit_usd_per_use": _loss(value, (1.2, 2.0, 5.0), "in the first days"),
            "loss_adapting_usd_per_use": _loss(value, (1.1, 1.6, 3.0), "while switching"),
            "loss_adapted_usd_per_use": _loss(value, (1.0, 1.3, 2.0), "after switching"),
        },
    )


_EFFORT = generic(0.02, 0.1, 0.5, "General: engineers to move a million uses a year")


def _value(draft: Draft, kind: Kind) -> Figure:
    saved = generic(*kind.hours_saved, "General: hours of somebody's time that one use saves")
    return combine(
        lambda hours, each: hours * each / _HOURS_OF_WORK,
        saved,
        draft.income(),
        why=f"Hours saved × GDP a person over {_HOURS_OF_WORK:,.0f} hours of work",
    )


def _loss(value: Figure, span: Span, when: str) -> Figure:
    times = generic(*span, f"General: a use that fails {when} costs more than it was worth")
    return combine(lambda v, t: v * t, value, times, why="Value × how much worse a failure is")


def _staff(draft: Draft) -> Figure | float:
    """People a million uses: today's use takes half of those there are."""
    if not draft.known("engineers"):
        return 0.0
    total = sum(uses.middle for uses in draft.uses.values())
    return draft.figures["engineers"].times(_BUSY / total)


_BUSY = 0.5  # of the people there are today: what today's use takes


def _floors(draft: Draft) -> tuple[Figure, Figure]:
    """Least quality, beside what the front rank reaches in the same languages."""
    closed = draft.world.models_of(None, is_open=False)
    scores = [score for language in languages_of(draft) if (score := draft.world.score(closed, language)) is not None]
    front = min((score.middle for score in scores), default=0.0)
    easy = generic(0.6 * front, 0.75 * front, 0.85 * front, f"General: three quarters of the front rank's {front:g}")
    hard = generic(0.85 * front, 0.92 * front, 0.97 * front, f"General: close to the front rank's {front:g}")
    return easy, hard
