"""The compiled kernel: it agrees with HiGHS, does not depend on workers, and a wrong kernel is caught."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from scipy import sparse

from tests.twostage.instances import first_stage, random_problem
from tillerman.twostage import Outcome, Problem, Recourse, Risk, States, Tuning, evaluate, solve
from tillerman.twostage.batch import KernelEngine
from tillerman.twostage.compiled import cache_folder, load_kernel, spare_folder
from tillerman.twostage.engines import make_solver
from tillerman.twostage.generator import Size, generate
from tillerman.twostage.judge import HighsEngine
from tillerman.twostage.memory import fresh_memory
from tillerman.twostage.problem import Floats, Ints
from tillerman.twostage.states import Batch, StateSolver

TINY = Size(4, 3, 2, 3, n_sites=5, n_zones=3, n_pools=2, n_programmes=3, n_agreements=3, n_holders=4)


def the_kernel() -> ModuleType:
    """Give the compiled kernel, which the test environment has."""
    kernel = load_kernel()
    assert kernel is not None
    return kernel


def solver_of(problem: Problem, *, n_workers: int = 1) -> StateSolver:
    """Give a checked solver that uses the kernel."""
    return make_solver(problem, "kernel", fresh_memory(problem), n_workers=n_workers)


@pytest.mark.parametrize("seed", range(40))
def test_kernel_values_agree_with_highs_along_a_walk(seed: int) -> None:
    """From stored bases, along plans that open and close bounds, every state's value equals HiGHS's."""
    problem = random_problem(seed, n_states=30)
    rng = np.random.default_rng(seed)
    fast = solver_of(problem)
    slow = StateSolver(problem, HighsEngine(problem), HighsEngine(problem))
    for _ in range(6):
        x = rng.uniform(0.0, 4.0, problem.first.cost.size) * (rng.random(problem.first.cost.size) < 0.7)
        found, expected = fast.sweep(x), slow.sweep(x)
        assert found.upper_values == pytest.approx(expected.upper_values, rel=1e-8, abs=1e-8)
        assert found.n_fallbacks == 0


def test_kernel_stays_exact_over_a_thousand_moves() -> None:
    """After many updates of stored inverses residuals and gaps stay at rounding level."""
    problem = random_problem(3, n_states=10)
    rng = np.random.default_rng(1)
    solver = solver_of(problem)
    for _ in range(1000):
        sweep = solver.sweep(rng.uniform(0.0, 4.0, problem.first.cost.size))
        assert sweep.worst_residual < 1e-10
        assert sweep.worst_gap < 1e-10
        assert sweep.n_fallbacks == 0


def test_a_bound_flip_that_exactly_repairs_a_row_is_feasible() -> None:
    """Demand 3 equals the sum of both bounds 1 and 2: both columns go to their bounds and nothing is short."""
    problem = Problem(
        first_stage([1.0], [], [0.0], [1.0]),
        Recourse(
            sparse.csr_array(np.array([[1.0, 1.0]])), np.array([True]), np.array([[1.0, 5.0]]), ("d",), ("a", "b"),
        ),
        States(
            family=np.zeros(2, dtype=np.int64),
            rhs=np.array([[0.5], [3.0]]),
            rhs_of_first=sparse.csr_array((2, 1)),
            upper=np.array([[1.0, 2.0], [1.0, 2.0]]),
            upper_of_first=sparse.csr_array((4, 1)),
            offset=np.zeros(2),
            offset_of_first=sparse.csr_array((2, 1)),
        ),
        sparse.csr_array(np.array([[1.0, 1.0]])),
        np.array([1.0]),
    )  # fmt: skip
    sweep = solver_of(problem).sweep(np.zeros(1))
    assert sweep.upper_values == pytest.approx([0.5, 11.0])
    assert sweep.n_fallbacks == 0


@pytest.mark.parametrize("n_workers", [2, 4])
def test_bits_do_not_depend_on_the_number_of_workers(n_workers: int) -> None:
    """One, two and four workers give the same plan, bounds and state values, bit for bit."""
    problem = generate(TINY, 40)
    one = solve(problem, tolerance=1e-3, tuning=Tuning(method="level", engine="kernel"))
    many = solve(problem, tolerance=1e-3, tuning=Tuning(method="level", engine="kernel", n_workers=n_workers))
    assert one.x.tobytes() == many.x.tobytes()
    assert one.state_values.tobytes() == many.state_values.tobytes()
    assert (one.objective, one.lower_bound, one.iterations) == (many.objective, many.lower_bound, many.iterations)


def test_both_engines_certify_overlapping_intervals() -> None:
    """HiGHS and the kernel close the same problem to intervals that share the optimum."""
    problem = generate(TINY, 20)
    found = [solve(problem, tolerance=1e-4, tuning=Tuning(engine=name)) for name in ("highs", "kernel")]
    assert all(solution.outcome is Outcome.CERTIFIED for solution in found)
    assert max(s.lower_bound for s in found) <= min(s.objective for s in found) + 1e-9 * abs(found[0].objective)


class Mutant:
    """A kernel with a planted error."""

    name = "kernel"

    def __init__(self, problem: Problem, error: str) -> None:
        self.honest = KernelEngine(problem, the_kernel())
        self.error = error

    def begin(self, numbers: Ints, rhs: Floats, upper: Floats) -> None:
        """Begin as the honest one does."""
        self.honest.begin(numbers, rhs, upper)

    def solve(self, numbers: Ints, rhs: Floats, upper: Floats) -> Batch:
        """Solve, then spoil what comes out."""
        batch = self.honest.solve(numbers, rhs, upper)
        if self.error == "sign of duals":
            return replace(batch, duals=-batch.duals)
        if self.error == "bounds ignored":
            return replace(batch, primal=batch.primal * 1.01)
        if self.error == "not optimal":
            return self.honest.solve(numbers, rhs * 0.9, upper)
        return replace(batch, status=np.ones_like(batch.status))  # everything called infeasible


@pytest.mark.parametrize("error", ["sign of duals", "bounds ignored", "not optimal", "called infeasible"])
def test_a_planted_error_is_caught(error: str) -> None:
    """A wrong proposal never reaches a bound: the states go to HiGHS and values stay right."""
    problem = generate(TINY, 10)
    x = 0.3 * np.minimum(problem.first.upper, 10.0)
    judge = HighsEngine(problem)
    spoilt = StateSolver(problem, Mutant(problem, error), judge).sweep(x)
    honest = StateSolver(problem, HighsEngine(problem), judge).sweep(x)
    assert spoilt.n_fallbacks > 0
    assert spoilt.upper_values == pytest.approx(honest.upper_values, rel=1e-8, abs=1e-8)
    assert spoilt.lower_values == pytest.approx(honest.upper_values, rel=1e-7, abs=1e-7)


def test_a_judge_that_disagrees_voids_the_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    """When HiGHS finds another value for a sampled state, the outcome is DISPUTED."""
    monkeypatch.setattr("tillerman.twostage.solver.judge_states", lambda *_: (200, 1e-3))
    found = solve(random_problem(2), tolerance=1e-4)
    assert found.outcome is Outcome.DISPUTED


def test_repaired_duals_are_feasible() -> None:
    """Duals pushed out of feasibility by noise are pulled back to W'pi <= cost on every open column."""
    problem = random_problem(5, n_states=40)
    solver = solver_of(problem)
    numbers = np.arange(40)
    duals = solver.sweep(np.ones(problem.first.cost.size)).duals
    noisy = duals + 1e-6 * np.random.default_rng(0).normal(size=duals.shape)
    repaired, usable, n_moved = solver.checker.make_feasible(numbers, noisy)
    reduced = solver.checker.reduced_costs(numbers, repaired)
    is_open = np.isinf(problem.states.upper)
    assert n_moved > 0
    assert usable.all()
    assert reduced[is_open].min() >= -1e-12
    assert (repaired[:, ~problem.recourse.is_equality] <= 0.0).all()


def test_kernel_runs_uncompiled() -> None:
    """With numba's compiler switched off the same source gives the same answer."""
    code = (
        "import numpy as np\n"
        "from tests.twostage.test_kernel import TINY, solver_of\n"
        "from tillerman.twostage.generator import generate\n"
        "problem = generate(TINY, 1)\n"
        "print(repr(float(solver_of(problem).sweep(0.1 * problem.first.upper).upper_values.sum())))\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    problem = generate(TINY, 1)
    compiled = float(solver_of(problem).sweep(0.1 * problem.first.upper).upper_values.sum())
    assert float(done.stdout) == pytest.approx(compiled, rel=1e-10)


def test_without_numba_the_engine_is_highs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where numba is absent, 'auto' means HiGHS and the certificate is the same."""
    monkeypatch.setattr("tillerman.twostage.engines.load_kernel", lambda: None)
    found = solve(generate(TINY, 30), tolerance=1e-2)
    assert found.audit.engine == "highs"
    assert found.outcome is Outcome.CERTIFIED


def test_machine_code_goes_to_a_folder_that_can_be_written(tmp_path: Path) -> None:
    """A home that is a file cannot hold a cache; the spare folder does."""
    blocked = tmp_path / "home"
    blocked.write_text("not a folder", encoding="ascii")
    assert cache_folder(tmp_path / "spare", home=blocked).is_relative_to(tmp_path / "spare")
    assert cache_folder(tmp_path / "spare", home=tmp_path).is_relative_to(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs another operating system: temporary folders are shared")
def test_spare_cache_belongs_to_one_user(tmp_path: Path) -> None:
    """Machine code is never read from a folder that somebody else could write to, nor through a link."""
    folder = spare_folder(tmp_path)
    assert folder == spare_folder(tmp_path)
    assert folder.stat().st_mode & 0o077 == 0

    folder.chmod(0o777)
    other = spare_folder(tmp_path)
    assert other != folder
    assert other.stat().st_mode & 0o077 == 0

    folder.rename(tmp_path / "planted")
    folder.symlink_to(tmp_path / "planted")
    assert spare_folder(tmp_path) != folder


def test_evaluate_agrees_with_the_solution() -> None:
    """Evaluating a solved plan again gives the same cost to rounding."""
    problem = generate(TINY, 40)
    found = solve(problem, risk=Risk(0.4, 0.1), tolerance=1e-3)
    again = evaluate(problem, found.x, risk=Risk(0.4, 0.1))
    assert again.is_feasible
    assert again.objective == pytest.approx(found.objective, rel=1e-9)
