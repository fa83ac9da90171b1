"""What stands ready in each period: deployments, chips built, slices reserved, programmes at work, options held.

`FleetSpace` names these quantities, one position each; a fleet is a vector over it. A plan reaches them by linear
rules from what it starts in each period (`Start.effects`), and dispatch reads nothing else of a plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tillerman.country import Country
from tillerman.country.choices import Agreement, Lever, Option
from tillerman.country.stack import Site
from tillerman.country.world import Delivery
from tillerman.dispatch.layout import Layout
from tillerman.futures.state import Outcome
from tillerman.labels import ProgrammeKind


@dataclass(frozen=True)
class Start:
    """One thing a plan can start in one period: chips at a site, a slice, a programme or an option."""

    family: str  # built, reserved, level or kept
    subject: str  # id of the site, agreement, lever or option
    period: int
    effects: tuple[tuple[str, float], ...]  # (name of a fleet quantity, amount per unit started)


@dataclass(frozen=True)
class FleetSpace:
    """Every fleet quantity of a country, with its position, and every start that feeds it."""

    layout: Layout
    years: tuple[int, ...]  # first year of each period
    epochs: tuple[int, ...]  # epoch of each period

    @cached_property
    def deliveries(self) -> Mapping[str, Delivery]:
        """Delivery records by id."""
        return {delivery.id: delivery for delivery in self.layout.country.deliveries}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The name of every quantity, in the order of a fleet vector."""
        country, shape = self.layout.country, self.layout
        n_epochs = max(self.epochs) + 1
        deploy = [
            deploy_name(pair.name(shape.classes), e)
            for pair in shape.pairs
            if pair.is_resident
            for e in range(n_epochs)
        ]
        fed = list(dict.fromkeys(name for start in self.starts for name, _ in start.effects))
        enforced = [
            quantity("enforced", agreement.id, t, outcome)
            for agreement in country.agreements
            for t in range(len(self.years))
            for outcome in outcomes_of(agreement.delivery)
        ]
        return (*deploy, *fed, *enforced)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The position of every quantity."""
        return {name: i for i, name in enumerate(self.names)}

    @cached_property
    def starts(self) -> tuple[Start, ...]:
        """Everything that can be started, with what it will feed in later periods."""
        country = self.layout.country
        found: list[Start] = []
        for t in range(len(self.years)):
            found += [self._build(site, t) for site in country.sites if site.build_max_h100e_per_year > 0]
            found += [
                self._sign(agreement, t) for agreement in country.agreements if self._may(agreement.first_year, t)
            ]
            found += [self._begin(lever, t) for lever in country.levers if self._may(lever.first_year, t)]
            found += [self._keep(option, t) for option in country.options if self._first(option.first_year, t)]
        return tuple(found)

    def _may(self, first_year: int, period: int) -> bool:
        return self.years[period] >= first_year

    def _first(self, first_year: int, period: int) -> bool:
        """Is this the only period in which an option is for sale? Later its signpost might have been seen already."""
        return self._may(first_year, period) and not (period > 0 and self._may(first_year, period - 1))

    def _build(self, site: Site, period: int) -> Start:
        """Chips arrive after the lead time (later when late), fail with age and are retired at the end of life."""
        effects = []
        for outcome in outcomes_of(site.delivery):
            first = self.years[period] + site.lead_years + self._delay(site.delivery, outcome)
            for t, year in enumerate(self.years):
                if 0 <= year - first < site.chip_life_years:
                    alive = (1 - site.failure_per_year) ** (year - first)
                    effects.append((quantity("built", site.id, t, outcome), alive))
        return Start("built", site.id, period, tuple(effects))

    def _sign(self, agreement: Agreement, period: int) -> Start:
        effects = []
        for outcome in outcomes_of(agreement.delivery):
            first = self.years[period] + agreement.lead_years + self._delay(agreement.delivery, outcome)
            effects += [
                (quantity("reserved", agreement.id, t, outcome), 1.0)
                for t, year in enumerate(self.years)
                if year >= first
            ]
        return Start("reserved", agreement.id, period, tuple(effects))

    def _begin(self, lever: Lever, period: int) -> Start:
        """A programme works from its lead time on; trained people leave at their pool's rate."""
        leaving = 0.0
        if lever.kind is ProgrammeKind.TALENT:
            leaving = next(pool.leaving_per_year for pool in self.layout.pools if pool.id == lever.target)
        first = self.years[period] + lever.lead_years
        effects = [
            (quantity("level", lever.id, t), (1 - leaving) ** (year - first))
            for t, year in enumerate(self.years)
            if year >= first
        ]
        if lever.compute_h100e > 0 and lever.compute_site is not None:
            effects += [(quantity("training", lever.id, t), 1.0) for t in range(period, len(self.years))]
        return Start("level", lever.id, period, tuple(effects))

    def _keep(self, option: Option, period: int) -> Start:
        effects = [(quantity("kept", option.id, t), 1.0) for t in range(period, len(self.years))]
        return Start("kept", option.id, period, tuple(effects))

    def _delay(self, delivery: str | None, outcome: Outcome) -> int:
        if delivery is None or outcome is Outcome.ON_TIME:
            return 0
        return self.deliveries[delivery].late_years


def fleet_space(layout: Layout) -> FleetSpace:
    """Name every fleet quantity of a country."""
    frame = layout.country.frame
    years, at = [], frame.first_year
    for length in frame.period_years:
        years.append(at)
        at += length
    return FleetSpace(layout, tuple(years), frame.epoch_of_period)


def period_of(country: Country, year: int) -> int:
    """The planning period that contains a year; years outside the horizon fall to the nearest period."""
    at = country.frame.first_year
    for period, length in enumerate(country.frame.period_years):
        at += length
        if year < at:
            return period
    return len(country.frame.period_years) - 1


def outcomes_of(delivery: str | None) -> tuple[Outcome, ...]:
    """The delivery outcomes under which something arrives at all."""
    return (Outcome.ON_TIME,) if delivery is None else (Outcome.ON_TIME, Outcome.LATE)


def deploy_name(pair: str, epoch: int) -> str:
    """The name of a standing deployment."""
    return f"deploy[{pair},{epoch}]"


def quantity(family: str, subject: str, period: int, outcome: Outcome | None = None) -> str:
    """The name of any other fleet quantity."""
    return f"{family}[{subject},{period}]" if outcome is None else f"{family}[{subject},{period},{outcome}]"
