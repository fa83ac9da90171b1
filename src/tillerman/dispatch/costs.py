"""What serving costs and what failing costs: one row of costs for each period, price level and phase."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tillerman.country.use import Service
from tillerman.country.world import Trend
from tillerman.dispatch.layout import Layout
from tillerman.labels import Phase


def running_cost(shape: Layout, p: int, *, years: int, prices: float) -> float:
    """Cost of a pair in million US$ per million uses: calls, rented chips, power."""
    return abroad_cost(shape, p, years=years, prices=prices) + power_cost(shape, p, years=years)


def abroad_cost(shape: Layout, p: int, *, years: int, prices: float) -> float:
    """The part that moves with world prices and the exchange rate: calls and rented chips."""
    pair = shape.pairs[p]
    site = shape.sites[shape.site_index[pair.route.site]]
    tokens = shape.classes[pair.klass].service.tokens_per_use
    price = pair.route.price_usd_per_mtok
    if price is None:
        price = shape.models[pair.route.model].price_usd_per_mtok
    calls = tokens * price / 1e6 * (1 + shape.trend[Trend.TOKEN_PRICE]) ** years
    hours = shape.country.frame.hours_per_year
    rent = pair.need * site.rent_usd_per_h100e_hour * hours / 1e6 * (1 + shape.trend[Trend.CHIP_PRICE]) ** years
    return (calls + rent) * prices


def power_cost(shape: Layout, p: int, *, years: int) -> float:
    """The part paid for power at home."""
    pair = shape.pairs[p]
    site = shape.sites[shape.site_index[pair.route.site]]
    zone = next((zone for zone in shape.zones if zone.id == site.zone), None)
    if zone is None:
        return 0.0
    energy_mwh = pair.need * site.kw_per_h100e * site.pue * shape.country.frame.hours_per_year / 1000
    return energy_mwh * zone.power_price_usd_per_mwh / 1e6 * (1 + shape.trend[Trend.POWER_PRICE]) ** years


def loss(service: Service, phase: Phase) -> float:
    """Loss in US$ when a relied-on use fails; in steady state as after switching, for then it fails for good."""
    return {
        Phase.HIT: service.loss_hit_usd_per_use,
        Phase.ADAPTING: service.loss_adapting_usd_per_use,
    }.get(phase, service.loss_adapted_usd_per_use)


def cost_family(shape: Layout, *, years: int, prices: float, phase: Phase) -> NDArray[np.float64]:
    """The cost of every column in one family of states, (n_columns,)."""
    cost = np.zeros(shape.n_columns)
    first = shape.first_column
    for p, pair in enumerate(shape.pairs):
        run = running_cost(shape, p, years=years, prices=prices)
        waiver = 0.0 if pair.is_resident else (shape.classes[pair.klass].service.waiver_usd_per_use or 0.0)
        cost[first["ready"] + p] = run
        cost[first["moved"] + p] = run + waiver
    for c, klass in enumerate(shape.classes):
        value = klass.service.value_usd_per_use
        cost[first["unmet_new"] + c] = value
        cost[first["unmet_relied"] + c] = value + max(0.0, loss(klass.service, phase) - value)
    spot = max((site.rent_usd_per_h100e_hour for site in shape.sites), default=0.0)
    spot *= shape.country.frame.hours_per_year / 1e6 * (1 + shape.trend[Trend.CHIP_PRICE]) ** years * prices
    cost[first["bought"] : first["end"]] = spot
    return cost
