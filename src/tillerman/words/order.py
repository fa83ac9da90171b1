"""The order in which names are listed: by letter in English, by number of strokes in Traditional Chinese.

The 5,401 common characters of Big5 are encoded in the order of their strokes, then of their radicals, as Taiwan counts
them; so their codes are the order (docs/decisions/0012). Latin letters and digits come first, as in Taiwan's lists;
then the common characters; then rare ones, which Big5 orders by strokes again; then whatever it does not hold.
"""

from __future__ import annotations

from collections.abc import Callable

from tillerman.words.search import plain

Place = tuple[tuple[int, int], ...]
_LETTER, _IN_BIG5, _BEYOND = range(3)


def order(language: str) -> Callable[[str], tuple[Place, str]]:
    """Return the key by which names are sorted for a reader of this language."""
    return _by_stroke if language == "zh-Hant" else _by_letter


def _by_letter(name: str) -> tuple[Place, str]:
    return tuple((_LETTER, ord(letter)) for letter in plain(name)), name


def _by_stroke(name: str) -> tuple[Place, str]:
    return tuple(map(_place, plain(name))), name


def _place(letter: str) -> tuple[int, int]:
    if letter < "\u2e80":  # before the first Chinese radical
        return _LETTER, ord(letter)
    code = letter.encode("big5", errors="ignore")
    return (_IN_BIG5, int.from_bytes(code)) if code else (_BEYOND, ord(letter))
