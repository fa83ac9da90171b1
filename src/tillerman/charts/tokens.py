"""Colours, sizes and typefaces: what the style sheet says, for those who draw without one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

STYLE = Path(__file__).parent / "style.css"
_BLOCK = re.compile(r":root \{(.*?)\}", re.DOTALL)
_TOKEN = re.compile(r"--([a-z]\w*(?:-\w+)*): ([^;]+);")


class Light(StrEnum):
    """In which light a page is seen; the style sheet has one block of tokens for each, in this order."""

    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"


@cache
def tokens(light: Light = Light.LIGHT) -> Mapping[str, str]:
    """Return every token by its name without the dashes; what a light does not say anew stands as in the light."""
    blocks = _BLOCK.findall(STYLE.read_text("utf-8"))
    found = dict(_TOKEN.findall(blocks[0]))
    if light is not Light.LIGHT:
        found |= dict(_TOKEN.findall(blocks[list(Light).index(light)]))
    return MappingProxyType(found)
