"""The formulas of the accounts page, evaluated a second time by plain loops over the file's rows."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from tillerman.country import Country, load
from tillerman.country.world import Trend
from tillerman.dispatch import compile_dispatch
from tillerman.futures import sample
from tillerman.plan.accounts import money_of_starts, salvage_of_starts
from tillerman.plan.assemble import Assembled, assemble
from tillerman.plan.figures import accounts, running
from tillerman.plan.references import as_today
from tillerman.plan.setting import Setting
from tillerman.twostage import Risk, evaluate

Payments = dict[int, float]


@pytest.fixture(scope="module")
def setting() -> Setting:
    """Kenya's plan before anything is decided."""
    return Setting(compile_dispatch(load("kenya")), 106.0)


@pytest.fixture(scope="module")
def hand() -> Assembled:
    """The hand-sized country over a few futures."""
    setting = Setting(compile_dispatch(load("hand")), 100.0)
    return assemble(setting, sample(setting.country, 8, seed=3))


def years_of(country: Country) -> list[tuple[int, int]]:
    """First year and the year after the last of every period."""
    at, found = country.frame.first_year, []
    for length in country.frame.period_years:
        found.append((at, at + length))
        at += length
    return found


def test_building_costs_what_the_page_says(setting: Setting) -> None:
    """Capital at the year's chip price, upkeep of what still works, shared by who pays and where."""
    country = setting.country
    [trend] = [t.per_year for t in country.trends if t.id is Trend.CHIP_PRICE]
    end = years_of(country)[-1][1]
    money, salvage = money_of_starts(setting), salvage_of_starts(setting)
    for site in country.sites:
        for t, (year, _) in enumerate(years_of(country)):
            name = f"start_built[{site.id},{t}]"
            if site.build_max_h100e_per_year == 0:
                assert name not in money
                continue
            n = year - country.frame.first_year
            paid: Payments = defaultdict(float)
            paid[year] += site.capital_musd_per_kh100e / 1000 * (1 + trend) ** n
            for age in range(site.chip_life_years):
                if year + site.lead_years + age < end:
                    alive = (1 - site.failure_per_year) ** age
                    paid[year + site.lead_years + age] += site.upkeep_musd_per_kh100e_year / 1000 * alive
            private = 0.0 if site.rent_usd_per_h100e_hour > 0 else 1 - site.public_share
            public = {year: money[name].public.get(year, 0.0) for year in paid}
            assert public == pytest.approx({year: amount * site.public_share for year, amount in paid.items()})
            assert sum(money[name].abroad.values()) == pytest.approx(
                sum(paid.values()) * (site.public_share + private) * site.imported_share
            )
            left = min(1.0, max(0.0, 1 - (end - year - site.lead_years) / site.chip_life_years))
            owners = country.frame.cost_of_public_funds * site.public_share + private
            discount = (1 + country.frame.discount_rate) ** -(end - country.frame.first_year)
            capital = site.capital_musd_per_kh100e / 1000 * (1 + trend) ** n
            assert salvage[name] == pytest.approx(discount * capital * left * owners)


def test_signing_and_starting_cost_what_the_page_says(setting: Setting) -> None:
    """Agreements are public in full; their signing is paid at home; programmes are shared as their row says."""
    country = setting.country
    end = years_of(country)[-1][1]
    home = set(country.frame.home_jurisdictions)
    parties = {party.id: set(party.jurisdictions) <= home for party in country.parties}
    money = money_of_starts(setting)
    for t, (year, _) in enumerate(years_of(country)):
        for agreement in country.agreements:
            running_years = max(0, end - year - agreement.lead_years)
            flow = money[f"signed[{agreement.id},{t}]"]
            fixed = agreement.fixed_musd_per_year * running_years
            assert sum(flow.public.values()) == pytest.approx(agreement.signing_musd + fixed)
            assert sum(flow.abroad.values()) == pytest.approx(0.0 if parties[agreement.party] else fixed)
            reserve = money.get(f"start_reserved[{agreement.id},{t}]")
            if reserve is not None:
                fee = agreement.reserve_musd_per_kh100e_year / 1000 * running_years
                assert sum(reserve.public.values()) == pytest.approx(fee)
        for lever in country.levers:
            flow = money[f"start_level[{lever.id},{t}]"]
            total = lever.capital_musd + lever.annual_musd * (end - year)
            assert sum(flow.public.values()) == pytest.approx(total * lever.public_share)
            assert sum(flow.private.values()) == pytest.approx(total * (1 - lever.public_share))
            assert sum(flow.abroad.values()) == pytest.approx(total * lever.imported_share)


def test_welfare_and_cash_of_one_unit(setting: Setting) -> None:
    """Welfare discounts and weighs public money by its cost; cash of all periods is all that is paid in the plan."""
    frame = setting.country.frame
    for flow in money_of_starts(setting).values():
        weighed = sum(
            (frame.cost_of_public_funds * flow.public.get(year, 0.0) + flow.private.get(year, 0.0))
            / (1 + frame.discount_rate) ** (year - frame.first_year)
            for year in {*flow.public, *flow.private}
        )
        assert flow.welfare(setting) == pytest.approx(weighed)
        assert sum(flow.cash(setting, t) for t in range(setting.n_periods)) == pytest.approx(sum(flow.public.values()))


def test_value_of_demand_on_paper(hand: Assembled) -> None:
    """10 × 1 + 20 × 0.5 + 20 × 0.2 = 24 a year, and 1 + 1 / 1.25 = 1.8 discounted years: 43.2."""
    x = as_today(hand)
    priced = evaluate(hand.problem, x, risk=Risk(0.0), primal=True)
    second = running(hand, priced, x[: hand.setting.dispatch.n_fleet])

    assert second.value == pytest.approx(43.2)


def test_the_plan_minimises_what_welfare_adds_up_to(hand: Assembled) -> None:
    """Without risk aversion the objective is C + R + L + U − V: the country's gain with the sign turned."""
    x = as_today(hand)
    priced = evaluate(hand.problem, x, risk=Risk(0.0), primal=True)
    told = accounts(hand, x, running(hand, priced, x[: hand.setting.dispatch.n_fleet]))
    average = priced.first_cost + float(np.asarray(hand.problem.probability) @ priced.future_values)

    assert told.losses > 0
    assert average == pytest.approx(-told.net_welfare)
    assert told.net_welfare == pytest.approx(
        told.value - told.first_stage_welfare - told.running - told.losses - told.unmet_value
    )
