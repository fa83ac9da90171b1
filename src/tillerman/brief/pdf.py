"""The brief as PDF: shipped fonts only, tagged for screen readers, and the same bytes for the same study."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from tillerman.brief.colours import TOKEN_OF, filled, printed
from tillerman.brief.document import Document
from tillerman.brief.glyphs import refuse_missing
from tillerman.brief.minister import DROPS, PAGES
from tillerman.brief.plain import plain
from tillerman.brief.visible import visible
from tillerman.country import Country
from tillerman.country.writing import put_bytes
from tillerman.errors import SettingError
from tillerman.labels import Reader

if TYPE_CHECKING:
    from typst import Compiler

_SMALLEST = (1.0, 0.94, 0.88, 0.82, 0.76)  # of the usual size of type, where leaving lines out was not enough


@dataclass(frozen=True)
class Fit:
    """What was left out, and how small the type is, so that a brief keeps to its pages."""

    dropped: tuple[str, ...]
    scale: float


def write_pdf(document: Document, path: Path, *, dated: date) -> Path:
    """Write a brief as PDF, whole or not at all; `dated` is the day in its properties.

    Raises:
        SettingError: where the fonts lack a character, or a minister's brief cannot be brought onto its two pages.
    """
    return put_bytes(path, render_pdf(document, dated=dated))


def dated(country: Country) -> date:
    """The day of a country's newest source: a property of the file, and no clock."""
    days = [item.published for item in country.evidence if item.published is not None]
    return max(days, default=date(country.frame.base_year, 1, 1))


def render_pdf(document: Document, *, dated: date) -> bytes:
    """Draw a brief. Raises SettingError as `write_pdf` does."""
    refuse_missing(visible(document))
    stamp = int(datetime(dated.year, dated.month, dated.day, tzinfo=UTC).timestamp())
    with opened(document.reader) as compiler:
        fit = fitted(document, compiler) if document.reader is Reader.MINISTER else Fit((), 1.0)
        drawn = compiler.compile(
            format="pdf",
            sys_inputs=_inputs(document.without(fit.dropped), fit.scale),
            pdf_standards=["ua-1"],
            timestamp=stamp,
        )
    if not isinstance(drawn, bytes):
        raise TypeError(f"{type(drawn).__name__} where one PDF was expected")
    return drawn


def fitted(document: Document, compiler: Compiler) -> Fit:
    """Find the least that must go, first lines and then size, so that each page holds what belongs on it."""
    pages = [section.page for section in document.sections]
    for scale in _SMALLEST:
        dropped: list[str] = []
        waiting = {page: _named(document, page) for page in set(pages)}
        while True:
            over = _overfull(compiler, document.without(dropped), scale)
            if not over:
                return Fit(tuple(dropped), scale)
            more = [names.pop(0) for page in over if (names := waiting[page])]
            if not more:
                break
            dropped += more
    told = f"more than {PAGES} pages"
    remedy = "Shorten the names in the country file, or write for the adviser (--for adviser)."
    raise SettingError("--for minister", told, f"a brief of {PAGES} pages", remedy)


def _named(document: Document, page: int) -> list[str]:
    """The lines of a page that may be left out, first to go first."""
    told = json.dumps(plain(tuple(s for s in document.sections if s.page == page)))
    return [name for name in DROPS if json.dumps(name) in told]


def _overfull(compiler: Compiler, document: Document, scale: float) -> tuple[int, ...]:
    """The pages whose content runs over."""
    compiler.compile(format="svg", sys_inputs=_inputs(document, scale))
    ends = json.loads(compiler.query("<end>", field="value"))
    starts = [1, *(end["page"] + 1 for end in ends)]
    return tuple(n for n, (start, end) in enumerate(zip(starts, ends, strict=False), 1) if end["page"] > start)


@contextmanager
def opened(reader: Reader) -> Iterator[Compiler]:
    """What draws briefs for one reader, with the shipped fonts and no others."""
    from typst import Compiler, Fonts

    name = "minister.typ" if reader is Reader.MINISTER else "long.typ"
    with as_file(files("tillerman.brief")) as room:
        fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[room / "fonts"])
        yield Compiler(input=room / "templates" / name, root=room / "templates", font_paths=fonts)


def _inputs(document: Document, scale: float) -> dict[str, str]:
    """What the template reads: the brief and the colours of print as data."""
    colours = {name: printed(name) for name in ("ink", "soft", "line", "deep", "faint")}
    return {
        "brief": json.dumps(plain(document), ensure_ascii=False),
        "colours": json.dumps({**colours, **{look: filled(look) for look in TOKEN_OF}}),
        "scale": str(scale),
    }
