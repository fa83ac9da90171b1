"""Names of states, economies and blocs from one stated list, the Unicode CLDR; a name is no position on a status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

_CODE = re.compile(r"[A-Z]{2}")
# The list writes a common form of one character; official papers write the other. The name is the same.
_FORMS = MappingProxyType({"zh-Hant": ("台", "臺")})
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


def code_named(name: str) -> str:
    """Tell the code of the state or economy that is called this, in any language of the program; blank for none."""
    wanted = name.replace("-", " ").replace("_", " ").casefold().strip()
    for common, official in _FORMS.values():
        wanted = wanted.replace(common, official)
    return _codes().get(wanted, "")


@cache
def _codes() -> Mapping[str, str]:
    """Names and codes, folded, to codes; where two share a name, the first by code."""
    from babel.core import get_global

    found: dict[str, str] = {}
    for code in sorted(code for code in get_global("territory_languages") if _CODE.fullmatch(code)):
        for said in (code, *(territory(code, language) for language in ("en", "zh-Hant"))):
            found.setdefault(said.casefold(), code)
    return MappingProxyType(found)


@cache
def _listed(language: str) -> Mapping[str, str]:
    from babel import Locale

    common, official = _FORMS.get(language, ("", ""))
    names = Locale.parse(language, sep="-").territories
    return MappingProxyType({code: name.replace(common, official) if common else name for code, name in names.items()})


def territory(code: str, language: str = "en") -> str:
    """Name a state, economy or bloc by its code; anything that is no known code stays as it is."""
    if code in _BLOCS:
        return _BLOCS[code].get(language, code)
    if not _CODE.fullmatch(code) or code in _NO_COUNTRY:
        return code
    return _listed(language).get(code, code)


def name_in(name: str, language: str) -> str:
    """Say the name of a state or economy in another language; one that the list does not know stays as it is."""
    code = "" if language == "en" else code_named(name)
    return territory(code, language) if code else name
