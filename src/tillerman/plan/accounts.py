"""Three accounts of every decision, never summed twice: public cash, national welfare, foreign exchange.

Public cash is what the treasury pays, year by year, under its budget. Welfare counts public money at the marginal cost
of public funds and private money at home once. Foreign exchange is the part that leaves the country.
See docs/reference/accounts.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tillerman.dispatch import Start
from tillerman.plan.setting import Setting, signed_name, start_name

Flow = dict[int, float]  # year -> million US$ per unit of the decision, undiscounted


@dataclass(frozen=True)
class Money:
    """What one unit of a decision costs: by year, who pays, and what leaves the country."""

    public: Flow = field(default_factory=dict)
    private: Flow = field(default_factory=dict)  # at home, where no price paid elsewhere contains it already
    abroad: Flow = field(default_factory=dict)  # the part of both that is paid abroad

    def welfare(self, setting: Setting) -> float:
        """Discounted welfare cost of one unit."""
        funds = setting.country.frame.cost_of_public_funds
        public = sum(setting.discount(year) * amount for year, amount in self.public.items())
        private = sum(setting.discount(year) * amount for year, amount in self.private.items())
        return funds * public + private

    def cash(self, setting: Setting, period: int) -> float:
        """Public cash of one unit within the horizon's given period."""
        return _within(setting, period, self.public)

    def exchange(self, setting: Setting, period: int) -> float:
        """Foreign exchange of one unit within a period."""
        return _within(setting, period, self.abroad)


def money_of_starts(setting: Setting) -> dict[str, Money]:
    """The money behind every decision of the plan, by the decision's name."""
    found: dict[str, Money] = {}
    for start in setting.dispatch.space.starts:
        cost = {"built": _build, "reserved": _reserve, "level": _programme, "kept": _option}[start.family]
        found[start_name(start)] = cost(setting, start)
    for agreement in setting.country.agreements:
        for t, year in enumerate(setting.years):
            found[signed_name(agreement.id, t)] = _signature(setting, agreement.id, year)
    return found


def salvage_of_starts(setting: Setting) -> dict[str, float]:
    """The discounted welfare value that chips still have when the plan ends, by decision."""
    found = {}
    funds = setting.country.frame.cost_of_public_funds
    for start in setting.starts("built"):
        site = setting.site[start.subject]
        year = setting.years[start.period]
        unused = max(0.0, 1 - (setting.end - year - site.lead_years) / site.chip_life_years)
        capital = site.capital_musd_per_kh100e / 1000 * setting.chip_price(year) * min(1.0, unused)
        owner = site.public_share * funds + (1 - site.public_share) * _counts_private(site.rent_usd_per_h100e_hour)
        found[start_name(start)] = setting.discount(setting.end) * capital * owner
    return found


def _within(setting: Setting, period: int, flow: Flow) -> float:
    first = setting.years[period]
    return sum(amount for year, amount in flow.items() if first <= year < first + setting.lengths[period])


def _counts_private(rent: float) -> float:
    """A rented site's price contains its capital, so its private capital is not counted again."""
    return 0.0 if rent > 0 else 1.0


def _build(setting: Setting, start: Start) -> Money:
    site = setting.site[start.subject]
    year = setting.years[start.period]
    ready = year + site.lead_years
    flow: Flow = {year: site.capital_musd_per_kh100e / 1000 * setting.chip_price(year)}
    for at in range(ready, min(setting.end, ready + site.chip_life_years)):
        alive = (1 - site.failure_per_year) ** (at - ready)
        flow[at] = flow.get(at, 0.0) + site.upkeep_musd_per_kh100e_year / 1000 * alive
    private = (1 - site.public_share) * _counts_private(site.rent_usd_per_h100e_hour)
    paid = site.public_share + private
    return Money(_scaled(flow, site.public_share), _scaled(flow, private), _scaled(flow, paid * site.imported_share))


def _reserve(setting: Setting, start: Start) -> Money:
    agreement = setting.agreement[start.subject]
    first = setting.years[start.period] + agreement.lead_years
    flow = dict.fromkeys(range(first, setting.end), agreement.reserve_musd_per_kh100e_year / 1000)
    return Money(flow, {}, {} if setting.is_home(agreement.party) else flow)


def _signature(setting: Setting, agreement_id: str, year: int) -> Money:
    agreement = setting.agreement[agreement_id]
    flow: Flow = {year: agreement.signing_musd}
    for at in range(year + agreement.lead_years, setting.end):
        flow[at] = flow.get(at, 0.0) + agreement.fixed_musd_per_year
    abroad = dict.fromkeys(range(year + agreement.lead_years, setting.end), agreement.fixed_musd_per_year)
    return Money(flow, {}, {} if setting.is_home(agreement.party) else abroad)


def _programme(setting: Setting, start: Start) -> Money:
    lever = setting.lever[start.subject]
    year = setting.years[start.period]
    flow: Flow = dict.fromkeys(range(year, setting.end), lever.annual_musd)
    flow[year] += lever.capital_musd
    return Money(
        _scaled(flow, lever.public_share), _scaled(flow, 1 - lever.public_share), _scaled(flow, lever.imported_share)
    )


def _option(setting: Setting, start: Start) -> Money:
    option = next(o for o in setting.country.options if o.id == start.subject)
    first = setting.years[start.period]
    return Money(dict.fromkeys(range(first, setting.end), option.fee_musd_per_kh100e_year / 1000))


def _scaled(flow: Flow, share: float) -> Flow:
    return {year: amount * share for year, amount in flow.items()} if share > 0 else {}
