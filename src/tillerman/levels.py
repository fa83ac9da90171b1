"""Who may read what: a plan's record with everything left out that a level must not see.

Redaction happens here, once: a writer is given the redacted record and cannot leak what it never gets.

| left out                                                               | public | government | team |
| ---                                                                    | ---    | ---        | ---  |
| walk-away points: prices and chances at which we would rather do without | yes    | yes        | no   |
| what an agreement, an option or an offer is worth, to us or to them    | yes    | yes        | no   |
| who exactly breaks a service by withdrawing, and who holds what        | yes    | no         | no   |
| what every good plan contains, and what we would trade or refuse       | yes    | no         | no   |
| chances assumed for disruptions                                        | yes    | no         | no   |
| free notes on places and resources, where coordinates may stand        | yes    | no         | no   |
| what is written beside any source on a disruption or a place           | yes    | no         | no   |
"""

from __future__ import annotations

import math
from dataclasses import replace
from types import MappingProxyType

from tillerman.country import Country
from tillerman.country.frame import Evidence
from tillerman.exposure import Consequence, Exposure
from tillerman.labels import Level
from tillerman.plan import Asked, Frontier, Plan

# Answers that may be read; those not named hold prices or chances at which something stops paying.
_ANSWERS = MappingProxyType(
    {
        Level.PUBLIC: ("foresight", "certified", "frontier"),
        Level.GOVERNMENT: ("foresight", "certified", "frontier", "alternatives", "levers"),
    }
)
_LEFT_OUT = "–"
_CHANCES = ("chance_normal", "chance_strained", "chance_broken")
_TELLING = ("disruptions", "resources", "sites", "zones")  # beside how long it lasts, a source may say how often


def level_for(*, is_shipped: bool) -> Level:
    """The level where none is asked for: a shipped file is public, anybody's own is for the government."""
    return Level.PUBLIC if is_shipped else Level.GOVERNMENT


def redacted(plan: Plan, level: Level) -> Plan:
    """Return the plan as a level may see it. It tells the same hash and cites the same, and answers no new question."""
    if level is Level.TEAM:
        return plan
    country = _without_worths(plan.country)
    asked = _answers(plan.asked, level)
    needs = tuple(replace(row, worth_musd_per_year=None) for row in plan.today.needs)
    today = replace(plan.today, country=country, needs=needs, postures_told=plan.today.posture_rows)
    found = replace(plan, country=country, today=today, break_evens=(), asked=asked, base=None)
    return _public(found) if level is Level.PUBLIC else found


def _public(plan: Plan) -> Plan:
    country = _without_chances(plan.country)
    return replace(
        plan,
        country=country,
        today=_exposure(plan.today, country),
        services=tuple(replace(row, worst="") for row in plan.services),
        year_postures=tuple(replace(row, posture=replace(row.posture, worst="")) for row in plan.year_postures),
        worst_withdrawal=_nameless(plan.worst_withdrawal),
        asked=replace(plan.asked, frontier=None if plan.asked.frontier is None else _frontier(plan.asked.frontier)),
    )


def _answers(asked: Asked, level: Level) -> Asked:
    """The answers that a level may read; one that is not named, such as a new one, is left out."""
    return Asked(**{name: getattr(asked, name) for name in _ANSWERS[level]})


def _frontier(found: Frontier) -> Frontier:
    """The frontier without names: what every point does, keeps and costs stays."""
    return replace(
        found,
        points=tuple(replace(point, worst="") for point in found.points),
        postures=tuple(replace(row, posture=replace(row.posture, worst="")) for row in found.postures),
        services=tuple(replace(row, service=replace(row.service, worst="")) for row in found.services),
        set_aside=(),
    )


def _exposure(found: Exposure, country: Country) -> Exposure:
    """Exposure without names: consequences and postures stay."""
    postures = tuple(replace(row, worst="") for row in found.posture_rows)
    return replace(
        found,
        country=country,
        holds=(),
        needs=(),
        singles=tuple(_nameless(row) for row in found.singles),
        services=tuple(replace(row, worst="") for row in found.services),
        asked=None,
        postures_told=postures,
    )


def _nameless(found: Consequence) -> Consequence:
    return replace(found, withdrawal=replace(found.withdrawal, id="", name=""))


def _without_worths(country: Country) -> Country:
    """The country without what an offer is worth to the other side; a blank there is allowed, so it can be loaded."""
    concessions = tuple(replace(row, worth_musd_per_year=None) for row in country.concessions)
    evidence = tuple(row for row in country.evidence if row.table != "concessions")
    return _same_file(country, replace(country, concessions=concessions, evidence=evidence))


def _without_chances(country: Country) -> Country:
    fresh = replace(
        country,
        disruptions=tuple(
            replace(row, chance_normal=math.nan, chance_strained=math.nan, chance_broken=math.nan, note=None)
            for row in country.disruptions
        ),
        evidence=tuple(_kept(row) for row in country.evidence),
        resources=tuple(replace(row, note=None) for row in country.resources),
        sites=tuple(replace(row, note=None) for row in country.sites),
        zones=tuple(replace(row, note=None) for row in country.zones),
    )
    return _same_file(country, fresh)


def _kept(row: Evidence) -> Evidence:
    if row.table == "disruptions":
        return (
            _silent(row) if row.column in _CHANCES else replace(row, title=None, other_account=_other(row), note=None)
        )
    return replace(row, note=None) if row.table in _TELLING else row


def _silent(row: Evidence) -> Evidence:
    """Evidence of a chance with its grade, its publisher and whether it is contested, and nothing that tells it."""
    return replace(row, low=None, high=None, title=None, other_account=_other(row), note=None, source_factor=None)


def _other(row: Evidence) -> str | None:
    """That there is another account, without what it says."""
    return _LEFT_OUT if row.other_account else None


def _same_file(country: Country, fresh: Country) -> Country:
    """A redacted copy still speaks of the same file, and says so by its hash."""
    vars(fresh)["content_hash"] = country.content_hash
    return fresh
