"""Columns over time, each with the limit it must stay below."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.charts.chart import SMALL, Chart, Json, Scale, chart_spec, colour, upright

_HEIGHT = 220


@dataclass(frozen=True)
class Column:
    """One period: its amount, the limit on it, and what a pointer over it says."""

    when: str
    amount: float
    limit: float | None
    is_firm: bool  # decided; what comes later is provisional
    told: str


@dataclass(frozen=True)
class ColumnWords:
    """What stands on the chart."""

    title: str
    said: str
    amount: str  # with its unit
    limit: str


def columns_chart(name: str, columns: tuple[Column, ...], scale: Scale, words: ColumnWords) -> Chart:
    """Draw columns over time."""
    rows: list[dict[str, Json]] = [
        {
            "when": column.when,
            "amount": scale.of(column.amount),
            "limit": None if column.limit is None else scale.of(column.limit),
            "firm": column.is_firm,
            "told": column.told,
            "name": words.limit if column is columns[-1] and column.limit is not None else "",
        }
        for column in columns
    ]
    # A period of several years stands on two lines, so that it has room on a phone.
    lines = "split(replace(datum.label, '–', '–\\n'), '\\n')"
    x: Json = {
        "field": "when",
        "type": "ordinal",
        "sort": None,
        "scale": {"paddingInner": 0.3, "paddingOuter": 0.2},
        "axis": {"title": None, "labelAngle": 0, "labelExpr": lines, "ticks": False},
    }
    y: dict[str, Json] = {
        "field": "amount",
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": upright(words.amount, {"format": ",~f", "tickCount": 4}),
    }
    tip: Json = {"field": "told", "type": "nominal"}
    dashed: Json = {"condition": {"test": "datum.firm", "value": [1, 0]}, "value": [4, 3]}
    firm: Json = {"condition": {"test": "datum.firm", "value": colour("deep")}, "value": colour("pale")}
    has_limit: Json = [{"filter": "datum.limit !== null"}]
    layers: list[Json] = [
        {
            "mark": {"type": "bar", "stroke": colour("deep"), "strokeWidth": 1},
            "encoding": {"x": x, "y": y, "fill": firm, "strokeDash": dashed, "tooltip": tip},
        },
        {
            "transform": has_limit,
            "mark": {"type": "tick", "color": colour("ink"), "thickness": 2, "bandSize": {"band": 1.15}},
            "encoding": {"x": x, "y": {**y, "field": "limit"}, "tooltip": tip},
        },
        {
            "transform": [{"filter": "datum.name !== ''"}],
            "mark": {"type": "text", "dy": -9, "fontSize": SMALL, "color": colour("ink")},
            "encoding": {"x": x, "y": {**y, "field": "limit"}, "text": {"field": "name", "type": "nominal"}},
        },
    ]
    return Chart(name, words.title, words.said, chart_spec(layers, height=_HEIGHT, data=rows, left=48, right=8))
