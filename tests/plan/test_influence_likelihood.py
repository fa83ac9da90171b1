"""Other chances for the same futures: against futures drawn with those chances, and by law."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tillerman.country import Country, load, replace_number
from tillerman.futures import Futures, sample
from tillerman.plan.influence import screen_of
from tillerman.plan.influence_change import Terms, probe
from tillerman.plan.influence_likelihood import Many, likelihood
from tillerman.plan.influence_screen import Screen
from tillerman.twostage import Problem, Risk, evaluate

STOP = "xa_orders_stop"
N = 600


def with_chance(country: Country, chance: float) -> Country:
    """The same country where the stop has another chance in a normal year (every year of hand is normal)."""
    return replace_number(country, "disruptions", STOP, "chance_normal", chance)


@pytest.fixture(scope="module")
def screen() -> Screen:
    """A plan for a country in which a stop begins with three chances in ten."""
    terms = Terms(n_futures=6, n_weighted=N, risk_aversion=0.0, tolerance=1e-4)
    return screen_of(with_chance(load("hand"), 0.3), terms)


def price(screen: Screen, chance: float, risk: Risk) -> float:
    """What the plan costs in futures drawn with another chance: no weights involved."""
    country = with_chance(screen.country, chance)
    futures = sample(country, 4 * N, seed=99)
    new = probe(country, futures)
    problem = Problem(new.first, new.recourse, new.states, futures.weights, futures.probability)
    return evaluate(problem, screen.prices.x, risk=risk).objective


@pytest.mark.parametrize("chance", [0.1, 0.2, 0.4, 0.5])
def test_weights_tell_what_other_chances_cost(screen: Screen, chance: float) -> None:
    """Re-weighted, the futures of one chance give the average cost under another, as if drawn with it."""
    change = screen._many.change(STOP, 0, chance)
    drawn = price(screen, chance, Risk(0.0)) - price(screen, 0.3, Risk(0.0))
    assert change == pytest.approx(drawn, rel=0.15)


def test_weights_tell_what_the_worst_cost(screen: Screen) -> None:
    """Where only the worst half counts and its edge hardly moves, the same holds for its average, to first order."""
    many = Many(screen._many.futures, Risk(0.3), screen._net_of)
    change = many.change(STOP, 0, 0.31)
    near = (price(screen, 0.33, Risk(0.3)) - price(screen, 0.29, Risk(0.3))) / 4
    assert change is not None
    assert change > 0
    assert change == pytest.approx(near, rel=0.5)


def test_the_same_chance_changes_nothing(screen: Screen) -> None:
    """Factor one is no change, exactly."""
    assert screen._many.change(STOP, 0, 0.3) == 0.0


def test_a_climate_that_never_comes_changes_nothing(screen: Screen) -> None:
    """No year of hand is broken, so that the chance in a broken year does not matter."""
    assert screen._many.change(STOP, 2, 0.9) == pytest.approx(0.0, abs=1e-12)


def test_more_chance_never_saves(screen: Screen) -> None:
    """The dearer, the likelier what is withdrawn: monotone over the whole range."""
    changes = [screen._many.change(STOP, 0, chance) for chance in (0.05, 0.1, 0.2, 0.3, 0.4, 0.6)]
    found = [change for change in changes if change is not None]
    assert len(found) == len(changes)
    assert found == sorted(found)


def test_ratios_average_to_one() -> None:
    """Under the drawn chances, the ratio of likelihoods is 1 on average; each is the closed form of its future."""
    futures = sample(with_chance(load("hand"), 0.3), 4000, seed=5)
    ratio = likelihood(futures, STOP, 0, 0.4)
    assert ratio is not None
    assert futures.probability @ ratio == pytest.approx(1.0, abs=0.02)
    calm = futures.onsets[:, 0] == 0
    assert ratio[calm] == pytest.approx((0.6 / 0.7) ** 2)
    once = (futures.onsets[:, 0] == 1) & (futures.misses[:, 0, 0] == 1)
    assert ratio[once] == pytest.approx(4 / 3 * 0.6 / 0.7)


def test_a_chance_of_nothing_rules_out_every_future_with_it() -> None:
    """With chance 0 only futures without the stop keep weight; with 1 only those in which it began at once."""
    futures = sample(with_chance(load("hand"), 0.3), 200, seed=5)
    none, sure = likelihood(futures, STOP, 0, 0.0), likelihood(futures, STOP, 0, 1.0)
    assert none is not None
    assert sure is not None
    assert ((none > 0) == (futures.onsets[:, 0] == 0)).all()
    assert ((sure > 0) == (futures.misses[:, 0, 0] == 0)).all()


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_certainty_in_the_file_cannot_be_weighted_away(chance: float) -> None:
    """Where the file's chance is 0 or 1, no future shows the other case, and weights are refused."""
    futures = sample(with_chance(load("hand"), chance), 20, seed=5)
    assert likelihood(futures, STOP, 0, 0.5) is None


def test_what_is_not_drawn_cannot_be_weighted() -> None:
    """Brief disruptions are laid over every year at their expected length; unknown ones touch nothing."""
    futures: Futures = sample(load("hand"), 20, seed=5)
    brief = replace(futures.disruptions[0], duration_days=2.0)
    assert likelihood(replace(futures, disruptions=(brief,)), STOP, 0, 0.5) is None
    assert likelihood(futures, "no such", 0, 0.5) is None


def test_too_few_futures_left_is_no_answer(screen: Screen) -> None:
    """Where weights would rest on hardly a future, another way has to be taken."""
    few = Many(sample(with_chance(load("hand"), 0.02), 60, seed=5), Risk(0.0), screen._net_of)
    assert few.change(STOP, 0, 0.9) is None
    assert np.isfinite(few.change(STOP, 0, 0.03) or 0.0)
