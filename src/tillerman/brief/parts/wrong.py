"""What could go wrong, and what would change the advice, with who watches it."""

from __future__ import annotations

from collections.abc import Iterator

from tillerman.brief.document import Line, Points, Section
from tillerman.country.choices import Option
from tillerman.report.context import Context
from tillerman.report.sections.decisions import signpost
from tillerman.report.sections.keeps import QUARTER, Keeps
from tillerman.report.sections.tail import tail

_THREE = 3


def wrong(context: Context, keeps: Keeps) -> Section:
    """The worst single loss that is left, the worst futures, and fallbacks that nobody has tested."""
    say = context.say
    lines = [Line(_loss(context)), Line(tail(context) or say("brief.wrong.tail_unknown"))]
    critical = [row for row in context.plan.today.services if row.tier == 1]
    untested = [row for row in critical if row.fallback is None or row.fallback.last_tested is None]
    if untested:
        lines.append(Line(say("brief.wrong.untested", n=len(untested), of=len(critical))))
    if keeps.short:
        lines.append(Line(keeps.short, name="wrong.short"))
    return Section("wrong", say("brief.wrong.heading"), (Points(tuple(lines)),), page=2)


def _loss(context: Context) -> str:
    found, say, write = context.plan.worst_withdrawal, context.say, context.figures
    names = {service.id: service.name for service in context.plan.country.services}
    stops = tuple(names[service] for service in found.stops[0])
    who = context.withdrawn(found)
    return say(
        "brief.wrong.loss_stops" if stops else "brief.wrong.loss",
        name=who[:1].upper() + who[1:],  # it begins a sentence
        week=write.share(found.kept[0]),
        quarter=write.share(found.kept[QUARTER]),
        names=say.listed(stops),
    )


def change(context: Context) -> Section:
    """Three signposts, each with who watches it; honest where the record names fewer."""
    say = context.say
    lines = tuple(dict.fromkeys(_signposts(context)))[:_THREE]
    if len(lines) < _THREE:
        lines = (*lines, Line(say("brief.change.few", n=len(lines))))
    return Section("change", say("brief.change.heading"), (Points(lines),), page=2)


def _signposts(context: Context) -> Iterator[Line]:
    """Options that the plan keeps open, then days of the calendar, then options that it leaves."""
    country, say = context.plan.country, context.say
    kept = {d.subject for d in context.plan.decisions if d.action == "keep_open"}
    for option in country.options:
        if option.id in kept:
            yield _option(context, option, "brief.change.kept")
    for item in sorted(country.dates, key=lambda item: item.date):
        if item.date.year >= country.frame.first_year:
            told = say("brief.change.date", day=context.figures.date(item.date), text=item.text.rstrip("。."))
            yield Line(_watched(context, told, item.watcher or say("brief.change.nobody")))
    for option in country.options:
        if option.id not in kept:
            yield _option(context, option, "brief.change.open")


def _option(context: Context, option: Option, key: str) -> Line:
    seen = signpost(context, option.signpost, option.fires_at)
    return Line(_watched(context, context.say(key, name=option.name, signpost=seen), option.watcher))


def _watched(context: Context, told: str, watcher: str) -> str:
    return context.say("brief.change.watched", told=told, watcher=watcher)
