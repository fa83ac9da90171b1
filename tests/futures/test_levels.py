from statistics import NormalDist

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import multivariate_normal

from tests.futures.cases import country_with, with_path
from tillerman.country.world import Driver
from tillerman.futures.paths import levels, sample_paths

N, YEARS = 20_000, 6
SHARES = np.array([0.25, 0.5, 0.25])
CASES = [(0.0, 0.0), (0.1, 0.0), (0.2, 0.7), (0.5, 0.95), (2.0, 0.5)]


@pytest.mark.parametrize(("sd", "persistence"), CASES)
def test_the_mean_level_is_one(sd: float, persistence: float) -> None:
    """Uncertainty around a trend does not move the trend."""
    found = levels(with_path(country_with(), Driver.DEMAND, sd, persistence), Driver.DEMAND)
    assert SHARES @ found == pytest.approx(1, abs=1e-12)
    assert (np.diff(found) >= 0).all()


def test_a_level_is_the_mean_of_its_band() -> None:
    """Each level is the average of the lognormal path within its quarter or half, by numerical integration."""
    sd, persistence = 0.2, 0.7
    spread = sd / np.sqrt(1 - persistence**2)
    cut = NormalDist().inv_cdf(0.75)
    found = levels(with_path(country_with(), Driver.PRICES, sd, persistence), Driver.PRICES)

    def mass(z: float) -> float:
        return float(np.exp(spread * z - spread**2 / 2) * NormalDist().pdf(z))

    expected = [quad(mass, -12, -cut)[0] / 0.25, quad(mass, -cut, cut)[0] / 0.5, quad(mass, cut, 12)[0] / 0.25]
    assert found == pytest.approx(expected, abs=1e-9)


def test_a_quarter_of_futures_is_low_and_a_quarter_high_in_every_year() -> None:
    """Bands keep their shares from the first year to the last: the path starts from its long-run spread."""
    country = with_path(country_with(), Driver.DEMAND, 0.2, 0.7)
    demand = sample_paths(country, N, 1, YEARS).demand
    for year in range(YEARS):
        found = np.bincount(demand[:, year], minlength=3) / N
        assert found == pytest.approx(SHARES, abs=5 * 0.5 / np.sqrt(N))


def test_the_first_year_is_spread_evenly_even_over_few_futures() -> None:
    """Eight futures have two low, four middle and two high first years, not whatever luck gives."""
    country = with_path(country_with(), Driver.DEMAND, 0.2, 0.7)
    assert sorted(sample_paths(country, 8, 4, YEARS).demand[:, 0].tolist()) == [0, 0, 1, 1, 1, 1, 2, 2]


@pytest.mark.parametrize("persistence", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("apart", [1, 3])
def test_levels_persist_as_the_file_says(persistence: float, apart: int) -> None:
    """The chance of being high in two years is that of two normal numbers correlated as persistence to the lag."""
    demand = sample_paths(with_path(country_with(), Driver.DEMAND, 0.2, persistence), N, 1, YEARS).demand
    correlation = persistence**apart
    cut = NormalDist().inv_cdf(0.75)
    joint = multivariate_normal([0, 0], [[1, correlation], [correlation, 1]]).cdf([-cut, -cut])
    found = ((demand[:, 1] == 2) & (demand[:, 1 + apart] == 2)).mean()
    assert found == pytest.approx(joint, abs=5 * 0.5 / np.sqrt(N))


def test_demand_and_prices_are_drawn_apart() -> None:
    """Demand and prices do not move together, and leaving one out does not move the other."""
    country = country_with()
    both = sample_paths(country, N, 1, YEARS)
    assert {row.id for row in country.drivers} == set(Driver)
    found = ((both.demand[:, 0] == 2) & (both.prices[:, 0] == 2)).mean()
    assert found == pytest.approx(1 / 16, abs=5 * 0.25 / np.sqrt(N))
    row = next(row for row in country.drivers if row.id is Driver.DEMAND)
    alone = sample_paths(with_path(country, Driver.DEMAND, row.yearly_sd, row.persistence), N, 1, YEARS)
    assert (alone.demand == both.demand).all()


def test_a_path_without_a_row_stays_at_its_trend() -> None:
    """No row, or no spread, means the middle level of exactly one."""
    country = with_path(country_with(), Driver.DEMAND, 0.0, 0.5)
    assert levels(country, Driver.DEMAND).tolist() == [1, 1, 1]
    assert levels(country, Driver.PRICES).tolist() == [1, 1, 1]
    paths = sample_paths(country, 20, 1, YEARS)
    assert (paths.demand == 1).all()
    assert (paths.prices == 1).all()
