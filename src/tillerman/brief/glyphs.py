"""Which characters the shipped fonts can show; a brief with any other is refused by name before it is drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from tillerman.errors import SettingError

_FOLDER = "tillerman.brief"
_SHOWN = 8


@cache
def coverage() -> frozenset[int]:
    """Every character that both faces have."""
    found: set[int] = set()
    for run in files(_FOLDER).joinpath("fonts", "coverage.txt").read_text("ascii").split():
        first, _, last = run.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def refuse_missing(texts: Iterable[tuple[str, str]]) -> None:
    """Refuse characters that would be left blank.

    Raises:
        SettingError: naming each such character and where it first stands.
    """
    known = coverage()
    missing: dict[str, tuple[str, str]] = {}
    for place, text in texts:
        for character in text:
            if ord(character) not in known and not character.isspace():
                missing.setdefault(character, (place, text))
    if missing:
        told = "; ".join(_told(character, *where) for character, where in list(missing.items())[:_SHOWN])
        remedy = "Write them in another way in the country file, or ask for the page (--html) or Word (--docx) instead."
        raise SettingError("--pdf", told, "characters that the shipped fonts have", remedy)


def _told(character: str, place: str, text: str) -> str:
    name = unicodedata.name(character, "a character without a name")
    return f"{character} (U+{ord(character):04X}, {name}) in “{text}” under “{place}”"
