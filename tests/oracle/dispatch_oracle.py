"""Dispatch a second time, from docs/reference/dispatch.md alone: plain loops over the CSV rows, and scipy's linprog.

Nothing is imported from tillerman, on purpose: what two authors get wrong in the same way is the page, not the code.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.oracle.country_file import CountryFile, Fleet, Row, State, words, yes
from tests.oracle.programme import Answer, Programme

PHASE_AT = {"7d": "hit", "90d": "adapting", "1y": "adapted", "5y": "adapted"}
PHASES = ("hit", "adapting", "adapted", "steady")  # earliest first


class Oracle(CountryFile):
    """The questions of the dispatch page, put to one country folder."""

    def value(self, state: State, fleet: Fleet) -> Answer:
        """Return the cheapest way to serve in a state."""
        return self.in_state(state, fleet)

    def most_service(self, state: State, fleet: Fleet, weights: Mapping[str, float]) -> Answer:
        """Return the most service, by weight, that the same rows allow, whatever it costs."""
        return self.in_state(state, fleet, weights)

    def in_state(self, state: State, fleet: Fleet, weights: Mapping[str, float] | None = None) -> Answer:
        """Find the phase and what is left, and solve."""
        phases = {PHASE_AT[strike.horizon] for strike in state.active} or {"steady"}
        phase = next(name for name in PHASES if name in phases)
        left = self.resources(self.struck(state), state.active)
        enforced = self.resources(self.struck(state, is_enforced=True), state.active)
        return self.solve(state, fleet, phase, (left, enforced), weights)

    def solve(
        self,
        state: State,
        fleet: Fleet,
        phase: str,
        lefts: tuple[Mapping[str, float], Mapping[str, float]],
        weights: Mapping[str, float] | None = None,
    ) -> Answer:
        """Write the programme down and solve it; with weights, maximise service instead of minimising cost."""
        n = state.year - int(self.frame["first_year"])
        left, enforced = lefts
        programme = Programme()
        shrink = any(strike.is_common_shock and strike.horizon in ("7d", "90d") for strike in state.active)
        self._pair_columns(programme, state, fleet, phase, lefts, weights)
        self._class_columns(programme, state, fleet, phase, weights)
        for service_id, service in self.tables["services"].items():
            self._moved_row(programme, service_id, service, state, fleet, phase)
        for service_id, service in self.tables["services"].items():
            if service["platforms"]:
                kept = min(left[name] for name in words(service["platforms"]))
                wanted = sum(self.demand(service, kind, state, fleet) for kind in self.shares(service))
                programme.at_most[f"platform {service_id}"] = kept * wanted
        crew = [pool for pool in self.tables["talent"].values() if yes(pool["is_crisis_team"])]
        programme.at_most["engineers"] = sum(left[pool["id"]] * self.people(pool, state, fleet) for pool in crew)
        rent = max(float(site["rent_usd_per_h100e_hour"]) for site in self.tables["sites"].values())
        spot = (
            rent
            * (1 + self.trend.get("chip_price", 0.0)) ** n
            * state.price_level
            * float(self.frame["hours_per_year"])
            / 1e6
        )
        for name, site in self.tables["sites"].items():
            shrunk = 1 - float(site["shrinks_in_shock"]) if shrink else 1.0
            draw = self.training(name, state, fleet)
            chips = left[name] * self.capacity(site, state, fleet)
            chips += (enforced[name] - left[name]) * self.slices_enforced(name, state, fleet)
            programme.at_most[f"site {name}"] = shrunk * chips - draw
            if self.trainers(name):
                programme.column(f"bought {name}", 0.0 if weights is not None else spot, draw, {f"site {name}": -1.0})
        for name, zone in self.tables["zones"].items():
            programme.at_most[f"zone {name}"] = left[name] * self.hosting(zone, state, fleet)
        for name, pool in self.tables["talent"].items():
            programme.at_most[f"staff {name}"] = left[name] * self.people(pool, state, fleet)
        return programme.answer()

    def _pair_columns(
        self,
        programme: Programme,
        state: State,
        fleet: Fleet,
        phase: str,
        lefts: tuple[Mapping[str, float], Mapping[str, float]],
        weights: Mapping[str, float] | None,
    ) -> None:
        """Add ready and moved of every pair."""
        n = state.year - int(self.frame["first_year"])
        for pair in self.pairs:
            service, route = self.tables["services"][pair.service], self.tables["routes"][pair.route]
            site, need, share = self.tables["sites"][route["site"]], self.need(pair), self.of_pair(pair, *lefts)
            uses = {f"demand {pair.of_class}": 1.0, f"site {route['site']}": need}
            if site["zone"]:
                uses[f"zone {site['zone']}"] = need * float(site["kw_per_h100e"]) * float(site["pue"]) / 1000
            if service["platforms"]:
                uses[f"platform {pair.service}"] = 1.0
            if service["pool"]:
                uses[f"staff {service['pool']}"] = float(service["staff_fte_per_muse_year"])
            cost = self.cost(pair, n, state.price_level) if weights is None else -weights[pair.of_class]
            waiver = 0.0 if pair.is_resident or weights is not None else float(service["waiver_usd_per_use"])
            standing = fleet.y.get((pair.of_class, pair.route), 0.0) if pair.is_resident else 0.0
            ready = share * standing
            gate = (
                self.level(self.tables["levers"][route["programme"]], state.year, fleet) if route["programme"] else 1.0
            )
            not_ready = max(0.0, gate - standing / self.most(service, pair.kind, state.year)) if standing > 0 else gate
            moved = share * self.basis(service, pair.kind, state) * not_ready
            is_open = self.is_open(pair, n)
            programme.column(f"ready {pair.of_class} {pair.route}", cost, ready if is_open else 0.0, uses)
            crisis = {f"moved {pair.service}": 1.0, "engineers": float(service["effort_fte_per_muse_year"])}
            programme.column(
                f"moved {pair.of_class} {pair.route}",
                cost + waiver,
                moved if is_open and phase != "steady" else 0.0,
                uses | crisis,
            )

    def _class_columns(
        self, programme: Programme, state: State, fleet: Fleet, phase: str, weights: Mapping[str, float] | None
    ) -> None:
        """Add what stays unmet of every class, new and relied on, and its demand."""
        for service_id, service in self.tables["services"].items():
            value = float(service["value_usd_per_use"])
            loss = float(service[f"loss_{'adapted' if phase == 'steady' else phase}_usd_per_use"])
            for kind in self.shares(service):
                wanted = self.demand(service, kind, state, fleet)
                row = f"demand {service_id}.{kind}"
                programme.exactly[row] = wanted
                new, relied = (value, value + max(0.0, loss - value)) if weights is None else (0.0, 0.0)
                programme.column(
                    f"new {service_id}.{kind}", new, (1 - float(service["relied_share"])) * wanted, {row: 1.0}
                )
                programme.column(f"relied {service_id}.{kind}", relied, None, {row: 1.0})

    def _moved_row(
        self, programme: Programme, service_id: str, service: Row, state: State, fleet: Fleet, phase: str
    ) -> None:
        """Limit what can be moved of a service in a phase."""
        targets = {service_id, service["sector"], "*"}
        sigma = 0.0 if phase == "steady" else float(service[f"moved_{phase}"])
        if phase in ("adapting", "adapted"):
            sigma += self.effect("switching", targets, state.year, fleet)
        if phase in ("hit", "adapting"):
            sigma += self.effect("rehearsal", targets, state.year, fleet)
        programme.at_most[f"moved {service_id}"] = sigma * sum(
            self.basis(service, kind, state) for kind in self.shares(service)
        )
