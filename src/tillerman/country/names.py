"""Names of states, economies and blocs from one stated list, the Unicode CLDR; a name is no position on a status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

_CODE = re.compile(r"[A-Z]{2}")
_NO_COUNTRY = frozenset({"EZ", "QO", "UN", "XA", "XB", "ZZ"})  # codes that the list gives to no state or bloc of a file
# What the list leaves out: blocs, by what they call themselves, and economies that a form of thirty numbers does not
# name, by codes that the standard leaves free.
_BLOCS = MappingProxyType(
    {
        "EAC": MappingProxyType({"en": "East African Community", "zh-Hant": "東非共同體"}),
        "XN": MappingProxyType({"en": "a neighbouring economy", "zh-Hant": "鄰近經濟體"}),
        "XO": MappingProxyType({"en": "another economy", "zh-Hant": "其他經濟體"}),
    }
)


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
