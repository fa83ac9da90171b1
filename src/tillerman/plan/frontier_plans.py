"""What each point of a frontier does: decisions, postures, services and money; a plan that recurs is measured once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tillerman.exposure import Keeper, ServiceKept, postures, services_kept
from tillerman.labels import Horizon
from tillerman.plan.base import Base
from tillerman.plan.decisions import decisions
from tillerman.plan.figures import accounts, running, trilemma
from tillerman.plan.frontier_result import PointDecision, PointMoney, PointPosture, PointService
from tillerman.plan.rows import Accounts, Decision, Trilemma, YearPosture

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Rows:
    """The rows of all distinct plans, each with the number of the first point that has it."""

    decisions: tuple[PointDecision, ...]
    postures: tuple[PointPosture, ...]
    services: tuple[PointService, ...]
    money: tuple[PointMoney, ...]


@dataclass(frozen=True)
class _Measured:
    """One first stage, measured as a plan's own is."""

    decisions: tuple[Decision, ...]
    postures: tuple[YearPosture, ...]
    services: tuple[ServiceKept, ...]
    accounts: Accounts
    trilemma: Trilemma
    expected_loss_musd: float


def first_with(plans: Sequence[Floats]) -> tuple[int, ...]:
    """For every plan the first that is the same."""
    keys = [x.tobytes() for x in plans]
    return tuple(keys.index(key) for key in keys)


def rows_of(base: Base, plans: Sequence[Floats], period: int) -> Rows:
    """Measure every distinct plan once, told under the first point that has it; services in one period."""
    found = {i: _measured(base, plans[i], period) for i in sorted(set(first_with(plans)))}
    return Rows(
        decisions=tuple(PointDecision(i, row) for i, plan in found.items() for row in plan.decisions),
        postures=tuple(
            PointPosture(i, row.period, row.year, row.posture) for i, plan in found.items() for row in plan.postures
        ),
        services=tuple(PointService(i, row) for i, plan in found.items() for row in plan.services),
        money=tuple(PointMoney(i, plan.expected_loss_musd, plan.trilemma, plan.accounts) for i, plan in found.items()),
    )


def _measured(base: Base, x: Floats, period: int) -> _Measured:
    setting, fleet = base.assembled.setting, base.fleet(x)
    keepers = [Keeper(base.dispatch, fleet, t) for t in range(setting.n_periods)]
    at_90_days = tuple(
        YearPosture(t, year, posture)
        for t, (year, keeper) in enumerate(zip(setting.years, keepers, strict=True))
        for posture in postures(keeper, horizons=(Horizon.QUARTER,))
    )
    second = running(base.assembled, base.priced(x), fleet)
    return _Measured(
        decisions=decisions(setting, dict(zip(base.assembled.problem.first.names, x.tolist(), strict=True))),
        postures=at_90_days,
        services=services_kept(keepers[period]),
        accounts=accounts(base.assembled, x, second),
        trilemma=trilemma(tuple(row.posture for row in at_90_days if row.period == period), second),
        expected_loss_musd=second.loss,
    )
