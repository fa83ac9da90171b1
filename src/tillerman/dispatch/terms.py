"""Every right-hand side, bound and offset of dispatch in one period, as affine terms in the fleet.

One function a family of rows or columns, in the order of docs/reference/dispatch.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tillerman.affine import CONSTANT, Place, Term
from tillerman.country.choices import Lever
from tillerman.country.stack import Pool, Site
from tillerman.dispatch.demand import most_demand
from tillerman.dispatch.drivers import ONE, Drivers
from tillerman.dispatch.fleet import FleetSpace, deploy_name, outcomes_of, quantity
from tillerman.dispatch.layout import Class, Layout
from tillerman.futures.state import Outcome
from tillerman.labels import Phase, ProgrammeKind

WHOLE = 0  # position of "all of it" in the vector of shares left


@dataclass(frozen=True)
class LeftIndex:
    """Positions in the vector of shares left: 1, pairs, sites, what enforcement adds there, zones, pools, platforms."""

    layout: Layout

    @cached_property
    def first(self) -> dict[str, int]:
        """Where each family begins."""
        shape = self.layout
        n_sites = len(shape.sites)
        pair = 1
        site = pair + len(shape.pairs)
        enforced = site + n_sites
        zone = enforced + n_sites
        pool = zone + len(shape.zones)
        return {
            "pair": pair,
            "site": site,
            "enforced": enforced,
            "zone": zone,
            "pool": pool,
            "platform": pool + len(shape.pools),
            "end": pool + len(shape.pools) + len(shape.on_platforms),
        }


@dataclass(frozen=True)
class Period:
    """The terms of one period: everything a state of that period takes from the fleet."""

    space: FleetSpace
    drivers: Drivers
    index: LeftIndex
    number: int

    @property
    def shape(self) -> Layout:
        """The layout behind it."""
        return self.space.layout

    @property
    def years(self) -> int:
        """Years since the first year of the plan."""
        return self.space.years[self.number] - self.space.years[0]

    def terms(self) -> list[Term]:
        """All terms of the period."""
        families = (
            self._demand(),
            self._moved_rows(),
            self._engineers(),
            self._sites(),
            self._zones(),
            self._staff(),
            self._platforms(),
            self._ready(),
            self._moved(),
            self._unmet_new(),
            self._bought(),
            self._options_used(),
        )
        return [term for family in families for term in family]

    def base(self, klass: Class) -> float:
        """Demand of a class in this period at the middle level, in million uses a year."""
        service = klass.service
        return service.demand_muse_per_year * (1 + service.growth_per_year) ** self.years * klass.share

    def _level(self, lever: Lever) -> int | None:
        return self.space.position.get(quantity("level", lever.id, self.number))

    def _levers(self, *kinds: ProgrammeKind) -> Iterator[tuple[Lever, int]]:
        """The programmes of some kinds that can be at work in this period, with their fleet position."""
        for lever in self.shape.country.levers:
            at = self._level(lever)
            if lever.kind in kinds and at is not None:
                yield lever, at

    def _driver(self, name: str) -> int:
        return self.drivers.position[name]

    def _adopted(self, klass: Class) -> Iterator[tuple[int, float, int]]:
        """A[w] as (variable, coefficient, driver): what is wanted, at the hours to which pooling moves it."""
        yield from self._wanted(klass)
        for lever, at in self._levers(ProgrammeKind.POOLING):
            if self.shape.acts_on(lever, klass.service):
                yield at, self.base(klass) * lever.effect, self._driver("pooled")

    def _wanted(self, klass: Class) -> Iterator[tuple[int, float, int]]:
        """Demand before pooling, in the same form: base demand, and what adoption adds."""
        base = self.base(klass)
        yield CONSTANT, base, self._driver("demand")
        for lever, at in self._levers(ProgrammeKind.ADOPTION):
            if self.shape.acts_on(lever, klass.service):
                yield at, base * lever.effect, self._driver("demand")

    def _demand(self) -> Iterator[Term]:
        """Demand rows, and the value of what is wanted as an offset.

        Over a year pooling adds nothing to what is wanted, so it has no place in the offset. To count its use where
        it moves would come to the same on average, but not in a sample of futures: there one load block stands for
        all short pieces of a year, and the value of a use is many times what pooling can save on it.
        """
        first = self.shape.first_row["demand"]
        for c, klass in enumerate(self.shape.classes):
            for variable, coefficient, driver in self._adopted(klass):
                yield Term(Place.RHS, first + c, variable, coefficient, WHOLE, driver)
            for variable, coefficient, driver in self._wanted(klass):
                worth = -klass.service.value_usd_per_use * coefficient
                yield Term(Place.OFFSET, 0, variable, worth, WHOLE, driver)

    def _moved_rows(self) -> Iterator[Term]:
        """What a service can move to other routes: by phase, and more with switching programmes and rehearsals."""
        first = self.shape.first_row["moved"]
        gains = {
            ProgrammeKind.SWITCHING: (Phase.ADAPTING, Phase.ADAPTED),
            ProgrammeKind.REHEARSAL: (Phase.HIT, Phase.ADAPTING),
        }
        for s, service in enumerate(self.shape.services):
            base = sum(self.base(klass) for klass in self.shape.classes if klass.service.id == service.id)
            shares = {
                Phase.HIT: service.moved_hit,
                Phase.ADAPTING: service.moved_adapting,
                Phase.ADAPTED: service.moved_adapted,
            }
            for phase, share in shares.items():
                yield Term(Place.RHS, first + s, CONSTANT, base * share, WHOLE, self._driver(f"demand_{phase}"))
            for lever, at in self._levers(*gains):
                if self.shape.acts_on(lever, service):
                    for phase in gains[lever.kind]:
                        driver = self._driver(f"demand_{phase}")
                        yield Term(Place.RHS, first + s, at, base * lever.effect, WHOLE, driver)

    def _engineers(self) -> Iterator[Term]:
        row = self.shape.first_row["engineers"]
        for p, pool in enumerate(self.shape.pools):
            if pool.is_crisis_team:
                yield from self._people(pool, row, self.index.first["pool"] + p)

    def _sites(self) -> Iterator[Term]:
        """Capacity: what is there, what was built, what is reserved, what an option adds, less what trains."""
        shape, first = self.shape, self.shape.first_row["site"]
        for r, site in enumerate(shape.sites):
            row, left, enforced = first + r, self.index.first["site"] + r, self.index.first["enforced"] + r
            yield from self._standing(site, row, left)
            if site.build_max_h100e_per_year > 0:
                yield from self._delivered("built", site.id, site.delivery, row, left)
            for agreement in shape.country.agreements:
                if agreement.site == site.id:
                    yield from self._delivered("reserved", agreement.id, agreement.delivery, row, left)
                    yield from self._delivered("enforced", agreement.id, agreement.delivery, row, enforced)
            for option in shape.country.options:
                kept = self.space.position.get(quantity("kept", option.id, self.number))
                if option.site == site.id and kept is not None:
                    yield Term(Place.RHS, row, kept, 1.0, left, self._driver(f"fired:{option.id}"))
        for lever, at in self._trainings():
            row = first + shape.site_index[str(lever.compute_site)]
            yield Term(Place.RHS, row, at, -lever.compute_h100e, WHOLE, ONE)

    def _standing(self, site: Site, row: int, left: int) -> Iterator[Term]:
        """Capacity that needs no decision; what is only announced for later years depends on its delivery."""
        year, start = self.space.years[self.number], self.space.years[0]
        size = site.capacity_h100e * (1 + site.growth_per_year) ** self.years
        is_announced = site.available_from > start and site.delivery is not None
        if not is_announced:
            if year >= site.available_from:
                yield Term(Place.RHS, row, CONSTANT, size, left, ONE)
            return
        for outcome in outcomes_of(site.delivery):
            late = self.space.deliveries[str(site.delivery)].late_years if outcome is Outcome.LATE else 0
            if year >= site.available_from + late:
                yield Term(Place.RHS, row, CONSTANT, size, left, self._driver(f"{site.delivery}:{outcome}"))

    def _delivered(self, family: str, subject: str, delivery: str | None, row: int, left: int) -> Iterator[Term]:
        """Capacity that a decision brings, on time or late."""
        for outcome in outcomes_of(delivery):
            at = self.space.position.get(quantity(family, subject, self.number, outcome))
            if at is not None:
                driver = ONE if delivery is None else self._driver(f"{delivery}:{outcome}")
                yield Term(Place.RHS, row, at, 1.0, left, driver)

    def _trainings(self) -> Iterator[tuple[Lever, int]]:
        """Programmes that train at home, from their start on, with their fleet position."""
        for lever in self.shape.country.levers:
            at = self.space.position.get(quantity("training", lever.id, self.number))
            if lever.compute_site in self.shape.training_sites and lever.compute_h100e > 0 and at is not None:
                yield lever, at

    def _zones(self) -> Iterator[Term]:
        first = self.shape.first_row["zone"]
        for z, zone in enumerate(self.shape.zones):
            row, left = first + z, self.index.first["zone"] + z
            grown = zone.growth_mw_per_year * self.years
            yield Term(Place.RHS, row, CONSTANT, max(0.0, zone.spare_peak_mw + grown), left, self._driver("peak"))
            yield Term(Place.RHS, row, CONSTANT, max(0.0, zone.spare_rest_mw + grown), left, self._driver("rest"))
            for lever, at in self._levers(ProgrammeKind.ENERGY):
                if lever.target == zone.id:
                    yield Term(Place.RHS, row, at, lever.effect, left, ONE)

    def _staff(self) -> Iterator[Term]:
        first = self.shape.first_row["staff"]
        for p, pool in enumerate(self.shape.pools):
            yield from self._people(pool, first + p, self.index.first["pool"] + p)

    def _people(self, pool: Pool, row: int, left: int) -> Iterator[Term]:
        """The people of a pool: those there are, and those that programmes have trained."""
        yield Term(Place.RHS, row, CONSTANT, pool.fte * (1 + pool.growth_per_year) ** self.years, left, ONE)
        for lever, at in self._levers(ProgrammeKind.TALENT):
            if lever.target == pool.id:
                yield Term(Place.RHS, row, at, lever.effect, left, ONE)

    def _platforms(self) -> Iterator[Term]:
        """No standby on other routes makes up for a platform that all of them need: it caps the service itself."""
        shape = self.shape
        for s, service in enumerate(shape.on_platforms):
            row, left = shape.first_row["platform"] + s, self.index.first["platform"] + s
            for klass in shape.classes:
                if klass.service.id == service.id:
                    for variable, coefficient, driver in self._adopted(klass):
                        yield Term(Place.RHS, row, variable, coefficient, left, driver)

    def _ready(self) -> Iterator[Term]:
        """What is ready runs at once, as far as its route survives."""
        shape, epoch = self.shape, self.space.epochs[self.number]
        for p, pair in enumerate(shape.pairs):
            if pair.is_resident and shape.is_open(pair, self.years):
                at = self.space.position[deploy_name(pair.name(shape.classes), epoch)]
                yield Term(Place.UPPER, shape.first_column["ready"] + p, at, 1.0, self.index.first["pair"] + p, ONE)

    def _moved(self) -> Iterator[Term]:
        """What can be moved onto a route in a crisis: what does not stand ready there, once a programme unlocks it.

        What stands ready takes its share of the most that can ever be asked for: the tightest affine bound there is
        on what is left to move, since a deployment may lie anywhere between nothing and that.
        """
        shape, driver, epoch = self.shape, self._driver("disrupted"), self.space.epochs[self.number]
        for p, pair in enumerate(shape.pairs):
            if not shape.is_open(pair, self.years):
                continue
            variable = CONSTANT
            if pair.route.programme is not None:
                at = self.space.position.get(quantity("level", pair.route.programme, self.number))
                if at is None:
                    continue
                variable = at
            base = self.base(shape.classes[pair.klass])
            column, left = shape.first_column["moved"] + p, self.index.first["pair"] + p
            yield Term(Place.UPPER, column, variable, base, left, driver)
            if pair.is_resident and base > 0:
                ready = self.space.position[deploy_name(pair.name(shape.classes), epoch)]
                share = -base / most_demand(self.space, pair.klass, epoch)
                yield Term(Place.UPPER, column, ready, share, left, driver)

    def _unmet_new(self) -> Iterator[Term]:
        """Demand that nobody relies on yet may stay unmet at the loss of its value alone."""
        first = self.shape.first_column["unmet_new"]
        for c, klass in enumerate(self.shape.classes):
            for variable, coefficient, driver in self._adopted(klass):
                new = (1 - klass.service.relied_share) * coefficient
                yield Term(Place.UPPER, first + c, variable, new, WHOLE, driver)

    def _bought(self) -> Iterator[Term]:
        first = self.shape.first_column["bought"]
        for lever, at in self._trainings():
            column = first + self.shape.training_sites.index(str(lever.compute_site))
            yield Term(Place.UPPER, column, at, lever.compute_h100e, WHOLE, ONE)

    def _options_used(self) -> Iterator[Term]:
        """The yearly cost of an option once it has fired."""
        for option in self.shape.country.options:
            at = self.space.position.get(quantity("kept", option.id, self.number))
            if at is not None:
                cost = option.exercise_musd_per_kh100e_year / 1000
                yield Term(Place.OFFSET, 0, at, cost, WHOLE, self._driver(f"fired:{option.id}"))
