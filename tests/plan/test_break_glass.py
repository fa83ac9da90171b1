"""What is left of a plan when one of its reasons is taken away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.plan.paper import paper_futures
from tests.plan.solved import Solved, plan_of
from tests.plan.variants_of_hand import with_adoption, with_dear_home
from tillerman.country import Country
from tillerman.dispatch import highest_demand
from tillerman.labels import ProgrammeKind
from tillerman.twostage import Outcome, Risk, solve


def ready(found: Solved, service: str, epoch: int) -> dict[str, float]:
    """What of a service stands ready in an epoch, by route."""
    prefix = f"deploy[{service}.easy@"
    names = {n: v for n, v in found.amounts.items() if n.startswith(prefix) and n.endswith(f",{epoch}]")}
    return {name[len(prefix) :].split(",")[0]: amount for name, amount in names.items()}


def excess(found: Solved) -> float:
    """How much stands ready beyond the highest demand that any future brings in its epoch, over all classes."""
    setting, states = found.assembled.setting, found.assembled.futures.states
    space, shape = setting.dispatch.space, setting.dispatch.layout
    total = 0.0
    for c, klass in enumerate(shape.classes):
        for epoch in range(max(space.epochs) + 1):
            levels = [state.demand for state in states if space.epochs[state.period] == epoch]
            peak = highest_demand(space, c, epoch) * max(levels)
            name, end = f"deploy[{klass.name}@", f",{epoch}]"
            standing = sum(v for n, v in found.amounts.items() if n.startswith(name) and n.endswith(end))
            total += max(0.0, standing - peak)
    return total


def as_if_nothing_stopped(country: Country) -> Country:
    """Return the country without any disruption."""
    return replace(country, disruptions=(), options=())


def test_without_value_the_plan_keeps_what_people_rely_on_and_no_more(hand: Country) -> None:
    """All v = 0: the clinic and the relied-on half of the school run, nothing else, and the objective is pure cost."""
    worthless = replace(hand, services=tuple(replace(s, value_usd_per_use=0.0) for s in hand.services))
    found = plan_of(worthless, futures=paper_futures(worthless), aversion=0.0)
    for epoch in (0, 1):
        assert sum(ready(found, "clinic", epoch).values()) == pytest.approx(10.0)
        assert sum(ready(found, "school", epoch).values()) == pytest.approx(10.0)
        assert sum(ready(found, "office", epoch).values()) == pytest.approx(0.0)
    assert found.solution.objective == pytest.approx(found.solution.gross)
    # the school's ten run abroad in 2027 and are lost in the first days; ten chips bring them home in 2028
    now = 0.01 * 20 * 1.8 + 2.0
    later = 0.998 * 1.0 + 0.002 * 10
    assert found.solution.objective == pytest.approx(now + later, abs=1e-6)


def test_a_programme_without_effect_is_worth_exactly_nothing(hand: Country) -> None:
    """Lever 2 with effect 0 changes no digit of the objective and is not started; with an effect it is worth much."""
    bare = plan_of(
        with_adoption(hand, effect=0.0), futures=paper_futures(with_adoption(hand, effect=0.0)), aversion=0.0
    )
    without = plan_of(hand, futures=paper_futures(hand), aversion=0.0)
    assert bare.solution.objective == without.solution.objective
    assert sum(v for n, v in bare.amounts.items() if n.startswith("start_level[")) == 0.0
    country = with_adoption(hand, effect=0.5)
    real = plan_of(country, futures=paper_futures(country), aversion=0.0)
    # 10 million uses more, worth 50 cents for 11, in both years, for a programme of 1.25
    assert real.solution.objective < without.solution.objective - 4.0


def test_standby_is_bought_only_against_withdrawals(hand: Country) -> None:
    """Where home is dear, half of the clinic stands ready twice for fear of XA; with nothing to fear, nothing does.

    In 2028 the half that cannot be moved while switching saves 0.8 x (0.0457 x 2.8 + 0.0018 x 4.8) for 0.8 cents; in
    2027, and for the other half, the first days alone save less than they cost.
    """
    country = with_dear_home(hand)
    base = plan_of(country, futures=paper_futures(country), aversion=0.0)
    calm = as_if_nothing_stopped(country)
    without = plan_of(calm, futures=1, aversion=0.0)
    assert excess(base) == pytest.approx(5.0, abs=1e-6)
    assert excess(without) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("n", [4])
def test_standby_in_kenya_is_bought_against_withdrawals(n: int) -> None:
    """Without disruptions, Kenya's excess of standing deployments falls below a quarter of its base value."""
    from tillerman.country import load

    kenya = load("kenya")
    base = excess(plan_of(kenya, futures=n))
    calm = excess(plan_of(as_if_nothing_stopped(kenya), futures=n))
    print(f"excess of standing deployments: {base:.1f} with and {calm:.1f} without withdrawals")
    assert calm < base / 4


def test_without_its_caps_a_plan_has_no_end(hand: Country) -> None:
    """Take off the limits on adoption, slices, deployments and money, and the engine says so; put back one, it ends."""
    rich = with_adoption(hand, effect=0.5)
    rich = replace(rich, agreements=tuple(replace(a, is_signed=False, max_h100e=1.0) for a in rich.agreements))
    found = plan_of(rich, futures=paper_futures(rich), aversion=0.0)
    assert found.solution.outcome is Outcome.CERTIFIED
    problem = found.assembled.problem
    first = problem.first
    keep = np.array([name.startswith("arrive[") for name in first.row_names])
    free = replace(
        first,
        row_lower=np.where(keep, first.row_lower, -np.inf),
        row_upper=np.where(keep, first.row_upper, np.inf),
        upper=np.full(first.upper.size, np.inf),
        is_integer=np.zeros(first.upper.size, dtype=bool),
    )
    endless = solve(replace(problem, first=free), risk=Risk(0.0))
    assert endless.outcome is Outcome.UNBOUNDED
    assert np.isnan(endless.x).all()
    scale = np.array([name.startswith("start_level[") for name in first.names])
    capped = replace(free, upper=np.where(scale, first.upper, np.inf))
    assert solve(replace(problem, first=capped), risk=Risk(0.0)).outcome is Outcome.CERTIFIED
    assert any(lever.kind is ProgrammeKind.ADOPTION for lever in rich.levers)
