"""What comes back from the engine: how it ended, the plan, its bounds, and what every state and future costs."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tillerman.twostage.problem import Floats

if TYPE_CHECKING:
    from tillerman.twostage.memory import Memory


class Outcome(enum.Enum):
    """How a solve ended; the value is a sentence that can be shown as it is."""

    CERTIFIED = "The plan is within the calculation tolerance asked for; both bounds were proved."
    TOLERANCE_NOT_REACHED = "The time limit came first; the bounds printed are valid, but wider than asked for."
    INFEASIBLE = "No plan satisfies all the rules at once."
    UNBOUNDED = "The objective can improve without limit: a cap is missing."
    INTERRUPTED = "The run was interrupted; the bounds printed are valid and the run can be resumed."
    DISPUTED = "An independent solver disagreed with the engine on a state; the bounds are not certified."


@dataclass(frozen=True)
class Progress:
    """One line of a running solve, for a progress display."""

    iteration: int
    lower: float
    upper: float
    gap: float  # share of gross cost; inf before both bounds exist
    seconds: float


Listener = Callable[[Progress], None]


@dataclass(frozen=True)
class Audit:
    """What was checked while solving, and whether anything failed."""

    n_states_judged: int  # states given to the independent solver
    worst_disagreement: float  # relative, between engine and independent solver
    worst_duality_gap: float  # relative, between any state's primal and dual value at any plan visited
    worst_residual: float  # relative violation of any state's own rules at any plan visited
    n_repaired_duals: int  # duals moved into feasibility before they entered a cut
    n_fallbacks: int  # states the fast engine handed to the independent solver
    engine: str  # "kernel" or "highs"
    versions: tuple[tuple[str, str], ...]

    @property
    def is_clean(self) -> bool:
        """True when nothing that was checked voids the certificate."""
        return self.worst_disagreement <= AUDIT_TOLERANCE


AUDIT_TOLERANCE = 1e-7  # relative disagreement between engine and judge above which a certificate is void


@dataclass(frozen=True)
class Evaluation:
    """What a given plan costs in every state and future, computed exactly."""

    is_feasible: bool  # every state with positive weight can be solved and the plan respects the first stage
    state_values: Floats  # (n_states,) q_s(x); inf where the state cannot be solved
    future_values: Floats  # (n_futures,) Q_f(x)
    first_cost: float
    gross: float
    mean: float
    var: float
    cvar: float
    objective: float
    duals: Floats | None  # (n_states, n_rows) when asked for
    bound_duals: Floats | None  # (n_states, n_columns), <= 0, when duals are asked for
    primal: Floats | None  # (n_states, n_columns) when asked for


@dataclass(frozen=True)
class Solution:
    """A plan with proved bounds, what it costs in every state and future, and what later solves can re-use."""

    outcome: Outcome
    x: Floats  # (n_x,); NaN when there is no plan
    objective: float  # proved upper bound: first-stage cost plus the risk-weighted recourse of x
    lower_bound: float
    first_cost: float
    gross: float  # first-stage cost plus mean recourse cost before offsets: the denominator of every gap
    gap: float  # (objective - lower_bound) / |gross|
    mean: float  # of Q_f(x), first-stage cost apart
    var: float
    cvar: float
    state_values: Floats  # (n_states,)
    future_values: Floats  # (n_futures,)
    iterations: int
    seconds: float
    method: str  # "extensive", "level"
    n_states: int
    audit: Audit
    memory: Memory
