"""The grid connects no more computing than it can: installed load by zone, existing and built.

sum over sites in z of kW x PUE / 1000 x (standing + built + options) <= connection limit + energy programmes
"""

from __future__ import annotations

from tillerman.dispatch import Outcome, quantity
from tillerman.labels import ProgrammeKind
from tillerman.plan.rules import Rule, Rulebook
from tillerman.plan.setting import Setting


def add(book: Rulebook, setting: Setting) -> None:
    """Hold installed load under each zone's connection limit, period by period."""
    position = setting.dispatch.space.position
    for zone in setting.country.zones:
        sites = [site for site in setting.country.sites if site.zone == zone.id]
        for t, year in enumerate(setting.years):
            terms: dict[str, float] = {}
            standing = 0.0
            for site in sites:
                load_mw = site.kw_per_h100e * site.pue / 1000
                if year >= site.available_from:
                    growth = (1 + site.growth_per_year) ** (year - setting.years[0])
                    standing += load_mw * site.capacity_h100e * growth
                added = [quantity("built", site.id, t, Outcome.ON_TIME)]
                added += [quantity("kept", o.id, t) for o in setting.country.options if o.site == site.id]
                added += [
                    quantity("reserved", a.id, t, Outcome.ON_TIME)
                    for a in setting.country.agreements
                    if a.site == site.id
                ]
                terms |= {name: load_mw for name in added if name in position}
            for lever in setting.country.levers:
                level = quantity("level", lever.id, t)
                if lever.kind is ProgrammeKind.ENERGY and lever.target == zone.id and level in position:
                    terms[level] = -lever.effect
            # what stands today is connected already, even where the file's limit is below it
            room = max(0.0, zone.connection_limit_mw - standing)
            if any(coefficient > 0 for coefficient in terms.values()):
                book.add_rule(Rule(f"power[{zone.id},{t}]", f"power in {zone.id}", terms, upper=room))
