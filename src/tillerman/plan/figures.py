"""What a first stage means once its second stage is known: accounts, losses, tail, and three things to balance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tillerman.dispatch import Dispatch, quantity
from tillerman.dispatch.costs import abroad_cost
from tillerman.exposure import ALL_LAYERS, Posture
from tillerman.futures import Futures
from tillerman.labels import Horizon
from tillerman.plan.accounts import money_of_starts
from tillerman.plan.assemble import Assembled
from tillerman.plan.rows import Accounts, Trilemma
from tillerman.settings import TAIL
from tillerman.twostage import Evaluation, tail_weights

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Running:
    """The second stage on average over futures, discounted, in million US$."""

    cost: float
    loss: float
    unmet_value: float
    value: float
    abroad: float
    relied_value: float  # value of relied-on uses that fail, part of `loss`

    @property
    def capability(self) -> float | None:
        """Share of the value of demand that is served on average; None where nothing is demanded."""
        if self.value <= 0:
            return None
        return 1 - (self.unmet_value + self.relied_value) / self.value


def running(assembled: Assembled, found: Evaluation, fleet: Floats) -> Running:
    """Read running costs, losses and payments abroad off the solved states."""
    dispatch, futures = assembled.setting.dispatch, assembled.futures
    shape, primal = dispatch.layout, found.primal
    if primal is None:
        raise ValueError("found: no primal; expected an evaluation with primal=True. Ask for it.")
    weight = futures.weights.T @ futures.probability
    value = np.array([klass.service.value_usd_per_use for klass in shape.classes])
    new = slice(shape.first_column["unmet_new"], shape.first_column["unmet_relied"])
    relied = slice(shape.first_column["unmet_relied"], shape.first_column["bought"])
    demand = _demand(dispatch, assembled, fleet)
    wanted = _demand(dispatch, assembled, dispatch.unpooled(fleet))  # the worth of a use does not ask at which hour
    # where losing a use costs no more than its value the programme may blame either; nobody relied on the first ones
    unmet = primal[:, new] + primal[:, relied]
    not_relied = np.minimum(unmet, demand * [1 - klass.service.relied_share for klass in shape.classes])
    family = assembled.problem.recourse.cost[assembled.problem.states.family]
    total = float(weight @ (family * primal).sum(axis=1))
    unmet_new = float(weight @ (not_relied @ value))
    loss = float(weight @ (family[:, relied] * (unmet - not_relied)).sum(axis=1))
    bought = slice(shape.first_column["bought"], shape.first_column["end"])
    spot = float(weight @ (family[:, bought] * primal[:, bought]).sum(axis=1))  # chips for training, rented abroad
    return Running(
        cost=total - loss - unmet_new + _exercised(dispatch, futures, fleet, weight),
        loss=loss,
        unmet_value=unmet_new,
        value=float(weight @ (wanted @ value)),
        abroad=_abroad(dispatch, futures, primal, weight) + spot,
        relied_value=float(weight @ ((unmet - not_relied) @ value)),
    )


def _demand(dispatch: Dispatch, assembled: Assembled, fleet: Floats) -> Floats:
    """Demand of every class in every state with this fleet's programmes, (n_states, n_classes)."""
    states, n = assembled.problem.states, len(dispatch.layout.classes)
    n_states, n_rows = states.rhs.shape
    full = np.zeros(states.rhs_of_first.shape[1])
    full[: fleet.size] = fleet
    added = np.asarray(states.rhs_of_first @ full).reshape(n_states, n_rows)
    return np.asarray(states.rhs[:, :n] + added[:, :n])


def _exercised(dispatch: Dispatch, futures: Futures, fleet: Floats, weight: Floats) -> float:
    """Discounted yearly cost of options whose signpost has fired, on average."""
    position, total = dispatch.space.position, 0.0
    cost = {o.id: o.exercise_musd_per_kh100e_year / 1000 for o in dispatch.layout.country.options}
    for s, state in enumerate(futures.states):
        for option in state.fired:
            kept = position.get(quantity("kept", option, state.period))
            if kept is not None:
                total += float(weight[s]) * cost[option] * float(fleet[kept])
    return total


def _abroad(dispatch: Dispatch, futures: Futures, primal: Floats, weight: Floats) -> float:
    """Discounted running payments abroad: calls and rented chips on sites outside home."""
    shape = dispatch.layout
    home = set(shape.country.frame.home_jurisdictions)
    territory = {r.id: r.territory for r in shape.country.resources}
    outside = [p for p, pair in enumerate(shape.pairs) if territory[pair.route.site] not in home]
    years = dispatch.space.years
    memory: dict[tuple[int, float], Floats] = {}
    total = 0.0
    first = shape.first_column
    for s, state in enumerate(futures.states):
        key = (state.period, state.prices)
        if key not in memory:
            n = years[state.period] - years[0]
            memory[key] = np.array([abroad_cost(shape, p, years=n, prices=state.prices) for p in outside])
        used = primal[s, first["ready"] :][outside] + primal[s, first["moved"] :][outside]
        total += float(weight[s]) * float(memory[key] @ used)
    return total


def accounts(assembled: Assembled, x: Floats, second: Running) -> Accounts:
    """The three accounts of a first stage and its running."""
    setting = assembled.setting
    amounts = dict(zip(assembled.problem.first.names, x.tolist(), strict=True))
    money = money_of_starts(setting)
    periods = range(setting.n_periods)
    cash = tuple(sum(flow.cash(setting, t) * amounts.get(name, 0.0) for name, flow in money.items()) for t in periods)
    abroad = sum(flow.exchange(setting, t) * amounts.get(name, 0.0) for name, flow in money.items() for t in periods)
    return Accounts(
        public_cash_by_period=cash,
        first_stage_welfare=float(assembled.problem.first.cost @ x),
        running=second.cost,
        losses=second.loss,
        unmet_value=second.unmet_value,
        value=second.value,
        exchange_first_stage=abroad,
        exchange_running=second.abroad,
    )


def tail(total: Floats, probability: Floats) -> tuple[float, float]:
    """The average of the worst 5 in 100 futures, and how many equally likely futures that average stands on."""
    weights = tail_weights(total, probability, TAIL)
    return float(weights @ total), float(1 / (weights**2).sum())


def trilemma(postures: tuple[Posture, ...], second: Running) -> Trilemma:
    """Control, capability and consistency, from the postures of one period at 90 days and the average running."""
    at = {p.layer: p.control for p in postures if p.horizon is Horizon.QUARTER}
    together = at.pop(ALL_LAYERS, None)
    weakest = min((control for control in at.values() if control is not None), default=None)
    if together is None or weakest is None:
        return Trilemma(together, second.capability, None, "too few layers can be measured with this file")
    if weakest <= 0:
        return Trilemma(
            together, second.capability, None, "one layer has no control at all, so nothing can be lost to it"
        )
    return Trilemma(together, second.capability, min(1.0, together / weakest))
