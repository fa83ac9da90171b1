"""The brief as a page: well-formed, without scripts or requests, with every text escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.brief.reading import squeezed
from tests.report.reading import read
from tillerman.brief import compose, write_html
from tillerman.brief.html import render_html
from tillerman.brief.visible import visible
from tillerman.labels import Level, Reader
from tillerman.plan import Plan
from tillerman.words import LANGUAGES

HARD = "<script>alert(1)</script> & \"quoted\" 'name'"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", Reader)
def test_it_is_well_formed_and_whole(kenya: Plan, reader: Reader, language: str) -> None:
    """Every element closes, headings come in order, and every text stands in it."""
    document = compose(kenya, reader=reader, language=language)
    root = read(render_html(document))
    levels = [int(element.tag[1]) for element in root.all("h1", "h2", "h3")]
    found = squeezed(root.text)

    assert root.all("html")[0].attributes["lang"] == language
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [text for _, text in visible(document) if squeezed(text) not in found] == []


def test_it_asks_for_nothing(kenya: Plan) -> None:
    """No script, no picture, no style and no font comes from elsewhere."""
    text = render_html(compose(kenya))

    assert re.findall(r"<(?:script|link|img|iframe|object|form)\b", text) == []
    assert re.findall(r"url\(|@import|https?://", text) == []


def test_names_are_text(hand: Plan) -> None:
    """Markup in a name is shown, never run."""
    services = tuple(replace(row, name=HARD) for row in hand.country.services)
    today = replace(hand.today, services=tuple(replace(row, name=HARD) for row in hand.today.services))
    plan = replace(hand, country=replace(hand.country, services=services), today=today)
    text = render_html(compose(plan, level=Level.TEAM))

    assert "<script" not in text
    assert squeezed(HARD) in squeezed(read(text).text)


def test_same_brief_same_bytes(kenya: Plan, tmp_path: Path) -> None:
    """The same study gives the same page."""
    first, second = (write_html(compose(kenya), tmp_path / name).read_bytes() for name in ("a.html", "b.html"))

    assert first == second
