"""A country folder read a second time, and every quantity that docs/reference/dispatch.md defines on it."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from scipy import special

Row: TypeAlias = dict[str, str]


@dataclass(frozen=True)
class Strike:
    """One active disruption. Clauses are worth `honoured` if it is given, else 1 or 0 by `draw`, else their chance."""

    strikes: str
    target: str
    horizon: str
    cause: str = "cannot"
    hold_kinds: tuple[str, ...] = ()
    depth: float = 1.0
    honoured: float | None = None
    draw: float | None = None
    is_common_shock: bool = False


@dataclass(frozen=True)
class State:
    """One state of the world."""

    year: int
    block: str = "peak"
    demand_level: float = 1.0
    price_level: float = 1.0
    active: tuple[Strike, ...] = ()
    delivery: Mapping[str, str] = field(default_factory=dict)
    fired: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fleet:
    """What was decided before: ready amounts in the state's epoch, and everything else by year."""

    y: Mapping[tuple[str, str], float] = field(default_factory=dict)
    built: Mapping[tuple[str, int], float] = field(default_factory=dict)
    reserved: Mapping[tuple[str, int], float] = field(default_factory=dict)
    enforced: Mapping[tuple[str, str], float] = field(
        default_factory=dict
    )  # by agreement and how its delivery falls out
    programmes: Mapping[tuple[str, int], float] = field(default_factory=dict)
    options: Mapping[tuple[str, int], float] = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """A class of uses of one service on one route."""

    service: str
    kind: str  # easy or hard
    route: str
    is_resident: bool

    @property
    def of_class(self) -> str:
        """The class, as service.easy or service.hard."""
        return f"{self.service}.{self.kind}"


def words(cell: str) -> list[str]:
    """Split a list cell."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def yes(cell: str) -> bool:
    """Read a boolean cell."""
    assert cell in ("true", "false"), cell
    return cell == "true"


def number(cell: str, blank: float = 0.0) -> float:
    """Read a number cell."""
    return float(cell) if cell else blank


class CountryFile:
    """One country folder, row by row as it is written."""

    def __init__(self, folder: Path) -> None:
        with (folder / "country.toml").open("rb") as stream:
            self.frame = tomllib.load(stream)["frame"]
        self.tables: dict[str, dict[str, Row]] = {}
        for path in sorted(folder.glob("*.csv")):
            if path.stem != "evidence":
                with path.open(newline="", encoding="utf-8-sig") as text:
                    self.tables[path.stem] = {row["id"]: row for row in csv.DictReader(text)}
        self.home = set(self.frame["home_jurisdictions"])
        self.trend = {row["id"]: float(row["per_year"]) for row in self.tables["trends"].values()}
        self.pairs = self._pairs()

    # Sets

    def shares(self, service: Row) -> dict[str, float]:
        """Return the classes of a service that exist, with their shares."""
        hard = float(service["hard_share"])
        return {kind: share for kind, share in (("easy", 1 - hard), ("hard", hard)) if share > 0}

    def jurisdictions(self, hold: Row) -> set[str]:
        """Return every state that can order the holder."""
        return set(words(self.tables["parties"][hold["party"]]["jurisdictions"]))

    def holds_on_us(self) -> list[Row]:
        """Return the holds that can be used against this country."""
        return [hold for hold in self.tables["holds"].values() if hold["direction"] == "on_us"]

    def score(self, service: Row, model: str) -> float | None:
        """Return the lowest score over the service's languages, None where one is not measured."""
        scores = []
        for language in words(service["languages"]):
            found = [
                row
                for row in self.tables["capabilities"].values()
                if (row["model"], row["language"]) == (model, language)
            ]
            if not found:
                return None
            scores.append(float(found[0]["score"]))
        return min(scores)

    def is_resident(self, service: Row, route: Row) -> bool:
        """Say whether the residency rule lets the service use the route as a matter of course."""
        if yes(service["must_stay_home"]) and self.tables["resources"][route["site"]]["territory"] not in self.home:
            return False
        if yes(service["must_answer_home"]):
            is_closed = not yes(self.tables["models"][route["model"]]["is_open_weights"])
            for hold in self.holds_on_us():
                runs_site = hold["resource"] == route["site"] and hold["kind"] in ("owns", "operates", "hosts")
                licenses = hold["resource"] == route["model"] and hold["kind"] == "licenses" and is_closed
                if (runs_site or licenses) and not self.jurisdictions(hold) <= self.home:
                    return False
        return True

    def _pairs(self) -> list[Pair]:
        found = []
        for service_id, service in self.tables["services"].items():
            for route_id, route in self.tables["routes"].items():
                if self.score(service, route["model"]) is None:
                    continue
                resident = self.is_resident(service, route)
                if resident or service["waiver_usd_per_use"] != "":
                    found += [Pair(service_id, kind, route_id, resident) for kind in self.shares(service)]
        return found

    def is_open(self, pair: Pair, n: int) -> bool:
        """Say whether the pair's model is good enough in year index n."""
        service = self.tables["services"][pair.service]
        model = self.tables["models"][self.tables["routes"][pair.route]["model"]]
        floor = float(service[f"floor_{pair.kind}"])
        if yes(model["is_frozen"]):
            floor += self.trend.get("quality_floor", 0.0) * n
        score = self.score(service, model["id"])
        return score is not None and score >= floor

    # Numbers of a pair

    def need(self, pair: Pair) -> float:
        """Return chips per million uses a year."""
        service, route = self.tables["services"][pair.service], self.tables["routes"][pair.route]
        speed = float(self.tables["models"][route["model"]]["throughput_tokens_per_s"])
        busy = float(self.tables["sites"][route["site"]]["utilisation"]) * 3600 * float(self.frame["hours_per_year"])
        return float(service["tokens_per_use"]) * 1e6 / (speed * busy)

    def cost(self, pair: Pair, n: int, level: float) -> float:
        """Return the cost of a million uses."""
        service, route = self.tables["services"][pair.service], self.tables["routes"][pair.route]
        site, hours = self.tables["sites"][route["site"]], float(self.frame["hours_per_year"])
        price = float(route["price_usd_per_mtok"] or self.tables["models"][route["model"]]["price_usd_per_mtok"])
        calls = float(service["tokens_per_use"]) * price / 1e6 * (1 + self.trend.get("token_price", 0.0)) ** n
        rent = self.need(pair) * float(site["rent_usd_per_h100e_hour"]) * hours / 1e6
        power = 0.0
        if site["zone"]:
            kwh = self.need(pair) * float(site["kw_per_h100e"]) * float(site["pue"]) * hours
            power = kwh * float(self.tables["zones"][site["zone"]]["power_price_usd_per_mwh"]) / 1e9
        return (
            (calls + rent * (1 + self.trend.get("chip_price", 0.0)) ** n) * level
            + power * (1 + self.trend.get("power_price", 0.0)) ** n
        )  # fmt: skip

    # Programmes, demand, capacity

    def effect(self, kind: str, targets: set[str], year: int, fleet: Fleet) -> float:
        """Add up the effects of programmes of one kind on any of the targets."""
        total = 0.0
        for lever in self.tables["levers"].values():
            if lever["kind"] == kind and lever["target"] in targets:
                total += float(lever["effect"]) * self.level(lever, year, fleet)
        return total

    def level(self, lever: Row, year: int, fleet: Fleet) -> float:
        """Return what has been started at least `lead_years` ago."""
        latest = year - int(lever["lead_years"])
        return sum(
            amount for (name, start), amount in fleet.programmes.items() if name == lever["id"] and start <= latest
        )

    def basis(self, service: Row, kind: str, state: State) -> float:
        """Return base × factor of a class."""
        n = state.year - int(self.frame["first_year"])
        base = float(service["demand_muse_per_year"]) * (1 + float(service["growth_per_year"])) ** n
        return base * self.shares(service)[kind] * state.demand_level * self.factor(state.block)

    def most(self, service: Row, kind: str, year: int) -> float:
        """Return M of a class in the deployment epoch of a year."""
        first, lengths, epochs = (self.frame[name] for name in ("first_year", "period_years", "epoch_of_period"))
        begins = [first + sum(lengths[:number]) for number in range(len(lengths))]
        now = max(number for number, begin in enumerate(begins) if begin <= year)
        together = [begin for begin, epoch in zip(begins, epochs, strict=True) if epoch == epochs[now]]
        rates = [self.basis(service, kind, State(begin, block)) for begin in together for block in ("peak", "rest")]
        adopted = sum(
            float(lever["effect"]) * float(lever["max_scale"])
            for lever in self.tables["levers"].values()
            if lever["kind"] == "adoption" and lever["target"] in {service["id"], service["sector"], "*"}
        )
        return max(rates) * (1 + min(float(self.frame["absorptive_capacity"]), adopted)) * self.high_demand()

    def high_demand(self) -> float:
        """Return the demand level of the upper quarter."""
        driver = self.tables["drivers"].get("demand")
        if driver is None:
            return 1.0
        spread = float(driver["yearly_sd"]) / (1 - float(driver["persistence"]) ** 2) ** 0.5
        return float(special.ndtr(spread - special.ndtri(0.75))) / 0.25

    def factor(self, block: str) -> float:
        """Return the demand rate of a block over the yearly mean."""
        peak, share = float(self.frame["peak_demand_factor"]), float(self.frame["peak_hours_share"])
        return peak if block == "peak" else (1 - share * peak) / (1 - share)

    def demand(self, service: Row, kind: str, state: State, fleet: Fleet) -> float:
        """Return A of a class: a use that pooling moves is asked for in the other block, in that block's rate."""
        targets = {service["id"], service["sector"], "*"}
        wanted = self.basis(service, kind, state) * (1 + self.effect("adoption", targets, state.year, fleet))
        busy = float(self.frame["peak_hours_share"])
        mean = busy * self.basis(service, kind, replace(state, block="peak"))
        mean += (1 - busy) * self.basis(service, kind, replace(state, block="rest"))
        volume = busy * mean * self.effect("pooling", targets, state.year, fleet)  # million uses moved in a year
        return wanted - volume / busy if state.block == "peak" else wanted + volume / (1 - busy)

    def delay(self, delivery: str, state: State) -> float:
        """Return the years a project of this record is late, infinity when it never comes."""
        outcome = state.delivery.get(delivery, "on_time") if delivery else "on_time"
        if outcome == "never":
            return float("inf")
        return float(self.tables["deliveries"][delivery]["late_years"]) if outcome == "late" else 0.0

    def capacity(self, site: Row, state: State, fleet: Fleet) -> float:
        """Return the chips at a site before anything is withdrawn."""
        first = int(self.frame["first_year"])
        promised = int(site["available_from"])
        late = self.delay(site["delivery"], state)
        total = 0.0
        if state.year >= promised + (late if promised > first else 0.0):
            total += float(site["capacity_h100e"]) * (1 + float(site["growth_per_year"])) ** (state.year - first)
        for (name, decided), amount in fleet.built.items():
            age = state.year - (decided + int(site["lead_years"]) + late)
            if name == site["id"] and 0 <= age < int(site["chip_life_years"]):
                total += amount * (1 - float(site["failure_per_year"])) ** age
        for (name, signed), amount in fleet.reserved.items():
            agreement = self.tables["agreements"][name]
            start = signed + int(agreement["lead_years"]) + self.delay(agreement["delivery"], state)
            if agreement["site"] == site["id"] and state.year >= start:
                total += amount
        for (name, taken), amount in fleet.options.items():
            if self.tables["options"][name]["site"] == site["id"] and name in state.fired and taken <= state.year:
                total += amount
        return total

    def slices_enforced(self, site: str, state: State, fleet: Fleet) -> float:
        """Return the chips at a site that are reserved under an enforced agreement."""
        total = 0.0
        for name, agreement in self.tables["agreements"].items():
            outcome = state.delivery.get(agreement["delivery"], "on_time")
            if agreement["site"] == site:
                total += fleet.enforced.get((name, outcome), 0.0)
        return total

    def trainers(self, site: str) -> list[Row]:
        """Return the programmes that draw chips at a site."""
        return [
            lever
            for lever in self.tables["levers"].values()
            if lever["compute_site"] == site and number(lever["compute_h100e"]) > 0
        ]

    def training(self, site: str, state: State, fleet: Fleet) -> float:
        """Return the chips that programmes draw at a site."""
        return sum(
            float(lever["compute_h100e"]) * amount
            for lever in self.trainers(site)
            for (name, start), amount in fleet.programmes.items()
            if name == lever["id"] and start <= state.year
        )

    def hosting(self, zone: Row, state: State, fleet: Fleet) -> float:
        """Return the megawatts a zone can give to computing."""
        n = state.year - int(self.frame["first_year"])
        spare = float(zone[f"spare_{state.block}_mw"]) + float(zone["growth_mw_per_year"]) * n
        return max(0.0, spare) + self.effect("energy", {zone["id"]}, state.year, fleet)

    def people(self, pool: Row, state: State, fleet: Fleet) -> float:
        """Return the people of a pool."""
        n = state.year - int(self.frame["first_year"])
        total = float(pool["fte"]) * (1 + float(pool["growth_per_year"])) ** n
        for lever in self.tables["levers"].values():
            if lever["kind"] != "talent" or lever["target"] != pool["id"]:
                continue
            for (name, start), amount in fleet.programmes.items():
                since = state.year - start - int(lever["lead_years"])
                if name == lever["id"] and since >= 0:
                    total += float(lever["effect"]) * amount * (1 - float(pool["leaving_per_year"])) ** since
        return total

    # Withdrawal

    def bare(self, hold: Row, horizon: str) -> float:
        """Return what is left after this hold is withdrawn, without clauses."""
        column = f"retention_{horizon}"
        if hold[column] != "":
            return float(hold[column])
        rows = [
            row
            for row in self.tables["retention"].values()
            if (row["kind"], row["variant"]) == (hold["kind"], hold["variant"])
        ]
        return float(rows[0][column])

    def strength(self, agreement: Row, clause: Row, strike: Strike, enforcement: float) -> float:
        """Return how strongly a clause of an agreement holds against one disruption."""
        if strike.honoured is not None:
            return strike.honoured
        chance = float(agreement[f"honoured_{strike.cause}"])
        if (
            strike.cause == "ordered"
            and not yes(agreement["is_between_governments"])
            and not yes(clause["is_deepening"])
        ):
            chance = 0.0
        if strike.cause == "chooses":
            chance = min(1.0, chance + enforcement * float(agreement["enforcement_gain"]))
        if strike.draw is None:
            return chance
        return 1.0 if strike.draw < chance else 0.0

    def lifted(self, hold: Row, rho: float, strike: Strike, counted: Collection[str], enforcement: float) -> float:
        """Return what a struck hold leaves when the counted clauses of its agreement lift it."""
        if not hold["agreement"]:
            return rho
        agreement = self.tables["agreements"][hold["agreement"]]
        most = 0.0
        for clause in self.tables["clauses"].values():
            if clause["clause"] in words(agreement["clauses"]) and clause["clause"] in counted:
                kept = float(clause[f"kept_{strike.horizon}"])
                most = max(most, self.strength(agreement, clause, strike, enforcement) * kept)
        return rho + (1 - rho) * most

    def struck(self, state: State, *, is_enforced: bool = False) -> dict[str, float]:
        """Return what each struck hold leaves."""
        every_clause = {row["clause"] for row in self.tables["clauses"].values()}
        left: dict[str, float] = {}
        for strike in state.active:
            for hold in self.holds_on_us():
                names_it = {
                    "party": strike.target == hold["party"],
                    "jurisdiction": strike.target in self.jurisdictions(hold),
                    "resource": False,
                }[strike.strikes]
                if names_it and (not strike.hold_kinds or hold["kind"] in strike.hold_kinds):
                    rho = self.bare(hold, strike.horizon)
                    gain = 1.0 if is_enforced and strike.draw is not None else 0.0
                    kept = self.lifted(hold, rho, strike, every_clause, gain)
                    left[hold["id"]] = min(kept, left.get(hold["id"], 1.0))
        return left

    def resources(self, struck: Mapping[str, float], active: tuple[Strike, ...] = ()) -> dict[str, float]:
        """Return what is left of every resource, given what struck holds leave and what is struck itself."""
        left = {}
        for name, resource in self.tables["resources"].items():
            on_it = [
                (float(hold["share"]), struck[hold["id"]])
                for hold in self.holds_on_us()
                if hold["resource"] == name and hold["id"] in struck
            ]
            if yes(resource["is_divisible"]):
                left[name] = max(0.0, 1 - sum(share * (1 - rho) for share, rho in on_it))
            else:
                left[name] = min([rho for _, rho in on_it], default=1.0)
            for strike in active:
                if strike.strikes == "resource" and strike.target == name:
                    left[name] = min(left[name], 1 - strike.depth)
        return left

    def of_pair(self, pair: Pair, left: Mapping[str, float], enforced: Mapping[str, float]) -> float:
        """Return what is left of a pair; for its site, as if its agreements were enforced."""
        route = self.tables["routes"][pair.route]
        on_way = [route["model"], *words(route["gates"])]
        return min([enforced[route["site"]], *(left[name] for name in on_way)])
