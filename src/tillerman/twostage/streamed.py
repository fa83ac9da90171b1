"""Price one plan in states that pass by in blocks: millions are solved and checked, none is kept."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from statistics import NormalDist

import numpy as np

from tillerman.twostage.audit import disagreement
from tillerman.twostage.cuts import CutPool
from tillerman.twostage.engines import Known, make_solver
from tillerman.twostage.errors import ProblemError
from tillerman.twostage.memory import Memory
from tillerman.twostage.problem import Floats, Problem, Recourse, Risk
from tillerman.twostage.risk import conditional_value_at_risk, mean_value, tail_terms, value_at_risk
from tillerman.twostage.solution import Audit
from tillerman.twostage.validation import validate, validate_risk

JUDGED_SHARE = 0.02  # of the states of every block, solved again by HiGHS
SAMPLE_SEED = 20_241  # fixed: the same states are judged on every run
CONFIDENCE = 0.95


class BlockPricer:
    """Prices blocks of states under one recourse matrix, and keeps from block to block only what any of them may use.

    Each block is solved exactly and checked as in a solve; HiGHS judges a random share of every block and its costliest
    state. Values do not depend on the number of workers, nor on what the blocks before were, beyond rounding.
    """

    def __init__(self, *, engine: str = "auto", n_workers: int = 1, judged_share: float = JUDGED_SHARE) -> None:
        self._engine, self._n_workers, self._judged_share = engine, n_workers, judged_share
        self._known = Known()
        self._recourse: Recourse | None = None
        self._sample = np.random.default_rng(SAMPLE_SEED)
        self._used = "highs"
        self._worst_gap = self._worst_residual = 0.0
        self._n_repaired = self._n_fallbacks = 0
        self.n_states = 0
        self._n_judged = 0
        self._worst = 0.0

    def price(self, block: Problem, x: Floats) -> Floats:
        """Give the exact cost of every state of a block at x, before offsets; inf where a state cannot be served."""
        self._recourse = _same_matrix(self._recourse, block.recourse)
        solver = make_solver(
            block, self._engine, Memory("", CutPool(x.size)), n_workers=self._n_workers, known=self._known
        )
        sweep = solver.sweep(x)
        values = sweep.upper_values
        n = values.size
        self._used = solver.engine.name
        self.n_states += n
        self._worst_gap = max(self._worst_gap, sweep.worst_gap)
        self._worst_residual = max(self._worst_residual, sweep.worst_residual)
        self._n_repaired += sweep.n_repaired
        self._n_fallbacks += sweep.n_fallbacks
        if n:
            numbers = self._sample.choice(n, size=int(np.ceil(self._judged_share * n)), replace=False)
            costliest = int(np.where(np.isfinite(values), values, -np.inf).argmax())
            numbers = np.unique(np.append(numbers, costliest)).astype(np.int64)
            self._n_judged += numbers.size
            self._worst = max(self._worst, disagreement(block, solver, x, values, numbers))
        return values

    @property
    def audit(self) -> Audit:
        """What was checked in all blocks so far; a disagreement makes it unclean."""
        packages = ["highspy", "numpy", "scipy", *(["numba"] if self._used == "kernel" else [])]
        return Audit(
            n_states_judged=self._n_judged,
            worst_disagreement=self._worst,
            worst_duality_gap=self._worst_gap,
            worst_residual=self._worst_residual,
            n_repaired_duals=self._n_repaired,
            n_fallbacks=self._n_fallbacks,
            engine=self._used,
            versions=tuple((name, version(name)) for name in packages),
        )


@dataclass(frozen=True)
class Estimate:
    """A sampled number and the interval in which it lies 95 times in 100."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Streamed:
    """What a plan costs on futures that came in chunks, first-stage cost apart in mean and CVaR."""

    n_futures: int
    n_states: int  # solved: a state that two chunks share counts twice
    first_cost: float
    mean: Estimate
    var: float
    cvar: Estimate
    objective: Estimate
    future_values: Floats  # (n_futures,) in the order of the chunks
    probability: Floats  # (n_futures,)
    audit: Audit
    seconds: float

    @property
    def is_feasible(self) -> bool:
        """True when every future that can happen can be served."""
        return bool(np.isfinite(self.future_values[self.probability > 0.0]).all())


def evaluate_stream(
    chunks: Iterable[Problem],
    x: Floats,
    *,
    risk: Risk | None = None,
    pricer: BlockPricer | None = None,
) -> Streamed:
    """Price a plan on fresh futures, chunk by chunk, holding one chunk in memory and one number a future.

    Every chunk is a problem of the same first stage and recourse matrix over futures of its own, drawn independently;
    its probabilities sum to one, and it counts by its number of futures. Intervals are asymptotic, for independent
    futures: draws stratified within a chunk make them too wide, not too narrow.
    """
    risk = Risk() if risk is None else risk
    validate_risk(risk, cvar_only=True)
    pricer = BlockPricer() if pricer is None else pricer
    started = time.perf_counter()
    values, weights, first_cost = [], [], 0.0
    for chunk in chunks:
        validate(chunk)
        if x.shape != chunk.first.cost.shape:
            raise ProblemError(
                where="evaluate_stream(x)", found=f"shape {x.shape}", expected=f"shape {chunk.first.cost.shape}",
                remedy="Every chunk needs the first stage that x belongs to.",
            )  # fmt: skip
        first_cost = float(chunk.first.cost @ x)
        values.append(_futures(chunk, x, pricer.price(chunk, x)))
        weights.append(chunk.probability * chunk.probability.size)
    if not values:
        raise ProblemError(
            where="evaluate_stream(chunks)", found="no chunk", expected="at least one", remedy="Draw some futures."
        )
    found, probability = np.concatenate(values), np.concatenate(weights)
    probability = probability / probability.sum()
    possible = np.where(probability > 0.0, found, -np.inf)
    var = value_at_risk(possible, probability, risk.tail)
    excess = tail_terms(possible, probability, risk.tail)
    cvar = conditional_value_at_risk(possible, probability, risk.tail)
    total = first_cost + (1.0 - risk.aversion) * found + (risk.aversion * excess if risk.aversion > 0.0 else 0.0)
    mean = mean_value(found, probability)
    objective = first_cost + (1.0 - risk.aversion) * mean + (risk.aversion * cvar if risk.aversion > 0.0 else 0.0)
    return Streamed(
        n_futures=found.size,
        n_states=pricer.n_states,
        first_cost=first_cost,
        mean=_estimate(mean, found, probability),
        var=var,
        cvar=_estimate(cvar, excess, probability),
        objective=_estimate(objective, total, probability),
        future_values=found,
        probability=probability,
        audit=pricer.audit,
        seconds=time.perf_counter() - started,
    )


def _futures(chunk: Problem, x: Floats, values: Floats) -> Floats:
    """Give what every future costs; inf where it meets a state that cannot be served."""
    is_served = np.isfinite(values)
    net = np.where(is_served, values, 0.0) + chunk.states.offset + chunk.states.offset_of_first @ x
    futures: Floats = chunk.weights @ net
    if not is_served.all():
        futures[(chunk.weights @ (~is_served).astype(np.float64)) > 0.0] = np.inf
    return futures


def _estimate(value: float, terms: Floats, probability: Floats) -> Estimate:
    """Give a weighted average of independent terms with its interval."""
    held = probability > 0.0
    weights = probability[held]
    n = weights.size
    if n < 2 or not np.isfinite(terms[held]).all():  # one future says nothing of the spread
        return Estimate(value, -np.inf, np.inf)
    variance = float((weights**2) @ (terms[held] - weights @ terms[held]) ** 2) * n / (n - 1)
    margin = NormalDist().inv_cdf((1.0 + CONFIDENCE) / 2.0) * variance**0.5
    return Estimate(value, value - margin, value + margin)


def _same_matrix(held: Recourse | None, found: Recourse) -> Recourse:
    if held is None:
        return found
    if not held.has_matrix_of(found):
        raise ProblemError(
            where="block.recourse", found="another recourse matrix than the first block's", expected="the same one",
            remedy="Use one BlockPricer for each recourse matrix; cost families may differ from block to block.",
        )  # fmt: skip
    return held
