"""The picture of what keeps running, and what we keep, shape and share by layer."""

from __future__ import annotations

from tillerman.brief.document import Bars, Block, Line, Look, Section, Service, Services
from tillerman.exposure import ServiceKept
from tillerman.labels import Horizon
from tillerman.report.charts import Bar, Key
from tillerman.report.context import Context
from tillerman.report.sections.keeps import Keeps
from tillerman.report.sections.posture import SHARES, LayerPosture, Postures

MOST_SERVICES = 7


def keeps_running(context: Context, keeps: Keeps) -> Section:
    """Every critical service, those with most people first; what does not fit is counted."""
    say = context.say
    shown = keeps.services[:MOST_SERVICES]
    if not shown:
        return Section("keeps", say("brief.keeps.heading"), (Line(say("brief.keeps.none")),))
    rows = tuple(
        Service(pair.name, pair.people, pair.bars, Line(pair.fallback, Look.NOTE, f"fallback.{len(shown) - n}"))
        for n, pair in enumerate(shown)
    )
    blocks: list[Block] = [Services(rows, keeps.legend)]
    more = len(keeps.services) - len(shown)
    if more:
        blocks.append(Line(say("brief.keeps.more", n=more), Look.NOTE))
    blocks.append(Line(keeps.how, Look.NOTE, "keeps.how"))
    return Section("keeps", say("brief.keeps.heading"), tuple(blocks))


def layers(context: Context, postures: Postures) -> Section:
    """What we keep, shape and share, by layer, 90 days after a withdrawal, with the plan."""
    say = context.say
    bars = tuple(_bar(context, layer) for layer in postures.layers)
    legend = tuple(Key(look, say(f"brief.layers.key.{look}")) for look in SHARES)
    caption = say("brief.layers.caption", year=postures.year)
    return Section("layers", say("brief.layers.heading"), (Bars(caption, bars, legend),))


def _bar(context: Context, layer: LayerPosture) -> Bar:
    """The layer's bar with the plan; an empty one where it was not measured."""
    horizon = context.say(f"horizon.{Horizon.QUARTER.value}")
    found = next((moment.bars[-1] for moment in layer.moments if moment.horizon == horizon), None)
    if found is None:
        return Bar(layer.name, (), context.say("brief.layers.unmeasured"))
    return Bar(layer.name, found.parts, found.figure)


def most_at_risk(context: Context) -> ServiceKept | None:
    """The critical service with most people that stops today if one leaves; else the one with most people."""
    critical = [row for row in context.plan.today.services if row.tier == 1]
    stopping = [row for row in critical if row.is_stopped]
    return max(stopping or critical, key=lambda row: row.people_million, default=None)
