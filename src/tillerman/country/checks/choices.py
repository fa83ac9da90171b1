"""Rules about what can be decided: agreements, programmes and the options kept open."""

from __future__ import annotations

from collections.abc import Iterator

from tillerman.country.checks.rule import Finding, Lookup, NameRule, Rule
from tillerman.country.record import Country
from tillerman.errors import nearest
from tillerman.labels import Climate, ProgrammeKind, Signpost

_FIRES_AT = {
    Signpost.DEMAND: ("high",),
    Signpost.PRICE: ("high",),
    Signpost.CLIMATE: (Climate.STRAINED.value, Climate.BROKEN.value),
}
_ROUNDING = 1e-9  # of a sum of effects


def _clauses_known(country: Country, lookup: Lookup) -> Iterator[Finding]:
    known = lookup.names("clauses", "clause")
    for agreement in country.agreements:
        for clause in agreement.clauses:
            if clause not in known:
                remedy = "Add the clause to that table: what it keeps running, at each horizon."
                yield Finding(
                    "agreements", agreement.id, "clauses", repr(clause.value), "a clause of the clauses table", remedy
                )


def _clauses_once(country: Country) -> Iterator[Finding]:
    seen = set()
    for row in country.clauses:
        if row.clause in seen:
            yield Finding(
                "clauses", row.id, "clause", f"{row.clause!s} a second time", "each clause once", "Remove one of them."
            )
        seen.add(row.clause)


def _honour_falls(country: Country) -> Iterator[Finding]:
    for row in country.agreements:
        if row.honoured_chooses + row.enforcement_gain > 1:
            found = f"{row.honoured_chooses:g} + {row.enforcement_gain:g}"
            expected = "a chance of 1 or less with full enforcement"
            yield Finding(
                "agreements", row.id, "enforcement_gain", found, expected, "Lower the gain: it is cut off at 1."
            )


def _lever_targets(country: Country, lookup: Lookup) -> Iterator[Finding]:
    served = lookup.names("services", "id") | lookup.names("services", "sector")
    by_kind: dict[ProgrammeKind, frozenset[str]] = {
        **dict.fromkeys(
            (ProgrammeKind.ADOPTION, ProgrammeKind.SWITCHING, ProgrammeKind.REHEARSAL, ProgrammeKind.POOLING), served
        ),
        ProgrammeKind.TALENT: lookup.names("talent", "id"),
        ProgrammeKind.ENERGY: lookup.names("zones", "id"),
        ProgrammeKind.UNLOCK: lookup.names("routes", "id") | lookup.names("models", "id") | served,
        ProgrammeKind.ENFORCEMENT: lookup.names("agreements", "id"),
    }
    for lever in country.levers:
        known = by_kind[lever.kind]
        if lever.target != "*" and lever.target not in known:
            near = nearest(lever.target, known)
            remedy = f"Did you mean {near[0]!r}?" if near else "Correct the name, or write * for all."
            yield Finding(
                "levers", lever.id, "target", repr(lever.target), f"{_TARGET_WORDS[lever.kind]}, or *", remedy
            )


_TARGET_WORDS = {
    ProgrammeKind.ADOPTION: "a service or sector",
    ProgrammeKind.SWITCHING: "a service or sector",
    ProgrammeKind.REHEARSAL: "a service or sector",
    ProgrammeKind.POOLING: "a service or sector",
    ProgrammeKind.TALENT: "a pool of the talent table",
    ProgrammeKind.ENERGY: "a power zone",
    ProgrammeKind.UNLOCK: "a route, model, service or sector",
    ProgrammeKind.ENFORCEMENT: "an agreement",
}


def _unlocks_something(country: Country) -> Iterator[Finding]:
    opened = {route.programme for route in country.routes}
    for lever in country.levers:
        if lever.kind is ProgrammeKind.UNLOCK and lever.id not in opened:
            remedy = "Name it in the programme column of the route that it opens."
            yield Finding("levers", lever.id, None, "a programme that opens no route", "a route that names it", remedy)


def _unlocks_once(country: Country) -> Iterator[Finding]:
    for lever in country.levers:
        if lever.kind is ProgrammeKind.UNLOCK and lever.max_scale > 1:
            found = f"{lever.max_scale:g} times a programme that opens a route"
            remedy = "Write 1: a route is open or it is not."
            yield Finding("levers", lever.id, "max_scale", found, "at most once", remedy)


def _pooling_flattens(country: Country) -> Iterator[Finding]:
    peak = country.frame.peak_demand_factor
    told = set()
    for service in country.services:
        targets = ("*", service.id, service.sector)
        pooling = [row for row in country.levers if row.kind is ProgrammeKind.POOLING and row.target in targets]
        total = sum(row.effect * row.max_scale for row in pooling)
        together = frozenset(row.id for row in pooling)
        if total > peak - 1 + _ROUNDING and together not in told:
            told.add(together)
            largest = max(pooling, key=lambda row: row.effect * row.max_scale)
            found = f"{total:g} of the mean taken off a peak of {peak:g}, for service {service.id!r}"
            remedy = "Lower the effects or how often they can be run: pooling is cut off where all hours are alike."
            expected = "all pooling together at most the peak factor less 1"
            yield Finding("levers", largest.id, "effect", found, expected, remedy)


def _whole_scale(country: Country) -> Iterator[Finding]:
    for lever in country.levers:
        if lever.is_whole and lever.max_scale != int(lever.max_scale):
            found = f"{lever.max_scale:g} for a programme done wholly or not at all"
            yield Finding(
                "levers",
                lever.id,
                "max_scale",
                found,
                "a whole number of times",
                "Round it down, or allow parts of it.",
            )


def _training_has_a_site(country: Country) -> Iterator[Finding]:
    for lever in country.levers:
        if lever.compute_site is not None and lever.compute_h100e == 0:
            found = f"site {lever.compute_site!r} with no chips"
            yield Finding(
                "levers",
                lever.id,
                "compute_h100e",
                found,
                "chips where a site is named",
                "Fill in the chips, or blank the site.",
            )


def _takes_effect(country: Country) -> Iterator[Finding]:
    last = country.frame.first_year + sum(country.frame.period_years) - 1
    for table in ("levers", "agreements", "options"):
        for row in getattr(country, table):
            if row.first_year + row.lead_years > last:
                found = f"{row.first_year} with a lead of {row.lead_years} years, after the plan ends in {last}"
                yield Finding(
                    table, row.id, "first_year", found, "an effect within the plan", "Check the year and the lead."
                )


def _options_fire(country: Country, lookup: Lookup) -> Iterator[Finding]:
    events = tuple(sorted(lookup.names("disruptions", "id")))
    for option in country.options:
        known = events if option.signpost is Signpost.DISRUPTION else _FIRES_AT[option.signpost]
        if option.fires_at not in known:
            near = nearest(option.fires_at, known)
            expected = "the id of a disruption" if option.signpost is Signpost.DISRUPTION else " or ".join(known)
            remedy = (
                f"Did you mean {near[0]!r}?" if near else f"Name what a signpost of kind {option.signpost} fires at."
            )
            yield Finding("options", option.id, "fires_at", repr(option.fires_at), expected, remedy)


_TARGETS = (
    ("services", "sector"),
    *((table, "id") for table in ("services", "talent", "zones", "routes", "models", "agreements")),
)

RULES = (
    NameRule(
        "clauses_known",
        "Every clause of an agreement has its row of what it keeps.",
        _clauses_known,
        reads=(("clauses", "clause"),),
    ),
    Rule("clauses_once", "The clauses table has each clause once.", _clauses_once),
    Rule("honour_at_most_certain", "Enforcement does not raise a chance above 1.", _honour_falls, "warning"),
    NameRule(
        "lever_target",
        "A programme acts on something that exists.",
        _lever_targets,
        reads=_TARGETS,
    ),
    Rule(
        "unlocks_something",
        "A programme of kind unlock opens a route.",
        _unlocks_something,
        "warning",
        whole=("routes",),
    ),
    Rule("unlocks_once", "A programme of kind unlock is run at most once.", _unlocks_once),
    Rule(
        "pooling_flattens",
        "All pooling programmes together at most make all hours alike.",
        _pooling_flattens,
        "warning",
        whole=("frame",),
    ),
    Rule("whole_scale", "A programme done wholly or not at all is run a whole number of times.", _whole_scale),
    Rule(
        "training_has_chips",
        "A programme that names a site for its training uses chips there.",
        _training_has_a_site,
        "warning",
    ),
    Rule(
        "takes_effect",
        "What can be decided can take effect within the plan.",
        _takes_effect,
        "warning",
        whole=("frame",),
    ),
    NameRule(
        "options_fire", "An option fires at something its signpost can show.", _options_fire, (("disruptions", "id"),)
    ),
)
