"""Numbers as a reader should see them: the country's currency first, and no more digits than the inputs support.

The inputs of a country file are known to within tens of per cent, so a figure carries two significant digits and a
share whole per cent. The record keeps every digit; only what is shown is rounded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from tillerman import units
from tillerman.country.frame import Frame
from tillerman.words import Words

_NO_BREAK = "\N{NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"
_HALF = 0.5
_BEFORE_MINGUO = 1911
_SMALL_CHANCE = 0.1  # below it a chance carries one digit, above it whole per cent


@dataclass(frozen=True)
class Figures:
    """Writes numbers for one country in one language."""

    words: Words
    currency: units.Currency
    is_minguo: bool = False  # years of dates counted from 1912, as official papers of Taiwan do

    @property
    def unknown(self) -> str:
        """Write that a number is not known."""
        return self.words("figure.unknown")

    def share(self, value: float) -> str:
        """Write a share in whole per cent; a little is never none, and not quite all is never all."""
        return _tidy(units.share(value))

    def chance(self, value: float) -> str:
        """Write a yearly chance: one digit when small, whole per cent otherwise."""
        digits = 1 if value < _SMALL_CHANCE else units.DIGITS
        return _tidy(f"{units.number(100 * value, digits)} %")

    def money(self, musd: float) -> str:
        """Write a sum in the country's currency with US dollars beside it."""
        return _tidy(units.money_both(musd, self.currency, language=self.words.language))

    def own(self, musd: float) -> str:
        """Write a sum in the country's currency alone."""
        return _tidy(units.money(musd, self.currency, language=self.words.language))

    def people(self, million: float) -> str:
        """Write how many people."""
        return self.words("figure.people", amount=self.amount(million * 1e6))

    def amount(self, value: float) -> str:
        """Write an amount with its scale word: million, billion; 萬, 億."""
        rounded = units.significant(value)
        size, word = next(((s, w) for s, w in self.words.scales if abs(rounded) >= s), (1.0, ""))
        return _tidy(f"{units.number(rounded / size)} {word}".rstrip())

    def whole(self, value: float) -> str:
        """Write an amount of things that come whole."""
        return self.amount(round(value)) if value >= _HALF else self.words("figure.few")

    def hours(self, value: float) -> str:
        """Write how many hours."""
        hours = max(1, math.ceil(value))
        return _tidy(self.words("figure.hours", n=hours, amount=units.number(hours)))

    def date(self, day: date) -> str:
        """Write a day: 1 July 2027; 2027年7月1日, or 民國116年7月1日."""
        month = self.words(f"month.{day.month}")
        is_minguo = self.is_minguo and day.year > _BEFORE_MINGUO
        year = day.year - _BEFORE_MINGUO if is_minguo else day.year
        return _tidy(self.words("date.minguo" if is_minguo else "date.day", day=day.day, month=month, year=year))


def figures(words: Words, frame: Frame, *, is_minguo: bool = False) -> Figures:
    """Prepare figures for a country."""
    return Figures(words, units.Currency(frame.currency, frame.currency_per_usd), is_minguo)


def _tidy(text: str) -> str:
    """Keep a number and its unit on one line, with a minus that is as wide as a digit."""
    return text.replace("-", _MINUS).replace(" ", _NO_BREAK)
