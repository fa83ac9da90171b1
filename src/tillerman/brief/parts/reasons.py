"""Three reasons for the advice, each one number with its range and its source; no range is ever made up."""

from __future__ import annotations

from tillerman.brief.document import Block, Line, Reason, Reasons, Section
from tillerman.brief.parts.picture import most_at_risk
from tillerman.labels import Grade
from tillerman.plan.variants import TOLERANCE
from tillerman.report.context import Context
from tillerman.report.sections.keeps import QUARTER
from tillerman.report.tables import Sure

NOTHING = "as_today"  # the reference plan


def build(context: Context) -> Section:
    """Whom it concerns, what doing nothing costs, what planning for withdrawals gains."""
    found = [item for item in (_reach(context), _nothing(context), _planning(context)) if item is not None]
    rows = tuple(item for item in found if isinstance(item, Reason))
    blocks: list[Block] = [Reasons(rows)] if rows else []
    blocks += [item for item in found if isinstance(item, Line)]
    return Section("reasons", context.say("brief.reasons.heading"), tuple(blocks))


def _reach(context: Context) -> Reason | None:
    """How many people the service serves that is most at risk."""
    row, say, write = most_at_risk(context), context.say, context.figures
    if row is None:
        return None
    key = "brief.reasons.reach_stops" if row.is_stopped else "brief.reasons.reach"
    item = context.evidence("services", row.service, "people_million")
    bounds = say("brief.reasons.no_range")
    if item is not None and item.low is not None and item.high is not None:
        bounds = say("brief.reasons.range", low=write.people(item.low), high=write.people(item.high))
    if item is None:
        source = say("grade.silent")
    else:
        when = str(item.published.year if item.published else item.year or "")
        parts = (item.publisher if item.grade is not Grade.ASSUMPTION else None, when)
        source = say("brief.answer.between").join((say(f"grade.{item.grade.value}"), *(part for part in parts if part)))
    return Reason(
        write.people(row.people_million),
        say(key, name=row.name, share=write.share(row.any_one)),
        bounds,
        say("brief.reasons.source", source=source),
    )


def _nothing(context: Context) -> Reason | Line:
    """What carrying on as today costs more; two plans are told apart down to the calculation's tolerance."""
    plan, say, write = context.plan, context.say, context.figures
    found = next((r for r in plan.references if r.name == NOTHING), None)
    if found is None:
        absent = next((r.reason for r in plan.missing_references if r.name == NOTHING), "")
        return Line(say("brief.reasons.nothing_absent", reason=context.told(absent)))
    more = found.objective_musd - plan.certificate.objective_musd
    blur = TOLERANCE * plan.certificate.gross_musd
    source = _study(context, Sure.SAMPLED)
    if more <= blur:
        return Reason(write.own(blur), say("brief.reasons.nothing_equal"), say("brief.reasons.no_range"), source)
    within = say("brief.reasons.within", blur=write.own(blur))
    return Reason(write.own(more), say("brief.reasons.nothing"), within, source)


def _planning(context: Context) -> Reason:
    """What planning for withdrawals gains, between two proved bounds; else what the plan keeps."""
    plan, say, write = context.plan, context.say, context.figures
    found = plan.asked.foresight
    if found is None or not found.planning.is_bounded:
        kept, today = plan.worst_withdrawal.kept[QUARTER], plan.today.worst_single.kept[QUARTER]
        return Reason(
            write.share(kept),
            say("brief.reasons.kept", today=write.share(today)),
            say("brief.reasons.no_range"),
            say("brief.reasons.source_file", mark=say(f"sure.{Sure.ASSUMED.value}")),
        )
    worth, source = found.planning, _study(context, Sure.CERTIFIED)
    bounds = say("brief.reasons.range", low=write.own(worth.low), high=write.own(worth.high))
    if worth.low <= 0:
        return Reason(write.own(max(0.0, worth.high)), say("brief.reasons.planning_open"), bounds, source)
    return Reason(write.own(worth.low), say("brief.reasons.planning"), bounds, source)


def _study(context: Context, sure: Sure) -> str:
    n = f"{context.plan.request.n_futures:,}"
    return context.say("brief.reasons.source_study", n=n, mark=context.say(f"sure.{sure.value}"))
