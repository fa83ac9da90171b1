import numpy as np
import pytest

from tests.futures.cases import START, STEP, Row, country_with, disruption
from tillerman.country import load
from tillerman.errors import SettingError, UnknownNameError
from tillerman.futures import Futures, sample
from tillerman.futures.paths import Floats

N = 20_000


def drawn(chances: Row = (0.1, 0.2, 0.4), n: int = N, scale: float = 1.0) -> Futures:
    """Futures of two disruptions; `scale` multiplies the chances of the first before drawing."""
    low, middle, high = chances
    first = disruption("a", (low * scale, middle * scale, high * scale), 400)
    return sample(country_with([first, disruption("b", (0.3, 0.3, 0.3), 100)], start=START, step=STEP), n)


def measures(futures: Futures) -> list[Floats]:
    """What may be asked of each future: onsets, whether quiet, onsets together, misses, time under disruptions."""
    a, b = futures.onsets.astype(float).T
    under = futures.weights @ np.array([len(state.active) for state in futures.states], dtype=float)
    return [a, (a == 0).astype(float), a * b, futures.misses[:, 0, 2].astype(float), under]


def noise(probability: Floats, value: Floats) -> float:
    """Five standard errors of a weighted mean."""
    mean = probability @ value
    return 5 * float(np.sqrt((probability**2 * (value - mean) ** 2).sum()))


@pytest.mark.parametrize("factor", [0.0, 0.25, 0.5, 1.5, 2.0])
def test_reweighted_futures_are_those_of_a_file_with_other_chances(factor: float) -> None:
    """Onsets, quiet futures and time under each disruption agree with a new sample from the changed file."""
    old, new = drawn(), drawn(scale=factor)
    probability = old.reweighted({"a": factor})
    for here, there in zip(measures(old), measures(new), strict=True):
        tolerance = noise(probability, here) + noise(new.probability, there)
        assert probability @ here == pytest.approx(new.probability @ there, abs=max(tolerance, 1e-12))


def test_reweighting_one_year_has_a_closed_form() -> None:
    """With one year and one climate, the chance of an onset becomes the new chance."""
    country = country_with([disruption("a", (0.2, 0, 0), 30)], years=1)
    futures = sample(country, N)
    for factor in (0.0, 0.5, 1.0, 3.0, 4.9):
        found = futures.reweighted({"a": factor}) @ futures.onsets[:, 0]
        assert found == pytest.approx(0.2 * factor, abs=5 * 0.5 / np.sqrt(N) * max(1, factor))


def test_probabilities_stay_probabilities_and_ruptures_as_likely() -> None:
    """Reweighted probabilities add up to one, and no disruption's chance moves the climate."""
    futures = drawn(n=500)
    for factors in ({"a": 0.0}, {"a": 2.0, "b": 0.3}, {"b": 3.0}):
        found = futures.reweighted(factors)
        assert found.sum() == pytest.approx(1, abs=1e-12)
        assert (found >= 0).all()
        breaks = futures.stratum == 1
        assert found[breaks].sum() == pytest.approx(futures.probability[breaks].sum(), abs=1e-12)


def test_factor_one_changes_nothing() -> None:
    """Asking for the file's own chances gives the futures' own probabilities to the last bit."""
    futures = drawn(n=100)
    assert futures.reweighted({}).tobytes() == futures.probability.tobytes()
    assert futures.reweighted({"a": 1.0, "b": 1.0}).tobytes() == futures.probability.tobytes()
    certain = sample(country_with([disruption("a", (1.0, 1.0, 1.0), 30)]), 20)
    assert certain.reweighted({"a": 1.0}).tobytes() == certain.probability.tobytes()


def test_never_leaves_only_the_futures_without_it() -> None:
    """A factor of 0 gives no probability to a future in which it began."""
    futures = drawn(n=500)
    found = futures.reweighted({"a": 0.0})
    assert (found[futures.onsets[:, 0] > 0] == 0).all()
    assert (found[futures.onsets[:, 0] == 0] > 0).all()


def test_several_factors_multiply() -> None:
    """Disruptions are drawn apart, so likelihood ratios of two multiply."""
    futures = drawn(n=200)
    both = futures.reweighted({"a": 0.5, "b": 2.0})
    ratio = futures.reweighted({"a": 0.5}) * futures.reweighted({"b": 2.0}) / futures.probability
    for s in (0, 1):
        mine = futures.stratum == s
        assert both[mine] / both[mine].sum() == pytest.approx(ratio[mine] / ratio[mine].sum())


@pytest.mark.parametrize(
    ("chance", "days", "factor", "message"),
    [
        (0.4, 50.0, 2.5, "a factor below 2.5"),
        (0.4, 50.0, 9.0, "a factor below 2.5"),
        (0.4, 50.0, -1.0, "a factor of 0 or more"),
        (0.4, 50.0, np.nan, "a factor of 0 or more"),
        (1.0, 50.0, 0.5, "no future was drawn in which it fails to begin"),
        (0.4, 5.0, 0.5, "a brief disruption takes the same time in every future"),
        (0.9999, 50.0, 0.0, "it begins in every future that was drawn"),
    ],
)
def test_what_the_futures_cannot_answer_is_refused(chance: float, days: float, factor: float, message: str) -> None:
    """No likelihood ratio makes up for futures that were never drawn: the call says so and what to do."""
    futures = sample(country_with([disruption("a", (chance,) * 3, days)], years=3), 20)
    with pytest.raises(SettingError, match=message):
        futures.reweighted({"a": factor})
    assert not futures.can_reweight({"a": factor})


def test_a_name_that_the_file_does_not_know_is_refused() -> None:
    """A misspelt disruption must not look like one that does not matter."""
    futures = sample(load("kenya"), 5)
    with pytest.raises(UnknownNameError, match="us_chips"):
        futures.reweighted({"us_chip": 0.5})


def test_kenya_can_be_asked_about_its_disruptions() -> None:
    """With a few hundred futures, moderate changes of every drawn disruption can be answered without a warning."""
    futures = sample(load("kenya"), 300)
    asked = [item for item in futures.disruptions if item.duration_days > 7]
    assert asked
    for item in asked:
        assert futures.reweighted({item.id: 0.5}).sum() == pytest.approx(1)
