"""Countries side by side in words: sorted by name, without rank, total, or any sign of better and worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tillerman.compare import Driver, LayerHolder, Side, SideBySide
from tillerman.country.names import territory
from tillerman.exposure import ALL_LAYERS
from tillerman.labels import Horizon
from tillerman.report.charts import Bar
from tillerman.report.figures import Figures
from tillerman.report.sections.keeps import bar_of
from tillerman.report.tables import Column, Kind, Row, Sure, Table
from tillerman.words import Words
from tillerman.words.order import order

_SEVERAL = 4  # holders named; the rest are counted


@dataclass(frozen=True)
class ServiceBars:
    """One critical service of a country: today, and with its plan where there is one."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class CountryTold:
    """One country beside others."""

    name: str
    made: str  # from which file, and how
    finding: str
    stopped: tuple[str, ...]
    assumed: str
    services: tuple[ServiceBars, ...]


@dataclass(frozen=True)
class DriverTold:
    """What differs between the countries on one layer."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class CountriesTold:
    """Countries side by side: what keeps running, how free each is, whose orders make the difference."""

    note: str
    countries: tuple[CountryTold, ...]
    horizons: Table
    drivers_note: str
    drivers: tuple[DriverTold, ...]
    declared: tuple[str, ...]


def countries_told(found: SideBySide, write: Figures, *, names: Mapping[str, str] | None = None) -> CountriesTold:
    """Tell countries side by side. `names` says what to call each, by its code; the file's own name is the default."""
    say, called = write.words, names or {}
    name = {side.country: called.get(side.code, side.country) for side in found.sides}
    sides = sorted(found.sides, key=lambda side: order(say.language)(name[side.country]))
    teller = _Teller(write, name)
    return CountriesTold(
        note=say("compare.note"),
        countries=tuple(map(teller.country, sides)),
        horizons=teller.horizons(sides),
        drivers_note=say("compare.drivers_note"),
        drivers=tuple(teller.driver(driver, sides) for driver in found.drivers if driver.groups),
        declared=tuple(line for side in sides for line in teller.declared(side)),
    )


@dataclass(frozen=True)
class _Teller:
    """Says one thing after the other in one language."""

    write: Figures
    name: Mapping[str, str]  # by the file's own name

    @property
    def say(self) -> Words:
        return self.write.words

    def country(self, side: Side) -> CountryTold:
        say = self.say
        made = say("compare.stored" if side.is_stored else "compare.computed", hash=side.input_hash[:12])
        if side.n_futures is not None:
            made += say("compare.futures", n=f"{side.n_futures:,}")
        today, n = len(side.stopping_today), side.n_critical
        if side.stopping_with_plan is None:
            finding = say("finding.today", x=today, n=n)
        else:
            finding = say("compare.stops_plan", x=today, n=n, y=len(side.stopping_with_plan))
        worst = {service.name: territory(service.worst, say.language) for service in side.services}
        return CountryTold(
            name=self.name[side.country],
            made=made,
            finding=finding,
            stopped=tuple(say("compare.stopped", service=name, worst=worst[name]) for name in side.stopping_today),
            assumed=say("compare.assumed", share=self.write.share(side.assumed)),
            services=self._services(side),
        )

    def _services(self, side: Side) -> tuple[ServiceBars, ...]:
        with_plan = {row.service: row for row in side.services_with_plan}
        return tuple(
            ServiceBars(
                row.name,
                tuple(
                    bar_of(self.write, label, shown)
                    for label, shown in (("bar.today", row), ("bar.plan", with_plan.get(row.service)))
                    if shown is not None
                ),
            )
            for row in side.services
        )

    def horizons(self, sides: list[Side]) -> Table:
        say = self.say
        shares = ("control", "steer", "maker", "taker")
        columns = (
            Column(say("compare.country")),
            Column(say("posture.after")),
            *(Column(say(f"posture.{name}"), Kind.SHARE, Sure.ASSUMED) for name in shares),
            Column(say("posture.worst")),
        )
        rows = []
        for side in sides:
            for horizon in Horizon:
                found = side.posture(ALL_LAYERS, horizon)
                worst = say("nothing") if found.worst is None else territory(found.worst, say.language)
                told = (getattr(found, name) for name in shares)
                rows.append(Row((self.name[side.country], say(f"horizon.{horizon.value}"), *told, worst)))
        return Table(say("compare.horizons"), columns, tuple(rows))

    def driver(self, driver: Driver, sides: list[Side]) -> DriverTold:
        measured = [side for side in sides if side.country not in driver.unmeasured]
        holders = ((side, next(h for h in side.holders if h.layer == driver.layer)) for side in measured)
        return DriverTold(self._title(driver, len(measured)), tuple(self._holder(*found) for found in holders))

    def _title(self, driver: Driver, n_measured: int) -> str:
        """The layer, and that it is the same state everywhere where it is."""
        say = self.say
        layer = say(f"layer.{driver.layer}")
        if not driver.is_same or n_measured < 2:
            return layer
        who = driver.groups[0][0]
        if who is None:
            return say("compare.nobody_anywhere", layer=layer)
        return say("compare.same", layer=layer, who=territory(who, say.language))

    def _control(self, side: Side, layer: str) -> str:
        control = side.posture(layer, Horizon.QUARTER).control
        return self.say("nothing") if control is None else self.write.share(control)

    def _holder(self, side: Side, holder: LayerHolder) -> str:
        say, control = self.say, self._control(side, holder.layer)
        if holder.jurisdiction is None:
            return say("compare.nobody", country=self.name[side.country], control=control)
        names = list(holder.through[:_SEVERAL])
        if more := len(holder.through) - len(names):
            names.append(say("compare.more", n=more))
        return say(
            "compare.driver",
            country=self.name[side.country],
            control=control,
            who=territory(holder.jurisdiction, say.language),
            taken=self.write.share(holder.taken or 0.0),
            through=say("compare.through", names=say("separator").join(names)) if names else "",
        )

    def declared(self, side: Side) -> tuple[str, ...]:
        return tuple(
            self.say(
                "compare.said",
                country=self.name[side.country],
                layer=self.say(f"layer.{said.layer}"),
                posture=said.posture,
                text=said.text,
                title=said.title,
                control=self._control(side, said.layer),
            )
            for said in side.declarations
        )
