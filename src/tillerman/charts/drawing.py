"""Charts drawn: as SVG for page, report and brief, and as a Vega definition for a browser that runs scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from html import escape

from tillerman.charts.chart import Chart, Width
from tillerman.charts.tokens import Light, tokens

_KEPT = 512  # drawings kept in memory; one takes about 10 kB
_TOKEN = re.compile(r"var\(--([\w-]+)\)")
_FACE = re.compile(r' font-family="[^"]*"')
# What a drawing carries for a renderer with a mouse, and what changes nothing.
_IDLE = re.compile(
    r'<path class="(?:background|foreground)"[^>]*d=(?:""|"M0,0h0v0h0Z")[^>]*/>'
    r'|(?<=[\w"]) (?:class|role|aria-\w+|pointer-events)="[^"]*"|(?<=") opacity="1"|<g></g>'
)
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0
_LONG = re.compile(r"(\d+\.\d\d)\d+")  # a hundredth of a pixel is enough
_HEAD = re.compile(r'<svg [^>]*?width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"[^>]*>')


class Ground(StrEnum):
    """On what a chart stands: a page, whose style sheet gives colours and typeface, or a sheet without one."""

    PAGE = "page"
    SHEET = "sheet"


def drawn(chart: Chart, width: Width = Width.WIDE, ground: Ground = Ground.PAGE) -> str:
    """Draw a chart as SVG, the same bytes for the same chart; its title and its text stand in it."""
    picture = _picture(compiled(chart), width, ground)
    told = f"<title>{escape(chart.title)}</title><desc>{escape(chart.said)}</desc>"
    found = _HEAD.match(picture)
    if found is None:
        raise ValueError(f"a drawing that begins with {picture[:60]!r}; expected an SVG of stated size")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {found["width"]} {found["height"]}" '
        f'width="{found["width"]}" height="{found["height"]}" role="img" focusable="false" '
        f'aria-label="{escape(chart.title)}. {escape(chart.said)}">'
    )
    return head + told + picture[found.end() :]


def compiled(chart: Chart) -> str:
    """A chart as a Vega definition, JSON, for scripts that draw it in any width."""
    return _compiled(json.dumps(_writable(chart.spec), ensure_ascii=False))


def _writable(value: object) -> object:
    """The same without characters that no drawing can hold: the library that draws ends the process on them."""
    if isinstance(value, str):
        return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, Mapping):
        return {name: _writable(item) for name, item in value.items()}
    if isinstance(value, Sequence):
        return [_writable(item) for item in value]
    return value


@lru_cache(_KEPT)
def _picture(definition: str, width: Width, ground: Ground) -> str:
    import vl_convert

    if ground is Ground.SHEET:
        colours = tokens(Light.PRINT)
        definition = _TOKEN.sub(lambda found: colours[found[1]], definition)
    spec = json.loads(definition)
    spec["width"] -= Width.WIDE - width
    picture = _LONG.sub(r"\1", _IDLE.sub("", vl_convert.vega_to_svg(spec)))
    picture = picture.replace("<text ", '<text paint-order="stroke" ')
    return _FACE.sub("", picture) if ground is Ground.PAGE else picture


@lru_cache(_KEPT)
def _compiled(spec: str) -> str:
    import vl_convert

    return json.dumps(vl_convert.vegalite_to_vega(spec), ensure_ascii=False, separators=(",", ":"))
