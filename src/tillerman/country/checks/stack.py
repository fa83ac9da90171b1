"""Rules about the stack: kinds that agree, holds with a retention, shares that add up, ownership without a circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tillerman.country.checks.rule import Finding, Rule
from tillerman.country.record import Country
from tillerman.errors import nearest
from tillerman.labels import Direction, HoldKind, Layer, ResourceKind

_KIND_OF_TABLE = {
    "sites": ResourceKind.SITE,
    "zones": ResourceKind.ZONE,
    "talent": ResourceKind.POOL,
    "models": ResourceKind.MODEL,
}
_LAYER_OF_KIND = {
    ResourceKind.SITE: Layer.COMPUTE,
    ResourceKind.ZONE: Layer.ENERGY,
    ResourceKind.POOL: Layer.TALENT,
    ResourceKind.MODEL: Layer.MODELS,
}
_TOLERANCE = 1e-9


def _answers_to_somebody(country: Country) -> Iterator[Finding]:
    for party in country.parties:
        if not party.jurisdictions:
            remedy = "Name every state or bloc whose orders reach it."
            yield Finding("parties", party.id, "jurisdictions", "no jurisdiction", "at least one code", remedy)


def _kinds_agree(country: Country) -> Iterator[Finding]:
    kinds = {row.id: row.kind for row in country.resources}
    for table, kind in _KIND_OF_TABLE.items():
        for row in getattr(country, table):
            if row.id in kinds and kinds[row.id] != kind:
                found = f"{row.id!r}, a resource of kind {kinds[row.id]}"
                yield Finding(
                    table,
                    row.id,
                    "id",
                    found,
                    f"a resource of kind {kind}",
                    "Correct the kind, or move the row to its own table.",
                )


def _layers_agree(country: Country) -> Iterator[Finding]:
    for row in country.resources:
        layer = _LAYER_OF_KIND.get(row.kind, row.layer)
        if row.layer != layer:
            yield Finding(
                "resources",
                row.id,
                "layer",
                str(row.layer),
                f"{layer} for a {row.kind}",
                "Correct the layer or the kind.",
            )


def _described(country: Country) -> Iterator[Finding]:
    rows = {kind: {row.id for row in getattr(country, table)} for table, kind in _KIND_OF_TABLE.items()}
    tables = {kind: table for table, kind in _KIND_OF_TABLE.items()}
    for resource in country.resources:
        if resource.kind in rows and resource.id not in rows[resource.kind]:
            table = tables[resource.kind]
            found = f"{resource.id!r} without a row in {table}"
            yield Finding(
                "resources",
                resource.id,
                "kind",
                found,
                f"its numbers in {table}",
                "Add the row, or remove the resource.",
            )


def _gates_are_gates(country: Country) -> Iterator[Finding]:
    kinds = {row.id: row.kind for row in country.resources}
    named = [("routes", route.id, "gates", name) for route in country.routes for name in route.gates]
    named += [("services", service.id, "platforms", name) for service in country.services for name in service.platforms]
    for table, row, column, name in named:
        if kinds.get(name) in _LAYER_OF_KIND:
            expected = "a data set, platform, cable or institution"
            remedy = "A site and a model have their own columns; zones and people count through capacity."
            yield Finding(table, row, column, f"{name!r}, a {kinds[name]}", expected, remedy)


def _whole_unless_divisible(country: Country) -> Iterator[Finding]:
    divisible = {row.id: row.is_divisible for row in country.resources}
    for hold in country.holds:
        if hold.share != 1 and divisible.get(hold.resource) is False:
            remedy = "Write 1, or mark the resource as divisible."
            yield Finding(
                "holds", hold.id, "share", f"{hold.share:g}", "1 where each holder can stop the whole", remedy
            )


def _shares_add_up(country: Country) -> Iterator[Finding]:
    divisible = {row.id for row in country.resources if row.is_divisible}
    shares: dict[tuple[str, HoldKind, Direction], float] = defaultdict(float)
    last: dict[tuple[str, HoldKind, Direction], str] = {}
    for hold in country.holds:
        if hold.resource in divisible:
            key = (hold.resource, hold.kind, hold.direction)
            shares[key] += hold.share
            last[key] = hold.id
    for key, total in shares.items():
        if total > 1 + _TOLERANCE:
            resource, kind, _ = key
            found = f"shares of {resource!r} under {kind!s} that add up to {total:g}"
            yield Finding("holds", last[key], "share", found, "1 or less", "Correct the shares of its holders.")


def _retention_known(country: Country) -> Iterator[Finding]:
    variants: dict[HoldKind, set[str]] = defaultdict(set)
    for row in country.retention:
        variants[row.kind].add(row.variant or "")
    for hold in country.holds:
        own = (hold.retention_7d, hold.retention_90d, hold.retention_1y, hold.retention_5y)
        if None not in own:
            continue
        if (hold.variant or "") not in variants[hold.kind]:
            found = f"{hold.kind} with variant {hold.variant!r}" if hold.variant else f"{hold.kind} without a variant"
            near = nearest(hold.variant or "", variants[hold.kind] - {""}) or tuple(sorted(variants[hold.kind] - {""}))
            remedy = (
                f"Did you mean {' or '.join(map(repr, near))}?"
                if near
                else "Add the row, or fill in the four retention columns of the hold."
            )
            yield Finding("holds", hold.id, "variant", found, "a kind and variant of the retention table", remedy)


def _retention_once(country: Country) -> Iterator[Finding]:
    seen: dict[tuple[HoldKind, str | None], str] = {}
    for row in country.retention:
        key = (row.kind, row.variant)
        if key in seen:
            found = f"{row.kind} {row.variant or '(no variant)'}, which {seen[key]!r} has too"
            yield Finding("retention", row.id, "variant", found, "each kind and variant once", "Remove one of them.")
        seen.setdefault(key, row.id)


def _ownership_has_no_circle(country: Country) -> Iterator[Finding]:
    """Follow who owns whom. An id that is both a party and a resource (a company that is held) is one body."""
    bodies = {row.id for row in country.parties} & {row.id for row in country.resources}
    owners: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for hold in country.holds:
        if hold.kind is HoldKind.OWNS and hold.resource in bodies:
            owners[hold.resource].append((hold.party, hold.id))
    reported: set[frozenset[str]] = set()
    for start in owners:
        circle = _circle_from(start, owners)
        if circle and frozenset(circle) not in reported:
            reported.add(frozenset(circle))
            row = next(hold for owner, hold in owners[circle[0]] if owner == circle[1])
            found = " is owned by ".join(circle)
            yield Finding(
                "holds",
                row,
                "party",
                found,
                "ownership that ends at somebody",
                "Remove the hold that closes the circle.",
            )


def _circle_from(start: str, owners: dict[str, list[tuple[str, str]]]) -> tuple[str, ...]:
    """Return the way from a body through its owners back to itself, or nothing."""
    waiting: list[tuple[str, tuple[str, ...]]] = [(start, (start,))]
    seen: set[str] = set()
    while waiting:
        body, way = waiting.pop()
        for owner, _ in owners.get(body, ()):
            if owner == start:
                return (*way, start)
            if owner not in seen:
                seen.add(owner)
                waiting.append((owner, (*way, owner)))
    return ()


def _held_by_somebody(country: Country) -> Iterator[Finding]:
    held = {hold.resource for hold in country.holds}
    for resource in country.resources:
        if resource.id not in held:
            remedy = "Record who owns, operates, supplies or licenses it; without a hold nobody can ever withdraw it."
            yield Finding(
                "resources", resource.id, None, f"nobody who holds {resource.id!r}", "at least one hold", remedy
            )


def _home_sites_have_power(country: Country) -> Iterator[Finding]:
    home = set(country.frame.home_jurisdictions)
    territory = {row.id: row.territory for row in country.resources}
    for site in country.sites:
        if site.zone is None and territory.get(site.id) in home and site.kw_per_h100e > 0:
            remedy = "Name its power zone, or nothing limits the power it draws."
            yield Finding("sites", site.id, "zone", "a site at home without a power zone", "a power zone", remedy)


def _scores_once(country: Country) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for row in country.capabilities:
        key = (row.model, row.language)
        if key in seen:
            found = f"a second score of {row.model!r} in {row.language!r}"
            yield Finding(
                "capabilities", row.id, "language", found, "one score for a model in a language", "Remove one of them."
            )
        seen.add(key)


RULES = (
    Rule("answers_to_somebody", "Every party has at least one jurisdiction.", _answers_to_somebody),
    Rule("kinds_agree", "A row of sites, zones, talent or models is a resource of that kind.", _kinds_agree),
    Rule("layers_agree", "Sites are compute, zones energy, pools talent, models models.", _layers_agree, "warning"),
    Rule(
        "described",
        "Every resource of kind site, zone, pool or model has its row of numbers.",
        _described,
        "warning",
        whole=("sites", "zones", "talent", "models"),
    ),
    Rule("gates_are_gates", "Gates and platforms are data sets, platforms, cables or institutions.", _gates_are_gates),
    Rule("whole_unless_divisible", "A hold on an indivisible resource has share 1.", _whole_unless_divisible),
    Rule(
        "shares_add_up",
        "Shares of a divisible resource add up to 1 or less for each kind of hold and direction.",
        _shares_add_up,
    ),
    Rule(
        "retention_known",
        "Every hold has a retention: its own four, or a row of its kind and variant.",
        _retention_known,
        whole=("retention",),
    ),
    Rule("retention_once", "The retention table has each kind and variant once.", _retention_once),
    Rule("ownership_has_no_circle", "Nobody owns itself, directly or through others.", _ownership_has_no_circle),
    Rule("held_by_somebody", "Every resource is held by somebody.", _held_by_somebody, "warning", whole=("holds",)),
    Rule(
        "power_at_home",
        "A site at home that draws power names its zone.",
        _home_sites_have_power,
        "warning",
        ("frame",),
    ),
    Rule("scores_once", "A model has one score in a language.", _scores_once),
)
