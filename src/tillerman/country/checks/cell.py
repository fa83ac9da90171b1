"""Rules about one value, the same for every table: limits, references, words that can stand in a cell."""

from __future__ import annotations

import math
import re
from datetime import date

from tillerman.country.canonical import text_of
from tillerman.country.cells import Refusal, Value, expected
from tillerman.country.checks.rule import CellRule
from tillerman.country.columns import Column
from tillerman.country.raw import MAX_CELL
from tillerman.errors import nearest

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def _items(value: Value) -> tuple[object, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _within_limits(item: Column, value: Value, known: frozenset[str]) -> Refusal | None:
    del known
    for number in _items(value):
        if not isinstance(number, int | float) or not item.is_number:
            continue
        if not math.isfinite(number):
            return Refusal(text_of(number), expected(item), "Write a finite number.")
        low = -math.inf if item.minimum is None else item.minimum
        high = math.inf if item.maximum is None else item.maximum
        if not low <= number <= high:
            return Refusal(text_of(number), expected(item), _limit_remedy(item, number))
    return None


def _limit_remedy(item: Column, number: float) -> str:
    if number < 0 and item.minimum == 0:
        return "A quantity cannot be negative: check the sign."
    if item.maximum == 1 and 1 < number <= 100:
        return f"It is a share: for {number:g} per cent write {number / 100:g}."
    return "Check the number and its unit."


def _known_name(item: Column, value: Value, known: frozenset[str]) -> Refusal | None:
    if not item.references:
        return None
    tables = " or ".join(item.references)
    for name in _items(value):
        if name not in known:
            near = nearest(str(name), known)
            remedy = (
                f"Did you mean {' or '.join(map(repr, near))}?" if near else f"Add it to {tables}, or correct the name."
            )
            return Refusal(repr(name), f"an id from {tables}", remedy)
    return None


def _plain_id(item: Column, value: Value, known: frozenset[str]) -> Refusal | None:
    del known
    if item.is_key and not _ID.fullmatch(str(value)):
        return Refusal(
            repr(value),
            "a short name of letters, digits, '_', '-' and '.'",
            "Rename it, here and wherever it is named.",
        )
    return None


def _fits_a_cell(item: Column, value: Value, known: frozenset[str]) -> Refusal | None:
    del known
    for text in _items(value):
        if not isinstance(text, str):
            continue
        if not text or text != text.strip() or (item.is_list and ";" in text):
            return Refusal(
                repr(text), "a text that is not blank, without blanks around it or ';' inside a list", "Trim it."
            )
        if _CONTROL.search(text) or len(text) > MAX_CELL:
            found = (
                f"a text of {len(text):,} characters"
                if len(text) > MAX_CELL
                else f"a control character in {text[:60]!r}"
            )
            return Refusal(found, f"printable text of {MAX_CELL:,} characters or fewer", "Remove it.")
    return None


def _fits_a_calendar(item: Column, value: Value, known: frozenset[str]) -> Refusal | None:
    del known
    if isinstance(value, date) and not date(1901, 1, 1) <= value <= date(2100, 12, 31):
        return Refusal(value.isoformat(), expected(item), "Check the year.")
    return None


CELL_RULES = (
    CellRule("within_limits", "Every number is finite and within its column's limits.", _within_limits),
    CellRule("known_name", "Every name of a row exists in the table it is looked up in.", _known_name),
    CellRule("plain_id", "An id is made of letters, digits, '_', '-' and '.'.", _plain_id),
    CellRule("fits_a_cell", "A text can stand in a cell: not blank, printable, of bounded length.", _fits_a_cell),
    CellRule("fits_a_calendar", "A date lies between 1901 and 2100.", _fits_a_calendar),
)
