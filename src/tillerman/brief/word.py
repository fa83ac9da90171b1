"""The brief as a Word file: real headings, tables with header rows, pictures with words for who cannot see them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from functools import singledispatch
from pathlib import Path
from typing import TYPE_CHECKING

from tillerman.brief.colours import printed
from tillerman.brief.document import (
    Bars,
    Block,
    Columns,
    Document,
    Line,
    Look,
    Points,
    Reasons,
    Section,
    Services,
    Tabled,
)
from tillerman.brief.wordbars import add_bar, add_legend
from tillerman.country.writing import put_bytes
from tillerman.labels import Reader

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.text.paragraph import Paragraph

_FACES = {"en": ("Calibri", "Microsoft JhengHei"), "zh-Hant": ("Microsoft JhengHei", "Microsoft JhengHei")}
_LANGUAGES = {"en": "en-GB", "zh-Hant": "zh-TW"}
_NOTE, _LEAD = "Tillerman Note", "Tillerman Lead"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say


def write_docx(document: Document, path: Path, *, dated: date) -> Path:
    """Write a brief as a Word file, whole or not at all; `dated` is the day in its properties."""
    return put_bytes(path, render_docx(document, dated=dated))


def render_docx(document: Document, *, dated: date) -> bytes:
    """Write a brief as a Word file: the same bytes for the same brief."""
    import docx

    book = docx.Document()
    _dress(book, document, dated)
    _cover(book, document)
    for section in document.sections:
        _section(book, section)
    _paragraph(book, document.standard, _NOTE)
    _paragraph(book, document.origin, _NOTE)
    raw = io.BytesIO()
    book.save(raw)
    return _same_bytes(raw.getvalue())


def _same_bytes(raw: bytes) -> bytes:
    """The same archive without the time at which it was packed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _dress(book: Docx, document: Document, dated: date) -> None:
    """Page, typefaces, colours, language and properties."""
    from docx.enum.section import WD_ORIENT
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    page = book.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin = page.bottom_margin = Mm(16)
    if document.reader is Reader.ANALYST:
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = Mm(297), Mm(210)
    latin, chinese = _FACES[document.language]
    ink = RGBColor(*printed("ink"))
    sizes = {"Normal": 10.0, "Title": 20.0, "Heading 1": 13.0, "Heading 2": 11.0, "List Bullet": 10.0}
    for name, size in {**sizes, _NOTE: 8.5, _LEAD: 12.0}.items():
        own = name.startswith("Tillerman")
        style = book.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) if own else book.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = latin, Pt(size), ink
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for slot in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(slot), latin)
        fonts.set(qn("w:eastAsia"), chinese)
        for slot in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(slot), None)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), _LANGUAGES[document.language])
        language.set(qn("w:eastAsia"), "zh-TW")
        style.element.get_or_add_rPr().append(language)
    book.styles[_LEAD].font.bold = True
    about = book.core_properties
    about.title, about.subject, about.author = document.title, document.summary, f"Tillerman {document.version}"
    about.language, about.keywords, about.comments = _LANGUAGES[document.language], document.level_told, ""
    day = datetime(dated.year, dated.month, dated.day, tzinfo=UTC)
    about.created = about.modified = about.last_printed = day
    about.last_modified_by, about.revision = about.author, 1


def _cover(book: Docx, document: Document) -> None:
    _paragraph(book, f"{document.kicker} · {document.level_told}", _NOTE)
    book.add_heading(_clean(document.title), level=0)
    for warning in document.warnings:
        _paragraph(book, warning, _LEAD)
    _paragraph(book, document.standard, _NOTE)


def _section(book: Docx, section: Section) -> None:
    heading = book.add_heading(_clean(section.heading), level=1)
    heading.paragraph_format.page_break_before = section.is_part
    for block in section.blocks:
        _block(block, book)


@singledispatch
def _block(block: Block, _book: Docx) -> None:
    """Draw a block of any kind; the kinds follow."""
    raise TypeError(f"{type(block).__name__} has no place in a Word file")


@_block.register(Line)
def _(block: Line, book: Docx) -> None:
    _line(book, block)


@_block.register(Points)
def _(block: Points, book: Docx) -> None:
    for line in block.lines:
        _line(book, line, "List Bullet")


@_block.register(Columns)
def _(block: Columns, book: Docx) -> None:
    for head, lines in block.lists:
        book.add_heading(_clean(head), level=2)
        for line in lines:
            _line(book, line, "List Bullet")


@_block.register(Services)
def _(block: Services, book: Docx) -> None:
    add_legend(book.add_paragraph(style=_NOTE), block.legend)
    for row in block.rows:
        book.add_heading(_clean(row.name), level=2)
        _paragraph(book, row.people, _NOTE)
        for bar in row.bars:
            add_bar(book.add_paragraph(), bar)
        if row.fallback.words:
            _paragraph(book, row.fallback.words, _NOTE)


@_block.register(Bars)
def _(block: Bars, book: Docx) -> None:
    _paragraph(book, block.caption, _NOTE)
    add_legend(book.add_paragraph(style=_NOTE), block.legend)
    for bar in block.bars:
        add_bar(book.add_paragraph(), bar)


@_block.register(Reasons)
def _(block: Reasons, book: Docx) -> None:
    for reason in block.rows:
        paragraph = book.add_paragraph()
        paragraph.add_run(_clean(f"{reason.number} ")).bold = True
        paragraph.add_run(_clean(reason.words))
        _paragraph(book, f"{reason.range} {reason.source}", _NOTE)


def _line(book: Docx, line: Line, style: str = "Normal") -> None:
    looks = {Look.NOTE: _NOTE, Look.LEAD: _LEAD}
    paragraph = book.add_paragraph(style=style if style != "Normal" else looks.get(line.look, style))
    if line.label:
        paragraph.add_run(_clean(f"{line.label} ")).bold = True
    paragraph.add_run(_clean(line.words))


@_block.register(Tabled)
def _(table: Tabled, book: Docx) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    _paragraph(book, table.caption, _LEAD)
    drawn = book.add_table(rows=0, cols=len(table.heads), style="Table Grid")
    for n, cells in enumerate((table.heads, *table.rows)):
        row = drawn.add_row()
        for cell, text, is_number in zip(row.cells, cells, table.is_number, strict=True):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(_clean(text))
            run.font.size = Pt(8)
            run.bold = n == 0 or table.ours == n - 1
            if is_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if n == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - the only way to a header row
    about = OxmlElement("w:tblCaption")
    about.set(qn("w:val"), _clean(table.caption))
    drawn._tbl.tblPr.append(about)  # noqa: SLF001 - the only way to a table's alternative text
    for text in (table.note, *table.sources):
        if text:
            _paragraph(book, text, _NOTE)


def _paragraph(book: Docx, text: str, style: str) -> Paragraph:
    return book.add_paragraph(_clean(text), style=style)


def _clean(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or c >= " ")
