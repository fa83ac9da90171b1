"""What a brief says, in the order in which it is read; every writer (page, PDF, Word) draws this one record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from tillerman.labels import Level, Reader
from tillerman.report.charts import Bar, Key
from tillerman.report.figures import Figures
from tillerman.report.tables import Kind, Table, shown
from tillerman.words import Words


class Look(StrEnum):
    """How a line is set."""

    PLAIN = "plain"
    LEAD = "lead"  # what must be read if nothing else is
    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True)
class Line:
    """A sentence or two. One with a name may be left out, whole, where a page has no room for it."""

    words: str
    look: Look = Look.PLAIN
    name: str = ""
    label: str = ""  # said before it, in bold


@dataclass(frozen=True)
class Points:
    """Lines of equal weight, one below the other."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Columns:
    """Short lists side by side."""

    lists: tuple[tuple[str, tuple[Line, ...]], ...]  # heading and lines


@dataclass(frozen=True)
class Service:
    """What keeps one service running, today and with the plan."""

    name: str
    people: str
    bars: tuple[Bar, ...]
    fallback: Line


@dataclass(frozen=True)
class Services:
    """The picture of what keeps running."""

    rows: tuple[Service, ...]
    legend: tuple[Key, ...]


@dataclass(frozen=True)
class Bars:
    """A picture of bars with one legend."""

    caption: str
    bars: tuple[Bar, ...]
    legend: tuple[Key, ...]


@dataclass(frozen=True)
class Reason:
    """One number that carries a reason, with its range and where it comes from."""

    number: str
    words: str
    range: str
    source: str


@dataclass(frozen=True)
class Reasons:
    """The reasons for the advice, each with one number."""

    rows: tuple[Reason, ...]


@dataclass(frozen=True)
class Tabled:
    """A table with its cells as they are read; `sources` stand below it."""

    caption: str
    heads: tuple[str, ...]
    is_number: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    ours: int | None = None  # the row of the plan itself, among plans it is compared with
    note: str = ""
    sources: tuple[str, ...] = ()


Block = Line | Points | Columns | Services | Bars | Reasons | Tabled


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it; a minister's brief says on which of its two pages."""

    id: str
    heading: str
    blocks: tuple[Block, ...]
    page: int = 1
    is_part: bool = False  # begins a part of a long brief, and so a page


@dataclass(frozen=True)
class Document:
    """A whole brief."""

    reader: Reader
    level: Level
    language: str  # BCP 47
    kicker: str
    title: str
    summary: str  # what the document is, for a list of documents
    level_told: str
    standard: str
    origin: str  # from which file and with which version
    version: str
    page_of: str  # page {n} of {of}, for a writer that counts pages
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def services(self) -> tuple[Service, ...]:
        """The services of the picture."""
        blocks = (block for section in self.sections for block in section.blocks)
        return tuple(row for block in blocks if isinstance(block, Services) for row in block.rows)

    def without(self, names: Collection[str]) -> Document:
        """The same without the lines of these names."""
        return replace(self, sections=tuple(_section(section, names) for section in self.sections))


def _section(section: Section, names: Collection[str]) -> Section:
    blocks = tuple(kept for block in section.blocks if (kept := _block(block, names)) is not None)
    return replace(section, blocks=blocks)


def _block(block: Block, names: Collection[str]) -> Block | None:
    match block:
        case Line():
            return None if block.name in names else block
        case Points():
            kept = tuple(line for line in block.lines if line.name not in names)
            return Points(kept) if kept else None
        case Columns():
            return Columns(tuple((head, tuple(i for i in lines if i.name not in names)) for head, lines in block.lists))
        case Services():
            return replace(block, rows=tuple(_service(row, names) for row in block.rows))
        case _:
            return block


def _service(row: Service, names: Collection[str]) -> Service:
    return replace(row, fallback=Line("")) if row.fallback.name in names else row


def tabled(table: Table, write: Figures, say: Words, *, most: int | None = None) -> Tabled:
    """Write a report's table as it is read; with `most`, its first rows only and a word on where the others are."""
    rows = table.rows if most is None else table.rows[:most]
    left = len(table.rows) - len(rows)
    note = " ".join(part for part in (table.note, say("brief.more_rows", n=left) if left else "") if part)
    heads = tuple(
        say("brief.head", head=column.head, sure=say(f"sure.{column.sure}")) if column.sure else column.head
        for column in table.columns
    )
    return Tabled(
        table.caption,
        heads,
        tuple(column.kind is not Kind.TEXT for column in table.columns),
        tuple(tuple(shown(v, c.kind, write) for v, c in zip(row.values, table.columns, strict=True)) for row in rows),
        next((i for i, row in enumerate(rows) if row.is_ours), None),
        note,
        table.sources,
    )
