"""Names of states, economies and blocs from one stated list, the Unicode CLDR; a name is no position on a status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

_CODE = re.compile(r"[A-Z]{2}")
_NO_COUNTRY = frozenset({"EZ", "QO", "UN", "XA", "XB", "ZZ"})  # codes that the list gives to no state or bloc of a file
# Blocs that the list leaves out, by what they call themselves.
_BLOCS = MappingProxyType({"EAC": MappingProxyType({"en": "East African Community", "zh-Hant": "東非共同體"})})


@cache
def _listed(language: str) -> Mapping[str, str]:
    from babel import Locale

    return MappingProxyType(dict(Locale.parse(language, sep="-").territories))


def territory(code: str, language: str = "en") -> str:
    """Name a state, economy or bloc by its code; anything that is no known code stays as it is."""
    if code in _BLOCS:
        return _BLOCS[code].get(language, code)
    if not _CODE.fullmatch(code) or code in _NO_COUNTRY:
        return code
    return _listed(language).get(code, code)
