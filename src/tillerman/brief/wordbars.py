"""Bars in Word: a small picture drawn as pixels, so that it prints anywhere, with its meaning as alternative text."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache
from typing import TYPE_CHECKING

from tillerman.brief.colours import WHITE, Rgb, filled, printed
from tillerman.report.charts import Bar, Key

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

_WIDTH, _HEIGHT = 400, 14
_SWATCH = 20


def add_bar(paragraph: Paragraph, bar: Bar) -> None:
    """Add a bar with its label before and its figure after it."""
    from docx.shared import Mm

    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(45))
    paragraph.add_run(f"{bar.label}\t" if bar.label else "")
    picture = paragraph.add_run().add_picture(io.BytesIO(_bar(bar.drawn)), width=Mm(90))
    picture._inline.docPr.set("descr", bar.said)  # noqa: SLF001 - the only way to a picture's alternative text
    paragraph.add_run(f"  {bar.figure}").bold = True


def add_legend(paragraph: Paragraph, keys: tuple[Key, ...]) -> None:
    """Add a legend as one line."""
    from docx.shared import Mm

    for key in keys:
        picture = paragraph.add_run().add_picture(io.BytesIO(_swatch(key.look)), width=Mm(4))
        picture._inline.docPr.set("descr", key.words)  # noqa: SLF001 - as above
        paragraph.add_run(f" {key.words}   ")


@cache
def _swatch(look: str) -> bytes:
    return _png(_SWATCH, _HEIGHT, [(0, _SWATCH, filled(look))])


def _bar(drawn: tuple[tuple[str, str, str], ...]) -> bytes:
    spans = []
    for look, start, width in drawn:
        first = round(float(start) / 100 * _WIDTH)
        spans.append((first, first + max(1, round(float(width) / 100 * _WIDTH)), filled(look)))
    return _png(_WIDTH, _HEIGHT, spans)


def _png(width: int, height: int, spans: list[tuple[int, int, Rgb]]) -> bytes:
    """A picture of upright stripes with a frame, as PNG."""
    frame = printed("soft")
    row = [WHITE] * width
    for first, last, colour in spans:
        row[first:last] = [colour] * (min(last, width) - first)
    row = [frame, *row[1 : width - 1], frame]
    edge = [frame] * width
    rows = [edge, *([row] * (height - 2)), edge]
    raw = b"".join(b"\0" + bytes(part for pixel in line for part in pixel) for line in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
