"""One thing to do in 90 days, and how sure we are."""

from __future__ import annotations

from tillerman.brief.document import Bars, Line, Look, Points, Section
from tillerman.brief.parts.asked import committed
from tillerman.report.context import Context
from tillerman.report.sections.decisions import sentence
from tillerman.report.sections.evidence import Evidence


def ninety(context: Context) -> Section:
    """Test what was never tested, where most people depend on it; it costs a day and shows what the plan rests on."""
    return Section("ninety", context.say("brief.ninety.heading"), (Line(_ninety(context), Look.LEAD),), page=2)


def _ninety(context: Context) -> str:
    say, write = context.say, context.figures
    critical = sorted((r for r in context.plan.today.services if r.tier == 1), key=lambda r: -r.people_million)
    for row in sorted(critical, key=lambda r: not r.is_stopped):
        people = write.people(row.people_million)
        if row.fallback is None:
            return say("brief.ninety.name", service=row.name, people=people)
        if row.fallback.last_tested is None:
            told = {"service": row.name, "fallback": row.fallback.name, "people": people}
            hours = row.fallback.hours_to_switch
            if hours is None:
                return say("brief.ninety.test", **told)
            return say("brief.ninety.test_hours", hours=write.hours(hours), **told)
    deeds = committed(context.plan)
    if deeds:
        return say("brief.ninety.start", deed=sentence(context, min(deeds, key=lambda d: d.period)))
    return say("brief.ninety.nothing")


def sure(context: Context, evidence: Evidence) -> Section:
    """What the advice rests on: grades of evidence, what is proved, how many futures, what is contested."""
    plan, say = context.plan, context.say
    health = plan.country.health()
    rows = {row.values[0]: row.values[2] for row in evidence.table.rows}
    assumed = sum(float(rows[say(f"grade.{grade}")] or 0.0) for grade in ("assumption", "silent"))
    tolerance = f"{100 * plan.certificate.gap:.1g} %"
    fresh = plan.asked.fresh
    n = f"{plan.request.n_futures:,}"
    lines = [
        Line(say("brief.sure.assumed", share=context.figures.share(assumed), n=f"{health.n_numbers:,}")),
        Line(say("brief.sure.proved", tolerance=tolerance)),
        Line(
            say("brief.sure.futures", n=n, fresh=f"{fresh.n_futures:,}")
            if fresh is not None
            else say("brief.sure.futures_only", n=n)
        ),
    ]
    if health.n_contested:
        lines.append(Line(say("brief.sure.contested", n=health.n_contested), name="sure.contested"))
    bar = Bars(say("brief.sure.bar"), (evidence.bar,), evidence.legend)
    return Section("sure", say("brief.sure.heading"), (bar, Points(tuple(lines))), page=2)
