"""What is kept after a loss, at four moments: today beside the plan."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.charts.chart import HALO, TEXT, Chart, Json, chart_spec, colour, upright

_HEIGHT = 220
_NEAR_THE_AXIS = 0.18  # a name below such a value would stand on the axis
_ABOVE, _BELOW = -16, 20  # px between a line and its name


@dataclass(frozen=True)
class Course:
    """How much is kept at each moment after one loss, and what a pointer over each value says."""

    name: str
    kept: tuple[float, ...]
    told: tuple[str, ...]
    is_today: bool


@dataclass(frozen=True)
class RecoveryWords:
    """What stands on the chart."""

    title: str
    said: str
    kept: str
    moments: tuple[str, ...]


def recovery_chart(courses: tuple[Course, ...], words: RecoveryWords) -> Chart:
    """Draw the course of one loss or of two."""
    highest = max(courses, key=lambda course: course.kept[-1])
    rows: list[dict[str, Json]] = [
        {
            "moment": moment,
            "kept": 100 * kept,
            "told": told,
            "course": course.name,
            "today": course.is_today,
            "name": course.name if moment == words.moments[-1] else "",
            "up": course is highest or course.kept[-1] < _NEAR_THE_AXIS,
        }
        for course in courses
        for moment, kept, told in zip(words.moments, course.kept, course.told, strict=True)
    ]
    x: Json = {
        "field": "moment",
        "type": "ordinal",
        "sort": None,
        "scale": {"type": "point", "padding": 0.35},
        "axis": {"title": None, "labelAngle": 0},
    }
    y: Json = {
        "field": "kept",
        "type": "quantitative",
        "scale": {"domain": [0, 100]},
        "axis": upright(
            words.kept, {"format": "~f", "values": [0, 25, 50, 75, 100], "labelExpr": "datum.label + ' %'"}
        ),
    }
    tip: Json = {"field": "told", "type": "nominal"}
    dashed: Json = {"condition": {"test": "datum.today", "value": [5, 4]}, "value": [1, 0]}
    filled: Json = {"condition": {"test": "datum.today", "value": colour("paper")}, "value": colour("deep")}
    layers: list[Json] = [
        {
            "mark": {"type": "line", "strokeWidth": 2, "stroke": colour("deep")},
            "encoding": {"x": x, "y": y, "detail": {"field": "course", "type": "nominal"}, "strokeDash": dashed},
        },
        {
            "mark": {"type": "circle", "size": 110, "opacity": 1, "stroke": colour("deep"), "strokeWidth": 2},
            "encoding": {"x": x, "y": y, "fill": filled, "tooltip": tip},
        },
        _names("datum.name !== '' && datum.up", _ABOVE, x, y),
        _names("datum.name !== '' && !datum.up", _BELOW, x, y),
    ]
    return Chart("recovery", words.title, words.said, chart_spec(layers, height=_HEIGHT, data=rows, left=48, right=16))


def _names(chosen: str, shift: int, x: Json, y: Json) -> Json:
    """The names of lines at their ends, one above and one below, so that close lines keep theirs apart."""
    mark: Json = {"type": "text", "align": "right", "dx": 12, "dy": shift, "fontSize": TEXT, "fontWeight": "bold",
                  **HALO}  # fmt: skip
    encoding: Json = {"x": x, "y": y, "text": {"field": "name", "type": "nominal"}}
    return {"transform": [{"filter": chosen}], "mark": mark, "encoding": encoding}
