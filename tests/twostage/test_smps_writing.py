"""What is written for other solvers is the same problem: read back, or solved from the file, it gives the same cost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import highspy
import numpy as np
import pytest

from tests.twostage.instances import farmer, random_problem
from tillerman.twostage import Problem, ProblemError, Risk, read_smps, write_mps, write_smps
from tillerman.twostage.extensive import solve_extensive
from tillerman.twostage.generator import Size, generate

NEUTRAL = Risk(aversion=0.0)
TINY = Size(3, 2, 2, 2, n_sites=4, n_zones=2, n_pools=2, n_programmes=2, n_agreements=2, n_holders=3)


def cost(problem: Problem, risk: Risk) -> float:
    """Give the least cost of a problem, from its extensive form."""
    return solve_extensive(problem, risk, time_limit_s=None, relative_gap=1e-9).objective


@pytest.mark.parametrize(
    "problem",
    [farmer(), *(random_problem(seed, integers=seed % 2 == 0) for seed in range(12)), generate(TINY, 5)],
    ids=lambda p: f"{p.states.family.size} states",
)
def test_a_written_set_reads_back_as_the_same_problem(problem: Problem, tmp_path: Path) -> None:
    """The plain average costs the same from the files as from the arrays, whole numbers and offsets included."""
    files = write_smps(problem, tmp_path, "set")
    back = read_smps(files.core, files.time, files.stoch)
    assert back.first.is_integer.tolist() == problem.first.is_integer.tolist()
    assert cost(back, NEUTRAL) == pytest.approx(cost(problem, NEUTRAL), rel=1e-6)


def test_short_names_are_explained(tmp_path: Path) -> None:
    """Every short name of a written set stands in a table beside the name it was made from."""
    problem = generate(TINY, 2)
    files = write_smps(problem, tmp_path, "set")
    table = dict(line.split(",", 1) for line in files.names.read_text(encoding="utf-8").splitlines()[1:])
    assert table["x0"].strip('"') == problem.first.names[0]
    assert table["w0"] == problem.recourse.row_names[0]


def test_a_bound_that_only_some_states_have_is_refused(tmp_path: Path) -> None:
    """SMPS has one set of bounds; a column bounded in one state and open in another is refused by name."""
    problem = farmer()
    upper = problem.states.upper.copy()
    upper[0, 0] = 1.0
    with pytest.raises(ProblemError, match="in some states and none in others"):
        write_smps(replace(problem, states=replace(problem.states, upper=upper)), tmp_path, "set")


def test_a_random_recourse_matrix_is_refused(tmp_path: Path) -> None:
    """An outcome that changes an entry of W is refused by column and row."""
    files = write_smps(farmer(), tmp_path, "set")
    text = files.stoch.read_text(encoding="ascii").replace("STAGE2\n", "STAGE2\n z0 w0 2.5\n", 1)
    files.stoch.write_text(text, encoding="ascii")
    with pytest.raises(ProblemError, match="random entry of column 'z0' in row 'w0'"):
        read_smps(files.core, files.time, files.stoch)


@pytest.mark.parametrize("aversion", [0.0, 0.3])
def test_the_extensive_form_in_mps_costs_the_same(aversion: float, tmp_path: Path) -> None:
    """HiGHS solves the written file to the cost that the engine proves, with and without the tail average."""
    problem, risk = generate(TINY, 6), Risk(aversion=aversion)
    write_mps(problem, tmp_path / "set.mps", risk=risk)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its stub leaves it out
    solver.setOptionValue("output_flag", False)
    solver.readModel(str(tmp_path / "set.mps"))
    solver.setOptionValue("mip_rel_gap", 1e-9)
    solver.run()
    value = solver.getInfo().objective_function_value
    assert np.isclose(value, cost(problem, risk), rtol=1e-6)
