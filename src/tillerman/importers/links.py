"""Which row of a source feeds which row of the country file: told by the user, or of the same name; never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tillerman.errors import SettingError, UnknownNameError

MAP = "--map"
_SHAPE = re.compile(r"(?P<source>.+?)\s*=\s*(?P<row>[A-Za-z0-9][A-Za-z0-9_.\-]*)\s*(@\s*(?P<share>[0-9.]+)\s*)?")


@dataclass(frozen=True)
class Link:
    """One row of the source, the row of the file that it feeds, and how much of it belongs there."""

    source: str
    row: str
    share: float | None = None  # of what the source counts; None where the user gave none


def parse_link(text: str) -> Link:
    """Read "name in the source=row of the file", with "@0.2" after it for a fifth of it.

    Raises:
        SettingError: when the text has another shape, or the share is none.
    """
    expected = "'NAME IN THE SOURCE=row_of_the_file', with '@0.2' after it for a fifth of it"
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        raise SettingError(MAP, text, expected, "Put the name of the source before the last '='.")
    try:
        share = None if match["share"] is None else float(match["share"])
    except ValueError:
        share = 0.0
    if share is not None and not 0 < share <= 1:
        raise SettingError(MAP, text, expected, "A share is above 0 and at most 1.")
    return Link(match["source"], match["row"], share)


def folded(name: str) -> str:
    """A name as it is compared: without case, blanks and signs."""
    return re.sub(r"[\W_]+", "", name.casefold())


def linked(given: Iterable[Link], rows: Mapping[str, tuple[str, ...]], names: Iterable[str]) -> tuple[Link, ...]:
    """Every link that holds: those given, and for rows without one the source's row of exactly the same name.

    `rows` are the file's rows that the source can feed, with every name they go by; `names` are the source's.

    Raises:
        UnknownNameError: when a link names a row of the file or of the source that is not there.
    """
    known = {folded(name): name for name in names}
    found = []
    for link in given:
        if link.row not in rows:
            raise UnknownNameError(
                f"{MAP}, row of the file", link.row, rows, expected="a row that this source can feed: " + _some(rows)
            )
        if folded(link.source) not in known:
            raise UnknownNameError(
                f"{MAP}, row of the source", link.source, known.values(), expected="a name that stands in the source"
            )
        found.append(Link(known[folded(link.source)], link.row, link.share))
    told = {link.row for link in found}
    for row, called in rows.items():
        same = [known[folded(name)] for name in (row, *called) if folded(name) in known]
        if row not in told and same:
            found.append(Link(same[0], row))
    return tuple(found)


def _some(rows: Iterable[str]) -> str:
    listed = sorted(rows)
    return (", ".join(listed[:_LISTED]) + (", …" if len(listed) > _LISTED else "")) or "none in this file"


_LISTED = 12
