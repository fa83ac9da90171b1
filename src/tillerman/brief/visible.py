"""Every text that a reader of a brief sees, with the heading under which it stands."""

from __future__ import annotations

from collections.abc import Iterator

from tillerman.brief.document import Bars, Block, Columns, Document, Line, Points, Reasons, Services, Tabled
from tillerman.report.charts import Bar, Key


def visible(document: Document) -> Iterator[tuple[str, str]]:
    """Go through a brief as it is read; what is said in place of a picture is not among it."""
    told = (document.kicker, document.level_told, document.title, *document.warnings, document.standard)
    yield from ((document.title, text) for text in (*told, document.origin))
    for section in document.sections:
        yield section.heading, section.heading
        yield from ((section.heading, text) for block in section.blocks for text in _block(block) if text)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Line() | Points() | Columns():
            yield from _lines(block)
        case Services():
            yield from _keys(block.legend)
            for row in block.rows:
                yield from (row.name, row.people, row.fallback.words)
                yield from _bars(row.bars)
        case Bars():
            yield block.caption
            yield from _keys(block.legend)
            yield from _bars(block.bars) if len(block.bars) > 1 else ()
        case Reasons():
            for reason in block.rows:
                yield from (reason.number, reason.words, reason.range, reason.source)
        case Tabled():
            yield from (block.caption, *block.heads, *(cell for row in block.rows for cell in row))
            yield from (block.note, *block.sources)


def _lines(block: Line | Points | Columns) -> Iterator[str]:
    match block:
        case Line():
            yield from (block.label, block.words)
        case Points():
            for line in block.lines:
                yield from _lines(line)
        case Columns():
            for head, lines in block.lists:
                yield head
                yield from _lines(Points(lines))


def _keys(keys: tuple[Key, ...]) -> Iterator[str]:
    yield from (key.words for key in keys)


def _bars(bars: tuple[Bar, ...]) -> Iterator[str]:
    for bar in bars:
        yield from (bar.label, bar.figure)
