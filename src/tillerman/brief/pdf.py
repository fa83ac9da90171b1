"""The brief as PDF: shipped fonts only, tagged for screen readers, and the same bytes for the same study."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from tillerman.brief.colours import TOKEN_OF, filled, printed
from tillerman.brief.document import Document, Services
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

_SCALES = (1.0, 0.94, 0.88, 0.82, 0.76)  # of the usual size of type, where leaving lines out was not enough
_BARS = (11.0, 9.4, 7.8)  # height of a bar of the picture in points: as high as the page has room for


@dataclass(frozen=True)
class Fit:
    """How high the bars are, what was left out, and how small the type is, so that a brief keeps to its pages."""

    bar: float = _BARS[-1]
    dropped: tuple[str, ...] = ()
    scale: float = 1.0


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
        fit = fitted(document, compiler) if document.reader is Reader.MINISTER else Fit()
        drawn = compiler.compile(
            format="pdf",
            sys_inputs=_inputs(document, fit),
            pdf_standards=["ua-1"],
            timestamp=stamp,
        )
    if not isinstance(drawn, bytes):
        raise TypeError(f"{type(drawn).__name__} where one PDF was expected")
    return drawn


def fitted(document: Document, compiler: Compiler) -> Fit:
    """Find the largest picture that fits, then the least that must go: first lines, then size of type.

    Raises SettingError where nothing of it is enough.
    """
    drawn = next((s.page for s in document.sections for block in s.blocks if isinstance(block, Services)), 1)
    bar = next((bar for bar in _BARS if drawn not in _overfull(compiler, document, Fit(bar))), _BARS[-1])
    pages = {section.page for section in document.sections}
    for scale in _SCALES:
        fit = Fit(bar, scale=scale)
        waiting = {page: _named(document, page) for page in pages}
        while over := _overfull(compiler, document, fit):
            more = tuple(names.pop(0) for page in over if (names := waiting[page]))
            if not more:
                break
            fit = replace(fit, dropped=(*fit.dropped, *more))
        else:
            return fit
    told = f"more than {PAGES} pages"
    remedy = "Shorten the names in the country file, or write for the adviser (--for adviser)."
    raise SettingError("--for minister", told, f"a brief of {PAGES} pages", remedy)


def _named(document: Document, page: int) -> list[str]:
    """The lines of a page that may be left out, first to go first."""
    told = json.dumps(plain(tuple(s for s in document.sections if s.page == page)))
    return [name for name in DROPS if json.dumps(name) in told]


def _overfull(compiler: Compiler, document: Document, fit: Fit) -> tuple[int, ...]:
    """The pages whose content runs over."""
    compiler.compile(format="svg", sys_inputs=_inputs(document, fit))
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


def _inputs(document: Document, fit: Fit) -> dict[str, str]:
    """What the template reads: the brief, its measures and the colours of print, all as data."""
    colours = {name: printed(name) for name in ("ink", "soft", "line", "deep", "faint")}
    return {
        "brief": json.dumps(plain(document.without(fit.dropped)), ensure_ascii=False),
        "colours": json.dumps({**colours, **{look: filled(look) for look in TOKEN_OF}}),
        "scale": str(fit.scale),
        "bar": str(fit.bar),
    }
