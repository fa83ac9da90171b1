"""A chart is drawn the same way everywhere: same bytes, both widths, any name, with or without a style sheet."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.charts.samples import chances, every
from tillerman.charts.chart import Chart, Width
from tillerman.charts.drawing import Ground, compiled, drawn
from tillerman.charts.tokens import Light, tokens

CHARTS = every()
NAMES = [chart.id for chart in CHARTS]
BOTH = pytest.mark.parametrize("width", Width)
EACH = pytest.mark.parametrize("chart", CHARTS, ids=NAMES)
SVG = "{http://www.w3.org/2000/svg}"


def read(text: str) -> ET.Element:
    """A drawing as a tree; what is not well-formed is refused."""
    return ET.fromstring(text)  # noqa: S314 - our own drawing


@EACH
@BOTH
def test_drawing_says_what_it_shows(chart: Chart, width: Width) -> None:
    """It is one picture with a title and a text, as wide as asked for, and its words are text."""
    root = read(drawn(chart, width))
    words = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))

    assert (root.get("role"), root.get("width")) == ("img", str(int(width)))
    assert [root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")] == [chart.title, chart.said]
    assert root.get("aria-label") == f"{chart.title}. {chart.said}"
    assert len(words.split()) > 5
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "g",
        "path",
        "line",
        "text",
        "tspan",
    }


@EACH
def test_same_chart_same_bytes(chart: Chart) -> None:
    """Another process writes the same drawing."""
    code = (
        "import sys; from tests.charts.samples import every; from tillerman.charts.drawing import drawn;"
        f"sys.stdout.buffer.write(drawn(next(c for c in every() if c.id == {chart.id!r})).encode())"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert found.stdout.decode() == drawn(chart)


@EACH
def test_a_page_gives_the_colours(chart: Chart) -> None:
    """On a page every colour is a token of the style sheet, and no attribute names a typeface or carries a style."""
    text = drawn(chart)

    assert set(re.findall(r"var\(--([\w-]+)\)", text)) <= set(tokens())
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb\(|font-family|style=|\bid=|href|script", text)


@EACH
def test_a_sheet_has_its_own_colours(chart: Chart) -> None:
    """Without a style sheet the colours are those of print, written out."""
    text = drawn(chart, ground=Ground.SHEET)

    assert "var(" not in text
    assert set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]+)"', text)) <= set(tokens(Light.PRINT).values())


@EACH
def test_a_notebook_shows_the_sheet(chart: Chart) -> None:
    """In a notebook, which has no style sheet of ours, a chart shows itself with its own colours."""
    assert chart._repr_svg_() == drawn(chart, ground=Ground.SHEET)


@EACH
def test_scripts_are_given_the_same_chart(chart: Chart) -> None:
    """The definition for scripts has the chart's values, what a pointer is told, and asks nobody for anything."""
    found = json.loads(compiled(chart))
    told = {row["told"] for data in found["data"] for row in data.get("values", []) if "told" in row}
    spec: dict[str, Any] = dict(chart.spec)

    assert told == {row["told"] for row in spec["data"]["values"]}
    assert found["width"] == spec["width"]
    assert "url" not in {name for data in found["data"] for name in data}


@pytest.mark.time_limit(seconds=60, reason="each example is drawn anew")
@given(
    name=st.text(min_size=1, max_size=20)
    | st.sampled_from(["\x00", "\ufffe", "\ud800", "</text><b>", "a\x1bb", "{{1}}"])
)
def test_any_name_is_only_a_name(name: str) -> None:
    """Whatever a file calls a thing, it is text: characters that no drawing can hold are replaced, not fatal."""
    root = read(drawn(chances(name)))
    plain = read(drawn(chances("plain")))

    assert [e.tag for e in root.iter()] == [e.tag for e in plain.iter()]


def test_long_names_stay_within() -> None:
    """A name longer than a phone is wide is shortened, not drawn beyond the edge."""
    text = drawn(chances("A very long name of a decision " * 4), Width.NARROW)

    assert "…" in text
    assert "decision " * 2 not in text
