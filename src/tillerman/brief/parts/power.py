"""Power: what the plan's machines draw at the meter, beside what each zone can connect."""

from __future__ import annotations

from collections import defaultdict

from tillerman.brief.document import Line, Look, Points, Section
from tillerman.country.stack import Site
from tillerman.labels import ProgrammeKind
from tillerman.report.context import Context

_LITTLE_MW = 0.1


def build(context: Context) -> Section:
    """Tell what is drawn, where it is tightest, and which power programmes the plan has."""
    plan, say = context.plan, context.say
    loads = _loads(context)
    zones = {zone.id: zone for zone in plan.country.zones}
    if not loads:
        key = "brief.power.unplaced" if _builds(context) else "brief.power.none"
        return Section("power", say("brief.power.heading"), (Line(say(key)),), page=2)
    lines = [Line(say("brief.power.draws", mw=_mw(context, sum(mw for mw, _ in loads.values()))))]
    tight = max(loads, key=lambda zone: loads[zone][0] / max(zones[zone].connection_limit_mw, 1e-9))
    zone, (load, site) = zones[tight], loads[tight]
    lines.append(
        Line(
            say(
                "brief.power.zone",
                zone=context.resource.get(zone.id, zone.id),
                mw=_mw(context, load),
                limit=_mw(context, zone.connection_limit_mw),
                spare=_mw(context, zone.spare_peak_mw),
            )
        )
    )
    item = context.evidence("sites", site.id, "kw_per_h100e")
    if item is not None and item.low is not None and item.high is not None:
        low, high = (context.figures.amount(value) for value in (item.low, item.high))
        text = say("brief.power.range", low=low, high=high, grade=say(f"grade.{item.grade.value}"))
        lines.append(Line(text, Look.NOTE, "power.range"))
    lines.append(Line(_programmes(context)))
    return Section("power", say("brief.power.heading"), (Points(tuple(lines)),), page=2)


def _builds(context: Context) -> bool:
    return any(decision.action == "build" for decision in context.plan.decisions)


def _loads(context: Context) -> dict[str, tuple[float, Site]]:
    """By zone, what all builds and reservations draw if every chip still stood at the end, and its largest site."""
    country = context.plan.country
    sites = {site.id: site for site in country.sites}
    site_of = {a.id: a.site for a in country.agreements} | {o.id: o.site for o in country.options}
    by_site: dict[str, float] = defaultdict(float)
    for decision in context.plan.decisions:
        if decision.action in ("build", "sign", "keep_open"):
            site = sites[site_of.get(decision.subject, decision.subject)]
            if site.zone is not None:
                by_site[site.id] += decision.amount * site.kw_per_h100e * site.pue / 1000
    found: dict[str, tuple[float, Site]] = {}
    for name, load in sorted(by_site.items(), key=lambda item: -item[1]):
        zone = sites[name].zone or ""
        total, largest = found.get(zone, (0.0, sites[name]))
        if load > 0:
            found[zone] = total + load, largest
    return found


def _mw(context: Context, value: float) -> str:
    if 0 < value < _LITTLE_MW:
        return context.say("brief.power.little")
    return context.say("brief.power.mw", amount=context.figures.amount(value))


def _programmes(context: Context) -> str:
    energy = {lever.id for lever in context.plan.country.levers if lever.kind is ProgrammeKind.ENERGY}
    names = dict.fromkeys(d.name for d in context.plan.decisions if d.subject in energy)
    if not names:
        return context.say("brief.power.no_programme")
    return context.say("brief.power.programmes", names=context.say.listed(tuple(names)))
