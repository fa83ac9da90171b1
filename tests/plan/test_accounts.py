"""Three accounts of a plan, recomputed from its decisions year by year, in plain loops over the file's rows."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.plan.solved import Solved, plan_of
from tests.plan.test_laws import SEEDS, country_of
from tillerman.country import Country
from tillerman.plan.figures import Running, accounts, running
from tillerman.plan.rows import Accounts
from tillerman.twostage import Risk, evaluate

Years = dict[int, float]


class Ledger:
    """Who pays what in which year for the decisions of one plan."""

    def __init__(self, country: Country, amounts: dict[str, float]) -> None:
        self.country = country
        self.amounts = amounts
        frame = country.frame
        self.first_years = [frame.first_year + sum(frame.period_years[:t]) for t in range(len(frame.period_years))]
        self.end = frame.first_year + sum(frame.period_years)
        self.public: Years = defaultdict(float)
        self.private: Years = defaultdict(float)
        self.abroad: Years = defaultdict(float)
        self.salvage = 0.0
        self.home_parties = {p.id for p in country.parties if set(p.jurisdictions) <= set(frame.home_jurisdictions)}
        self.trend = {row.id.value: row.per_year for row in country.trends}
        for t, year in enumerate(self.first_years):
            self._builds(t, year)
            self._agreements(t, year)
            self._programmes(t, year)
            for option in country.options:
                kept = amounts.get(f"start_kept[{option.id},{t}]", 0.0)
                for at in range(year, self.end):
                    self.public[at] += kept * option.fee_musd_per_kh100e_year / 1000

    def chips(self, year: int) -> float:
        """Price of a chip against the first year's."""
        return float((1 + self.trend["chip_price"]) ** (year - self.country.frame.first_year))

    def _pay(self, year: int, amount: float, *, public: float, private: float, imported: float) -> None:
        self.public[year] += amount * public
        self.private[year] += amount * private
        self.abroad[year] += amount * (public + private) * imported

    def _builds(self, t: int, year: int) -> None:
        for site in self.country.sites:
            chips = self.amounts.get(f"start_built[{site.id},{t}]", 0.0) / 1000
            private = 0.0 if site.rent_usd_per_h100e_hour > 0 else 1 - site.public_share
            capital = chips * site.capital_musd_per_kh100e
            who = {"public": site.public_share, "private": private, "imported": site.imported_share}
            self._pay(year, capital * self.chips(year), **who)
            for age in range(site.chip_life_years):
                at = year + site.lead_years + age
                if at < self.end:
                    alive = chips * (1 - site.failure_per_year) ** age
                    self._pay(at, alive * site.upkeep_musd_per_kh100e_year, **who)
            used = min(site.chip_life_years, max(0, self.end - year - site.lead_years))
            left = capital * self.chips(year) * (1 - used / site.chip_life_years)
            funds = self.country.frame.cost_of_public_funds
            self.salvage += self.discount(self.end) * left * (site.public_share * funds + private)

    def _agreements(self, t: int, year: int) -> None:
        for agreement in self.country.agreements:
            signed = self.amounts[f"signed[{agreement.id},{t}]"]
            slice_kh100e = self.amounts.get(f"start_reserved[{agreement.id},{t}]", 0.0) / 1000
            self.public[year] += signed * agreement.signing_musd
            for at in range(year + agreement.lead_years, self.end):
                fee = signed * agreement.fixed_musd_per_year + slice_kh100e * agreement.reserve_musd_per_kh100e_year
                self.public[at] += fee
                self.abroad[at] += 0.0 if agreement.party in self.home_parties else fee

    def _programmes(self, t: int, year: int) -> None:
        for lever in self.country.levers:
            scale = self.amounts.get(f"start_level[{lever.id},{t}]", 0.0)
            for at in range(year, self.end):
                cost = scale * (lever.annual_musd + (lever.capital_musd if at == year else 0.0))
                self.public[at] += cost * lever.public_share
                self.private[at] += cost * (1 - lever.public_share)
                self.abroad[at] += cost * lever.imported_share

    def discount(self, year: int) -> float:
        """Discount factor of a year."""
        return float((1 + self.country.frame.discount_rate) ** -(year - self.country.frame.first_year))

    def cash(self) -> list[float]:
        """Public cash by period."""
        ends = [*self.first_years[1:], self.end]
        return [sum(self.public[y] for y in range(a, b)) for a, b in zip(self.first_years, ends, strict=True)]

    def standing(self) -> float:
        """Discounted cost of keeping deployments ready."""
        frame, total = self.country.frame, 0.0
        cost = {s.id: s.integration_musd_per_muse_year for s in self.country.services}
        for name, amount in self.amounts.items():
            if name.startswith("deploy["):
                service, epoch = name[len("deploy[") :].split(".")[0], int(name.rstrip("]").rsplit(",", 1)[1])
                years = [
                    first + k
                    for t, first in enumerate(self.first_years)
                    if frame.epoch_of_period[t] == epoch
                    for k in range(frame.period_years[t])
                ]
                total += amount * cost[service] * sum(self.discount(y) for y in years)
        return total

    def welfare(self) -> float:
        """Discounted welfare cost of everything decided now."""
        funds = self.country.frame.cost_of_public_funds
        flows = sum(self.discount(y) * funds * v for y, v in self.public.items())
        flows += sum(self.discount(y) * v for y, v in self.private.items())
        return flows + self.standing() - self.salvage


def told(found: Solved) -> tuple[Accounts, Running]:
    """The accounts that the plan tells."""
    x = found.solution.x
    fleet = x[: found.assembled.setting.dispatch.n_fleet]
    second = running(found.assembled, evaluate(found.assembled.problem, x, risk=Risk(0.0), primal=True), fleet)
    return accounts(found.assembled, x, second), second


@pytest.mark.parametrize("seed", [*SEEDS, 2, 11])
def test_accounts_are_those_of_a_plain_ledger(seed: int) -> None:
    """Cash by period, welfare and payments abroad come out the same, year by year."""
    found = plan_of(country_of(seed), aversion=0.0)
    ledger = Ledger(found.assembled.setting.country, found.amounts)
    account, _ = told(found)
    assert account.public_cash_by_period == pytest.approx(ledger.cash(), abs=1e-7)
    assert account.first_stage_welfare == pytest.approx(ledger.welfare(), rel=1e-9, abs=1e-7)
    assert account.exchange_first_stage == pytest.approx(sum(ledger.abroad.values()), abs=1e-7)
    budget = found.assembled.setting.budget_musd_per_year
    lengths = found.assembled.setting.lengths
    assert all(cash <= budget * n + 1e-5 for cash, n in zip(ledger.cash(), lengths, strict=True))


@pytest.mark.parametrize("seed", [*SEEDS, 2, 11])
def test_nothing_is_counted_twice_or_left_out(seed: int) -> None:
    """Value less what is decided, running, losses and unmet value is the objective with its sign turned."""
    found = plan_of(country_of(seed), aversion=0.0)
    account, second = told(found)
    assert account.net_welfare == pytest.approx(-found.solution.objective, rel=1e-7, abs=1e-6)
    parts = (second.cost, second.loss, second.unmet_value, second.abroad, second.relied_value)
    assert min(parts) >= -1e-7
    assert second.relied_value <= second.loss + 1e-7
    assert second.abroad <= second.cost + 1e-7


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gap_is_a_share_of_gross_cost(seed: int) -> None:
    """The denominator is what is paid and lost, before any value is taken off: never the net objective."""
    found = plan_of(country_of(seed))
    solution, problem = found.solution, found.assembled.problem
    gross = solution.first_cost + float(problem.probability @ (problem.weights @ solution.state_values))
    assert solution.gross == pytest.approx(gross, rel=1e-9)
    distance = solution.objective - solution.lower_bound
    assert solution.gap == pytest.approx(max(0.0, distance) / gross, abs=1e-9)
