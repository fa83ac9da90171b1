"""HiGHS on the extensive form, each algorithm set to stop as early as it may: no crossover, tolerances like the gap.

Simplex has no gap to stop at and runs to optimality. PDLP may break rules by 1e-4 of their size, as is usual for
methods of first order: its plan may then cost a little less than a lower bound. Every other tolerance is the default of
HiGHS. Where the time limit came first, the last round of the log is the only word on how far it was. HiPO needs the
wheel `highspy[extras]`.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import highspy
import numpy as np
from numpy.typing import NDArray

from tillerman.twostage import Problem, Risk
from tillerman.twostage.extensive import extensive_form
from tillerman.twostage.highs import highs_model

ALGORITHMS = ("simplex", "ipx", "hipo", "pdlp")
FIRST_ORDER = 1e-4  # relative infeasibility at which PDLP may stop
FIGURE = re.compile(r"[-+]?\d\.\d+e[-+]?\d+")


@dataclass(frozen=True)
class Found:
    """What one algorithm found: a plan (empty when none), and how it ended."""

    x: NDArray[np.float64]
    ending: str


def solve_with(algorithm: str, problem: Problem, risk: Risk, *, relative_gap: float, limit_s: float) -> Found:
    """Solve the extensive form with one algorithm of HiGHS, on one thread."""
    programme = replace(extensive_form(problem, risk), is_integer=None)
    solver = highspy.Highs()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "highs.log"
        options: dict[str, str | float | int | bool] = {
            "log_to_console": False,
            "log_file": str(log),
            "threads": 1,
            "random_seed": 0,
            "time_limit": limit_s,
            "solver": algorithm,
        }
        if algorithm != "simplex":
            options["run_crossover"] = "off"
            options["pdlp_optimality_tolerance" if algorithm == "pdlp" else "ipm_optimality_tolerance"] = relative_gap
        if algorithm == "pdlp":
            options["primal_feasibility_tolerance"] = options["dual_feasibility_tolerance"] = FIRST_ORDER
        for name, value in options.items():
            if solver.setOptionValue(name, value) != highspy.HighsStatus.kOk:
                message = f"HiGHS has no option {name} = {value!r}"
                raise RuntimeError(message)
        solver.passModel(highs_model(programme))
        solver.run()
        said = solver.modelStatusToString(solver.getModelStatus()).lower()
        rounds = [line for line in log.read_text(errors="replace").splitlines() if len(FIGURE.findall(line)) > 1]
    solution = solver.getSolution()
    is_done = solver.getModelStatus() in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kUnknown)
    if is_done and solution.value_valid:
        return Found(np.array(solution.col_value[: problem.first.cost.size]), said)
    return Found(np.empty(0), f"{said}; last round told: {' '.join(rounds[-1].split()) if rounds else 'none'}")
