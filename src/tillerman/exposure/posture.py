"""How free a country is, layer by layer: control, steer, negotiated and unprotected dependence, measured.

    control = R0(F) / R0                    steer = (min_j Re(j) - R0(F)) / R0
    maker   = (min_j Rm(j) - min_j Re(j)) / R0      taker = (R0 - min_j Rm(j)) / R0

R is the service kept when holds on a layer are withdrawn: F by all foreign jurisdictions at once, j by one of them;
0 without clauses, e with binding clauses, m also with those that deepen a dependence. See docs/reference/posture.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tillerman.country import Country
from tillerman.country.world import TargetOfDisruption
from tillerman.exposure.kept import Keeper
from tillerman.futures import Active, Promises
from tillerman.labels import Cause, Direction, Horizon, Layer

ALL_LAYERS = "all layers"


@dataclass(frozen=True)
class Posture:
    """How free one layer is at one horizon: four shares that sum to 1, or none with a reason."""

    layer: str
    horizon: Horizon
    control: float | None
    steer: float | None
    maker: float | None
    taker: float | None
    by_contract: float | None  # the part of steer that one withdrawal of everybody would not take
    service_kept: float | None  # R0 as a share of all people to be served: guards against control by poverty
    worst: str | None  # the single jurisdiction whose withdrawal hurts most
    reason: str = ""


def foreign_jurisdictions(country: Country) -> tuple[str, ...]:
    """Every jurisdiction outside home whose orders reach a holder of something of ours."""
    held = {hold.party for hold in country.holds if hold.direction is Direction.ON_US}
    reach = {j for party in country.parties if party.id in held for j in party.jurisdictions}
    return tuple(sorted(reach - set(country.frame.home_jurisdictions)))


def postures(
    keeper: Keeper, *, cause: Cause = Cause.ORDERED, tier: int = 1, horizons: Iterable[Horizon] = tuple(Horizon)
) -> tuple[Posture, ...]:
    """Measure the posture of every layer, and of all layers at once, at the four horizons or at some of them."""
    layers = (*(layer.value for layer in Layer), ALL_LAYERS)
    return tuple(_posture(keeper, layer, horizon, cause, tier) for layer in layers for horizon in horizons)


def _posture(keeper: Keeper, layer: str, horizon: Horizon, cause: Cause, tier: int) -> Posture:
    reason = _unsupported(keeper, layer)
    if reason:
        return Posture(layer, horizon, None, None, None, None, None, None, None, reason)
    abroad = foreign_jurisdictions(keeper.dispatch.layout.country)
    everyone = tuple(_withdraw(keeper, j, layer, horizon, cause, Promises.NONE) for j in abroad)
    contract = tuple(_withdraw(keeper, j, layer, horizon, cause, Promises.BINDING) for j in abroad)
    cases: list[tuple[tuple[Active, ...], Horizon]] = [((), horizon), (everyone, horizon), (contract, horizon)]
    for promises in (Promises.BINDING, Promises.ALL):
        cases += [((_withdraw(keeper, j, layer, horizon, cause, promises),), horizon) for j in abroad]
    whole, alone, bound, *single = (kept.people_million for kept in keeper.kept(cases, tier=tier))
    people = float(keeper.weights(tier) @ keeper.demand())
    share = whole / people if people > 0 else 0.0
    if whole <= _NO_SERVICE * people:
        return Posture(layer, horizon, None, None, None, None, None, share, None, "no service")
    n = len(abroad)
    least_e = min(single[:n], default=whole)
    least_m = min(single[n:], default=whole)
    worst = None
    if n and least_e < whole * (1 - _NO_SERVICE):  # of equals the first, whatever their last digits
        worst = abroad[next(i for i, kept in enumerate(single[:n]) if kept <= least_e + _ROUNDING * whole)]
    return Posture(
        layer=layer,
        horizon=horizon,
        control=alone / whole,
        steer=_share(least_e - alone, whole),
        maker=_share(least_m - least_e, whole),
        taker=_share(whole - least_m, whole),
        by_contract=_share(bound - alone, whole),
        service_kept=share,
        worst=worst,
    )


_NO_SERVICE = 1e-9  # below this share of people, nothing is served
_ROUNDING = 1e-9  # differences of two linear programmes smaller than this are rounding


def _share(difference: float, whole: float) -> float:
    share = difference / whole
    return 0.0 if abs(share) < _ROUNDING else share


def _withdraw(keeper: Keeper, target: str, layer: str, horizon: Horizon, cause: Cause, promises: Promises) -> Active:
    """One jurisdiction withdraws what it can reach on a layer; on governance, its courts reach it."""
    country = keeper.dispatch.layout.country
    resources = None
    if layer not in (ALL_LAYERS, Layer.GOVERNANCE):
        resources = frozenset(r.id for r in country.resources if r.layer == layer)
    return Active(
        TargetOfDisruption.JURISDICTION,
        target,
        horizon,
        cause,
        promises=promises,
        enforcement=keeper.enforcement,
        resources=resources,
        is_legal_reach=layer == Layer.GOVERNANCE,
    )


def _unsupported(keeper: Keeper, layer: str) -> str:
    """Why a layer cannot be measured with this file, or nothing: a gap in the file is not control."""
    country, binds_by_law = keeper.dispatch.layout.country, keeper.dispatch.withdrawals.binds_by_law
    layer_of = {resource.id: resource.layer for resource in country.resources}
    fits = any(
        layer in (ALL_LAYERS, layer_of[hold.resource]) or (layer == Layer.GOVERNANCE and binds_by_law(hold))
        for hold in country.holds
        if hold.direction is Direction.ON_US
    )
    return "" if fits else "no holds recorded"
