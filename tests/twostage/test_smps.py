"""Published SMPS sets: read, refused by name, and solved to the printed answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tillerman.twostage import Outcome, Problem, ProblemError, Risk, Tuning, evaluate, read_smps, solve
from tillerman.twostage.extensive import solve_extensive

SMPS = Path(__file__).parents[3] / "shared" / "data" / "smps"
NEUTRAL = Risk(aversion=0.0)
pytestmark = pytest.mark.skipif(not SMPS.exists(), reason="the SMPS sets are not shipped; see ../shared/data/smps")


def read(core: str, time: str, stoch: str, *, relax_integers: bool = False) -> Problem:
    """Read one set from the folder of published sets."""
    return read_smps(SMPS / core, SMPS / time, SMPS / stoch, relax_integers=relax_integers)


@pytest.mark.parametrize("stoch", ["lands.sto", "lands-blocks.sto"])
def test_lands_reaches_the_listed_solution_in_both_forms(stoch: str) -> None:
    """The listing beside the set prints 381.853333 at x = 2.667, 4, 3.333, 2."""
    problem = read("electric/lands.cor", "electric/lands.tim", f"electric/{stoch}")
    found = solve(problem, risk=NEUTRAL, tolerance=1e-7, tuning=Tuning(method="level"))
    assert found.outcome is Outcome.CERTIFIED
    assert found.objective == pytest.approx(381.853333, abs=1e-3)
    assert found.x == pytest.approx([2.666667, 4.0, 3.333333, 2.0], abs=1e-2)


@pytest.mark.slow
@pytest.mark.time_limit(seconds=900, reason="646,425 joint outcomes")
def test_gbd_agrees_with_the_listed_first_stage() -> None:
    """The plan listed beside the set costs, evaluated exactly, what our certified plan costs."""
    problem = read("gbd/gbd.cor", "gbd/gbd.tim", "gbd/gbd.sto")
    listed = np.array((SMPS / "gbd/gbd.sol").read_text(encoding="ascii").split()[1:18], dtype=float)
    assert problem.states.family.size == 646_425
    found = solve(problem, risk=NEUTRAL, tolerance=1e-4)
    theirs = evaluate(problem, np.maximum(listed, 0.0), risk=NEUTRAL)
    assert found.outcome is Outcome.CERTIFIED
    assert found.lower_bound <= theirs.objective + 1e-6 * abs(theirs.objective)
    assert found.objective == pytest.approx(theirs.objective, rel=2e-4)


@pytest.mark.parametrize("n", [16, 64])
def test_cargo_agrees_with_the_extensive_form(n: int) -> None:
    """4node: the certified interval contains the extensive form's optimum of the linear relaxation."""
    problem = read("cargo/4node.cor", "cargo/4node.tim", f"cargo/4node-{n}.sto")
    assert problem.states.family.size == n
    reference = solve_extensive(problem, NEUTRAL, time_limit_s=None, relative_gap=1e-9)
    found = solve(problem, risk=NEUTRAL, tolerance=1e-6, tuning=Tuning(method="level"))
    assert found.outcome is Outcome.CERTIFIED
    assert found.objective == pytest.approx(reference.objective, rel=1e-4)
    assert found.lower_bound <= reference.objective * (1.0 + 1e-7)


def test_integer_recourse_is_refused_by_name_and_its_relaxation_solves() -> None:
    """Server location (sslp) has binary recourse: refused, unless the relaxation is asked for."""
    files = ("sslp/sslp_10_50-50.cor", "sslp/sslp_10_50-50.tim", "sslp/sslp_10_50-50.sto")
    with pytest.raises(ProblemError, match="whole-number columns in the second stage, the first 'y_10_1'"):
        read(*files)
    problem = read(*files, relax_integers=True)
    relaxed = replace(problem, first=replace(problem.first, is_integer=np.zeros_like(problem.first.is_integer)))
    assert relaxed.states.family.size == 50
    found = solve(relaxed, risk=NEUTRAL, tolerance=1e-5, tuning=Tuning(method="level"))
    reference = solve_extensive(relaxed, NEUTRAL, time_limit_s=None, relative_gap=1e-9)
    assert found.outcome is Outcome.CERTIFIED
    assert found.objective == pytest.approx(reference.objective, rel=1e-4)
