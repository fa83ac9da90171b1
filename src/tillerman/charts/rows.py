"""Rows: a name, and below it a range, one or two values, or a few words where there is no value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tillerman.charts.chart import HALO, ROW, SMALL, TEXT, Chart, Json, Spec, chart_spec, colour, level

_NAME, _MARK = 0.3, 0.74  # how far down its row the name stands, and what is drawn
_THICK = 12  # px of a range


@dataclass(frozen=True)
class Span:
    """A range, drawn as a bar; `look` is a token of the style sheet."""

    low: float
    high: float
    look: str


@dataclass(frozen=True)
class Point:
    """A value; an open one is what is assumed beside what is found."""

    at: float
    is_open: bool = False


@dataclass(frozen=True)
class Row:
    """One row; `told` is what a pointer over it says, `note` stands where nothing can be drawn."""

    name: str
    told: str
    spans: tuple[Span, ...] = ()
    points: tuple[Point, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Along:
    """The axis of values; a logarithmic one has its ticks at 1, 3, 10 and so on."""

    words: str
    unit: str = ""
    is_log: bool = False
    zero: bool = True  # a line where nothing changes


def rows_chart(name: str, title: str, said: str, rows: tuple[Row, ...], along: Along) -> Chart:
    """Draw rows over one axis."""
    ticks: Spec = {"values": _ticks(rows)} if along.is_log else {"tickCount": {"expr": "ceil(width / 120)"}}
    labels: Spec = {"format": ",~f", "labelExpr": f"datum.label + '{along.unit}'"}
    axis: Json = level(along.words, {**labels, **ticks, "grid": True})
    scale: dict[str, Json] = {"zero": along.zero, "nice": True}
    if along.is_log:
        scale = {"type": "log", "domain": _ends(rows), "nice": False}
    x: dict[str, Json] = {"field": "low", "type": "quantitative", "scale": {**scale, "padding": 8}, "axis": axis}
    y: dict[str, Json] = {
        "field": "at",
        "type": "quantitative",
        "scale": {"domain": [0, len(rows)], "reverse": True, "nice": False},
        "axis": None,
    }
    tip: Json = {"field": "told", "type": "nominal"}
    layers: list[Json] = []
    if along.zero and not along.is_log:
        layers.append({"data": {"values": [{"zero": 0}]}, "mark": {"type": "rule", "color": colour("edge")},
                       "encoding": {"x": {**x, "field": "zero"}}})  # fmt: skip
    layers += [
        {
            "transform": [{"filter": "datum.kind === 'span'"}],
            "mark": {"type": "rule", "strokeWidth": _THICK},
            "encoding": {"x": x, "x2": {"field": "high"}, "y": y, "tooltip": tip,
                         "stroke": {"field": "look", "type": "nominal", "scale": None, "legend": None}},
        },
        {
            "transform": [{"filter": "datum.kind === 'point'"}],
            "mark": {"type": "circle", "size": 130, "opacity": 1, "color": colour("deep"), "stroke": colour("paper")},
            "encoding": {"x": x, "y": y, "tooltip": tip},
        },
        {
            "transform": [{"filter": "datum.kind === 'open'"}],
            "mark": {"type": "circle", "size": 110, "opacity": 1, "color": colour("paper"), "stroke": colour("ink"),
                     "strokeWidth": 2},
            "encoding": {"x": x, "y": y, "tooltip": tip},
        },
        _written("name", 0, TEXT, "ink", y, tip),
        _written("note", 0, SMALL, "soft", y, tip),
    ]  # fmt: skip
    spec = chart_spec(layers, height=ROW * len(rows), data=_data(rows), left=20, right=24, top=6)
    return Chart(name, title, said, spec)


def _written(kind: str, x: int, size: int, look: str, y: Mapping[str, Json], tip: Json) -> Json:
    """A layer of words at the left of each row."""
    mark: Json = {"type": "text", "align": "left", "baseline": "middle", "fontSize": size, "color": colour(look),
                  "limit": {"expr": "width"}, **HALO}  # fmt: skip
    encoding: Json = {"x": {"value": x}, "y": y, "text": {"field": "words", "type": "nominal"}, "tooltip": tip}
    return {"transform": [{"filter": f"datum.kind === '{kind}'"}], "mark": mark, "encoding": encoding}


def _data(rows: tuple[Row, ...]) -> list[Mapping[str, Json]]:
    found: list[Mapping[str, Json]] = []
    for n, row in enumerate(rows):
        mark: dict[str, Json] = {"at": n + _MARK, "told": row.told}
        found.append({"kind": "name", "at": n + _NAME, "told": row.told, "words": row.name})
        found += [{**mark, "kind": "span", "low": s.low, "high": s.high, "look": colour(s.look)} for s in row.spans]
        found += [{**mark, "kind": "open" if p.is_open else "point", "low": p.at} for p in row.points]
        if row.note:
            found.append({**mark, "kind": "note", "words": row.note})
    return found


def _values(rows: tuple[Row, ...]) -> list[float]:
    spans = [end for row in rows for span in row.spans for end in (span.low, span.high)]
    found = [value for value in (*spans, *(p.at for row in rows for p in row.points)) if value > 0]
    return found or [1.0]


def _ends(rows: tuple[Row, ...]) -> list[Json]:
    ticks = _ticks(rows)
    return [ticks[0], ticks[-1]]


def _ticks(rows: tuple[Row, ...]) -> list[Json]:
    """Every 1, 3, 10, 30 from just below the least value to just above the largest."""
    steps = [digit * 10.0**power for power in range(-9, 10) for digit in (1, 3)]
    values = _values(rows)
    first = max(n for n, step in enumerate(steps) if step <= min(values))
    last = min(n for n, step in enumerate(steps) if step >= max(values))
    return [round(step, 9) for step in steps[first : max(last, first + 1) + 1]]
