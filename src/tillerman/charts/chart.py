"""What a chart is: its title, what it says to who cannot see it, and one definition in Vega-Lite.

A definition is written once and for any width. Its colours are tokens of the style sheet, so that it is right by day,
in the dark and on paper; its distances are fixed, so that no typeface of a machine moves anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

Json = Mapping[str, "Json"] | Sequence["Json"] | str | float | bool | None
Spec = dict[str, Json]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # names the grammar; nothing is fetched from it
TEXT, SMALL = 13, 12  # px
ROW = 46  # a row of a chart of rows: its name, and what is drawn below it


class Width(IntEnum):
    """The two widths a chart is drawn in, px: for a desk and for a phone."""

    WIDE = 720
    NARROW = 340


@dataclass(frozen=True)
class Chart:
    """One chart, beside which its table always stands."""

    id: str  # within its page
    title: str
    said: str  # what it shows, in one or two sentences
    spec: Mapping[str, object]  # in Vega-Lite: plain data, whatever is nested in it

    def _repr_svg_(self) -> str:
        """What a notebook shows of it."""
        from tillerman.charts.drawing import Ground, drawn  # drawing knows charts, not the other way round

        return drawn(self, ground=Ground.SHEET)


@dataclass(frozen=True)
class Scale:
    """What numbers on an axis are divided by, and how the axis then calls them: 1,000 and `KES billion`."""

    size: float
    words: str

    def of(self, value: float) -> float:
        """A value as it stands on the axis."""
        return value / self.size


def colour(token: str) -> str:
    """A colour of the style sheet, by the name of its token."""
    return f"var(--{token})"


def chart_spec(
    layers: list[Json], *, height: int, data: Sequence[Mapping[str, Json]], left: int, right: int, top: int = 30
) -> Spec:
    """Put a definition together: layers over one table, and around it room for what stands on the axes."""
    return {
        "$schema": SCHEMA,
        "width": Width.WIDE - left - right,
        "height": height,
        "padding": {"left": left, "right": right, "top": top, "bottom": 44},
        "autosize": {"type": "none"},
        "data": {"values": list(data)},
        "layer": layers,
        "config": CONFIG,
    }


def upright(title: str, ticks: Spec) -> Spec:
    """The axis of heights: its title stands level above it."""
    place: Spec = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -14}
    return {"title": title, "titleBaseline": "bottom", **place, **ticks}


def level(title: str, ticks: Spec) -> Spec:
    """The axis along the bottom: its title stands at its far end."""
    return {"title": title, "titleAnchor": "end", "titleAlign": "right", "titleY": 38, **ticks}


HALO: Spec = {"stroke": colour("paper"), "strokeWidth": 4, "strokeJoin": "round"}  # words stand out over lines
CONFIG: Spec = {
    "aria": False,  # the picture as a whole has a text; its pieces are read in the table
    "background": None,
    "font": "sans-serif",  # the style sheet sets the face of the page
    "view": {"stroke": None},
    "axis": {
        "labelColor": colour("soft"),
        "titleColor": colour("soft"),
        "labelFontSize": SMALL,
        "titleFontSize": SMALL,
        "titleFontWeight": "normal",
        "domainColor": colour("edge"),
        "tickColor": colour("edge"),
        "gridColor": colour("line"),
        "labelPadding": 6,
        "tickSize": 4,
        "labelBound": False,
        "labelFlush": False,
        "labelOverlap": False,
        "labelLimit": 0,
        "titleLimit": 0,
        "titleBaseline": "alphabetic",
    },
    "axisY": {"domain": False, "ticks": False, "minExtent": 0, "maxExtent": 0},
    "text": {"color": colour("ink"), "fontSize": TEXT, "limit": 0},
}
