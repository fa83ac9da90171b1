"""The plan: the one made, or any point between the cheapest and the safest, with all that follows from it at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from tillerman.compare import outline_of, plan_change
from tillerman.errors import SettingError
from tillerman.labels import Horizon
from tillerman.plan import Frontier, Plan
from tillerman.plan.frontier_result import FrontierPoint, Standing, Test
from tillerman.report.charts import Key
from tillerman.report.context import Context
from tillerman.report.figures import figures
from tillerman.report.intervals import told_worth
from tillerman.report.sections import accounts, agreements, alternatives, decisions, keeps, posture, references, worth
from tillerman.report.sections import frontier as frontier_section
from tillerman.report.sections.tail import tail
from tillerman.units import DOLLAR, money
from tillerman.web.answers import answered
from tillerman.web.differing import said
from tillerman.web.needs import plan_of
from tillerman.web.pages.dials import Choice, choice_of
from tillerman.web.pages.jobs import running
from tillerman.web.shell import page
from tillerman.web.visit import Visit, Visitor

pages = APIRouter()
api = APIRouter(tags=["plan"])
_NUMBER = re.compile(r"[0-9]{1,3}")
# In the order in which a reader wants them.
QUESTIONS_SHOWN = ("frontier", "alternatives", "left_out", "levers", "flips", "options", "ambiguity", "foresight")


@dataclass(frozen=True)
class Question:
    """One question that can be put to the plan, and whether its answer is kept already."""

    id: str
    is_answered: bool


@dataclass(frozen=True)
class Stop:
    """One point between the cheapest and the safest, as the reader chooses it."""

    number: int  # counted from 0
    id: str  # what stands in the address: its name, or its number where it has none
    label: str
    kept: str  # critical service kept under its most serious single loss
    more: str  # than the cheapest
    is_named: bool


@dataclass(frozen=True)
class Layer:
    """One layer 90 days after a withdrawal: today and with the plan."""

    name: str
    moments: tuple[posture.Moment, ...]
    reason: str
    is_together: bool


@dataclass(frozen=True)
class Shown:
    """A plan as it is read: what it keeps, what to do, what to sign, how free it leaves the country, what it costs."""

    finding: str
    at: int | None  # the point shown; None for the plan itself
    stands_at: int | None  # the point shown, or the named one that is the plan itself; None where none is
    stops: tuple[Stop, ...]  # none where the points were not asked for
    kept: str
    kept_under: str  # what it is kept under, in words
    worst: str  # blank where all losses at once are meant
    stopping: str
    more: str  # than the cheapest; blank for the plan itself
    committed: str  # public cash of the committed years, in the country's currency
    committed_beside: str  # the same in US dollars beside it
    differs: tuple[str, ...]  # decisions that differ from the plan made, in words
    decisions: decisions.Decisions
    agreements: agreements.Agreements
    legend: tuple[Key, ...]
    layers: tuple[Layer, ...]
    layers_year: int
    accounts: accounts.Accounts
    references: references.References | None  # of the plan made only
    tail: str  # how bad the worst futures are, with the plan made; blank where that is not known
    worth: worth.Worth | None
    alternatives: alternatives.Alternatives | None
    frontier: frontier_section.Frontier | None


def answer(visit: Visit, study: str, point: str = "", *, with_hazards: bool = False) -> Shown:
    """The plan of a study, or a point between cheapest and safest.

    Raises:
        NoPlanError: where there is no plan yet.
        SettingError: for a point that is not there.
    """
    plan = plan_of(visit.told(study))
    frontier = plan.asked.frontier
    at = number_of(frontier, point)
    standing = frontier.standing(at) if frontier is not None and at is not None else None
    shown = plan if standing is None else at_point(plan, standing)
    context = _context(visit, shown, with_hazards=with_hazards)
    n_critical = sum(row.tier == keeps.CRITICAL for row in shown.services)
    worst = _worst(context, shown, standing)
    postures = posture.build(context)
    is_whole = standing is None
    return Shown(
        finding=keeps.finding(context),
        at=at,
        stands_at=_same_as(plan) if at is None else at,
        stops=stops_of(context, frontier) if frontier is not None and frontier.has_plans else (),
        kept=context.figures.share(worst[0]),
        kept_under=visit.say("plan_page.kept", loss=_loss(visit, frontier if standing else None)),
        worst=worst[1],
        stopping=visit.say("plan_page.stopping", left=len(shown.stopping), n=n_critical),
        more="" if standing is None else told_worth(standing.point.more, context),
        committed=context.figures.own(keeps.committed_cash(shown)),
        committed_beside=money(keeps.committed_cash(shown), DOLLAR, language=visit.language),
        differs=() if is_whole else differs(visit, plan, shown),
        decisions=decisions.build(context),
        agreements=agreements.build(context),
        legend=postures.legend,
        layers=layers_of(context, postures),
        layers_year=shown.service_year,
        accounts=accounts.build(context),
        references=references.build(context) if is_whole else None,
        tail=tail(context) if is_whole else "",
        worth=worth.build(context) if is_whole else None,
        alternatives=alternatives.build(context) if is_whole else None,
        frontier=frontier_section.build(context) if is_whole else None,
    )


def number_of(frontier: Frontier | None, point: str) -> int | None:
    """The number of a point by its name or number; None for the plan itself. Raises SettingError for another."""
    if not point:
        return None
    names = [found.name or str(i) for i, found in enumerate(frontier.points)] if frontier else []
    if frontier is None or not frontier.has_plans:
        raise SettingError("point", point, "the plan alone", "Ask for the points between cheapest and safest first.")
    if point in names:
        return names.index(point)
    if _NUMBER.fullmatch(point) and int(point) < len(names):
        return int(point)
    raise SettingError(
        "point", point, f"one of {', '.join(name for name in names if not name.isdecimal())}, or a number"
    )


def at_point(plan: Plan, standing: Standing) -> Plan:
    """The plan of one point, told as the plan itself is."""
    return replace(
        plan,
        decisions=standing.decisions,
        services=standing.services,
        service_year=standing.service_year,
        year_postures=standing.year_postures,
        trilemma=standing.trilemma,
        accounts=standing.accounts,
        expected_loss_musd=standing.expected_loss_musd,
        break_evens=(),
        references=(),
    )


def _context(visit: Visit, told: Plan, *, with_hazards: bool = False) -> Context:
    """What the sections are given of a plan whose names are in the visitor's language already."""
    return Context(told, visit.say, figures(visit.say, told.country.frame), with_hazards)


def _same_as(plan: Plan) -> int | None:
    """The named point whose plan is the plan made."""
    frontier = plan.asked.frontier
    if frontier is None or not frontier.has_plans:
        return None
    named = (i for i, point in enumerate(frontier.points) if point.name)
    return next((i for i in named if frontier.standing(i).decisions == plan.decisions), None)


def stops_of(context: Context, frontier: Frontier) -> tuple[Stop, ...]:
    """The points as the reader chooses them."""
    write = context.figures
    return tuple(_stop(context, i, point, write.share(point.kept)) for i, point in enumerate(frontier.points))


def _stop(context: Context, number: int, point: FrontierPoint, kept: str) -> Stop:
    label = context.say(f"frontier.point.{point.name}") if point.name else kept
    return Stop(number, point.name or str(number), label, kept, told_worth(point.more, context), bool(point.name))


def differs(visit: Visit, plan: Plan, other: Plan) -> tuple[str, ...]:
    """How the decisions of a point differ from the plan made, in words."""
    found = plan_change(outline_of(plan), outline_of(other)).decisions
    return tuple(
        visit.say(f"plan_page.{item.kind}", name=item.name, before=item.before, after=item.after)
        for item in said(found, _context(visit, plan), _context(visit, other))
    )


def layers_of(context: Context, postures: posture.Postures) -> tuple[Layer, ...]:
    """Postures 90 days after a withdrawal, layer by layer."""
    quarter = context.say(f"horizon.{Horizon.QUARTER.value}")
    return tuple(
        Layer(row.name, tuple(m for m in row.moments if m.horizon == quarter), row.reason, row.is_together)
        for row in postures.layers
    )


def _loss(visit: Visit, tested: Frontier | None) -> str:
    """What a plan is tested by: a point of a frontier by its test, the plan itself by the most serious single loss."""
    return visit.say(f"frontier.loss.{Test.SINGLE if tested is None else tested.test}")


def _worst(context: Context, plan: Plan, standing: Standing | None) -> tuple[float, str]:
    """What the most serious single loss leaves after 90 days, and what that loss is."""
    if standing is not None:
        return standing.point.kept, context.named(standing.point.worst)
    found = plan.worst_withdrawal
    return found.kept[keeps.QUARTER], context.withdrawn(found)


Point = Annotated[str, Query(max_length=20, description="A point's name or number; blank for the plan itself.")]
Hazards = Annotated[bool, Query(description="Show the chances that the file assumes; they are assumptions.")]


@pages.get("/studies/{study}/plan")
def show(study: str, visit: Visitor, point: Point = "", hazards: Hazards = False) -> HTMLResponse:  # noqa: FBT002 - a query
    """Show the plan, or a point between cheapest and safest."""
    return shown_with(visit, study, choice_of(visit, visit.told(study)), point=point, hazards=hazards)


def shown_with(
    visit: Visit, study: str, dials: Choice, *, point: str = "", hazards: bool = False, status: int = 200
) -> HTMLResponse:
    """The page with its dials as they stand, or as a visitor left them."""
    opened = visit.open(study)
    found = answer(visit, study, point, with_hazards=hazards)
    return page(
        visit,
        "pages/plan.html.j2",
        title=found.finding,
        opened=opened,
        here="plan",
        status=status,
        found=found,
        page=found,
        point=point,
        hazards=hazards,
        dials=dials,
        questions=tuple(Question(name, getattr(plan_of(opened).asked, name) is not None) for name in QUESTIONS_SHOWN),
        running=running(visit, study),
        own_path=f"/studies/{study}/plan",
    )


@api.get("/studies/{study}/plan")
@answered
def tell(study: str, visit: Visitor, point: Point = "", hazards: Hazards = False) -> Shown:  # noqa: FBT002 - as above
    """What to do and sign by year, how free that leaves the country, what it costs; at any point of the frontier."""
    return answer(visit, study, point, with_hazards=hazards)
