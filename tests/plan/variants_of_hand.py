"""The hand-sized country with one thing more, for questions that its bare form does not ask."""

from __future__ import annotations

from dataclasses import replace

from tillerman.country import Country
from tillerman.country.choices import Lever, Option
from tillerman.labels import ProgrammeKind, Signpost


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
