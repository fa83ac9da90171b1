"""Finding what is meant: case, width, accents and the words of other registers make no difference.

數據 finds 資料, 芯片 finds 晶片, 供應者 finds 供應商, 斷供 finds 中斷供應: the glossary's words to avoid are what
many people type. Full-width letters and digits find half-width ones, and São Paulo is found by sao paulo.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from tillerman.words.glossary import glossary

# written in two ways, neither of them wrong
_ALIKE = {"台": "臺", "人工智慧": "ai", "人工智能": "ai", "裏": "裡", "’": "'", "‘": "'", "–": "-", "‑": "-"}
_MARKS = re.compile(r"[\u0300-\u036f]")  # accents on Latin letters; marks of other scripts tell words apart


def plain(text: str) -> str:
    """Write a text in one case and width, without accents, with single blanks."""
    one = unicodedata.normalize("NFKC", text).casefold()
    one = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", one)))
    return " ".join(one.split())


def folded(text: str) -> str:
    """Write a text so that two ways to write the same thing become equal."""
    return _variants().sub(lambda found: _meant()[found[0]], plain(text))


def matches(query: str, text: str) -> bool:
    """Tell whether every word of a query stands somewhere in a text; a blank query matches everything."""
    within = folded(text)
    return all(word in within for word in folded(query).split())


@cache
def _meant() -> Mapping[str, str]:
    """Each word to fold, and what it becomes: of a term that goes by several words, its first."""
    found: dict[str, str] = {}
    for term in glossary():
        if term.avoid:
            found |= {word.casefold(): term.zh[0].casefold() for word in (*term.zh, *term.avoid)}
    meant = found | _ALIKE
    # a word is folded once: what it becomes is written as any other text would be
    one = re.compile("|".join(map(re.escape, _ALIKE)))
    return {word: one.sub(lambda letter: _ALIKE[letter[0]], said) for word, said in meant.items()}


@cache
def _variants() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_meant(), key=len, reverse=True))))
