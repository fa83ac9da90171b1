"""The style sheet's tokens: read by Python as they stand, told apart in grey, and none used that there is not."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tillerman.charts.tokens import STYLE, Light, tokens

SHEETS = [STYLE, *(Path(__file__).parents[2] / "src" / "tillerman" / "web" / "static").rglob("*.css")]
HUE = ("deep", "strong", "middle", "pale", "faint")


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2)."""
    digits = colour.lstrip("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_tokens_are_what_the_sheet_says() -> None:
    """A colour, a size and a typeface are read as they stand; what print does not say anew is as by day."""
    assert tokens()["deep"] == "#123d54"
    assert tokens(Light.DARK)["deep"] == "#a8d8ea"
    assert tokens(Light.PRINT)["paper"] == "#fff"
    assert tokens(Light.PRINT)["s1"] == tokens()["s1"] == "0.9375rem"
    assert "sans-serif" in tokens()["text"]


@pytest.mark.parametrize("light", Light)
def test_the_hue_is_told_apart_in_grey(light: Light) -> None:
    """Each of the five steps is lighter than the one before it, by day and on paper; in the dark, darker."""
    steps = [luminance(tokens(light)[name]) for name in HUE]
    steps = steps[::-1] if light is Light.DARK else steps

    assert all((after + 0.05) / (before + 0.05) >= 1.15 for before, after in pairwise(steps)), steps


@pytest.mark.parametrize("light", Light)
def test_borders_of_controls_stand_out(light: Light) -> None:
    """The border of a field has a contrast of at least 3 on page and panel."""
    found = tokens(light)
    for ground in ("paper", "card"):
        one, other = sorted((luminance(found["edge"]), luminance(found[ground])))
        assert (other + 0.05) / (one + 0.05) >= 3, ground


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_sheet_has_colours_of_its_own(sheet: Path) -> None:
    """Every token that is used is stated, and a colour is written only where tokens are stated."""
    text = re.sub(r":root \{.*?\}", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    named = re.findall(r"--([a-z][\w-]*):", text)  # of one page, set and used there

    assert set(re.findall(r"var\(--([\w-]+)", text)) - set(tokens()) - set(named) == set()
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![\w-]*\s*\{)|rgba?\(|hsla?\(", text.replace("#000", "")) == []
