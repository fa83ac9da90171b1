"""What a report calls what is withdrawn, and units of the country file."""

from __future__ import annotations

from tillerman.country.names import territory
from tillerman.exposure import Consequence, WithdrawalKind
from tillerman.words import Words, words
from tillerman.words.sentences import translated

_CALENDAR = "year"


def unit_in(say: Words, unit: str) -> str:
    """A unit of the country file in words; of a calendar year there is nothing to say."""
    if unit in ("", _CALENDAR):
        return ""
    key = f"unit.{unit}"
    return say(key) if say.knows(key) else unit


def withdrawn(found: Consequence, language: str) -> str:
    """Name what a single withdrawal withdraws; where the name is left out, by its kind."""
    item = found.withdrawal
    if not item.id:
        return words(language)(f"withheld.{item.kind.value}.{'home' if item.is_home else 'abroad'}")
    return territory(item.id, language) if item.kind is WithdrawalKind.JURISDICTION else translated(item.name, language)
