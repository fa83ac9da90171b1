"""Names of states and economies from one stated list, the Unicode CLDR; a name is no position on anybody's status."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from tillerman.exposure import Consequence, WithdrawalKind

_CODE = re.compile(r"[A-Z]{2}")
_NO_COUNTRY = frozenset({"EZ", "QO", "UN", "XA", "XB", "ZZ"})  # codes that the list gives to no state or bloc of a file


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def territory(code: str, language: str) -> str:
    """Name a state or bloc by its code; anything that is no known code stays as it is."""
    if not _CODE.fullmatch(code) or code in _NO_COUNTRY:
        return code
    return str(_locale(language).territories.get(code, code))


def withdrawn(found: Consequence, language: str) -> str:
    """Name what a single withdrawal withdraws."""
    item = found.withdrawal
    return territory(item.id, language) if item.kind is WithdrawalKind.JURISDICTION else item.name
