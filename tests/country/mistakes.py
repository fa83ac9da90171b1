"""One mistake for each rule, planted in the hand-sized country."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tillerman.country import Country, load
from tillerman.country.choices import Concession, Lever, Option
from tillerman.country.frame import Evidence
from tillerman.country.stack import Capability, Hold, Model, Party, Pool, Resource, Route, Zone
from tillerman.country.use import Deployment, Target
from tillerman.labels import (
    Clause,
    Direction,
    Grade,
    HoldKind,
    Layer,
    PartyKind,
    ProgrammeKind,
    ResourceKind,
    Signpost,
    TargetKind,
)

Mistake = Callable[[Country], Country]

ZONE = Zone("grid", 10.0, 10.0, 0.0, 80.0, 10.0, None)
POOL = Pool("staff", 10.0, 0.0, 0.0, 20.0, is_crisis_team=False, note=None)
MODEL = Model(
    "home_hall",
    is_open_weights=True,
    release_year=2026,
    throughput_tokens_per_s=1.0,
    price_usd_per_mtok=0.0,
    is_frozen=False,
    note=None,
)
LEVER = Lever(
    id="drill",
    name="Drills",
    lever=4,
    kind=ProgrammeKind.SWITCHING,
    target="*",
    effect=0.1,
    max_scale=1.0,
    is_whole=True,
    capital_musd=1.0,
    annual_musd=0.1,
    public_share=1.0,
    imported_share=0.0,
    compute_h100e=0.0,
    compute_site=None,
    lead_years=0,
    first_year=2027,
    note=None,
)
OPTION = Option("right", "A right", "home_hall", Signpost.CLIMATE, "broken", "ministry", 1.0, 1.0, 5.0, 0, 2027, None)
TARGET = Target("keep", TargetKind.SERVICE_KEPT, 1, "foreign", "90d", 2027, 0.2, None)
EVIDENCE = Evidence(
    table="sites",
    row="home_hall",
    column="pue",
    low=1.0,
    high=2.0,
    unit=None,
    year=None,
    grade=Grade.ASSUMPTION,
    title="Invented.",
    publisher=None,
    address=None,
    published=None,
    source_file=None,
    source_row=None,
    source_column=None,
    source_factor=None,
    other_account=None,
    note=None,
)


def hand() -> Country:
    """Return the hand-sized country with one row more of what it lacks, so that every rule has something to look at."""
    country = load("hand")
    more: dict[str, tuple[object, ...]] = {
        "resources": (
            Resource("grid", "The grid", Layer.ENERGY, ResourceKind.ZONE, "ZZ", is_divisible=True, note=None),
            Resource("staff", "People", Layer.TALENT, ResourceKind.POOL, "ZZ", is_divisible=True, note=None),
            thing("cable", Layer.DATA, ResourceKind.CABLE, None),
        ),
        "holds": (
            hold("state_powers", "home_state", "grid", HoldKind.POWERS, 1.0),
            hold("state_employs", "home_state", "staff", HoldKind.STAFFS, 1.0),
            hold("farco_cable", "farco", "cable", HoldKind.OWNS, 1.0),
        ),
        "zones": (ZONE,),
        "talent": (POOL,),
        "levers": (LEVER,),
        "options": (OPTION,),
        "targets": (TARGET,),
        "concessions": (Concession("power", "Power at Olkaria prices", "farco", "grid", None, None),),
    }
    for table, rows in more.items():
        country = add(country, table, *rows)
    return country


def thing(name: str, layer: Layer, kind: ResourceKind, territory: str | None = None) -> Resource:
    """Return a resource that each holder can stop."""
    return Resource(name, name, layer, kind, territory, is_divisible=False, note=None)


def hold(
    name: str, party: str, resource: str, kind: HoldKind, share: float, direction: Direction = Direction.ON_US
) -> Hold:
    """Return a hold that says itself what is left after its withdrawal."""
    return Hold(name, party, resource, kind, None, share, direction, None, 0.5, 0.5, 0.5, 0.5, None)


def add(country: Country, table: str, *rows: object) -> Country:
    """Return the country with rows added to a table."""
    changed: dict[str, Any] = {table: (*getattr(country, table), *rows)}
    return replace(country, **changed)


def change(table: str, row: str, **values: object) -> Mistake:
    """Return a mistake that changes cells of one row."""

    def plant(country: Country) -> Country:
        rows: tuple[Any, ...] = getattr(country, table)
        assert row in {item.id for item in rows}
        changed: dict[str, Any] = {table: tuple(replace(item, **values) if item.id == row else item for item in rows)}
        return replace(country, **changed)

    return plant


def frame(**values: object) -> Mistake:
    """Return a mistake in the frame."""

    def plant(country: Country) -> Country:
        before: Any = country.frame
        return replace(country, frame=replace(before, **values))

    return plant


def evidence(**values: object) -> Mistake:
    """Return a mistake in a row of evidence."""
    before: Any = EVIDENCE
    return lambda country: add(country, "evidence", replace(before, **values))


def with_rows(table: str, *rows: object) -> Mistake:
    """Return a mistake made by rows that should not be there."""
    return lambda country: add(country, table, *rows)


def _no_demand(country: Country) -> Country:
    return replace(country, services=tuple(replace(row, demand_muse_per_year=0.0) for row in country.services))


def _nine_routes(country: Country) -> Country:
    return add(country, "routes", *(Route(f"r{n}", "api_abroad", "frontier", (), None, None, None) for n in range(7)))


def _circle(country: Country) -> Country:
    country = add(
        country,
        "parties",
        Party("kid", "Kid", PartyKind.FIRM, ("XA",), None),
        Party("mum", "Mum", PartyKind.FIRM, ("XA",), None),
    )
    for body in ("kid", "mum"):
        what = thing(body, Layer.GOVERNANCE, ResourceKind.INSTITUTION)
        country = add(country, "resources", what)
    return add(
        country, "holds", hold("a", "mum", "kid", HoldKind.OWNS, 1.0), hold("b", "kid", "mum", HoldKind.OWNS, 1.0)
    )


def _halves(country: Country) -> Country:
    return add(country, "holds", hold("more", "farco", "grid", HoldKind.POWERS, 0.2))


def _gated_today(country: Country) -> Country:
    country = change("levers", "drill", kind=ProgrammeKind.UNLOCK)(country)
    return change("routes", "abroad", programme="drill")(country)


def _unknown_language(country: Country) -> Country:
    return change("services", "clinic", languages=("en", "sw"))(country)


# Rule → where its problem is reported (the last part of the place), and the mistake.
MISTAKES: dict[str, tuple[str, Mistake]] = {
    "within_limits": ("capacity_h100e", change("sites", "home_hall", capacity_h100e=-10.0)),
    "known_name": ("party", change("holds", "home_owns_hall", party="home_sate")),
    "plain_id": ("id", with_rows("capabilities", Capability("a b", "frontier", "sw", 50.0, None))),
    "fits_a_cell": ("name", change("parties", "farco", name=" Farco")),
    "fits_a_calendar": ("published", evidence(published=date(1776, 7, 4))),
    "frame_codes": ("code", frame(code="Handland")),
    "one_currency": ("currency_per_usd", frame(currency="USD", currency_per_usd=129.0)),
    "periods": ("period_years", frame(period_years=(1, 2))),
    "epochs": ("epoch_of_period", frame(epoch_of_period=(0,))),
    "blocks": ("peak_demand_factor", frame(peak_hours_share=0.5, peak_demand_factor=2.5)),
    "calendar": ("first_year", frame(first_year=2045)),
    "code_shape": ("territory", change("resources", "api_abroad", territory="Far land")),
    "target_jurisdiction": ("without", change("targets", "keep", without="XB")),
    "answers_to_somebody": ("jurisdictions", change("parties", "chipco", jurisdictions=())),
    "kinds_agree": ("id", change("resources", "home_hall", kind=ResourceKind.PLATFORM)),
    "layers_agree": ("layer", change("resources", "home_hall", layer=Layer.DATA)),
    "described": ("kind", with_rows("resources", thing("hall_2", Layer.COMPUTE, ResourceKind.SITE, "ZZ"))),
    "gates_are_gates": ("gates", change("routes", "abroad", gates=("grid",))),
    "whole_unless_divisible": ("share", change("holds", "farco_operates_api", share=0.5)),
    "shares_add_up": ("share", _halves),
    "retention_known": ("variant", change("holds", "chipco_supplies_hall", variant="chip")),
    "retention_once": ("variant", change("retention", "licenses_api", variant="weights")),
    "ownership_has_no_circle": ("party", _circle),
    "held_by_somebody": ("resources:cable_2", with_rows("resources", thing("cable_2", Layer.DATA, ResourceKind.CABLE))),
    "power_at_home": ("zone", change("sites", "home_hall", kw_per_h100e=1.2)),
    "scores_once": ("language", with_rows("capabilities", Capability("again", "frontier", "en", 50.0, None))),
    "speaks": ("languages", change("services", "office", languages=())),
    "plain_service_id": ("id", change("services", "office", id="of.fice")),
    "some_demand": ("demand_muse_per_year", _no_demand),
    "demand_each": ("demand_muse_per_year", change("services", "office", demand_muse_per_year=0.0)),
    "demand_of_a_use": ("demand_muse_per_year", change("services", "office", demand_muse_per_year=1e-7)),
    "floors_rise": ("floor_hard", change("services", "clinic", hard_share=0.5, floor_hard=40.0)),
    "moving_gets_easier": ("moved_adapting", change("services", "clinic", moved_hit=0.7)),
    "has_a_route": ("floor_easy", change("services", "clinic", floor_easy=95.0)),
    "few_pairs": ("services:clinic", _nine_routes),
    "deployed_can_run": ("route", change("services", "office", must_stay_home=True)),
    "deployed_is_good": ("share_easy", change("services", "clinic", floor_easy=70.0)),
    "deployed_once": ("route", with_rows("deployments", Deployment("twice", "clinic", "home", 0.1, 0.0, None))),
    "runs_today": ("relied_share", lambda country: replace(country, deployments=country.deployments[2:])),
    "sites_of_today": ("route", change("sites", "home_hall", available_from=2028)),
    "target_horizon": ("horizon", change("targets", "keep", horizon="90 d")),
    "target_year": ("year", change("targets", "keep", year=2026)),
    "programmes_unlock": ("programme", change("routes", "abroad", programme="drill")),
    "clauses_known": ("clauses", change("agreements", "pact", clauses=(Clause.ESCROW,))),
    "clauses_once": ("clause", lambda country: add(country, "clauses", replace(country.clauses[0], id="again"))),
    "honour_at_most_certain": ("enforcement_gain", change("agreements", "pact", enforcement_gain=0.2)),
    "lever_target": ("target", change("levers", "drill", target="clinics")),
    "unlocks_something": ("levers:drill", change("levers", "drill", kind=ProgrammeKind.UNLOCK)),
    "unlocks_once": ("max_scale", change("levers", "drill", kind=ProgrammeKind.UNLOCK, max_scale=2.0)),
    "pooling_flattens": ("effect", change("levers", "drill", kind=ProgrammeKind.POOLING, effect=0.5, max_scale=2.0)),
    "whole_scale": ("max_scale", change("levers", "drill", max_scale=1.5)),
    "training_has_chips": ("compute_h100e", change("levers", "drill", compute_site="home_hall")),
    "takes_effect": ("first_year", change("levers", "drill", lead_years=3)),
    "options_fire": ("fires_at", change("options", "right", fires_at="broke")),
    "climate_chances": ("to_normal", change("climates", "normal", to_normal=0.9)),
    "climate_start": ("start", change("climates", "broken", start=0.5)),
    "delivery_chances": ("on_time", change("deliveries", "certain", late=0.5, late_years=1)),
    "late_is_later": ("late_years", change("deliveries", "certain", on_time=0.5, late=0.5)),
    "strikes_something": ("target", change("disruptions", "xa_orders_stop", target="XB")),
    "strikes_a_hold": ("target", change("disruptions", "xa_orders_stop", hold_kinds=(HoldKind.FUNDS,))),
    "depth_of_resources": ("depth", change("disruptions", "xa_orders_stop", depth=0.5)),
    "evidence_subject": ("column", evidence(column="puee")),
    "evidence_row": ("row", evidence(row="home_hal")),
    "evidence_once": ("column", lambda country: add(country, "evidence", EVIDENCE, EVIDENCE)),
    "evidence_unit": ("unit", evidence(column="capacity_h100e", low=5.0, high=20.0, unit="MW")),
    "low_below_high": ("low", evidence(low=2.0, high=1.0)),
    "both_ends": ("high", evidence(high=None)),
    "ranges_of_numbers": ("low", evidence(table="parties", row="farco", column="name")),
    "inside_its_range": ("low", evidence(low=1.5)),
    "range_within_limits": ("low", evidence(low=0.5)),
    "has_a_source": ("publisher", evidence(grade=Grade.OFFICIAL)),
    "source_is_dated": ("published", evidence(grade=Grade.OFFICIAL, publisher="Office")),
    "file_is_pointed_at": ("source_column", evidence(grade=Grade.MEASURED, source_file="a.csv")),
}  # fmt: skip

# Mistakes that only a list of several findings shows: each is the same rule seen from another side.
MORE: dict[str, tuple[str, str, Mistake]] = {
    "a number that is not finite": ("within_limits", "pue", change("sites", "home_hall", pue=float("nan"))),
    "a share above one": ("within_limits", "relied_share", change("services", "clinic", relied_share=1.5)),
    "an unknown resource": ("known_name", "resource", change("holds", "home_owns_hall", resource="home_hal")),
    "a deployment in a language never measured": ("deployed_can_run", "route", _unknown_language),
    "a deployment on a route that a programme would open": ("deployed_can_run", "route", _gated_today),
    "no route at all": ("has_a_route", "services:clinic", _unknown_language),
    "an epoch left out": ("epochs", "epoch_of_period", frame(epoch_of_period=(0, 2))),
    "no period": ("periods", "period_years", frame(period_years=(), epoch_of_period=())),
    "home not among home's jurisdictions": ("frame_codes", "home_jurisdictions", frame(home_jurisdictions=("XZ",))),
    "an assumption without reasoning": ("has_a_source", "title", evidence(title=None)),
    "evidence for a table that is not there": ("evidence_subject", "table", evidence(table="halls")),
    "uses of no class": ("deployed_is_good", "share_hard", change("deployments", "clinic_home", share_hard=0.5)),
    "a party that owns itself": ("ownership_has_no_circle", "party", lambda country: add(
        add(add(country, "parties", Party("kid", "Kid", PartyKind.FIRM, ("XA",), None)), "resources",
            thing("kid", Layer.GOVERNANCE, ResourceKind.INSTITUTION, None)),
        "holds", hold("self", "kid", "kid", HoldKind.OWNS, 1.0))),
    "a programme that does harm": ("within_limits", "effect", change("levers", "drill", effect=-0.1)),
    "pooling of everybody and of one": ("pooling_flattens", "levers:clinic_pool:effect", lambda country: add(
        change("levers", "drill", kind=ProgrammeKind.POOLING, effect=0.4)(frame(peak_demand_factor=1.9)(country)),
        "levers", replace(LEVER, id="clinic_pool", kind=ProgrammeKind.POOLING, target="clinic", effect=0.6))),
    "an idle option": ("options_fire", "fires_at", change("options", "right", signpost=Signpost.DISRUPTION)),
    "a model named as a site": ("kinds_agree", "id", with_rows("models", MODEL)),
}  # fmt: skip
