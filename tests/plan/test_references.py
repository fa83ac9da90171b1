"""Plans to compare with: what each leaves out, what is said of a search that stopped, and of a plan that cannot be."""

from __future__ import annotations

import numpy as np
import pytest

from tests.plan.clashes import two_thirds
from tests.plan.paper import paper_futures
from tests.plan.solved import Solved, plan_of, silent
from tests.plan.test_laws import SEEDS, country_of
from tillerman.country import Country
from tillerman.plan import optimise
from tillerman.plan.assemble import with_bounds
from tillerman.plan.references import comparisons
from tillerman.plan.variants import nearest_allowed, without
from tillerman.twostage import Outcome, Risk, evaluate


def used(found: Solved, x: np.ndarray) -> dict[str, float]:
    """What a reference plan decides, rounding aside."""
    names = found.assembled.problem.first.names
    return {name: amount for name, amount in zip(names, x.tolist(), strict=True) if amount > 1e-6}


@pytest.mark.parametrize("seed", SEEDS)
def test_each_leaves_out_what_its_name_says(seed: int) -> None:
    """Renting builds nothing and runs nothing at home; building at home runs nothing abroad."""
    found = plan_of(country_of(seed))
    country = found.assembled.setting.country
    home = set(country.frame.home_jurisdictions)
    territory = {r.id: r.territory for r in country.resources}
    at_home = {route.id: territory[route.site] in home for route in country.routes}
    others = {o.name: used(found, o.x) for o in comparisons(found.assembled, found.solution, Risk(0.3), rounds=30)[0]}
    for name, plan in others.items():
        runs = {at_home[n.split("@")[1].split(",")[0]] for n in plan if n.startswith("deploy[")}
        builds = [n for n in plan if n.startswith(("start_built[", "start_kept["))]
        if name == "rent_everything":
            assert True not in runs
        if name == "build_everything":
            assert False not in runs
        if name in {"as_today", "rent_everything", "rent_and_fallback"}:
            assert not builds
        if name == "as_today":
            assert all(n.startswith("deploy[") for n in plan)


def test_a_search_that_stopped_early_says_so() -> None:
    """After one round a reference plan is a plan, is not called proved, and says how far it may be from the best."""
    found = plan_of(country_of(23))
    others, missing = comparisons(found.assembled, found.solution, Risk(0.3), rounds=1)
    assert not missing
    stopped = [o for o in others if not o.is_certified]
    assert stopped
    for other in stopped:
        assert other.note.startswith("Not searched to the end:")
        assert "may cost up to US$" in other.note
        assert evaluate(found.assembled.problem, other.x, risk=Risk(0.3)).is_feasible


@pytest.mark.parametrize("seed", SEEDS)
def test_a_search_of_few_rounds_shows_something_good(seed: int) -> None:
    """Holding whole decisions, a few rounds already come near to what a long search finds, and never fall behind."""
    found = plan_of(country_of(seed))
    problem, best = found.assembled.problem, found.solution
    banned = {name for name in problem.first.names if name.startswith(("start_built[", "start_kept["))}
    short, long = (
        without(found.assembled, banned, best.x, Risk(0.3), best.memory.copy(), silent, rounds=rounds)
        for rounds in (8, 200)
    )
    start = nearest_allowed(
        with_bounds(problem, upper={i: 0.0 for i, n in enumerate(problem.first.names) if n in banned}).first, best.x
    )
    assert start is not None
    assert short.objective <= evaluate(problem, start, risk=Risk(0.3)).objective + found.rounding
    assert long.outcome is Outcome.CERTIFIED
    assert short.objective <= long.objective + 0.05 * long.gross


def test_a_plan_that_cannot_be_is_told_with_its_reason(hand: Country) -> None:
    """Where a target needs chips at home, renting alone is missing, and the rules that forbid it are named."""
    country = two_thirds(hand)
    plan = optimise(country, futures=paper_futures(country), risk_aversion=0.0)
    missing = {m.name: m for m in plan.missing_references}
    assert set(missing) == {"rent_everything", "rent_and_fallback"}
    assert "target keep_running" in missing["rent_everything"].reason
    assert not set(missing) & {r.name for r in plan.references}
