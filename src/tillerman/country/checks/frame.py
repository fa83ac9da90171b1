"""Rules about the frame: codes, the calendar of the plan, the load blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tillerman.country.checks.rule import Finding, Lookup, NameRule, Rule
from tillerman.country.record import Country
from tillerman.errors import nearest

_FRAME = ("frame",)
_JURISDICTIONS = (("parties", "jurisdictions"), ("frame", "home_jurisdictions"))


def _finding(column: str, found: str, expected: str, remedy: str) -> Finding:
    return Finding("frame", "", column, found, expected, remedy)


def _codes(country: Country) -> Iterator[Finding]:
    frame = country.frame
    if not re.fullmatch("[A-Z]{2}", frame.code):
        yield _finding("code", repr(frame.code), "two capital letters", "Write the ISO 3166-1 alpha-2 code.")
    if not re.fullmatch("[A-Z]{3}", frame.currency):
        yield _finding("currency", repr(frame.currency), "three capital letters", "Write the ISO 4217 code.")
    if frame.code not in frame.home_jurisdictions:
        found = "; ".join(frame.home_jurisdictions) or "no code"
        yield _finding("home_jurisdictions", found, f"a list with {frame.code!r} in it", "Add the country's own code.")


def _one_currency(country: Country) -> Iterator[Finding]:
    frame = country.frame
    if frame.currency == "USD" and frame.currency_per_usd != 1:
        yield _finding(
            "currency_per_usd",
            f"{frame.currency_per_usd:g}",
            "1 for the US dollar",
            "Correct the rate or the currency.",
        )


def _periods(country: Country) -> Iterator[Finding]:
    years = country.frame.period_years
    if not years:
        yield _finding(
            "period_years", "no period", "at least one period", "Write the years in each period, such as [1, 1, 1, 2]."
        )
    elif any(length != 1 for length in years[:3]):
        found = ", ".join(map(str, years))
        yield _finding(
            "period_years", found, "the first three (or all, if fewer) are single years", "Start with 1, 1, 1."
        )


def _epochs(country: Country) -> Iterator[Finding]:
    epochs, years = country.frame.epoch_of_period, country.frame.period_years
    found = ", ".join(map(str, epochs)) or "no epoch"
    if len(epochs) != len(years):
        yield _finding(
            "epoch_of_period", found, f"{len(years)} epochs, one for each period", "Give each period its epoch."
        )
    elif epochs and (epochs[0] != 0 or any(later - earlier not in (0, 1) for earlier, later in pairwise(epochs))):
        remedy = "Number the epochs 0, 1, 2 … without a gap."
        yield _finding("epoch_of_period", found, "epochs that start at 0 and rise by 0 or 1", remedy)


def _blocks(country: Country) -> Iterator[Finding]:
    frame = country.frame
    if frame.peak_hours_share * frame.peak_demand_factor > 1:
        found = f"{frame.peak_hours_share:g} of the hours at {frame.peak_demand_factor:g} times the mean"
        expected = "hours × factor of 1 or less, or demand in the other hours would be negative"
        yield _finding("peak_demand_factor", found, expected, "Lower one of the two.")


def _calendar(country: Country) -> Iterator[Finding]:
    frame = country.frame
    if not frame.base_year - 1 <= frame.first_year <= frame.base_year + 10:
        found = f"first year {frame.first_year} with prices of {frame.base_year}"
        yield _finding(
            "first_year", found, "a plan that starts at most ten years after its base year", "Check both years."
        )


def _jurisdictions(country: Country, lookup: Lookup) -> Iterator[Finding]:
    known = lookup.names("parties", "jurisdictions") | lookup.names("frame", "home_jurisdictions") | {"foreign"}
    for target in country.targets:
        if target.without not in known:
            near = nearest(target.without, known)
            remedy = f"Did you mean {near[0]!r}?" if near else "Name a jurisdiction of one of the parties."
            yield Finding(
                "targets", target.id, "without", repr(target.without), "a jurisdiction of a party, or 'foreign'", remedy
            )


def _code_shape(country: Country) -> Iterator[Finding]:
    named = [("parties", row.id, "jurisdictions", code) for row in country.parties for code in row.jurisdictions]
    named += [("resources", row.id, "territory", row.territory) for row in country.resources if row.territory]
    named += [("frame", "", "home_jurisdictions", code) for code in getattr(country.frame, "home_jurisdictions", ())]
    for table, row, column, code in named:
        if not re.fullmatch("[A-Z]{2,5}", code):
            remedy = "Write the ISO 3166-1 alpha-2 code of a state, or the short name of a bloc."
            yield Finding(table, row, column, repr(code), "a code of two to five capital letters", remedy)


RULES = (
    Rule(
        "frame_codes",
        "Country and currency are ISO codes, and the country is among its home jurisdictions.",
        _codes,
        whole=_FRAME,
    ),
    Rule("one_currency", "A file in US dollars has the rate 1.", _one_currency, whole=_FRAME),
    Rule(
        "periods", "There is a period, and the first three (or all, if fewer) are single years.", _periods, whole=_FRAME
    ),
    Rule("epochs", "Each period has an epoch; epochs start at 0 and rise without a gap.", _epochs, whole=_FRAME),
    Rule("blocks", "Demand in the hours outside the busy block is not negative.", _blocks, whole=_FRAME),
    Rule(
        "calendar", "The plan starts within ten years of the base year of prices.", _calendar, "warning", whole=_FRAME
    ),
    Rule("code_shape", "Jurisdictions and territories are codes in capital letters.", _code_shape),
    NameRule(
        "target_jurisdiction",
        "A target names a jurisdiction that the file knows, or 'foreign'.",
        _jurisdictions,
        reads=_JURISDICTIONS,
    ),
)
