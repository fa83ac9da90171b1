"""The seven layers of a drill: what stands on each, who holds it, what is left of it, and what others need from us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tillerman.country.choices import Concession
from tillerman.country.stack import Party, Resource
from tillerman.exposure import Posture
from tillerman.exposure.chain import Hand
from tillerman.exposure.drill import Drill, Shares
from tillerman.labels import Direction, Horizon, Layer
from tillerman.report.charts import Bar, Part
from tillerman.report.figures import Figures
from tillerman.web.called import Called
from tillerman.web.ground import Ground

# From what people touch down to what everything stands on; then what runs through all of it.
ORDER = (
    Layer.APPLICATIONS,
    Layer.MODELS,
    Layer.DATA,
    Layer.COMPUTE,
    Layer.ENERGY,
    Layer.TALENT,
    Layer.GOVERNANCE,
)
GONE, WHOLE = 0.005, 0.995  # below and above these, whole per cent say nothing and all
SHARES = ("control", "steer", "maker", "taker")


@dataclass(frozen=True)
class Holder:
    """Somebody who can withhold one resource."""

    key: str  # by which the withdrawal is named in an address
    name: str
    how: tuple[str, ...]  # owns, operates, supplies, licenses, hosts, powers, funds or staffs
    states: tuple[str, ...]  # whose orders reach the holder
    is_home: bool
    is_withdrawn: bool  # in this drill, by itself or by a state whose orders reach it
    left: dict[str, float]  # share of the resource left when this holder alone withdraws, no promise counted


@dataclass(frozen=True)
class Block:
    """One resource of a layer."""

    resource: str
    name: str
    kind: str
    is_in_use: bool  # does some service run on it, or need it?
    left: dict[str, float]  # share left in this drill, by horizon
    state: str  # whole, reduced or gone, at the horizon that is looked at
    holders: tuple[Holder, ...]


@dataclass(frozen=True)
class Given:
    """Something of ours that others need: where bargaining comes from."""

    name: str
    party: str
    worth_musd_per_year: float | None
    note: str


@dataclass(frozen=True)
class Band:
    """One layer: its posture, what stands on it, and both directions of dependence."""

    layer: str
    posture: Bar | None  # None where it cannot be measured
    reason: str  # why not
    in_use: tuple[Block, ...]
    others: tuple[Block, ...]  # what could be used and is not
    n_holders_abroad: int
    ours: tuple[Given, ...]

    @property
    def n_touched(self) -> int:
        """How many of the resources in use are reduced or gone."""
        return sum(block.state != "whole" for block in self.in_use)


@dataclass(frozen=True)
class Teller:
    """Tells the layers of one drill in one language."""

    ground: Ground
    drill: Drill
    horizon: Horizon
    called: Called
    write: Figures

    def bands(self) -> tuple[Band, ...]:
        """Every layer in the order of the picture."""
        found = self.ground.postures(self.horizon)
        return tuple(self._band(layer, found[layer.value]) for layer in ORDER)

    def elsewhere(self) -> tuple[Given, ...]:
        """What others need from us that belongs to no layer."""
        country = self.called.country
        return tuple(self._concession(item) for item in country.concessions if item.resource is None)

    def _band(self, layer: Layer, posture: Posture) -> Band:
        country = self.called.country
        needed = {hold.resource for hold in country.holds if hold.direction is Direction.ON_US}
        resources = [r for r in country.resources if r.layer is layer]
        blocks = tuple(self._block(r) for r in resources if r.id in needed or r.id in self.ground.in_use)
        abroad = {h.key for block in blocks if block.is_in_use for h in block.holders if not h.is_home}
        here = {resource.id for resource in resources}
        return Band(
            layer=layer.value,
            posture=self._posture(posture),
            reason=self._reason(posture),
            in_use=tuple(block for block in blocks if block.is_in_use),
            others=tuple(block for block in blocks if not block.is_in_use),
            n_holders_abroad=len(abroad),
            ours=self._ours(here),
        )

    def _posture(self, posture: Posture) -> Bar | None:
        if posture.control is None:
            return None
        say = self.called.say
        shares = {look: getattr(posture, look) or 0.0 for look in SHARES}
        parts = tuple(
            Part(look, share, say(f"posture.part.{look}", share=self.write.share(share)))
            for look, share in shares.items()
        )
        return Bar(say(f"layer.{posture.layer}"), parts, self.write.share(posture.control))

    def _reason(self, posture: Posture) -> str:
        key = f"posture.reason.{posture.reason}"
        say = self.called.say
        return "" if not posture.reason else say(key) if say.knows(key) else posture.reason

    def _block(self, resource: Resource) -> Block:
        left = self.drill.left[resource.id]
        now = left[list(Horizon).index(self.horizon)]
        return Block(
            resource=self.called.names.id(resource.id),
            name=self.called.resource(resource.id),
            kind=resource.kind.value,
            is_in_use=resource.id in self.ground.in_use,
            left=by_horizon(left),
            state="gone" if now < GONE else "reduced" if now < WHOLE else "whole",
            holders=tuple(self._holder(hand) for hand in self.ground.links[resource.id].hands),
        )

    def _holder(self, hand: Hand) -> Holder:
        party = self._parties[hand.party]
        home = set(self.called.country.frame.home_jurisdictions)
        return Holder(
            key=self.called.party_key(party.id),
            name=self.called.party(party.id),
            how=tuple(kind.value for kind in hand.kinds),
            states=tuple(self.called.state(code) for code in party.jurisdictions),
            is_home=set(party.jurisdictions) <= home,
            is_withdrawn=bool(self._struck & {party.id, *party.jurisdictions}),
            left=by_horizon(hand.left),
        )

    def _ours(self, here: set[str]) -> tuple[Given, ...]:
        """What we can offer on a layer, and what we hold over others there."""
        country = self.called.country
        offered = tuple(self._concession(item) for item in country.concessions if item.resource in here)
        held = tuple(
            Given(self.called.resource(hold.resource), self.called.party(hold.party), None, self._note(hold.note))
            for hold in country.holds
            if hold.direction is Direction.BY_US and hold.resource in here
        )
        return offered + held

    def _concession(self, item: Concession) -> Given:
        name, party = self.called.text(item.name), self.called.party(item.party)
        return Given(name, party, item.worth_musd_per_year, self._note(item.note))

    def _note(self, note: str | None) -> str:
        return self.called.names.note(note or "")

    @cached_property
    def _parties(self) -> Mapping[str, Party]:
        return {party.id: party for party in self.called.country.parties}

    @cached_property
    def _struck(self) -> set[str]:
        """Everybody who withdraws in this drill: suppliers, and states whose orders reach them."""
        return {item.id for item in self.drill.withdrawn}


def by_horizon(shares: Shares) -> dict[str, float]:
    """Shares by the name of their horizon."""
    return {horizon.value: share for horizon, share in zip(Horizon, shares, strict=True)}
