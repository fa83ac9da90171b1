"""How well a country file is known: its numbers by grade of evidence, how fresh they are, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tillerman.country.numbers import Number, numbers
from tillerman.country.purpose import Purpose, gaps
from tillerman.country.record import TABLES, Country
from tillerman.labels import Grade

_FRESH_YEARS = 3
_FEW = 0.01


@dataclass(frozen=True)
class Health:
    """What stands behind the numbers of a country file."""

    name: str
    n_numbers: int
    by_grade: Mapping[Grade, int]  # numbers with evidence of each grade
    n_silent: int  # numbers with no evidence row: assumptions by silence
    n_ranged: int  # numbers with a low and a high end
    n_contested: int  # numbers of which two accounts are told
    n_dated: int  # numbers whose source has a date or a year
    n_fresh: int  # of these, no older than three years before the base year
    never_tested: tuple[str, ...]  # critical services without a tested fallback, by name
    empty: tuple[str, ...]  # tables without a row
    missing: Mapping[Purpose, tuple[str, ...]]

    def share(self, grade: Grade) -> float:
        """Share of all numbers with evidence of this grade."""
        return self.by_grade.get(grade, 0) / self.n_numbers if self.n_numbers else 0.0

    def lines(self) -> tuple[str, ...]:
        """Say it in words."""
        told = [f"{self.name}: {self.n_numbers:,} numbers"]
        told += [f"{_percent(self.share(grade))} {_GRADE_WORDS[grade]}" for grade in Grade if self.by_grade.get(grade)]
        if self.n_silent and self.n_numbers:
            told.append(
                f"{_percent(self.n_silent / self.n_numbers)} without a word of evidence: they count as assumptions"
            )
        if self.n_numbers:
            told.append(f"{_percent(self.n_ranged / self.n_numbers)} with a low and a high end")
        if self.n_dated:
            fresh = _percent(self.n_fresh / self.n_dated)
            told.append(
                f"{self.n_dated:,} with a dated source, {fresh} of them within {_FRESH_YEARS} years of the base year"
            )
        if self.n_contested:
            told.append(f"{self.n_contested:,} contested: both accounts are told")
        if self.never_tested:
            told.append(f"no tested fallback: {'; '.join(self.never_tested)}")
        if self.empty:
            told.append(f"nothing in: {', '.join(self.empty)}")
        for purpose, words in self.missing.items():
            if words:
                told.append(f"{purpose} is not possible yet: {'; '.join(words)}")
        return tuple(told)


_GRADE_WORDS = {
    Grade.OFFICIAL: "from official sources",
    Grade.MEASURED: "measured",
    Grade.REPORTED: "reported",
    Grade.ESTIMATE: "estimated",
    Grade.ASSUMPTION: "assumed, with the reasoning told",
}


def health(country: Country) -> Health:
    """Tell how well a country file is known."""
    found = tuple(numbers(country))
    known = [item.evidence for item in found if item.evidence is not None]
    years = [year for year in map(_year, found) if year is not None]
    tested = {row.service for row in country.fallbacks if row.last_tested is not None}
    return Health(
        name=country.frame.name,
        n_numbers=len(found),
        by_grade=Counter(item.grade for item in known),
        n_silent=len(found) - len(known),
        n_ranged=sum(item.low is not None and item.high is not None for item in known),
        n_contested=sum(item.other_account is not None for item in known),
        n_dated=len(years),
        n_fresh=sum(year >= country.frame.base_year - _FRESH_YEARS for year in years),
        never_tested=tuple(
            service.name for service in country.services if service.tier == 1 and service.id not in tested
        ),
        empty=tuple(table for table in TABLES if not getattr(country, table)),
        missing={purpose: tuple(str(gap) for gap in gaps(country, purpose)) for purpose in Purpose},
    )


def known_by_table(country: Country) -> Mapping[str, tuple[int, int]]:
    """How many numbers each table has, and of how many more is known than an assumption."""
    every: Counter[str] = Counter()
    better: Counter[str] = Counter()
    for item in numbers(country):
        every[item.table] += 1
        better[item.table] += item.evidence is not None and item.evidence.grade is not Grade.ASSUMPTION
    return MappingProxyType({table: (n, better[table]) for table, n in every.items()})


def _year(number: Number) -> int | None:
    """The year a number speaks of, or else that of its publication."""
    if number.evidence is None:
        return None
    if number.evidence.year is not None:
        return number.evidence.year
    return number.evidence.published.year if number.evidence.published else None


def _percent(share: float) -> str:
    """Write a share without more digits than it has meaning; a few are never rounded to none or all."""
    if 0 < share < _FEW:
        return "less than 1 %"
    if 1 - _FEW < share < 1:
        return "more than 99 %"
    return f"{share:.0%}".replace("%", " %")
