"""What more certainty costs: the answer of `tillerman frontier`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tillerman.errors import SettingError
from tillerman.exposure import Posture, ServiceKept
from tillerman.plan.interval import Interval
from tillerman.plan.rows import Accounts, Decision, Trilemma, YearPosture


class Test(StrEnum):
    """What plans are tested by, 90 days after it."""

    __test__ = False  # for pytest, no class of tests

    SINGLE = "single"  # the most serious single loss from abroad
    TOGETHER = "together"  # everything abroad withdrawn at once, with no promise kept: where no single loss tells apart


@dataclass(frozen=True)
class FrontierPoint:
    """The best plan among those that keep so much critical service under the loss they are tested by."""

    asked: float  # critical service to be kept 90 days after the loss, of what is asked for today
    kept: float  # what the plan found keeps, exactly
    worst: str  # name of the single loss that leaves so little; blank for all at once, and where none can happen
    cost: Interval  # of the objective, million US$
    more: Interval  # than the cheapest point
    is_apart: bool  # surely dearer than the point before it
    name: str  # cheapest, nearly_cheapest, middle, nearly_safest, safest; blank for points between
    first_cost_musd: float  # what is decided now
    deeds: tuple[str, ...]  # what a named point does in years 1 to 3; blank for points between
    same_as: int = 0  # the first point that has the same plan; the rows below tell of it there


@dataclass(frozen=True)
class TailPoint:
    """The best plan for one weight of the worst futures: what it costs on average, and in the worst 5 in 100."""

    aversion: float
    cost: Interval  # of the average and the worst, weighed by the aversion, million US$
    mean_musd: float  # cost and loss less value of the plan found, on average
    cvar_musd: float  # ... on average over the worst 5 in 100 futures


@dataclass(frozen=True)
class PointDecision:
    """One decision of one point's plan."""

    point: int  # counted from 0, in the order of the points
    decision: Decision


@dataclass(frozen=True)
class PointPosture:
    """The posture of one layer in one period, with one point's plan, at 90 days."""

    point: int
    period: int
    year: int
    posture: Posture


@dataclass(frozen=True)
class PointService:
    """What keeps one service running with one point's plan."""

    point: int
    service: ServiceKept


@dataclass(frozen=True)
class PointMoney:
    """What one point's plan costs and loses, and what it balances."""

    point: int
    expected_loss_musd: float
    trilemma: Trilemma
    accounts: Accounts


@dataclass(frozen=True)
class Standing:
    """One point of a frontier as a plan of its own: what it does, what it keeps running, what it costs."""

    point: FrontierPoint
    service_year: int  # of what keeps running, and of the three things to balance
    decisions: tuple[Decision, ...]
    year_postures: tuple[YearPosture, ...]  # at 90 days
    services: tuple[ServiceKept, ...]
    trilemma: Trilemma
    accounts: Accounts
    expected_loss_musd: float

    @property
    def stopping(self) -> tuple[ServiceKept, ...]:
        """Critical services that still stop if one supplier or state withdraws."""
        return tuple(s for s in self.services if s.tier == 1 and s.is_stopped)


@dataclass(frozen=True)
class Frontier:
    """From the cheapest plan to the safest: cost against the most serious loss, and against the worst futures."""

    year: int
    points: tuple[FrontierPoint, ...]
    most: Interval  # the largest share that any plan can keep
    set_aside: tuple[str, ...]  # losses left out, under which no plan keeps more than the share below
    set_aside_kept: float
    tail: tuple[TailPoint, ...]
    tail_reason: str  # why there is no tail
    gross_musd: float
    n_priced: int
    test: Test = Test.SINGLE
    # what the plan of every point is; a study of before they were kept has none
    decisions: tuple[PointDecision, ...] = ()
    postures: tuple[PointPosture, ...] = ()
    services: tuple[PointService, ...] = ()
    money: tuple[PointMoney, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    @property
    def has_plans(self) -> bool:
        """Are the plans of the points at hand?"""
        return bool(self.money)

    def standing(self, point: int) -> Standing:
        """The plan of one point, counted from 0: nothing is calculated.

        Raises:
            SettingError: for a point that is not there, or whose plan was not kept.
        """
        if not 0 <= point < len(self.points):
            raise SettingError("point", point, f"0 to {len(self.points) - 1}")
        told = self.points[point].same_as
        money = next((row for row in self.money if row.point == told), None)
        if money is None:
            raise SettingError("point", point, "a frontier that keeps its plans", "Ask for the frontier again.")
        return Standing(
            point=self.points[point],
            service_year=self.year,
            decisions=tuple(row.decision for row in self.decisions if row.point == told),
            year_postures=tuple(
                YearPosture(row.period, row.year, row.posture) for row in self.postures if row.point == told
            ),
            services=tuple(row.service for row in self.services if row.point == told),
            trilemma=money.trilemma,
            accounts=money.accounts,
            expected_loss_musd=money.expected_loss_musd,
        )
