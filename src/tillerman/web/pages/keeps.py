"""What keeps running: every critical service, today and with the plan. The first screen of a study."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from tillerman.exposure import ServiceKept
from tillerman.plan import Plan
from tillerman.plan.alternatives_result import ALWAYS
from tillerman.report.charts import Key
from tillerman.report.context import Context
from tillerman.report.names import withdrawn
from tillerman.report.sections import keeps, unknown, worth
from tillerman.report.sections.keeps import Pair
from tillerman.report.tables import Column, Kind, Row, Source, Sure, Table
from tillerman.web.answers import answered
from tillerman.web.shelf import Opened
from tillerman.web.shell import context_of, figures_of, page
from tillerman.web.visit import Visit, Visitor

pages = APIRouter()
api = APIRouter(tags=["what keeps running"])
MOST_HELPS = 3


@dataclass(frozen=True)
class FirstScreen:
    """The finding, the picture behind it, what helps whatever happens, and what we do not know."""

    finding: str
    answer: tuple[str, ...]
    how: str  # to read a bar
    legend: tuple[Key, ...]
    services: tuple[Pair, ...]
    short: str  # services that run for less than half of their uses whoever stays
    table: Table
    has_plan: bool
    helps: tuple[str, ...]  # decisions that pay at every chance tried
    unknown: unknown.Unknown


def answer(visit: Visit, study: str) -> FirstScreen:
    """What keeps running today and, where there is one, with the plan."""
    opened = visit.told(study)
    return _today(visit, opened) if opened.plan is None else _with_plan(visit, opened.plan)


def _with_plan(visit: Visit, plan: Plan) -> FirstScreen:
    context = context_of(visit, plan)
    found = keeps.build(context)
    return FirstScreen(
        finding=found.finding,
        answer=found.answer,
        how=found.how,
        legend=found.legend,
        services=found.services,
        short=found.short,
        table=found.table,
        has_plan=True,
        helps=_helps(context),
        unknown=unknown.build(context),
    )


def _helps(context: Context) -> tuple[str, ...]:
    """Up to three things: what pays at every chance tried; then, where that was asked, what every good plan has."""
    say, found = context.say, context.plan.asked.alternatives
    helps = list(worth.build(context).helps)
    if found is not None:
        within = context.figures.share(found.within)
        helps += [
            say("keeps_page.in_every", deed=say(f"alternatives.{choice.action}", name=choice.name), within=within)
            for choice in found.choices
            if choice.verdict == ALWAYS
        ]
    return tuple(helps[:MOST_HELPS])


def _today(visit: Visit, opened: Opened) -> FirstScreen:
    """The same of a country that has no plan yet: one bar a service."""
    say, write, today = visit.say, figures_of(visit, opened), opened.today
    party = {item.id: item.name for item in opened.country.parties}
    critical = [row for row in today.services if row.tier == keeps.CRITICAL]
    n = len(critical)
    answer = [say("keeps_page.meaning")]
    if today.singles:
        worst = today.worst_single
        kept = write.share(worst.kept[keeps.QUARTER])
        answer.append(say("keeps_page.worst", name=withdrawn(worst, say.language), kept=kept))
    return FirstScreen(
        finding=say("finding.today", x=len(today.stopping), n=n) if n else say("keeps.finding_without"),
        answer=tuple(answer),
        how=say("keeps.how"),
        legend=keeps.legend(say),
        services=tuple(
            Pair(
                row.service,
                row.name,
                write.people(row.people_million),
                (keeps.bar_of(write, "bar.today", row),),
                keeps.fallback_of(write, party, row),
            )
            for row in critical
        ),
        short=keeps.short_of(say, critical),
        table=_table(visit, opened),
        has_plan=False,
        helps=(),
        unknown=unknown.Unknown(tuple(unknown.gaps(today, write)), unknown.contested(opened.country, say)),
    )


def _table(visit: Visit, opened: Opened) -> Table:
    say = visit.say
    columns = [Column(say("column.service")), Column(say("column.tier"), Kind.COUNT)]
    columns.append(Column(say("column.people"), Kind.PEOPLE))
    columns += [
        Column(say(f"keeps.column.{head}_today"), Kind.SHARE, Sure.ASSUMED) for head in ("alone", "any_one", "whole")
    ]
    rows = tuple(_row(row) for row in opened.today.services)
    return Table(say("keeps.table"), tuple(columns), rows, say("keeps_page.table_note"))


def _row(row: ServiceKept) -> Row:
    values = (row.name, row.tier, row.people_million, row.alone, row.any_one, row.whole)
    return Row(values, Source("services", row.service))


@pages.get("/studies/{study}/keeps")
def show(study: str, visit: Visitor) -> HTMLResponse:
    """Show the finding, the answer in three sentences, and the picture."""
    found = answer(visit, study)
    return page(visit, "pages/keeps.html.j2", title=found.finding, opened=visit.open(study), here="keeps", found=found)


@api.get("/studies/{study}/keeps")
@answered
def tell(study: str, visit: Visitor) -> FirstScreen:
    """What keeps running: every critical service today and with the plan, what helps, and what is not known."""
    return answer(visit, study)
