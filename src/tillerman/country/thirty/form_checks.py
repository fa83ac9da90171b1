"""What must hold of a form as a whole: what it is about, and answers that cannot all be true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tillerman.country.cells import Refusal, read_cell
from tillerman.country.columns import columns_of
from tillerman.country.frame import Frame
from tillerman.country.names import code_named, territory
from tillerman.country.thirty.form import About, Answer
from tillerman.errors import Problem
from tillerman.units import number

if TYPE_CHECKING:
    from tillerman.country.thirty.form_reading import Cells

_COUNTRY, _BLOC, _CURRENCY = re.compile("[A-Z]{2}"), re.compile("[A-Z]{2,4}"), re.compile("[A-Z]{3}")
_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9-]+)?")
_HOURS = 8_760.0
_MEGA = 1e6
_SHARES = ("us_share", "china_share", "home_share")
_PEOPLE = ("health_people", "public_people", "payment_people")


def about_of(texts: Mapping[str, Cells], place: str, problems: list[Problem]) -> About | None:
    """What the file is about, or None where that cannot be told."""
    before = len(problems)
    code = _one(texts, "code", _COUNTRY, "a code of two capital letters (ISO 3166-1), such as KE", place, problems)
    currency = _one(texts, "currency", _CURRENCY, "a code of three capital letters (ISO 4217)", place, problems)
    blocs = _several(texts, "home", _BLOC, "codes in capital letters, such as EU", problems)
    languages = _several(texts, "languages", _LANGUAGE, "codes of languages, such as en;sw", problems)
    month = _month(texts, problems)
    name = read_cell(columns_of(Frame)["name"], texts["name"].low) if "name" in texts and texts["name"].low else None
    if isinstance(name, Refusal):
        problems.append(Problem(texts["name"].at_low, name.found, name.expected, name.remedy))
    elif name and (meant := code_named(str(name))) not in {"", code}:
        found = f"{code!r}, the code of {territory(code)}, in a file named {name}"
        problems.append(Problem(texts["code"].at_low, found, f"{meant!r}, its code", "Correct the code or the name."))
    if len(problems) > before:
        return None
    home = (code, *(bloc for bloc in blocs if bloc != code))
    return About(str(name) if name else territory(code), code, home, currency, languages or ("en",), month)


def _one(
    texts: Mapping[str, Cells], key: str, looks: re.Pattern[str], expected: str, place: str, problems: list[Problem]
) -> str:
    text, where = (texts[key].low, texts[key].at_low) if key in texts else ("", f"{place}:{key}")
    if looks.fullmatch(text):
        return text
    found = repr(text) if text else "a blank cell"
    remedy = "Write it in capital letters." if looks.fullmatch(text.upper()) else "Fill it in."
    problems.append(Problem(where, found, expected, remedy))
    return ""


def _several(
    texts: Mapping[str, Cells], key: str, looks: re.Pattern[str], expected: str, problems: list[Problem]
) -> tuple[str, ...]:
    if key not in texts:
        return ()
    parts = [part.strip() for part in re.split("[;,]", texts[key].low) if part.strip()]
    for part in parts:
        if not looks.fullmatch(part):
            remedy = "Write the codes alone, with ';' between them."
            problems.append(Problem(texts[key].at_low, repr(part), expected, remedy))
    return tuple(dict.fromkeys(parts))


def _month(texts: Mapping[str, Cells], problems: list[Problem]) -> int:
    text = texts["fiscal_month"].low if "fiscal_month" in texts else ""
    if not text:
        return 1
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 12:
        return int(text)
    expected = "the number of a month, 1 to 12"
    problems.append(Problem(texts["fiscal_month"].at_low, repr(text), expected, "Write 7 for July."))
    return 1


def clashes(answers: Mapping[str, Answer], texts: Mapping[str, Cells]) -> list[Problem]:
    """Answers that cannot all be true, such as shares above one in all; most come from a wrong unit."""
    problems: list[Problem] = []
    shares = [answers[key] for key in _SHARES if key in answers]
    least = sum(share.low for share in shares)
    if least > 1 + _ROUNDING:
        key = next(key for key in _SHARES if key in answers)
        found = f"shares that add up to {least:g} at their low ends ({', '.join(k for k in _SHARES if k in answers)})"
        problems.append(Problem(texts[key].at_low, found, "1 or less", "They are parts of one whole: correct them."))
    problems += _above(answers, texts, "electricity", "peak", _MEGA / _HOURS, "a mean load of {} MW above the highest")
    problems += _above(answers, texts, "firm_spare", "peak", 1.0, "firm spare power of {} MW above the highest demand")
    for key in _PEOPLE:
        problems += _above(answers, texts, key, "population", 1.0, "{} million people, more than there are")
    return problems


_ROUNDING = 1e-9


def _above(
    answers: Mapping[str, Answer], texts: Mapping[str, Cells], small: str, large: str, factor: float, words: str
) -> list[Problem]:
    """A problem where the low end of one answer lies above the high end of another that it is a part of."""
    if small not in answers or large not in answers or answers[small].low * factor <= answers[large].high:
        return []
    found = words.format(number(answers[small].low * factor, 4))
    expected = f"no more than the answer to {large!r}, {number(answers[large].high, 6)}"
    remedy = f"Check the units of {small!r} and {large!r}."
    return [Problem(texts[small].at_low, found, expected, remedy)]
