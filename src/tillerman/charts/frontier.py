"""Cost against safety: every point from the cheapest plan to the safest, each cost as a range between proved bounds."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.charts.chart import SMALL, Chart, Json, Scale, chart_spec, colour, level, upright

_HEIGHT = 300


@dataclass(frozen=True)
class Dot:
    """One plan: what it keeps, from what to what more than the cheapest it costs, and what a pointer over it says."""

    kept: float
    low: float
    high: float
    mark: str  # a number for a plan that has a name; blank for the others
    told: str


@dataclass(frozen=True)
class FrontierWords:
    """What stands on the chart."""

    title: str
    said: str
    kept: str
    cost: str  # with its unit


def frontier_chart(dots: tuple[Dot, ...], scale: Scale, words: FrontierWords) -> Chart:
    """Draw the frontier."""
    rows: list[dict[str, Json]] = [
        {
            "kept": 100 * dot.kept,
            "low": scale.of(dot.low),
            "high": scale.of(dot.high),
            "middle": scale.of((dot.low + dot.high) / 2),
            "mark": dot.mark,
            "told": dot.told,
        }
        for dot in dots
    ]
    x: Json = {
        "field": "kept",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True, "padding": 14},
        "axis": level(words.kept, {"format": "~f", "tickCount": 5, "grid": False, "labelExpr": "datum.label + ' %'"}),
    }
    y: dict[str, Json] = {
        "field": "middle",
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": upright(words.cost, {"format": ",~f", "tickCount": 5}),
    }
    tip: Json = {"field": "told", "type": "nominal"}
    is_named: Json = {"filter": "datum.mark !== ''"}
    over: Json = {"name": "over", "select": {"type": "point", "on": "pointerover", "clear": "pointerout"}}
    layers: list[Json] = [
        {"mark": {"type": "line", "color": colour("middle"), "strokeWidth": 1.5}, "encoding": {"x": x, "y": y}},
        {
            "mark": {"type": "rule", "color": colour("strong"), "strokeWidth": 3, "strokeCap": "round"},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "tooltip": tip},
        },
        {
            "transform": [{"filter": "datum.mark === ''"}],
            "mark": {"type": "circle", "size": 60, "opacity": 1, "color": colour("middle")},
            "encoding": {"x": x, "y": y, "tooltip": tip},
        },
        {
            "transform": [is_named],
            "params": [over],
            "mark": {"type": "circle", "size": 420, "opacity": 1, "color": colour("deep"), "cursor": "default"},
            "encoding": {
                "x": x,
                "y": y,
                "tooltip": tip,
                "stroke": {
                    "value": colour("paper"),
                    "condition": {"param": "over", "empty": False, "value": colour("ink")},
                },
                "strokeWidth": {"value": 2},
            },
        },
        {
            "transform": [is_named],
            "mark": {"type": "text", "fontSize": SMALL, "fontWeight": "bold", "color": colour("paper")},
            "encoding": {"x": x, "y": y, "text": {"field": "mark", "type": "nominal"}},
        },
    ]
    spec = chart_spec(layers, height=_HEIGHT, data=rows, left=48, right=24)
    return Chart("frontier", words.title, words.said, spec)
