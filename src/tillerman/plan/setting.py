"""What a plan is asked for, and the country data that every block of it reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tillerman.country import Country
from tillerman.country.choices import Agreement, Lever
from tillerman.country.stack import Site
from tillerman.country.world import Trend
from tillerman.dispatch import Dispatch, Start
from tillerman.futures import discounted_years


@dataclass(frozen=True)
class Setting:
    """A country's dispatch, its periods and discounting, and the budget the plan must keep."""

    dispatch: Dispatch
    budget_musd_per_year: float

    @property
    def country(self) -> Country:
        """The country planned for."""
        return self.dispatch.layout.country

    @property
    def years(self) -> tuple[int, ...]:
        """First year of each period."""
        return self.dispatch.space.years

    @property
    def lengths(self) -> tuple[int, ...]:
        """Years in each period."""
        return self.country.frame.period_years

    @property
    def n_periods(self) -> int:
        """How many periods there are."""
        return len(self.years)

    @property
    def end(self) -> int:
        """The first year after the plan."""
        return self.years[-1] + self.lengths[-1]

    @cached_property
    def discounted(self) -> tuple[float, ...]:
        """Discounted years of each period."""
        return tuple(discounted_years(self.country, t) for t in range(self.n_periods))

    def discount(self, year: int) -> float:
        """The discount factor of a year."""
        return float((1 + self.country.frame.discount_rate) ** -(year - self.years[0]))

    def label(self, period: int) -> str:
        """A period as people read it: 2027, or 2030–2031."""
        first, length = self.years[period], self.lengths[period]
        return str(first) if length == 1 else f"{first}–{first + length - 1}"

    def is_home(self, party: str) -> bool:
        """Is a party reached by home jurisdictions only?"""
        found = next(p for p in self.country.parties if p.id == party)
        return set(found.jurisdictions) <= set(self.country.frame.home_jurisdictions)

    def chip_price(self, year: int) -> float:
        """Price of a chip in a year relative to the first year."""
        rate = self.dispatch.layout.trend[Trend.CHIP_PRICE]
        return float((1 + rate) ** (year - self.years[0]))

    @cached_property
    def site(self) -> dict[str, Site]:
        """Sites by id."""
        return {site.id: site for site in self.country.sites}

    @cached_property
    def agreement(self) -> dict[str, Agreement]:
        """Agreements by id."""
        return {agreement.id: agreement for agreement in self.country.agreements}

    @cached_property
    def lever(self) -> dict[str, Lever]:
        """Programmes by id."""
        return {lever.id: lever for lever in self.country.levers}

    def starts(self, family: str) -> tuple[Start, ...]:
        """Everything of a family that can be started."""
        return tuple(start for start in self.dispatch.space.starts if start.family == family)


def start_name(start: Start) -> str:
    """The name of the decision to start something in a period."""
    return f"start_{start.family}[{start.subject},{start.period}]"


def signed_name(agreement: str, period: int) -> str:
    """The name of the decision to sign an agreement in a period."""
    return f"signed[{agreement},{period}]"
