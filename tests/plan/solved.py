"""A country's plan as the engine gives it: the problem, the proved bounds and the first stage by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tillerman.country import Country
from tillerman.dispatch import compile_dispatch
from tillerman.futures import Futures, sample
from tillerman.plan.assemble import Assembled, assemble
from tillerman.plan.setting import Setting
from tillerman.twostage import Progress, Risk, Solution, solve

TOLERANCE = 2e-3
ROUNDING = 1e-6  # relative to gross cost


@dataclass(frozen=True)
class Solved:
    """One country's problem and its solution."""

    assembled: Assembled
    solution: Solution

    @cached_property
    def amounts(self) -> dict[str, float]:
        """The first stage by name."""
        return dict(zip(self.assembled.problem.first.names, self.solution.x.tolist(), strict=True))

    @property
    def rounding(self) -> float:
        """What counts as rounding here."""
        return ROUNDING * (1 + abs(self.solution.gross))


def plan_of(
    country: Country,
    *,
    futures: Futures | int = 3,
    aversion: float = 0.3,
    budget_factor: float = 1.0,
    tolerance: float = TOLERANCE,
) -> Solved:
    """Solve a country's plan, on futures drawn with seed 1 unless they are given."""
    drawn = sample(country, futures, seed=1) if isinstance(futures, int) else futures
    setting = Setting(compile_dispatch(country), country.frame.budget_musd_per_year * budget_factor)
    assembled = assemble(setting, drawn)
    return Solved(assembled, solve(assembled.problem, risk=Risk(aversion), tolerance=tolerance))


def silent(_stage: str, _bounds: Progress | None) -> None:
    """Listen to nothing."""
