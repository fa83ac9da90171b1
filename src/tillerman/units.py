"""Money, shares and rounding as people read them: no more digits than the inputs carry, the country's currency first.

Inside, money is million US$ of the base year; here it becomes words, and words become it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from tillerman.errors import SettingError

DIGITS = 2  # significant digits of a result: the inputs' ranges rarely allow a third
USD = "USD"

_STEPS = MappingProxyType(
    {
        "en": ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand")),
        "zh-Hant": ((1e12, "兆"), (1e8, "億"), (1e4, "萬")),
    }
)
_DOLLAR = MappingProxyType({"en": "US$", "zh-Hant": "美元"})


@dataclass(frozen=True)
class Currency:
    """A currency and how much of it one US$ bought in the base year."""

    code: str
    per_usd: float

    @property
    def is_dollar(self) -> bool:
        """True for the US$ itself."""
        return self.code == USD


DOLLAR = Currency(USD, 1.0)


def significant(value: float, digits: int = DIGITS) -> float:
    """Round to so many significant digits: 106.4 with two is 110."""
    if value == 0 or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


def number(value: float, digits: int = DIGITS) -> str:
    """Write a number with so many significant digits, thousands apart, and never in powers of ten."""
    rounded = significant(value, digits)
    if rounded == 0 or not math.isfinite(rounded):
        return "0" if rounded == 0 else str(rounded)
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(rounded))))
    text = f"{rounded:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def share(value: float) -> str:
    """Write a share in whole per cent; what is nearly none or nearly all is never rounded to none or all."""
    percent = 100 * value
    if 0 < percent < 1 and percent > _NOTHING:
        return "< 1 %"
    if 99 < percent < 100 and 100 - percent > _NOTHING:
        return "> 99 %"
    return f"{abs(round(percent)) if abs(percent) < 1 else round(percent)} %"


_NOTHING = 1e-4  # per cent; two solutions of the same linear programme differ by less


def amount(value: float, *, digits: int = DIGITS, language: str = "en") -> str:
    """Write a large number with its size in words: 38 million; in Chinese 3,800 萬."""
    rounded = significant(value, digits)
    size, word = next(((s, w) for s, w in _STEPS[language] if abs(rounded) >= s), (1.0, ""))
    return number(rounded / size, digits) + (f" {word}" if word else "")


def money(musd: float, currency: Currency, *, digits: int = DIGITS, language: str = "en") -> str:
    """Write million US$ as an amount of a currency in words: KES 14 billion."""
    text = amount(musd * 1e6 * currency.per_usd, digits=digits, language=language)
    if language == "en":
        return f"{_DOLLAR['en'] if currency.is_dollar else currency.code} {text}"
    if not currency.is_dollar:
        return f"{currency.code} {text}"
    return f"{text}{' ' if text[-1].isascii() else ''}{_DOLLAR[language]}"  # 3,500 萬美元, but 0 美元


def money_both(
    musd: float, first: Currency, second: Currency = DOLLAR, *, digits: int = DIGITS, language: str = "en"
) -> str:
    """Write an amount in one currency with another beside it: KES 14 billion (US$ 110 million)."""
    told = money(musd, first, digits=digits, language=language)
    if first == second:
        return told
    beside = money(musd, second, digits=digits, language=language)
    return f"{told} ({beside})" if language == "en" else f"{told}（{beside}）"


_SIZES = MappingProxyType(
    {
        **dict.fromkeys(("k", "thousand"), 1e3),
        **dict.fromkeys(("m", "mn", "mln", "million"), 1e6),
        **dict.fromkeys(("b", "bn", "bln", "billion"), 1e9),
        **dict.fromkeys(("t", "tn", "trn", "trillion"), 1e12),
        "萬": 1e4,
        "億": 1e8,
        "兆": 1e12,
    }
)
_DOLLARS = ("us$", "usd", "$", "美元")
_AMOUNT = re.compile(r"(?P<before>[^\d.,+-]*?)\s*(?P<number>[+-]?[\d.,]+)\s*(?P<after>.*)")


def parse_money(text: str, currencies: Iterable[Currency], *, where: str = "amount of money") -> float:
    """Read an amount such as 250m, 1.2bn or KES 30bn as million US$; without a currency it is US$.

    Raises:
        SettingError: when the text has another currency, no size, or more than one reading.
    """
    known = {currency.code.casefold(): currency for currency in currencies}
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise SettingError(where, text, _EXPECTED, _REMEDY)
    if not re.fullmatch(r"\d+(\.\d+)?", match["number"]):
        remedy = "Write '.' before the decimals, nothing between thousands, and no sign."
        raise SettingError(where, text, _EXPECTED, remedy)
    size, currency = 0.0, DOLLAR
    seen: set[str] = set()
    for word in re.findall(r"us\$|[a-z]+|美元|\S", f"{match['before']} {match['after']}".casefold()):
        sort = "size" if word in _SIZES else "currency"
        if sort in seen:
            raise SettingError(where, text, _EXPECTED, _REMEDY)
        seen.add(sort)
        if word in _SIZES:
            size = _SIZES[word]
        elif word in known:
            currency = known[word]
        elif word not in _DOLLARS:
            words = ", ".join(sorted({"US$", *(c.code for c in known.values())}))
            raise SettingError(
                where, text, f"an amount in {words}", f"{word.upper()!r} is not a currency of this file."
            )
    count = float(match["number"])
    if not size and count:
        remedy = f"Say how much is meant: {match['number']}m for millions, {match['number']}bn for billions."
        raise SettingError(where, text, _EXPECTED, remedy)
    return count * size / currency.per_usd / 1e6


_EXPECTED = "an amount such as 250m, 1.2bn or 'KES 30bn'"
_REMEDY = "Write a number, its size (k, m, bn) and, if it is not US$, the currency's code."
