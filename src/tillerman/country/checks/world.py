"""Rules about the world outside: chances that add up, and disruptions that strike something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tillerman.country.checks.rule import Finding, Lookup, NameRule, Rule
from tillerman.country.record import Country
from tillerman.country.stack import Hold
from tillerman.country.world import Disruption, TargetOfDisruption
from tillerman.errors import nearest
from tillerman.labels import Climate, Direction

_TOLERANCE = 1e-6


def _adds_up(table: str, row: str, column: str, chances: Iterable[float]) -> Iterator[Finding]:
    total = sum(chances)
    if abs(total - 1) > _TOLERANCE:
        found = f"chances that add up to {total:.6g}"
        yield Finding(
            table, row, column, found, "chances that add up to 1", "Correct them; what is left out must be somewhere."
        )


def _climate_chances(country: Country) -> Iterator[Finding]:
    for row in country.climates:
        yield from _adds_up("climates", row.id, "to_normal", (row.to_normal, row.to_strained, row.to_broken))


def _climate_start(country: Country) -> Iterator[Finding]:
    if {row.id for row in country.climates} == set(Climate):
        yield from _adds_up("climates", "", "start", (row.start for row in country.climates))


def _delivery_chances(country: Country) -> Iterator[Finding]:
    for row in country.deliveries:
        yield from _adds_up("deliveries", row.id, "on_time", (row.on_time, row.late, row.never))


def _late_is_later(country: Country) -> Iterator[Finding]:
    for row in country.deliveries:
        if row.late > 0 and row.late_years == 0:
            found = f"0 years late with a chance of {row.late:g}"
            yield Finding(
                "deliveries", row.id, "late_years", found, "at least 1 year", "Say how late, or count it as on time."
            )


def _strikes_something(country: Country, lookup: Lookup) -> Iterator[Finding]:
    known = {
        TargetOfDisruption.PARTY: lookup.names("parties", "id"),
        TargetOfDisruption.JURISDICTION: lookup.names("parties", "jurisdictions")
        | lookup.names("frame", "home_jurisdictions"),
        TargetOfDisruption.RESOURCE: lookup.names("resources", "id"),
    }
    for row in country.disruptions:
        if row.target not in known[row.strikes]:
            near = nearest(row.target, known[row.strikes])
            remedy = (
                f"Did you mean {' or '.join(map(repr, near))}?" if near else "Correct the name, or what it strikes."
            )
            yield Finding("disruptions", row.id, "target", repr(row.target), f"a {row.strikes} of the file", remedy)


def _strikes_a_hold(country: Country) -> Iterator[Finding]:
    reach = {party.id: set(party.jurisdictions) for party in country.parties}
    on_us = [hold for hold in country.holds if hold.direction is Direction.ON_US]
    for row in country.disruptions:
        if row.strikes is not TargetOfDisruption.RESOURCE and not any(_is_struck(hold, row, reach) for hold in on_us):
            kinds = f" of kind {', '.join(row.hold_kinds)}" if row.hold_kinds else ""
            found = f"{row.target!r}, with no hold{kinds} on us"
            yield Finding(
                "disruptions",
                row.id,
                "target",
                found,
                "a target that holds something",
                "Add the hold, or remove the disruption.",
            )


def _is_struck(hold: Hold, row: Disruption, reach: dict[str, set[str]]) -> bool:
    if row.hold_kinds and hold.kind not in row.hold_kinds:
        return False
    if row.strikes is TargetOfDisruption.PARTY:
        return hold.party == row.target
    return row.target in reach.get(hold.party, set())


def _depth_of_resources(country: Country) -> Iterator[Finding]:
    for row in country.disruptions:
        if row.strikes is not TargetOfDisruption.RESOURCE and row.depth != 1:
            expected = "1 where holders are struck: what is left is the holds' retention"
            yield Finding(
                "disruptions", row.id, "depth", f"{row.depth:g}", expected, "Write 1, or strike the resource itself."
            )


_TARGETS = (
    ("parties", "id"),
    ("parties", "jurisdictions"),
    ("frame", "home_jurisdictions"),
    ("resources", "id"),
)

RULES = (
    Rule("climate_chances", "From each climate, the chances of the next add up to 1.", _climate_chances),
    Rule("climate_start", "The chances of the first year's climate add up to 1.", _climate_start, whole=("climates",)),
    Rule("delivery_chances", "On time, late and never add up to 1.", _delivery_chances),
    Rule("late_is_later", "What is late is at least a year late.", _late_is_later),
    NameRule(
        "strikes_something",
        "A disruption strikes a party, jurisdiction or resource that exists.",
        _strikes_something,
        reads=_TARGETS,
    ),
    Rule(
        "strikes_a_hold",
        "A disruption of a party or jurisdiction meets a hold.",
        _strikes_a_hold,
        "warning",
        whole=("holds", "parties"),
    ),
    Rule("depth_of_resources", "Depth is told only where a resource itself is struck.", _depth_of_resources, "warning"),
)
