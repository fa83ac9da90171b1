"""The plan: what to do by year, what it keeps running, how free it leaves the country, and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tillerman.country import Country
from tillerman.exposure import Consequence, Exposure, ServiceKept
from tillerman.plan.asked import Asked
from tillerman.plan.base import Base
from tillerman.plan.questions import Questions
from tillerman.plan.request import Request
from tillerman.plan.rows import Accounts, Decision, Trilemma, YearPosture

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Certificate:
    """How good the plan is, proved: no plan costs less than the lower bound."""

    objective_musd: float
    lower_bound_musd: float
    gross_musd: float  # the denominator of every gap
    gap: float
    outcome: str
    n_states: int
    iterations: int
    method: str
    seconds: float = field(default=0.0, compare=False)  # of this run: another gives the same plan in another time


@dataclass(frozen=True)
class Reference:
    """A plan to compare with, and what it would cost to follow it instead."""

    name: str
    label: str
    objective_musd: float
    first_cost_musd: float
    expected_loss_musd: float
    worst_kept: float  # critical service kept at 90 days under its most serious single loss
    stopping: int  # critical services that stop if one supplier or state withdraws
    is_certified: bool  # False: the search stopped before the bounds met, and `note` says by how much
    note: str


@dataclass(frozen=True)
class MissingReference:
    """A plan to compare with that cannot be shown, and why."""

    name: str
    label: str
    reason: str


@dataclass(frozen=True)
class BreakEven:
    """From which yearly chance of a disruption on a decision is worth its money."""

    subject: str
    name: str
    disruption: str
    disruption_name: str
    assumed_chance: float  # a year, as the file has it on average over the climates
    break_even_chance: float | None
    verdict: str  # in words


@dataclass(frozen=True)
class Plan(Questions):
    """A plan for one country, with everything that is needed to question it."""

    country: Country
    request: Request
    certificate: Certificate
    decisions: tuple[Decision, ...]
    periods: tuple[str, ...]
    today: Exposure
    services: tuple[ServiceKept, ...]  # with the plan, in the year named by `service_year`
    service_year: int
    year_postures: tuple[YearPosture, ...]
    trilemma: Trilemma
    trilemma_today: Trilemma
    worst_withdrawal: Consequence
    accounts: Accounts
    expected_loss_musd: float
    cvar_musd: float | None
    cvar_reason: str
    n_effective_tail: float
    references: tuple[Reference, ...]
    break_evens: tuple[BreakEven, ...]
    versions: tuple[tuple[str, str], ...]
    missing_references: tuple[MissingReference, ...] = ()
    asked: Asked = field(default_factory=Asked)  # questions that were asked about it, with their answers
    base: Base | None = field(default=None, compare=False, repr=False)  # of a plan just made; a study keeps none

    @property
    def input_hash(self) -> str:
        """The hash of the country file the plan was made from."""
        return self.country.content_hash

    @property
    def stopping(self) -> tuple[ServiceKept, ...]:
        """Critical services that still stop if one supplier or state withdraws."""
        return tuple(s for s in self.services if s.tier == 1 and s.is_stopped)

    def postures(self, horizon: str = "90d") -> pd.DataFrame:
        """Postures by layer and year at one horizon: four shares that sum to 1, or none with a reason."""
        import pandas as pd

        names = ("control", "steer", "maker", "taker", "service_kept", "worst", "reason")
        rows = [
            (row.posture.layer, row.year, *(getattr(row.posture, name) for name in names))
            for row in self.year_postures
            if row.posture.horizon == horizon
        ]
        return pd.DataFrame(rows, columns=["layer", "year", *names]).set_index(["layer", "year"])

    def table(self) -> pd.DataFrame:
        """The decisions as a table, one row each."""
        import pandas as pd

        names = ("action", "name", "years", "amount", "unit", "public_cash_musd", "lever", "is_committed")
        return pd.DataFrame([[getattr(d, n) for n in names] for d in self.decisions], columns=list(names))

    def cite(self) -> str:
        """How to cite this plan: tool, version, file hash, seed and futures."""
        version = dict(self.versions)["tillerman"]
        return (
            f"Tillerman {version}, plan for {self.country.frame.name} (file {self.input_hash[:12]}), "
            f"{self.request.n_futures} possible futures, seed {self.request.seed}."
        )
