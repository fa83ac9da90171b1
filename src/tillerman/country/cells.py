"""One cell: from what people type to a value, or to a clear refusal. Nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

from tillerman.country.columns import Column, choices
from tillerman.country.diagnose import NUMBER, diagnose
from tillerman.errors import nearest

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ERROR = r"#(N/A|REF!|DIV/0!|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!)"
_SHEET_ERROR = re.compile(_ERROR)
# A text that a spreadsheet would take for a formula or an error is written with an apostrophe before it, and read back
# without.
_RUNS = re.compile(rf"'*([=+\-@\t\r]|{_ERROR}$)")

Value = str | int | float | bool | date | tuple[str | int | float, ...] | None


@dataclass(frozen=True)
class Refusal:
    """Why a cell cannot be taken as it stands: what was found, what was expected, what to do."""

    found: str
    expected: str
    remedy: str
    severity: Literal["error", "warning"] = "error"


def neutralised(text: str) -> str:
    """Write a text so that no spreadsheet runs it as a formula."""
    return "'" + text if _RUNS.match(text) else text


def read_cell(item: Column, text: str) -> Value | Refusal:
    """Read one cell of a column: its value, None where a blank is allowed, or why it is refused."""
    text = text.strip()
    if item.is_list:
        return _read_list(item, text)
    if not text:
        return None if item.is_optional else Refusal("a blank cell", expected(item), _blank_remedy(item))
    return _read_one(item, text)


def expected(item: Column) -> str:
    """Say what a column accepts, in words."""
    if words := choices(item):
        one = "one of " + ", ".join(words)
    elif item.type is bool:
        one = "true or false"
    elif item.type is date:
        one = "a date written year-month-day, such as 2026-03-31"
    elif item.is_number:
        one = _number_words(item) + _limits(item)
    else:
        one = "a text"
    if item.is_list:
        one += ", or several separated by ';'"
    return one


def _number_words(item: Column) -> str:
    if item.unit == "year":
        return "a year"
    return ("a whole number" if item.type is int else "a number") + (f" in {item.unit}" if item.unit else "")


def _limits(item: Column) -> str:
    low, high = (None if limit is None else plain(limit) for limit in (item.minimum, item.maximum))
    if low is not None and high is not None:
        return f" from {low} to {high}"
    if low is not None:
        return f" of {low} or more"
    return f" of {high} or less" if high is not None else ""


_MILLION, _MEASURE = 1e6, 1e16


def plain(value: float) -> str:
    """Write a number as people do, without powers of ten, unless it is beyond all measure."""
    return f"{value:,.0f}" if _MILLION <= abs(value) < _MEASURE else f"{value:g}"  # a year has no comma


def _blank_remedy(item: Column) -> str:
    if item.is_number:
        return "Give the best number you have with its range in the evidence table; a blank is never taken as zero."
    return "Fill in the cell."


def _read_list(item: Column, text: str) -> Value | Refusal:
    values: list[str | int | float] = []
    for part in text.split(";") if text else ():
        value = (
            _read_one(item, part.strip())
            if part.strip()
            else Refusal("an empty item in a list", expected(item), "Remove the extra ';'.")
        )
        if isinstance(value, Refusal):
            return value
        assert isinstance(value, str | int | float)  # noqa: S101 - no column declares a list of dates
        values.append(value)
    return tuple(values)


def _read_one(item: Column, text: str) -> Value | Refusal:
    if text.startswith("=") or _SHEET_ERROR.fullmatch(text):
        what = "a formula" if text.startswith("=") else "a spreadsheet error"
        return Refusal(
            f"{what}, {text!r}",
            expected(item),
            "Replace it by its value (in a spreadsheet: copy, then paste values only).",
        )
    if issubclass(item.type, Enum):
        return _read_word(item, text)
    if item.type is bool:
        return _read_bool(item, text)
    if item.type is date:
        return _read_date(item, text)
    if item.is_number:
        return _read_number(item, text)
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text


def _read_word(item: Column, text: str) -> Value | Refusal:
    if text in choices(item):
        word: str = item.type(text)
        return word
    near = nearest(text, choices(item))
    remedy = f"Did you mean {near[0]!r}?" if near else "Use one of these words."
    return Refusal(repr(text), expected(item), remedy)


def _read_bool(item: Column, text: str) -> Value | Refusal:
    known = {"true": True, "false": False}
    if text.casefold() in known:
        return known[text.casefold()]
    return Refusal(repr(text), expected(item), "Write true or false.")


def _read_date(item: Column, text: str) -> Value | Refusal:
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return Refusal(repr(text), expected(item), "There is no such day: correct it.")
    if NUMBER.fullmatch(text):
        return Refusal(
            f"the number {text}",
            expected(item),
            "A spreadsheet may have turned the date into a number: type it again as year-month-day.",
        )
    return Refusal(repr(text), expected(item), "Write year, month and day in this order, with hyphens.")


def _read_number(item: Column, text: str) -> Value | Refusal:
    if not NUMBER.fullmatch(text):
        found, remedy = diagnose(item, text)
        return Refusal(found, expected(item), remedy)
    if item.type is float:
        value = float(text)
        if value in (float("inf"), float("-inf")):
            return Refusal(repr(text), expected(item), "The number is too large to be meant: check its exponent.")
        return value
    if re.fullmatch(r"[+-]?[0-9]{1,15}(\.0*)?", text):
        return int(text.partition(".")[0])
    return Refusal(text, expected(item), "Write a whole number.")
