"""What a report calls what is withdrawn."""

from __future__ import annotations

from tillerman.country.names import territory
from tillerman.exposure import Consequence, WithdrawalKind


def withdrawn(found: Consequence, language: str) -> str:
    """Name what a single withdrawal withdraws."""
    item = found.withdrawal
    return territory(item.id, language) if item.kind is WithdrawalKind.JURISDICTION else item.name
