"""The check of proposals: numpy and compiled code say the same, and nothing that is no number passes."""

from __future__ import annotations

import types
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.twostage.instances import farmer, random_problem
from tillerman.twostage import NumericalError, Problem
from tillerman.twostage import checker as checking
from tillerman.twostage.batch import KernelEngine
from tillerman.twostage.checker import Checker
from tillerman.twostage.compiled import load_check, load_kernel
from tillerman.twostage.engines import make_solver
from tillerman.twostage.fastcheck import CompiledChecker
from tillerman.twostage.generator import Size, generate
from tillerman.twostage.judge import HighsEngine
from tillerman.twostage.memory import fresh_memory
from tillerman.twostage.problem import Floats, Ints
from tillerman.twostage.states import Batch, StateSolver

TINY = Size(3, 3, 2, 2, n_sites=3, n_zones=2, n_pools=2, n_programmes=2, n_agreements=2, n_holders=3)
SIGNS = (
    ("reduced[j] -= step * alpha[j]", "reduced[j] += step * alpha[j]"),
    ("reduced[column_of[k]] -= by * row_value[k]", "reduced[column_of[k]] += by * row_value[k]"),
    ("basic[i] -= theta * column[i]", "basic[i] += theta * column[i]"),
    ("shift[row_of[k]] -= value[k] * width[j]", "shift[row_of[k]] += value[k] * width[j]"),
    ("inverse[r, i] = -scale * column[i]", "inverse[r, i] = scale * column[i]"),
)


def compiled_checker(problem: Problem) -> CompiledChecker:
    """Give the compiled check, which the test environment has."""
    compiled = load_check()
    assert compiled is not None
    return CompiledChecker(problem, compiled)


@pytest.mark.parametrize("seed", range(20))
def test_compiled_check_agrees_with_numpy(seed: int) -> None:
    """Values, residuals, repaired duals and verdicts are those of the numpy check, on honest and spoilt proposals."""
    problem = random_problem(seed, n_states=30)
    rng = np.random.default_rng(seed)
    slow, fast = Checker(problem), compiled_checker(problem)
    x = rng.uniform(0.0, 4.0, problem.first.cost.size)
    everything, numbers = slice(0, 30), np.arange(30)
    rhs, upper = slow.right_hand_sides(x, everything)
    for found, expected in zip(fast.right_hand_sides(x, everything), (rhs, upper), strict=True):
        assert found.tobytes() == expected.tobytes()
    honest = HighsEngine(problem).solve(numbers, rhs, upper)
    for size in (0.0, 1e-7, 1e-2):
        duals = honest.duals + size * rng.normal(size=honest.duals.shape)
        primal = honest.primal + size * rng.normal(size=honest.primal.shape)
        one, other = (check.test(numbers, primal, duals, rhs, upper) for check in (slow, fast))
        assert other.low == pytest.approx(one.low, rel=1e-9, abs=1e-9)
        assert other.high == pytest.approx(one.high, rel=1e-9, abs=1e-9)
        assert other.residual == pytest.approx(one.residual, rel=1e-6, abs=1e-12)
        assert other.duals == pytest.approx(one.duals, rel=1e-9, abs=1e-9)
        assert (other.usable == one.usable).all()


@pytest.mark.parametrize("spoilt", ["primal", "duals"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_no_number_goes_to_the_judge(spoilt: str, value: float) -> None:
    """A proposal with NaN or infinity in it never passes, with either check."""
    problem = random_problem(4, n_states=12)

    class Spoilt(HighsEngine):
        def solve(self, numbers: Ints, rhs: Floats, upper: Floats) -> Batch:
            batch = super().solve(numbers, rhs, upper)
            return replace(batch, **{spoilt: np.full_like(getattr(batch, spoilt), value)})

    judge = HighsEngine(problem)
    x = np.ones(problem.first.cost.size)
    honest = StateSolver(problem, judge, judge).sweep(x)
    for checker in (Checker(problem), compiled_checker(problem)):
        with np.errstate(invalid="ignore"):
            sweep = StateSolver(problem, Spoilt(problem), judge, checker=checker).sweep(x)
        assert sweep.n_fallbacks == 12
        assert sweep.upper_values == pytest.approx(honest.upper_values, rel=1e-9)


def kernel_from(source: str) -> types.ModuleType:
    """Give a kernel made of a source text, not compiled."""
    source = source.replace(
        "from numba import boolean, float64, int32, int64, njit, uint8, void",
        "class _Any:\n    def __getitem__(self, _): return self\n    def __call__(self, *_): return self\n"
        "boolean = float64 = int32 = int64 = uint8 = void = _Any()\n"
        "def njit(*_, **__): return lambda function: function",
    )
    module = types.ModuleType("mutant")
    exec(compile(source, "mutant", "exec"), module.__dict__)  # noqa: S102 - our own source, with one sign changed
    return module


@pytest.mark.parametrize(("line", "planted"), SIGNS)
def test_a_sign_error_planted_in_the_kernel_is_caught(line: str, planted: str) -> None:
    """With one sign of its source changed, the kernel's wrong answers go to HiGHS and every value stays right."""
    kernel = load_kernel()
    assert kernel is not None
    source = Path(str(kernel.__file__)).read_text("utf-8")
    assert line in source
    problem = generate(TINY, 2)
    judge = HighsEngine(problem)
    mutant = StateSolver(problem, KernelEngine(problem, kernel_from(source.replace(line, planted))), judge)
    honest = StateSolver(problem, judge, judge)
    n_fallbacks = 0
    with np.errstate(all="ignore"):
        for share in (0.05, 0.3, 0.1):
            x = share * np.minimum(problem.first.upper, 20.0)
            found, expected = mutant.sweep(x), honest.sweep(x)
            n_fallbacks += found.n_fallbacks
            assert found.upper_values == pytest.approx(expected.upper_values, rel=1e-8, abs=1e-8)
            assert found.lower_values == pytest.approx(expected.upper_values, rel=1e-7, abs=1e-7)
    assert n_fallbacks > 0


def test_adopted_bases_are_taken_as_they_are() -> None:
    """An engine that adopts the bases of another gives the same bits as the other one does next."""
    small, large = generate(TINY, 8), generate(TINY, 30)
    first, second = (make_solver(problem, "kernel", fresh_memory(problem)) for problem in (small, large))
    x = 0.2 * np.minimum(small.first.upper, 20.0)
    first.sweep(x)
    source = nearest_of(small, large)
    assert isinstance(first.engine, KernelEngine)
    assert isinstance(second.engine, KernelEngine)
    second.engine.adopt(source, first.engine)
    found, expected = second.sweep(x), first.sweep(x)
    same = np.flatnonzero(source >= 0)
    assert same.size > 50
    equal = (large.states.rhs[same] == small.states.rhs[source[same]]).all(axis=1) & (
        large.states.upper[same] == small.states.upper[source[same]]
    ).all(axis=1)
    assert equal.sum() > 5
    assert found.duals[same[equal]].tobytes() == expected.duals[source[same[equal]]].tobytes()
    assert found.n_fallbacks == 0


def nearest_of(small: Problem, large: Problem) -> Ints:
    """Give for each state of the large problem the nearest of the small one in the same cost family."""
    source = np.full(large.states.family.size, -1, dtype=np.int64)
    data = [np.hstack([p.states.rhs, np.minimum(p.states.upper, 1e6)]) for p in (small, large)]
    for k, family in enumerate(large.states.family):
        candidates = np.flatnonzero(small.states.family == family)
        if candidates.size:
            away = np.abs(data[0][candidates] - data[1][k]).sum(axis=1)
            source[k] = candidates[away.argmin()]
    return source


@pytest.mark.parametrize(("apart", "is_taken"), [(1e-7, True), (1e-5, False)])
def test_the_judge_may_leave_a_little_between_its_values(
    apart: float, *, is_taken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the judge's primal and dual leave open widens the bounds; only a wide opening ends the solve."""
    problem = farmer()
    solver = StateSolver(problem, HighsEngine(problem), HighsEngine(problem))
    test, x = solver.checker.test, np.array([170.0, 80.0, 250.0])

    def apart_by(numbers: Ints, primal: Floats, duals: Floats, rhs: Floats, upper: Floats) -> checking.Tested:
        found = test(numbers, primal, duals, rhs, upper)
        return replace(found, low=found.low - apart * (1.0 + np.abs(found.high)))

    honest = solver.sweep(x)
    monkeypatch.setattr(solver.checker, "test", apart_by)
    if not is_taken:
        with pytest.raises(NumericalError, match=r"gap between primal and dual 1\.0e-05"):
            solver.sweep(x)
        return
    found = solver.sweep(x)
    assert found.upper_values == pytest.approx(honest.upper_values)
    assert (found.lower_values < honest.lower_values).all()
    assert found.worst_gap == pytest.approx(apart, rel=1e-3)
