"""The hand-sized country with one thing more, for questions that its bare form does not ask."""

from __future__ import annotations

from dataclasses import replace

from tillerman.country import Country
from tillerman.country.choices import Lever, Option
from tillerman.country.stack import Pool, Resource, Zone
from tillerman.country.use import Target
from tillerman.labels import Layer, ProgrammeKind, ResourceKind, Signpost, TargetKind


def lever(kind: ProgrammeKind, *, number: int, target: str = "*", effect: float = 0.5, cost: float = 1.0) -> Lever:
    """Return a programme that costs so much once, works at once and can be run once."""
    return Lever(
        id=f"{kind.value}_programme",
        name=f"Programme of {kind.value}",
        lever=number,
        kind=kind,
        target=target,
        effect=effect,
        max_scale=1.0,
        is_whole=False,
        capital_musd=cost,
        annual_musd=0.0,
        public_share=1.0,
        imported_share=0.0,
        compute_h100e=0.0,
        compute_site=None,
        lead_years=0,
        first_year=2027,
        note=None,
    )


def with_adoption(country: Country, *, effect: float) -> Country:
    """Let a programme raise the demand of the school, as far as six tenths of it."""
    programme = lever(ProgrammeKind.ADOPTION, number=2, target="school", effect=effect)
    frame = replace(country.frame, absorptive_capacity=0.6)
    return replace(country, frame=frame, levers=(*country.levers, programme))


def with_option(country: Country, *, fee: float, exercise: float) -> Country:
    """Offer ten chips at home that come in the year after XA stops, for a fee a year and a cost once they are there."""
    option = Option(
        id="framework",
        name="A framework contract for ten chips",
        site="home_hall",
        signpost=Signpost.DISRUPTION,
        fires_at="xa_orders_stop",
        watcher="The ministry",
        fee_musd_per_kh100e_year=fee,
        exercise_musd_per_kh100e_year=exercise,
        max_h100e=10.0,
        lead_years=0,
        first_year=2027,
        note=None,
    )
    return replace(country, options=(*country.options, option))


def with_dear_home(country: Country) -> Country:
    """Make a use at home twice as dear as abroad, so that home is worth having only as a standby."""
    rent = 0.2 * 1e6 / country.frame.hours_per_year  # US$ an hour and chip: 0.2 a use
    sites = tuple(replace(s, rent_usd_per_h100e_hour=rent) if s.id == "home_hall" else s for s in country.sites)
    return replace(country, sites=sites)


def with_everything(country: Country) -> Country:
    """Give every block of the plan something to rule: all kinds of programme, a slice, an option, a grid, a target."""
    pool = Resource("nurses", "Nurses", Layer.TALENT, ResourceKind.POOL, "ZZ", is_divisible=True, note=None)
    plain = Resource("plain", "The plain", Layer.ENERGY, ResourceKind.ZONE, "ZZ", is_divisible=True, note=None)
    levers = (
        lever(ProgrammeKind.ADOPTION, number=2, target="school", effect=0.5),
        lever(ProgrammeKind.POOLING, number=3, target="office", effect=0.1),
        lever(ProgrammeKind.SWITCHING, number=4, target="school", effect=0.2),
        replace(
            lever(ProgrammeKind.UNLOCK, number=5, effect=1.0),
            is_whole=True,
            compute_h100e=2.0,
            compute_site="home_hall",
        ),
        replace(lever(ProgrammeKind.TALENT, number=6, target="nurses", effect=10.0), lead_years=1),
        lever(ProgrammeKind.ENFORCEMENT, number=6, effect=1.0),
        lever(ProgrammeKind.ENERGY, number=7, target="plain", effect=0.02),
    )
    target = Target("keep", TargetKind.SERVICE_KEPT, 1, "XA", "90d", 2028, 0.8, None)
    whole = with_option(country, fee=20.0, exercise=300.0)
    return replace(
        whole,
        frame=replace(whole.frame, absorptive_capacity=0.6, exchange_musd_per_year=50.0, peak_demand_factor=1.2),
        resources=(*whole.resources, pool, plain),
        zones=(Zone("plain", 1.0, 1.0, 0.0, 0.0, 0.05, None),),
        talent=(Pool("nurses", 50.0, 0.0, 0.1, 50.0, is_crisis_team=True, note=None),),
        sites=tuple(replace(s, zone="plain", kw_per_h100e=1.0) if s.id == "home_hall" else s for s in whole.sites),
        routes=tuple(replace(r, programme="unlock_programme") if r.id == "home" else r for r in whole.routes),
        deployments=tuple(d for d in whole.deployments if d.route != "home"),
        agreements=tuple(
            replace(a, is_signed=False, signing_musd=1.0, fixed_musd_per_year=0.5, max_h100e=100.0)
            for a in whole.agreements
        ),
        levers=levers,
        targets=(target,),
    )
