"""Which token of the style sheet fills which part of a bar, for writers that have no style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tillerman.charts.tokens import Light, tokens

Rgb = tuple[int, int, int]
WHITE: Rgb = (255, 255, 255)
TOKEN_OF: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("own", "control", "grade-official"), "deep"),
        "grade-measured": "strong",
        **dict.fromkeys(("shared", "steer", "grade-reported"), "middle"),
        **dict.fromkeys(("stops", "maker", "grade-estimate"), "pale"),
        **dict.fromkeys(("taker", "grade-assumption"), "faint"),
    }
)


def printed(token: str) -> Rgb:
    """The colour of a token in print."""
    digits = tokens(Light.PRINT)[token].removeprefix("#")
    if len(digits) == len("fff"):
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


def filled(look: str) -> Rgb:
    """The colour of a part of a bar; what has none stays as white as the paper."""
    return printed(TOKEN_OF[look]) if look in TOKEN_OF else WHITE
