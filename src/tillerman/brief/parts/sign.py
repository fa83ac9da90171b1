"""What to sign: what the minister must, may trade for, and should refuse. `docs/reference/brief.md` states the rule."""

from __future__ import annotations

from tillerman.brief.document import Columns, Line, Section
from tillerman.brief.parts.asked import committed
from tillerman.country.choices import Agreement
from tillerman.labels import Level
from tillerman.plan import Decision
from tillerman.plan.alternatives_result import FREE, NEVER, OPEN
from tillerman.report.context import Context
from tillerman.report.sections.decisions import sentence
from tillerman.report.sections.keeps import committed_years, last_year

_MOST = 5
_List = tuple[str, tuple[Line, ...]]


def build(context: Context, level: Level) -> Section:
    """Tell what to sign; what could be given and what would be refused is not for the other side to read."""
    say = context.say
    lists: list[_List] = [(say("brief.sign.must"), _must(context))]
    if level is Level.PUBLIC:
        return Section(
            "sign", say("brief.sign.heading"), (Columns(tuple(lists)), Line(say("brief.sign.withheld"))), page=2
        )
    lists += [(say("brief.sign.trade"), _trade(context)), _refuse(context)]
    return Section("sign", say("brief.sign.heading"), (Columns(tuple(lists)),), page=2)


def _verdicts(context: Context) -> dict[tuple[str, str], str] | None:
    """What good plans say of everything that can be decided; None where other good plans were not searched."""
    found = context.plan.asked.alternatives
    return None if found is None else {(c.action, c.subject): c.verdict for c in found.choices}


def _signed(context: Context, *, is_committed: bool) -> dict[str, Decision]:
    signed = [d for d in context.plan.decisions if d.action == "sign" and d.is_committed is is_committed]
    return {d.subject: d for d in reversed(signed)}


def _is_needed(context: Context, action: str, subject: str) -> bool:
    """Is no good plan known that does without it?"""
    return (_verdicts(context) or {}).get((action, subject)) != FREE


def _must(context: Context) -> tuple[Line, ...]:
    """What is committed: agreements first, then the dearest decisions, the rest in one line."""
    say, write = context.say, context.figures
    deeds = committed(context.plan)
    if not deeds:
        return (Line(say("brief.sign.no_must")),)
    signed = _signed(context, is_committed=True)
    needed = [a for a in context.plan.country.agreements if a.id in signed and _is_needed(context, "sign", a.id)]
    lines = [_agreement(context, a, signed[a.id]) for a in needed]
    if not signed:
        first, last = committed_years(context.plan)
        lines.append(Line(say("brief.sign.no_agreement", first=first, last=last)))
    end = last_year(context.plan)
    others = [d for d in deeds if d.action != "sign"]
    shown, rest = others[:_MOST], others[_MOST:]
    firm = [d for d in shown if _is_needed(context, d.action, d.subject)]
    lines += [
        Line(say("brief.sign.deed", deed=sentence(context, d), money=write.own(d.public_cash_musd), end=end))
        for d in firm
    ]
    free = tuple(
        say("brief.sign.priced", deed=sentence(context, d), money=write.own(d.public_cash_musd))
        for d in shown
        if d not in firm
    )
    if free:
        lines.append(Line(say("brief.sign.also", names=say("brief.answer.between").join(free), end=end)))
    if rest:
        cash = sum(d.public_cash_musd for d in rest)
        lines.append(Line(say("brief.sign.smaller", n=len(rest), money=write.own(cash), end=end)))
    return tuple(lines)


def _agreement(context: Context, agreement: Agreement, decision: Decision) -> Line:
    deed, say = sentence(context, decision), context.say
    if not agreement.clauses:
        return Line(say("brief.sign.deed_free", deed=deed))
    clauses = say.listed(tuple(say(f"clause.{clause.value}") for clause in agreement.clauses))
    return Line(say("brief.sign.clauses", deed=deed, clauses=clauses))


def _trade(context: Context) -> tuple[Line, ...]:
    """What the plan signs and good plans do without, what it signs later, what is free, and what we can offer."""
    say, country, verdicts = context.say, context.plan.country, _verdicts(context) or {}
    later, now = _signed(context, is_committed=False), _signed(context, is_committed=True)
    lines = []
    left: dict[str, list[str]] = {FREE: [], OPEN: []}
    for agreement in country.agreements:
        if agreement.id in now:
            if not _is_needed(context, "sign", agreement.id):
                lines.append(Line(say("brief.sign.now", name=agreement.name, years=now[agreement.id].years)))
        elif agreement.id in later:
            lines.append(Line(say("brief.sign.later", name=agreement.name, years=later[agreement.id].years)))
        elif (verdict := verdicts.get(("sign", agreement.id), "")) in left:
            left[verdict].append(agreement.name)
    for key, names in (("brief.sign.free", left[FREE]), ("brief.sign.open", left[OPEN])):
        if names:
            lines.append(Line(say(key, names=say("brief.answer.between").join(names))))
    lines += [
        Line(say("brief.sign.offer", offer=c.name, party=context.party[c.party]), name=f"sign.offer.{n}")
        for n, c in enumerate(country.concessions[:_MOST])
    ]
    return tuple(lines) or (Line(say("brief.sign.no_trade")),)


def _refuse(context: Context) -> _List:
    """What no good plan contains; where good plans were not searched, what the plan leaves out."""
    say, verdicts = context.say, _verdicts(context)
    taken = {d.subject for d in context.plan.decisions if d.action == "sign"}
    offered = [a for a in context.plan.country.agreements if not a.is_signed and a.id not in taken]
    if verdicts is not None:
        refused = [a for a in offered if verdicts.get(("sign", a.id)) == NEVER]
        lines = [Line(say("brief.sign.refused", name=a.name)) for a in refused[:_MOST]]
        return say("brief.sign.refuse"), tuple(lines) or (Line(say("brief.sign.none_refused")),)
    lines = [Line(say("brief.sign.left_out", name=a.name)) for a in offered[:_MOST]]
    if not lines:
        return say("brief.sign.refuse"), (Line(say("brief.sign.no_refuse")),)
    return say("brief.sign.leave"), (*lines, Line(say("brief.sign.left_note"), name="sign.left_note"))
