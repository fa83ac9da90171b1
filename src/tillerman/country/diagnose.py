"""What a text in a number column most likely is, and what to write instead: told, never read as that number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from tillerman.country.columns import Column

NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_DIGITS = r"[0-9](?:[0-9.,'’_\s]*[0-9])?"
_NOTHING = r"n/a|n\.a\.?|na|n\.?d\.?|none|null|nil|nan|unknown|not known|missing|tb[dc]|\?+|-+|–|—|\.\.+|…"
_DAY = (
    r"[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?([T ].*)?"
    r"|[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{2,4}"
    r"|[0-9]{1,2}[ \-][a-z]{3,9}([ \-][0-9]{2,4})?"
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ \-][0-9]{2,4}"
)


@dataclass(frozen=True)
class _Kind:
    """A kind of text that is not a number: how it looks, what it is called, what to do."""

    looks: re.Pattern[str]
    called: str
    remedy: Callable[[Column, re.Match[str]], str]


def diagnose(item: Column, text: str) -> tuple[str, str]:
    """Name a text that is not a number, and say what to write instead."""
    plain = "".join(map(_western, unicodedata.normalize("NFKC", text))).strip()
    for kind in _KINDS:
        if match := kind.looks.fullmatch(plain):
            return f"{kind.called} {text!r}", kind.remedy(item, match)
    return f"the text {text!r}", "Write a number with '.' before the decimals and nothing else."


def _western(letter: str) -> str:
    return str(unicodedata.digit(letter)) if letter.isdecimal() else letter


def _leave_blank(item: Column, match: re.Match[str]) -> str:
    del match
    if item.is_optional:
        return "Leave the cell blank."
    return "Give the best number you have with its range in the evidence table, or remove the row."


def _share(item: Column, match: re.Match[str]) -> str:
    del item
    if NUMBER.fullmatch(match[1]):
        return f"Write the share without a sign, {float(match[1]) / 100:.12g}."
    return "Write the share without a sign, with '.' before the decimals: 0.125 for 12.5 per cent."


def _alone(item: Column, match: re.Match[str]) -> str:
    del match
    return f"Write the number alone{f', in {item.unit}' if item.unit else ''}; put remarks in a note."


def _separators(item: Column, match: re.Match[str]) -> str:
    """Say how to write a number typed with separators; offer both readings where there are two."""
    del item
    digits = re.sub(r"['’_\s]", "", match[0])
    marks = re.sub(r"[^.,]", "", digits)
    if not marks or marks == ".":
        return f"Write {digits}, with nothing between thousands."
    if len(set(marks)) == 2:
        decimal, thousands = (",", ".") if marks.endswith(",") else (".", ",")
        if marks.count(decimal) > 1:
            return "Write '.' before the decimals, and nothing between thousands."
        plain = digits.replace(thousands, "").replace(decimal, ".")
        return f"Write {plain}: '.' before the decimals, nothing between thousands."
    if len(marks) > 1:
        return f"Write {digits.replace(marks[0], '')}, with nothing between thousands."
    if re.fullmatch(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}", digits):
        two = f"{digits.replace(',', '')} or {digits.replace(',', '.')}"
        return f"It may mean {two}: write the one that is meant, with '.' before the decimals."
    return f"Write {digits.replace(',', '.')}, with '.' before the decimals."


def _look(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_KINDS = (
    _Kind(_look(_NOTHING), "the words for no value", _leave_blank),
    _Kind(_look(r"[+-]?(inf|infinity|∞)"), "the endless", lambda _, __: "Write a finite number."),
    _Kind(
        _look("true|false|yes|no"),
        "the yes-or-no value",
        lambda _, __: "Check that the cells of this row have not moved.",
    ),
    _Kind(_look(rf"([+-]?{_DIGITS})\s*(?:%|per ?cent|pct)"), "the percentage", _share),
    _Kind(
        _look(_DAY),
        "the date",
        lambda _, __: "A spreadsheet may have turned the number into a date: type the number again.",
    ),
    _Kind(_look(rf"[+-]?{_DIGITS}"), "the number with separators", _separators),
    _Kind(_look(rf"(?:[^0-9+\-.,]+\s*)?[+-]?{_DIGITS}\s*(?:[^0-9.,].*)?"), "a number with words,", _alone),
)
