"""Finding a text by words of it: whatever the case and width of letters, and by any of the words for one thing."""

from __future__ import annotations

import unicodedata

# Words for one thing; the first is what the catalogue writes. A reader may type any of them.
_SAME = (
    ("資料", "數據", "数据"),
    ("晶片", "芯片"),
    ("供應者", "供應商", "供应商"),
    ("中斷供應", "斷供"),
    ("推論", "推理"),
    ("廠商綁定", "供應商鎖定"),
    ("雲端", "雲", "云"),
    ("organise", "organize"),
    ("programme", "program"),
)


def folded(text: str) -> str:
    """A text as it is compared: one width, one case, one word for one thing, single blanks."""
    told = unicodedata.normalize("NFKC", text).casefold()
    for first, *others in _SAME:
        for other in others:
            # a longer word may hold a shorter one: programme holds program
            told = told.replace(first, "\0").replace(other, first).replace("\0", first)
    return " ".join(told.split())


def matches(query: str, text: str) -> bool:
    """Tell whether a text has every word of a query, in any order."""
    found = folded(text)
    return all(word in found for word in folded(query).split())
