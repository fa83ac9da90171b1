"""What a happening changes in a country file: new rows and changed numbers, each dated and with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from tillerman.country import Country, replace_number
from tillerman.country.columns import columns_of
from tillerman.country.frame import Evidence
from tillerman.country.notes import DateKind, KeyDate
from tillerman.country.record import TABLES
from tillerman.country.stack import Party
from tillerman.country.use import Fallback
from tillerman.country.world import Delivery, Disruption, TargetOfDisruption
from tillerman.errors import SettingError
from tillerman.happenings.kinds import EVENT, Happening, HappeningKind
from tillerman.labels import Cause, Grade

FOR_GOOD = 100_000.0  # days: no plan looks further
_SURE, _NEVER = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)  # on time, late, never
_LATE_YEARS = 1
_AFTER_ALL_PLANS = 2100

RowT = TypeVar("RowT")


def after(country: Country, happening: Happening, on: date) -> Country:
    """The country file after something happened on a day: the change itself, its evidence, and one dated row.

    Raises:
        SettingError: when the happening says nothing new, such as an agreement signed that is in force.
    """
    changed = _CHANGES[happening.kind](country, happening, on)
    row = KeyDate(
        id=_free(f"happened_{on.isoformat()}", {row.id for row in country.dates}),
        date=on,
        kind=DateKind.HAPPENED,
        subject=happening.subject if _is_named(country, happening.subject) else None,
        text=happening.text,
        watcher=None,
        source=None,
    )
    return replace(changed, dates=(*changed.dates, row))


def withdrawn(happening: Happening) -> str | None:
    """Who withdraws, by the name that exposure knows it under; None where nobody does."""
    return happening.subject if happening.kind in {HappeningKind.LEAVES, HappeningKind.ORDER} else None


def _is_named(country: Country, subject: str) -> bool:
    tables = (country.parties, country.resources, country.agreements, country.services)
    return any(row.id == subject for rows in tables for row in rows)


def _free(name: str, taken: set[str]) -> str:
    """The name, or with a number after it where it is taken."""
    tries = [name, *(f"{name}_{n}" for n in range(2, len(taken) + 3))]
    return next(one for one in tries if one not in taken)


def _withdrawal(country: Country, happening: Happening, on: date) -> Country:
    """Somebody or something stops, surely and from the first year on: one more row among what may stop."""
    kind = happening.kind
    strikes, cause = {
        HappeningKind.LEAVES: (TargetOfDisruption.PARTY, Cause.CHOOSES),
        HappeningKind.ORDER: (TargetOfDisruption.JURISDICTION, Cause.ORDERED),
        HappeningKind.FAILS: (TargetOfDisruption.RESOURCE, Cause.CANNOT),
        HappeningKind.RETIRED: (TargetOfDisruption.RESOURCE, Cause.CHOOSES),
    }[kind]
    row = Disruption(
        id=_free(f"happened_{kind.value}_{happening.subject}", {row.id for row in country.disruptions}),
        name=happening.text,
        cause=cause,
        strikes=strikes,
        target=happening.subject,
        hold_kinds=happening.hold_kinds,
        depth=1.0,
        chance_normal=1.0,
        chance_strained=1.0,
        chance_broken=1.0,
        duration_days=happening.days or FOR_GOOD,
        is_common_shock=False,
        is_geopolitical=False,  # it has happened: no view of the world leaves it out
        precedent=f"{on.isoformat()}: {happening.text}",
        note=None,
    )
    agreements = country.agreements
    if kind is HappeningKind.LEAVES and happening.days is None:
        # who has left for good offers nothing any more
        agreements = tuple(
            replace(a, first_year=_AFTER_ALL_PLANS) if a.party == happening.subject and not a.is_signed else a
            for a in agreements
        )
    return replace(country, disruptions=(*country.disruptions, row), agreements=agreements)


def _price(country: Country, happening: Happening, on: date) -> Country:
    subject = happening.subject
    cells = [("models", m.id, "price_usd_per_mtok") for m in country.models if subject in {m.id, "tokens"}]
    cells += [
        ("routes", r.id, "price_usd_per_mtok")
        for r in country.routes
        if subject in {r.model, "tokens"} and r.price_usd_per_mtok is not None
    ]
    cells += [("zones", z.id, "power_price_usd_per_mwh") for z in country.zones if subject in {z.id, "power"}]
    sites = [s.id for s in country.sites if subject in {s.id, "chips"}]
    cells += [("sites", site, "capital_musd_per_kh100e") for site in sites]
    if subject != "chips":
        cells += [("sites", site, "rent_usd_per_h100e_hour") for site in sites]
    return _multiplied(country, happening, on, cells)


def _demand(country: Country, happening: Happening, on: date) -> Country:
    return _multiplied(country, happening, on, [("services", happening.subject, "demand_muse_per_year")])


def _multiplied(country: Country, happening: Happening, on: date, cells: Iterable[tuple[str, str, str]]) -> Country:
    """Multiply numbers and leave a dated row of evidence behind each; a price of nothing stays nothing."""
    factor = happening.factor or 1.0
    is_changed = False
    for table, row, column in cells:
        old = float(getattr(country.by_id[table][row], column))
        if old == 0 or factor == 1.0:
            continue
        is_changed = True
        country = replace_number(country, table, row, column, _rounded(old * factor))
        country = _with_evidence(country, (table, row, column), happening, on, old)
    if not is_changed:
        raise SettingError(EVENT, happening.text, "a change of a number above 0", "It has no such price in this file.")
    return country


def _rounded(value: float) -> float:
    """A number without the dust of a multiplication in its last digits."""
    return float(f"{value:.12g}")


def _with_evidence(country: Country, cell: tuple[str, str, str], happening: Happening, on: date, old: float) -> Country:
    """The evidence of a changed number: its range moves along, the source is the day and what was said."""
    table, row, column = cell
    factor = happening.factor or 1.0
    before = next((e for e in country.evidence if (e.table, e.row, e.column) == cell), None)
    has_range = before is not None and before.low is not None and before.high is not None
    item = columns_of(TABLES[table])[column]
    fresh = Evidence(
        table=table,
        row=row,
        column=column,
        low=_rounded(before.low * factor) if before is not None and before.low is not None and has_range else None,
        high=_rounded(before.high * factor) if before is not None and before.high is not None and has_range else None,
        unit=(item.unit or None) if has_range else None,
        year=on.year,
        grade=Grade.REPORTED,
        title=f"Something happened: {happening.text}",
        publisher="Entered by the user of the file",
        address=None,
        published=on,
        source_file=None,
        source_row=None,
        source_column=None,
        source_factor=None,
        other_account=before.other_account if before is not None else None,
        note=f"Before: {old:g}" + (f", {before.title}" if before is not None and before.title else ""),
    )
    kept = tuple(fresh if item is before else item for item in country.evidence)
    return replace(country, evidence=kept if before is not None else (*kept, fresh))


def _delivered(country: Country, happening: Happening, on: date) -> Country:
    """A site or an agreement that surely comes, or never does: a delivery record of its own."""
    is_sure = happening.kind is HappeningKind.CONFIRMED
    on_time, late, never = _SURE if is_sure else _NEVER
    record = Delivery(
        id=_free(f"{happening.kind.value}_{happening.subject}", {row.id for row in country.deliveries}),
        name=f"{on.isoformat()}: {happening.text}",
        on_time=on_time,
        late=late,
        never=never,
        late_years=_LATE_YEARS,
        note=None,
    )
    subject, year = happening.subject, happening.year
    sites = {s.id: {"delivery": record.id} for s in country.sites if s.id == subject and s.build_max_h100e_per_year > 0}
    if year is not None:
        for site in country.sites:
            if site.id == subject:
                sites.setdefault(site.id, {})["available_from"] = str(year)
    agreements = [a.id for a in country.agreements if subject == a.id or (subject == a.site and a.max_h100e > 0)]
    if not sites and not agreements:
        expected = "a site that can be built, or one that an agreement opens"
        raise SettingError(EVENT, happening.text, expected, "Nothing of this file waits for it.")
    new: dict[str, Any] = {
        "deliveries": (*country.deliveries, record),
        "sites": tuple(
            replace(s, delivery=sites[s.id].get("delivery", s.delivery), available_from=year or s.available_from)
            if s.id in sites
            else s
            for s in country.sites
        ),
        "agreements": tuple(replace(a, delivery=record.id) if a.id in agreements else a for a in country.agreements),
    }
    return replace(country, **new)


def _signed(country: Country, happening: Happening, on: date) -> Country:
    del on
    agreement = next(a for a in country.agreements if a.id == happening.subject)
    if agreement.is_signed:
        raise SettingError(EVENT, happening.text, "an agreement that is not in force yet", "It is in force already.")
    rows = _changed(country.agreements, agreement, replace(agreement, is_signed=True))
    return replace(country, agreements=rows)


def _tested(country: Country, happening: Happening, on: date) -> Country:
    row = next(row for row in country.fallbacks if row.id == happening.subject)
    fresh: tuple[Fallback, ...] = _changed(country.fallbacks, row, replace(row, last_tested=on))
    return replace(country, fallbacks=fresh)


def _taken_over(country: Country, happening: Happening, on: date) -> Country:
    party = next(party for party in country.parties if party.id == happening.subject)
    state = happening.state or ""
    if state in party.jurisdictions:
        raise SettingError(EVENT, happening.text, f"a state whose orders do not reach {party.name} yet", "They do.")
    note = f"{on.isoformat()}: {happening.text}." + (f" {party.note}" if party.note else "")
    fresh = replace(party, jurisdictions=(*party.jurisdictions, state), note=note)
    parties: tuple[Party, ...] = _changed(country.parties, party, fresh)
    return replace(country, parties=parties)


def _changed(rows: tuple[RowT, ...], old: RowT, new: RowT) -> tuple[RowT, ...]:
    return tuple(new if row is old else row for row in rows)


_CHANGES: dict[HappeningKind, Callable[[Country, Happening, date], Country]] = {
    HappeningKind.LEAVES: _withdrawal,
    HappeningKind.ORDER: _withdrawal,
    HappeningKind.FAILS: _withdrawal,
    HappeningKind.RETIRED: _withdrawal,
    HappeningKind.PRICE: _price,
    HappeningKind.DEMAND: _demand,
    HappeningKind.CONFIRMED: _delivered,
    HappeningKind.CANCELLED: _delivered,
    HappeningKind.SIGNED: _signed,
    HappeningKind.TESTED: _tested,
    HappeningKind.TAKEN_OVER: _taken_over,
}
