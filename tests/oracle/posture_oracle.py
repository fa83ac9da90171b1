"""Posture a second time, from docs/reference/posture.md alone, on top of the dispatch oracle."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tests.oracle.country_file import Fleet, Row, State, Strike, yes
from tests.oracle.dispatch_oracle import PHASE_AT, Oracle

LAYERS = ("compute", "energy", "data", "models", "applications", "talent", "governance")
ALL_LAYERS = "all layers"
HORIZONS = ("7d", "90d", "1y", "5y")
LEGAL_CLAUSES = ("governing_law", "audit_rights", "step_in")


@dataclass(frozen=True)
class Question:
    """What is asked: a layer at a horizon, under a cause, in a year, for services down to a tier."""

    layer: str
    horizon: str
    cause: str
    year: int
    tier: int


@dataclass(frozen=True)
class Shares:
    """The posture of one layer at one horizon; shares are None with a reason."""

    people: float | None  # R0 in million people
    shares: dict[str, float] | None  # control, steer, maker, taker, by_contract
    reason: str = ""


class PostureOracle(Oracle):
    """The questions of the posture page, put to one country folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._known: dict[tuple[object, ...], float] = {}  # many withdrawals leave the same things

    def abroad(self) -> list[str]:
        """Return F: every foreign jurisdiction that reaches a holder of something of ours."""
        reach = {code for hold in self.holds_on_us() for code in self.jurisdictions(hold)}
        return sorted(reach - self.home)

    def is_legal_reach(self, hold: Row) -> bool:
        """Say whether courts reach a service through this hold."""
        kind = self.tables["resources"][hold["resource"]]["kind"]
        if kind == "site":
            return hold["kind"] in ("owns", "operates", "hosts")
        if kind == "model":
            return hold["kind"] == "licenses" and not yes(self.tables["models"][hold["resource"]]["is_open_weights"])
        return kind == "platform" and hold["kind"] == "operates"

    def falls_under(self, hold: Row, layer: str) -> bool:
        """Say whether a hold is withdrawn on a layer."""
        on_layer = self.tables["resources"][hold["resource"]]["layer"] == layer
        return layer == ALL_LAYERS or on_layer or (layer == "governance" and self.is_legal_reach(hold))

    def counted(self, hold: Row, layer: str, kappa: str) -> set[str]:
        """Return the clauses that count for a hold."""
        found = set()
        for clause in self.tables["clauses"].values():
            if kappa == "0" or (kappa == "e" and yes(clause["is_deepening"])):
                continue
            if layer == "governance" and self.is_legal_reach(hold) and clause["clause"] not in LEGAL_CLAUSES:
                continue
            found.add(clause["clause"])
        return found

    def enforcement(self, year: int, fleet: Fleet) -> float:
        """Return the level of enforcement programmes, at most 1."""
        total = 0.0
        for lever in self.tables["levers"].values():
            if lever["kind"] == "enforcement":
                total += float(lever["effect"]) * self.level(lever, year, fleet)
        return min(1.0, total)

    def weights(self, state: State, tier: int) -> dict[str, float]:
        """Return ω of every class."""
        found = {}
        for name, service in self.tables["services"].items():
            rate = sum(self.basis(service, kind, state) for kind in self.shares(service))
            counts = int(service["tier"]) <= tier and rate > 0
            for kind in self.shares(service):
                found[f"{name}.{kind}"] = float(service["people_million"]) / rate if counts else 0.0
        return found

    def without_pooling(self, programmes: Mapping[tuple[str, int], float]) -> dict[tuple[str, int], float]:
        """Leave out what would move uses to other hours."""
        kinds = {lever["id"]: lever["kind"] for lever in self.tables["levers"].values()}
        return {start: amount for start, amount in programmes.items() if kinds[start[0]] != "pooling"}

    def service_kept(self, who: Collection[str], kappa: str, asked: Question, fleet: Fleet) -> float:
        """Return R: the people served when jurisdictions withdraw their holds on a layer."""
        state = State(year=asked.year)
        strike = Strike("jurisdiction", "", asked.horizon, asked.cause)
        left = {}
        for hold in self.holds_on_us():
            if not self.falls_under(hold, asked.layer) or not self.jurisdictions(hold) & set(who):
                continue
            is_legal = asked.layer == "governance" and self.is_legal_reach(hold)
            rho = 0.0 if is_legal else self.bare(hold, asked.horizon)
            clauses = self.counted(hold, asked.layer, kappa)
            left[hold["id"]] = self.lifted(hold, rho, strike, clauses, self.enforcement(asked.year, fleet))
        resources = self.resources(left)
        phase = PHASE_AT[asked.horizon]
        key = (tuple(sorted(resources.items())), phase, asked.year, asked.tier, id(fleet))
        if key not in self._known:
            weights = self.weights(state, asked.tier)
            at_its_hour = replace(fleet, programmes=self.without_pooling(fleet.programmes))
            self._known[key] = -self.solve(state, at_its_hour, phase, (resources, resources), weights).value
        return self._known[key]

    def posture(self, asked: Question, fleet: Fleet) -> Shares:
        """Return the four shares of a layer at a horizon."""
        if not any(self.falls_under(hold, asked.layer) for hold in self.holds_on_us()):
            return Shares(None, None, "no holds recorded")
        whole = self.service_kept((), "0", asked, fleet)
        if whole <= 1e-9 * sum(float(service["people_million"]) for service in self.tables["services"].values()):
            return Shares(whole, None, "no service")
        everyone = self.abroad()
        alone = self.service_kept(everyone, "0", asked, fleet)
        least_e = min((self.service_kept([one], "e", asked, fleet) for one in everyone), default=whole)
        least_m = min((self.service_kept([one], "m", asked, fleet) for one in everyone), default=whole)
        return Shares(
            whole,
            {
                "control": alone / whole,
                "steer": (least_e - alone) / whole,
                "maker": (least_m - least_e) / whole,
                "taker": (whole - least_m) / whole,
                "by_contract": (self.service_kept(everyone, "e", asked, fleet) - alone) / whole,
            },
        )
