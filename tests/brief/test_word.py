"""The brief as a Word file: headings, header rows, language, words for pictures, the same bytes each time."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from html import unescape

import docx
import pytest
from docx.oxml.ns import qn

from tests.brief.reading import docx_xml, squeezed
from tillerman.brief import compose
from tillerman.brief.visible import visible
from tillerman.brief.word import render_docx
from tillerman.labels import Level, Reader
from tillerman.plan import Plan
from tillerman.words import LANGUAGES

DAY = date(2026, 1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", [Reader.MINISTER, Reader.ADVISER])
def test_every_text_stands_in_it(kenya: Plan, reader: Reader, language: str) -> None:
    """Every text of the brief stands whole in the Word file."""
    document = compose(kenya, reader=reader, level=Level.TEAM, language=language)
    book = docx.Document(io.BytesIO(render_docx(document, dated=DAY)))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    found = squeezed("".join([*(paragraph.text for paragraph in book.paragraphs), *cells]))

    assert [text for _, text in visible(document) if squeezed(text) not in found] == []


def test_headings_are_headings(kenya: Plan) -> None:
    """One title, and a heading of the first level for every section."""
    document = compose(kenya)
    book = docx.Document(io.BytesIO(render_docx(document, dated=DAY)))
    styled = [(p.style.name if p.style is not None else "", p.text) for p in book.paragraphs]
    by_style = {name: [text for style, text in styled if style == name] for name in ("Title", "Heading 1")}

    assert by_style["Title"] == [document.title]
    assert by_style["Heading 1"] == [section.heading for section in document.sections]


@pytest.mark.parametrize(("language", "told"), [("en", "en-GB"), ("zh-Hant", "zh-TW")])
def test_language_is_told(kenya: Plan, language: str, told: str) -> None:
    """The text is marked with its language, for who has it read aloud."""
    book = docx.Document(io.BytesIO(render_docx(compose(kenya, language=language), dated=DAY)))
    marks = {mark.get(qn("w:val")) for mark in book.styles["Normal"].element.iter(qn("w:lang"))}

    assert marks == {told}
    assert book.core_properties.language == told


def test_tables_have_header_rows_and_bars_have_words(kenya: Plan) -> None:
    """The first row of every table repeats as its header; every bar is said in words."""
    document = compose(kenya, level=Level.TEAM)
    data = render_docx(document, dated=DAY)
    book = docx.Document(io.BytesIO(data))
    said = unescape(docx_xml(data))

    assert book.tables
    assert [len(list(table.rows[0]._tr.iter(qn("w:tblHeader")))) for table in book.tables] == [1] * len(book.tables)
    assert [bar.label for row in document.services for bar in row.bars if bar.said not in said] == []


def test_same_brief_same_bytes(kenya: Plan) -> None:
    """The same study gives the same bytes, dated by the file and not by the clock."""
    first, second = (render_docx(compose(kenya), dated=DAY) for _ in range(2))

    assert first == second
    assert docx.Document(io.BytesIO(first)).core_properties.created.date() == DAY


def test_marks_of_control_are_left_out(hand: Plan) -> None:
    """A name with characters that no Word file can hold is written without them."""
    services = tuple(replace(row, name="Ring\x07 <bell> & co") for row in hand.today.services)
    document = compose(replace(hand, today=replace(hand.today, services=services)))

    assert "Ring <bell> & co" in unescape(docx_xml(render_docx(document, dated=DAY)))
