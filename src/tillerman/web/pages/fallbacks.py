"""Fallbacks: the register of what takes over, who holds it, how long switching takes and when it was last tested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from tillerman.country.use import Fallback
from tillerman.exposure import ServiceKept
from tillerman.web.answers import answered
from tillerman.web.shell import figures_of, page
from tillerman.web.visit import Visit, Visitor

pages = APIRouter()
api = APIRouter(tags=["fallbacks"])
OVERDUE_DAYS = 365  # a test older than this no longer says that the switch works
CRITICAL = 1


@dataclass(frozen=True)
class Register:
    """One fallback of one service."""

    name: str
    holder: str
    holder_is_home: bool | None  # None where nobody is named
    hours: float | None
    last_tested: date | None
    is_overdue: bool
    note: str


@dataclass(frozen=True)
class Covered:
    """One service with what takes over when its usual way stops."""

    service: str
    name: str
    tier: int
    people: str
    stops: bool  # if any one supplier or state withdraws, today
    any_one: float
    fallbacks: tuple[Register, ...]


@dataclass(frozen=True)
class Fallbacks:
    """The whole register, services without a fallback first."""

    n_critical: int
    n_with: int  # critical services with a fallback on file
    n_tested: int  # ... with one tested within a year
    today: date
    services: tuple[Covered, ...]


def answer(visit: Visit, study: str, today: date) -> Fallbacks:
    """The register of a study's fallbacks, as of a day."""
    opened = visit.told(study)
    write = figures_of(visit, opened)
    country = opened.country
    home = set(country.frame.home_jurisdictions)
    parties = {party.id: party for party in country.parties}

    def told(item: Fallback) -> Register:
        holder = parties.get(item.holder or "")
        return Register(
            name=item.name,
            holder=holder.name if holder else "",
            holder_is_home=set(holder.jurisdictions) <= home if holder else None,
            hours=item.hours_to_switch,
            last_tested=item.last_tested,
            is_overdue=item.last_tested is None or (today - item.last_tested).days > OVERDUE_DAYS,
            note=item.note or "",
        )

    def covered(row: ServiceKept) -> Covered:
        held = tuple(told(item) for item in country.fallbacks if item.service == row.service)
        people = write.people(row.people_million)
        return Covered(row.service, row.name, row.tier, people, row.is_stopped, row.any_one, held)

    services = tuple(covered(row) for row in opened.today.services)
    critical = [row for row in services if row.tier == CRITICAL]
    return Fallbacks(
        n_critical=len(critical),
        n_with=sum(bool(row.fallbacks) for row in critical),
        n_tested=sum(any(not item.is_overdue for item in row.fallbacks) for row in critical),
        today=today,
        services=tuple(sorted(services, key=lambda row: (row.tier, bool(row.fallbacks)))),
    )


def _today() -> date:
    return datetime.now(UTC).date()


@pages.get("/studies/{study}/fallbacks")
def show(study: str, visit: Visitor) -> HTMLResponse:
    """Show the register."""
    found = answer(visit, study, _today())
    say = visit.say
    none = say("keeps.none")
    finding = say(
        "fallbacks_page.finding", n=found.n_critical, held=found.n_with or none, tested=found.n_tested or none
    )
    return page(
        visit, "pages/fallbacks.html.j2", title=finding, opened=visit.open(study), here="fallbacks", found=found
    )


@api.get("/studies/{study}/fallbacks")
@answered
def tell(study: str, visit: Visitor) -> Fallbacks:
    """What takes over when a service's usual way stops, who holds it, and when it was last tested."""
    return answer(visit, study, _today())
