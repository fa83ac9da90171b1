from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest

from tests.futures.cases import START, STAYS, STEADY_START, STEP, country_with
from tillerman.futures.paths import BROKEN, Paths, climate_chain, rupture_probability, sample_paths

N, YEARS = 20_000, 6
NEVER_BREAKS = ((0.7, 0.3, 0.0), (0.4, 0.6, 0.0), (0.0, 0.0, 1.0))


def drawn(n: int = N) -> Paths:
    """Climate paths of a country whose climate moves."""
    return sample_paths(country_with(start=START, step=STEP, years=YEARS), n, 1, YEARS)


def noise(paths: Paths) -> float:
    """Five standard deviations, at most, of an estimated chance."""
    return 5 * 0.5 * float(np.sqrt((paths.probability**2).sum()))


def test_each_year_spends_its_share_in_each_climate() -> None:
    """Chances of the climate in each year are those of the chain, although ruptures are drawn more often."""
    paths = drawn()
    chance = np.array(START)
    for year in range(YEARS):
        found = [paths.probability @ (paths.climate[:, year] == c) for c in range(3)]
        assert found == pytest.approx(chance, abs=noise(paths))
        chance = chance @ np.array(STEP)


def test_each_step_has_its_chance() -> None:
    """How often each climate follows each other one in each year is what the chain says."""
    paths = drawn()
    chance = np.array(START)
    for year in range(YEARS - 1):
        for a, b in product(range(3), repeat=2):
            found = paths.probability @ ((paths.climate[:, year] == a) & (paths.climate[:, year + 1] == b))
            assert found == pytest.approx(chance[a] * STEP[a][b], abs=noise(paths))
        chance = chance @ np.array(STEP)


def test_the_chance_of_a_rupture_is_the_sum_over_all_paths() -> None:
    """Adding up every path of six years that breaks somewhere gives the closed form."""
    expected = 0.0
    for path in product(range(3), repeat=YEARS):
        if BROKEN in path:
            expected += START[path[0]] * float(np.prod([STEP[a][b] for a, b in pairwise(path)]))
    assert rupture_probability(np.array(START), np.array(STEP), YEARS) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("n", [2, 3, 20, 1001])
def test_strata_weigh_what_they_should(n: int) -> None:
    """Half of the futures break and carry exactly the chance of a rupture; the others carry the rest."""
    paths = drawn(n)
    breaks = (paths.climate == BROKEN).any(axis=1)
    assert (breaks == (paths.stratum == 1)).all()
    assert breaks.sum() == pytest.approx(n / 2, abs=0.5)
    expected = rupture_probability(np.array(START), np.array(STEP), YEARS)
    assert paths.probability[breaks].sum() == pytest.approx(expected, abs=1e-12)
    assert paths.probability.sum() == pytest.approx(1, abs=1e-12)


def test_ruptures_are_seen_more_often_than_they_come() -> None:
    """The point of strata: the estimate of a rare year is sharper than from as many futures drawn as they come."""
    country = country_with(start=(0.9, 0.1, 0.0), step=((0.9, 0.095, 0.005), (0.5, 0.48, 0.02), STEP[2]), years=YEARS)
    start, step = climate_chain(country)
    last = start @ np.linalg.matrix_power(step, YEARS - 1)
    found = []
    for seed in range(40):
        paths = sample_paths(country, 200, seed, YEARS)
        found.append(float(paths.probability @ (paths.climate[:, -1] == BROKEN)))
    unstratified = np.sqrt(last[BROKEN] * (1 - last[BROKEN]) / 200)
    assert np.mean(found) == pytest.approx(last[BROKEN], abs=5 * unstratified / np.sqrt(40))
    assert np.std(found) < unstratified / 2


def test_a_climate_that_cannot_break_has_one_stratum() -> None:
    """Where no rupture is possible every future is calm and equally likely; where it is certain, every one breaks."""
    calm = sample_paths(country_with(start=(0.5, 0.5, 0.0), step=NEVER_BREAKS), 50, 1, 10)
    assert not (calm.climate == BROKEN).any()
    assert calm.probability == pytest.approx(np.full(50, 1 / 50))
    certain = sample_paths(country_with(start=(0.0, 0.0, 1.0), step=STEP), 50, 1, 10)
    assert (certain.stratum == 1).all()
    assert certain.probability == pytest.approx(np.full(50, 1 / 50))


def test_one_future_is_certain() -> None:
    """A single future has probability one, whichever stratum it comes from."""
    for start in (START, (0.0, 0.0, 1.0)):
        paths = sample_paths(country_with(start=start, step=STEP), 1, 1, 10)
        assert paths.probability.tolist() == [1.0]


def test_a_file_without_climates_is_always_normal() -> None:
    """Missing climates mean that nothing moves, not that nothing can be planned."""
    country = replace(country_with(start=STEADY_START, step=STAYS), climates=())
    paths = sample_paths(country, 30, 1, 10)
    assert (paths.climate == 0).all()
    assert (paths.stratum == 0).all()


def test_a_rupture_that_rounding_alone_would_make_possible_is_impossible() -> None:
    """Chances that add up to a hair less than one do not open a stratum that no path can enter."""
    third = 1 / 3
    steps = np.array([[0.7, 0.3, 0.0], [third, 1 - third, 0.0], [0.1, 0.2, 0.7]])
    for years in range(1, 30):
        assert rupture_probability(np.array([0.1, 0.9, 0.0]), steps, years) == 0
    surely = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [0.3, 0.3, 0.4]])
    assert rupture_probability(np.array([0.1, 0.9, 0.0]), surely, 2) == 1
