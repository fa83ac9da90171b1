"""What a report calls what is withdrawn."""

from __future__ import annotations

from tillerman.country.names import territory
from tillerman.exposure import Consequence, WithdrawalKind
from tillerman.words import words
from tillerman.words.sentences import translated


def withdrawn(found: Consequence, language: str) -> str:
    """Name what a single withdrawal withdraws; where the name is left out, by its kind."""
    item = found.withdrawal
    if not item.id:
        return words(language)(f"withheld.{item.kind.value}.{'home' if item.is_home else 'abroad'}")
    return territory(item.id, language) if item.kind is WithdrawalKind.JURISDICTION else translated(item.name, language)
