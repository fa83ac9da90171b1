"""What a plan is told by, row by row: its decisions, postures, three things to balance, and three accounts."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.exposure import Posture


@dataclass(frozen=True)
class Decision:
    """One thing to do: build, sign, start, keep open or run."""

    action: str  # build, sign, start, keep_open or run
    subject: str  # id in the country file
    name: str
    years: str  # 2027, or 2030–2031
    period: int
    amount: float
    unit: str
    public_cash_musd: float  # over the whole plan
    lever: int | None
    is_committed: bool  # years 1 to 3; later ones are provisional
    text: str


@dataclass(frozen=True)
class YearPosture:
    """The posture of one layer in one period."""

    period: int
    year: int
    posture: Posture


@dataclass(frozen=True)
class Trilemma:
    """Three things to balance, each between 0 and 1; a None says why in `reason`."""

    control: float | None  # share of critical service that runs with nobody's permission at 90 days
    capability: float | None  # share of the value of demand that is served, on average over futures
    consistency: float | None  # what of the weakest layer's control is left when all layers are tested at once
    reason: str = ""


@dataclass(frozen=True)
class Accounts:
    """Public cash, welfare and foreign exchange of a plan: three views, never summed."""

    public_cash_by_period: tuple[float, ...]  # million US$ within each period, undiscounted
    first_stage_welfare: float  # discounted, public money at the marginal cost of public funds, less salvage
    running: float  # discounted, on average: calls, rented chips, power
    losses: float  # discounted, on average: relied-on uses that fail
    unmet_value: float  # discounted, on average: value of new demand left unmet
    value: float  # discounted, on average: value of all demand
    exchange_first_stage: float  # undiscounted payments abroad of what is decided now
    exchange_running: float  # discounted, on average: running payments abroad

    @property
    def net_welfare(self) -> float:
        """What the country gains on average: value less everything it costs."""
        return self.value - self.first_stage_welfare - self.running - self.losses - self.unmet_value
