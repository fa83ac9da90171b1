"""Two plans of one country: which decisions were added, dropped, moved or resized, and which services are kept now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

import numpy as np

from tillerman.country import Country
from tillerman.dispatch import period_of
from tillerman.exposure import ServiceKept, assess
from tillerman.plan import Decision, Plan, Request
from tillerman.plan.base import Base, Listener, base_for
from tillerman.plan.decisions import decisions
from tillerman.plan.optimise import SERVICE_AFTER_YEARS

Kind = Literal["added", "dropped", "moved", "resized"]
_RUN = "run"  # where services stand ready is told by what is kept, not line by line
_RESIZED = 0.25  # a change of size below this share is within what sampled plans can tell
_KEPT = 0.05  # a change of what is kept below this share is not told


@dataclass(frozen=True)
class DecisionChange:
    """One decision that differs between two plans."""

    kind: Kind
    action: str  # build, sign, start or keep_open
    subject: str
    name: str
    before: str  # years and amount; blank where it was not there
    after: str
    is_committed: bool  # in years 1 to 3 of either plan
    first_year: str  # when it begins: in the new plan, or in the old one where it is dropped

    @property
    def order(self) -> tuple[bool, str, str]:
        """Committed decisions first, then by when they begin."""
        return (not self.is_committed, self.first_year, self.subject)


@dataclass(frozen=True)
class ServiceChange:
    """One critical service that is kept otherwise: the least share that runs if any one supplier or state leaves."""

    service: str
    name: str
    before: float | None  # None where the service is new
    after: float | None  # None where it is gone
    stops_before: bool
    stops_after: bool


class Carry(StrEnum):
    """What becomes of the old decisions where the new file holds."""

    AS_GOOD = "as_good"  # no new plan is better by more than the calculation can tell
    WORSE = "worse"
    IMPOSSIBLE = "impossible"  # they break a rule now
    UNKNOWN = "unknown"  # the two plans came without their problems


@dataclass(frozen=True)
class PlanChange:
    """What differs between two plans."""

    decisions: tuple[DecisionChange, ...]
    services: tuple[ServiceChange, ...]  # critical ones, with the plan
    stopping_before: int
    stopping_after: int
    n_critical: int
    objective_before_musd: float
    objective_after_musd: float
    tolerance_musd: float  # a difference smaller than this is within what the two calculations can tell
    carry: Carry = Carry.UNKNOWN
    carry_cost_musd: float | None = None  # what it costs to keep the old decisions; None where that is not known

    @property
    def is_same(self) -> bool:
        """True when no decision and no service differs."""
        return not self.decisions and not self.services

    @property
    def is_clear(self) -> bool:
        """True when the plans' objectives differ by more than the calculation's tolerance."""
        return abs(self.objective_after_musd - self.objective_before_musd) > self.tolerance_musd


@dataclass(frozen=True)
class Outline:
    """What of a plan is compared: its decisions, what keeps running with it, and how good it is proved to be."""

    decisions: tuple[Decision, ...]
    services: tuple[ServiceKept, ...]
    objective_musd: float
    tolerance_musd: float
    base: Base | None = field(default=None, compare=False, repr=False)

    @property
    def stopping(self) -> int:
        """How many critical services stop if any one supplier or state leaves."""
        return sum(service.tier == 1 and service.is_stopped for service in self.services)


def outline_of(plan: Plan) -> Outline:
    """The outline of a plan at hand."""
    found = plan.certificate
    return Outline(plan.decisions, plan.services, found.objective_musd, found.gap * found.gross_musd)


def outline(country: Country, request: Request, *, progress: Listener | None = None) -> Outline:
    """Plan, and say no more than what is compared: no reference plans, no break-even chances. A third of the work.

    Raises:
        ClashError: when no plan satisfies all the rules.
    """
    base = base_for(country, request, progress=progress)
    setting, best = base.assembled.setting, base.best
    amounts = dict(zip(base.assembled.problem.first.names, best.x.tolist(), strict=True))
    period = period_of(country, setting.years[0] + SERVICE_AFTER_YEARS)
    kept = assess(country, year=setting.years[period], dispatch=base.dispatch, fleet=base.fleet(best.x))
    return Outline(decisions(setting, amounts), kept.services, best.objective, best.gap * best.gross, base)


def plan_change(before: Outline, after: Outline) -> PlanChange:
    """Say what differs between two plans, usually of one country before and after something happened."""
    old, new = (_by_subject(plan.decisions) for plan in (before, after))
    carry, cost = _carried(before, after)
    return PlanChange(
        decisions=tuple(sorted(_decisions(old, new), key=lambda change: change.order)),
        services=tuple(_services(before.services, after.services)),
        stopping_before=before.stopping,
        stopping_after=after.stopping,
        n_critical=sum(service.tier == 1 for service in after.services),
        objective_before_musd=before.objective_musd,
        objective_after_musd=after.objective_musd,
        tolerance_musd=before.tolerance_musd + after.tolerance_musd,
        carry=carry,
        carry_cost_musd=cost,
    )


def _carried(before: Outline, after: Outline) -> tuple[Carry, float | None]:
    """Price the old decisions in the new problem, on its own futures: are they still as good as any?"""
    if before.base is None or after.base is None:
        return Carry.UNKNOWN, None
    first = after.base.assembled.problem.first
    old = dict(zip(before.base.assembled.problem.first.names, before.base.best.x.tolist(), strict=True))
    if any(amount > _DUST and name not in first.names for name, amount in old.items()):
        return Carry.IMPOSSIBLE, None
    priced = after.base.priced(np.array([old.get(name, 0.0) for name in first.names]))
    if not priced.is_feasible:
        return Carry.IMPOSSIBLE, None
    cost = priced.objective - after.objective_musd
    return (Carry.AS_GOOD, 0.0) if cost <= after.tolerance_musd else (Carry.WORSE, cost)


_DUST = 1e-9
Key = tuple[str, str]  # action and subject


def _by_subject(decisions: Sequence[Decision]) -> Mapping[Key, tuple[Decision, ...]]:
    found: dict[Key, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.action != _RUN:
            found[decision.action, decision.subject].append(decision)
    return {key: tuple(sorted(rows, key=lambda row: row.period)) for key, rows in found.items()}


def _decisions(
    old: Mapping[Key, tuple[Decision, ...]], new: Mapping[Key, tuple[Decision, ...]]
) -> Iterator[DecisionChange]:
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key, ()), new.get(key, ())
        kind = _kind(was, now)
        if kind is None:
            continue
        shown = (now or was)[0]
        yield DecisionChange(
            kind=kind,
            action=key[0],
            subject=key[1],
            name=shown.name,
            before=_said(was),
            after=_said(now),
            is_committed=any(decision.is_committed for decision in (*was, *now)),
            first_year=shown.years,
        )


def _kind(was: tuple[Decision, ...], now: tuple[Decision, ...]) -> Kind | None:
    if not was or not now:
        return "added" if now else "dropped"
    if was[0].period != now[0].period:
        return "moved"
    one, two = (sum(decision.amount for decision in rows) for rows in (was, now))
    largest = max(abs(one), abs(two))
    return "resized" if largest > 0 and abs(two - one) > _RESIZED * largest else None


def _said(decisions: tuple[Decision, ...]) -> str:
    """Years and amounts of one decision, as the plan words them."""
    return " ".join(f"{decision.years}: {decision.text}" for decision in decisions)


def _services(before: Sequence[ServiceKept], after: Sequence[ServiceKept]) -> Iterator[ServiceChange]:
    old = {service.service: service for service in before if service.tier == 1}
    new = {service.service: service for service in after if service.tier == 1}
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        if was and now and was.is_stopped == now.is_stopped and abs(was.any_one - now.any_one) <= _KEPT:
            continue
        shown = now or was
        assert shown is not None  # noqa: S101 - the name came from one of the two
        yield ServiceChange(
            service=name,
            name=shown.name,
            before=None if was is None else was.any_one,
            after=None if now is None else now.any_one,
            stops_before=was is not None and was.is_stopped,
            stops_after=now is not None and now.is_stopped,
        )
