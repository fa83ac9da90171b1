"""The calendar of a country file: days to keep in mind, what to watch, and who watches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tillerman.country import Country
from tillerman.country.notes import DateKind
from tillerman.labels import Signpost

TESTED_EVERY = timedelta(days=365)


class EntryKind(StrEnum):
    """What an entry is about: the kinds of the table `dates`, and what other tables say about days."""

    CONTRACT_END = DateKind.CONTRACT_END.value
    NOTICE = DateKind.NOTICE.value
    RETIREMENT = DateKind.RETIREMENT.value
    LICENCE = DateKind.LICENCE.value
    EXPORT_RULE = DateKind.EXPORT_RULE.value
    LAW = DateKind.LAW.value
    REVIEW = DateKind.REVIEW.value
    HAPPENED = DateKind.HAPPENED.value
    DECISION = "decision"  # a decision of the plan begins
    OFFER = "offer"  # an agreement can be signed from then on
    ARRIVAL = "arrival"  # an announced site should exist
    TEST = "test"  # a fallback is due to be tested
    TARGET = "target"  # a target begins to hold
    SIGNPOST = "signpost"  # something outside to be watched


@dataclass(frozen=True)
class Entry:
    """One line of a calendar."""

    day: date | None  # None for what is watched or due at any time
    kind: EntryKind
    subject: str
    text: str
    watcher: str
    source: str = ""


@dataclass(frozen=True)
class Calendar:
    """What a country file says about days: dated entries in order, then what is to be watched at any time."""

    dated: tuple[Entry, ...]
    standing: tuple[Entry, ...]


def calendar(country: Country, *, decisions: Iterable[tuple[int, str, str]] = ()) -> Calendar:
    """List every day that a country file speaks of, with the decisions of its plan (year, subject, sentence).

    A year of the plan begins on the first day of the country's fiscal year.
    """
    entries = [
        *_dates(country),
        *(Entry(_begins(country, year), EntryKind.DECISION, name, text, "") for year, name, text in decisions),
        *_offers(country),
        *_arrivals(country),
        *_tests(country),
        *_targets(country),
    ]
    dated = sorted((e for e in entries if e.day is not None), key=lambda e: (e.day, e.kind, e.subject))
    standing = (*(e for e in entries if e.day is None), *_signposts(country))
    return Calendar(tuple(dated), standing)


def _begins(country: Country, year: int) -> date:
    return date(year, country.frame.fiscal_year_start_month, 1)


def _dates(country: Country) -> Iterator[Entry]:
    for row in country.dates:
        yield Entry(
            row.date, EntryKind(row.kind.value), row.subject or "", row.text, row.watcher or "", row.source or ""
        )


def _offers(country: Country) -> Iterator[Entry]:
    for row in country.agreements:
        if not row.is_signed:
            text = f"{row.name}: can be signed from this year on."
            yield Entry(_begins(country, row.first_year), EntryKind.OFFER, row.id, text, "")


def _arrivals(country: Country) -> Iterator[Entry]:
    names = {resource.id: resource.name for resource in country.resources}
    for site in country.sites:
        if site.available_from > country.frame.first_year:
            text = f"{names.get(site.id, site.id)}: announced for this year; announced is not there."
            yield Entry(_begins(country, site.available_from), EntryKind.ARRIVAL, site.id, text, "")


def _tests(country: Country) -> Iterator[Entry]:
    """A fallback is due a year after its last test, and at any time where it was never tested."""
    services = {service.id: service for service in country.services}
    parties = {party.id: party.name for party in country.parties}
    for row in country.fallbacks:
        service = services.get(row.service)
        if service is None or service.tier > 1:
            continue
        holder = parties.get(row.holder or "", "")
        if row.last_tested is None:
            text = f"{service.name}: the fallback “{row.name}” was never tested."
            yield Entry(None, EntryKind.TEST, row.id, text, holder)
        else:
            text = f"{service.name}: a year since the fallback “{row.name}” was tested."
            yield Entry(row.last_tested + TESTED_EVERY, EntryKind.TEST, row.id, text, holder)


def _targets(country: Country) -> Iterator[Entry]:
    for row in country.targets:
        text = f"From now on {row.share:.0%} of services of tier {row.tier} must survive without {row.without}."
        yield Entry(_begins(country, row.year), EntryKind.TARGET, row.id, text, "")


def _signposts(country: Country) -> Iterator[Entry]:
    names = {disruption.id: disruption.name for disruption in country.disruptions}
    for row in country.options:
        what = {
            Signpost.CLIMATE: f"the climate between states turns {row.fires_at}",
            Signpost.DISRUPTION: f"it happens: {names.get(row.fires_at, row.fires_at)}",
            Signpost.DEMAND: f"demand is {row.fires_at}",
            Signpost.PRICE: f"prices are {row.fires_at}",
        }[row.signpost]
        yield Entry(None, EntryKind.SIGNPOST, row.id, f"{row.name}: to be used when {what}.", row.watcher)
