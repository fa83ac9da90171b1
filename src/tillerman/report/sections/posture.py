"""How free we are, layer by layer, at four horizons: today beside the plan. Posture is explained here, once."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.exposure import ALL_LAYERS, Posture
from tillerman.labels import Horizon, Layer
from tillerman.report.charts import Bar, Key, Part
from tillerman.report.context import Context
from tillerman.report.sections.keeps import SERVED_BY
from tillerman.report.tables import Column, Kind, Row, Sure, Table

SHARES = ("control", "steer", "maker", "taker")
LAYERS = (*(layer.value for layer in Layer), ALL_LAYERS)


@dataclass(frozen=True)
class Moment:
    """One layer at one horizon, today and with the plan."""

    horizon: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class LayerPosture:
    """One layer at the four horizons, or why it cannot be measured."""

    name: str
    is_together: bool
    moments: tuple[Moment, ...]
    reason: str


@dataclass(frozen=True)
class Postures:
    """Posture by layer, with its legend and its table."""

    legend: tuple[Key, ...]
    layers: tuple[LayerPosture, ...]
    year: int
    table: Table


def build(context: Context) -> Postures:
    """Tell how free the country is, layer by layer."""
    today, after = both(context)
    layers = tuple(_layer(context, layer, today, after) for layer in LAYERS)
    legend = tuple(Key(look, context.say(f"posture.key.{look}")) for look in SHARES)
    return Postures(legend, layers, context.plan.service_year, _table(context))


def both(context: Context) -> tuple[dict[tuple[str, Horizon], Posture], dict[tuple[str, Horizon], Posture]]:
    """Postures today, and with the plan in the year that the report shows, by layer and horizon."""
    plan = context.plan
    today = {(p.layer, p.horizon): p for p in plan.today.posture_rows}
    after = {(y.posture.layer, y.posture.horizon): y.posture for y in plan.year_postures if y.year == plan.service_year}
    return today, after


def _layer(
    context: Context,
    layer: str,
    today: dict[tuple[str, Horizon], Posture],
    after: dict[tuple[str, Horizon], Posture],
) -> LayerPosture:
    say = context.say
    moments, reasons = [], []
    for horizon in Horizon:
        bars = []
        for label, found in (("bar.today", today.get((layer, horizon))), ("bar.plan", after.get((layer, horizon)))):
            if found is None:
                continue
            if found.control is None:
                reasons.append(context.told(found.reason))
            else:
                bars.append(_bar(context, say(label), found))
        if bars:
            moments.append(Moment(say(f"horizon.{horizon.value}"), tuple(bars)))
    reason = "" if moments else say("posture.unmeasured", reason=reasons[0] if reasons else "")
    return LayerPosture(say(f"layer.{layer}"), layer == ALL_LAYERS, tuple(moments), reason)


def _bar(context: Context, label: str, found: Posture) -> Bar:
    parts = []
    for look in SHARES:
        share = getattr(found, look) or 0.0
        parts.append(Part(look, share, context.say(f"posture.part.{look}", share=context.figures.share(share))))
    return Bar(label, tuple(parts), context.figures.share(parts[0].share))


def _table(context: Context) -> Table:
    """Every layer, horizon and year: today first, then each period of the plan."""
    plan, say = context.plan, context.say
    columns = [Column(say("posture.column.layer")), Column(say("posture.column.horizon")), Column(say("column.when"))]
    columns += [Column(say(f"posture.name.{look}"), Kind.SHARE, Sure.ASSUMED) for look in SHARES]
    columns.append(Column(say("posture.column.kept"), Kind.SHARE, Sure.ASSUMED))
    columns.append(Column(say("posture.column.worst")))
    years = dict.fromkeys(y.year for y in plan.year_postures)
    at = {(y.posture.layer, y.posture.horizon, y.year): y.posture for y in plan.year_postures}
    now = {(p.layer, p.horizon): p for p in plan.today.posture_rows}
    rows = []
    for layer in LAYERS:
        for horizon in Horizon:
            found = [(say("bar.today"), now.get((layer, horizon)))]
            found += [(str(year), at.get((layer, horizon, year))) for year in years]
            for when, posture in found:
                if posture is None:
                    continue
                worst = context.told(posture.reason) if posture.reason else context.named(posture.worst or "")
                shares = tuple(getattr(posture, look) for look in SHARES)
                name = (say(f"layer.{layer}"), say(f"horizon.{horizon.value}"), when)
                rows.append(Row((*name, *shares, posture.service_kept, worst)))
    return Table(
        say("posture.table"), tuple(columns), tuple(rows), say("posture.note"), (context.rests_on(*SERVED_BY),)
    )
