"""The decision asked, and the answer in three sentences."""

from __future__ import annotations

from datetime import date

from tillerman.brief.document import Line, Look, Points, Section
from tillerman.plan import Decision, Plan
from tillerman.report.context import Context
from tillerman.report.sections.keeps import Keeps, committed_cash, committed_years

_MOST_NAMED = 3


def committed(plan: Plan) -> tuple[Decision, ...]:
    """What is decided now, dearest first; where services then stand ready is no decision of a minister."""
    found = [d for d in plan.decisions if d.is_committed and d.action != "run"]
    return tuple(sorted(found, key=lambda d: -d.public_cash_musd))


def ask(context: Context) -> Section:
    """What is to be decided, by when and within what money."""
    plan, say, write = context.plan, context.say, context.figures
    heading = say("brief.decision.heading")
    n = len(committed(plan))
    if not n:
        return Section("decision", heading, (Line(say("brief.decision.none"), Look.LEAD),))
    frame = plan.country.frame
    first, last = committed_years(plan)
    cash = committed_cash(plan)
    budget = plan.request.budget_musd_per_year * (last - first + 1)
    asked = say(
        "brief.decision.ask",
        n=n,
        first=first,
        last=last,
        day=write.date(date(first, frame.fiscal_year_start_month, 1)),
        money=write.money(cash),
    )
    limits = say(
        "brief.decision.budget",
        budget=write.money(plan.request.budget_musd_per_year),
        share=write.share(cash / budget if budget > 0 else 0.0),
    )
    return Section("decision", heading, (Line(asked, Look.LEAD), Line(limits, Look.NOTE, "decision.budget")))


def answer(context: Context, keeps: Keeps) -> Section:
    """What to do, what it gives, and what it leaves open."""
    say = context.say
    lines = [Line(text) for text in (_first(context), keeps.answer[-1], _left(context)) if text]
    meaning = Line(keeps.answer[0], Look.NOTE, "answer.meaning")
    return Section("answer", say("brief.answer.heading"), (Points(tuple(lines)), meaning))


def _first(context: Context) -> str:
    """Where most of the money goes; blank where nothing is decided, which the decision asked has said."""
    found = tuple({d.subject: d for d in reversed(committed(context.plan))}.values())[::-1]
    if not found:
        return ""
    named = tuple(d.name for d in found[:_MOST_NAMED])
    more = len(committed(context.plan)) - len(named)
    key = "brief.answer.first_and_more" if more else "brief.answer.first"
    return context.say(key, n=more, names=context.say("brief.answer.between").join(named))


def _left(context: Context) -> str:
    left = context.plan.stopping
    if not left:
        return context.say("brief.answer.none_left")
    names = context.say.listed(tuple(row.name for row in left))
    return context.say("brief.answer.left", n=len(left), names=names)
