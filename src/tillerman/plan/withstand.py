"""How much critical service a plan keeps under its most serious single loss, as linear rules on its decisions.

    R_j(x) = most critical service, in people, that can be served when j is withdrawn    (concave in x)
    kept(x) = min over j of R_j(x) / D,   D = the demand for it without any programme, in people

D does not depend on the plan: divided by a plan's own demand, service would look safer the fewer people it reaches. So
with adoption kept(x) may exceed 1. A dual solution of R_j at any plan gives an affine function above R_j everywhere,
so that kept(x) >= p is asked for by linear rules, added where a plan found without them fails.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.exposure import Keeper, Withdrawal, WithdrawalKind, foreign_jurisdictions, withdrawals
from tillerman.futures import Promises, State
from tillerman.labels import Block, Horizon
from tillerman.plan.base import Base
from tillerman.twostage import FirstStage, Problem, evaluate

Floats = NDArray[np.float64]
HORIZON = Horizon.QUARTER
SAME = 1e-3  # shares of service nearer than this are the same


@dataclass(frozen=True)
class Looked:
    """What a plan keeps: the least critical service as a share of today's demand for it, and what leaves so little."""

    kept: float
    worst: Withdrawal | None  # None where nothing can be withdrawn


class Withstand:
    """Measures what plans keep under every single loss from abroad, and learns rules from each that is measured."""

    def __init__(self, base: Base, period: int, *, at_once: bool = False) -> None:
        """`at_once` looks at one loss only: that of everything abroad, with no promise kept."""
        setting, dispatch = base.assembled.setting, base.dispatch
        first = base.assembled.problem.first
        extra = first.cost.size - dispatch.n_fleet
        self._losses, states = _everything(base, period) if at_once else _distinct(base, period)
        arrays, recourse = dispatch.unpooled_arrays(states, n_extra=extra)
        keeper = Keeper(dispatch, np.zeros(dispatch.n_fleet), period)
        weights = keeper.weights(1)
        shape = dispatch.layout
        cost = np.zeros((1, shape.n_columns))
        for p, pair in enumerate(shape.pairs):
            for family in ("ready", "moved"):
                cost[0, shape.first_column[family] + p] = -weights[pair.klass]
        n = len(states)
        # the value of demand has no place here: only what is served counts
        plain = replace(
            arrays,
            family=np.zeros(n, dtype=np.int64),
            offset=np.zeros(n),
            offset_of_first=sparse.csr_array((n, first.cost.size)),
        )
        eye = sparse.csr_array(sparse.eye_array(n))
        self._problem = Problem(first, replace(recourse, cost=cost), plain, eye, np.full(n, 1 / max(n, 1)))
        calm, _ = dispatch.arrays([State(period, Block.PEAK)])
        self.people = float(weights @ calm.rhs[0, : len(shape.classes)])
        self._sides: list[float] = []
        self._slopes: list[Floats] = []
        self._seen: set[bytes] = set()
        self._aside: set[int] = set()
        self.year = setting.years[period]

    def look(self, x: Floats) -> Looked:
        """Measure what a plan keeps, and learn from it what no plan can keep more than."""
        if len(self._aside) == len(self._losses) or self.people <= 0:
            return Looked(1.0, None)
        found = evaluate(self._problem, x, duals=True, engine="highs")
        shares = -found.state_values / self.people
        shares[list(self._aside)] = np.inf
        worst = int(np.argmin(shares))
        for j in np.flatnonzero(shares <= shares[worst] + _NEARBY):
            if found.duals is not None and found.bound_duals is not None:
                self._learn(int(j), found.duals[j], found.bound_duals[j])
        return Looked(max(0.0, float(shares[worst])), self._losses[worst])

    def set_aside(self, x: Floats) -> tuple[Withdrawal, ...]:
        """Look no more at the losses that are the most serious at a plan, and forget their rules; they are given."""
        found = evaluate(self._problem, x, engine="highs")
        shares = -found.state_values / max(self.people, 1e-12)
        shares[list(self._aside)] = np.inf
        worst = np.flatnonzero(shares <= shares.min() + SAME)
        self._aside.update(worst.tolist())
        self._sides, self._slopes, self._seen = [], [], set()
        return tuple(self._losses[j] for j in worst)

    def _learn(self, j: int, duals: Floats, bound_duals: Floats) -> None:
        """Keep R_j(x) <= side + slope . x, read from the duals of one withdrawal."""
        states = self._problem.states
        n_rows, n_columns = states.rhs.shape[1], states.upper.shape[1]
        upper = np.where(np.isfinite(states.upper[j]), states.upper[j], 0.0)
        side = -float(duals @ states.rhs[j] + bound_duals @ upper)
        slope = -(
            states.rhs_of_first[j * n_rows : (j + 1) * n_rows].T @ duals
            + states.upper_of_first[j * n_columns : (j + 1) * n_columns].T @ bound_duals
        )
        key = np.round(np.append(slope, side), 9).tobytes()
        if key not in self._seen:
            self._seen.add(key)
            self._sides.append(side)
            self._slopes.append(np.asarray(slope))

    def __len__(self) -> int:
        return len(self._sides)

    def rules(self, kept: float, *, since: int = 0) -> tuple[Floats, Floats]:
        """Rules coefficients . x >= lower that every plan keeps that keeps so much service; all learnt since."""
        slopes = np.array(self._slopes[since:]).reshape(-1, self._problem.first.cost.size)
        sides = np.array(self._sides[since:])
        return slopes, kept * self.people - sides

    def first(self, first: FirstStage, kept: float) -> FirstStage:
        """A first stage with all rules learnt so far."""
        coefficients, lower = self.rules(kept)
        if not lower.size:
            return first
        names = tuple(f"withstand[{k}]" for k in range(lower.size))
        return replace(
            first,
            matrix=sparse.csr_array(sparse.vstack([first.matrix, sparse.csr_array(coefficients)])),
            row_lower=np.concatenate([first.row_lower, lower]),
            row_upper=np.concatenate([first.row_upper, np.full(lower.size, np.inf)]),
            row_names=(*first.row_names, *names),
        )


_NEARBY = 0.05  # withdrawals this near to the worst are learnt from too


def _distinct(base: Base, period: int) -> tuple[list[Withdrawal], list[State]]:
    """Every single loss from abroad that leaves something else than the others, with its state."""
    dispatch = base.dispatch
    losses: list[Withdrawal] = []
    states: list[State] = []
    seen: set[bytes] = set()
    for item in withdrawals(base.country):
        active = (item.active(HORIZON),)
        key = dispatch.left_vector(dispatch.withdrawals.left(active)).tobytes()
        if not item.is_home and key not in seen:
            seen.add(key)
            losses.append(item)
            states.append(State(period, Block.PEAK, active=active))
    return losses, states


def _everything(base: Base, period: int) -> tuple[list[Withdrawal], list[State]]:
    """The loss of everything that any state abroad can order withdrawn, clauses or not."""
    country = base.country
    states = {item.id: item for item in withdrawals(country) if item.kind is WithdrawalKind.JURISDICTION}
    abroad = [states[name] for name in foreign_jurisdictions(country)]
    active = tuple(item.active(HORIZON, Promises.NONE) for item in abroad)
    return abroad[:1], [State(period, Block.PEAK, active=active)] if abroad else []
