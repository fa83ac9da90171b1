"""Postures agree with an implementation that shares no code with them, and obey the laws of their page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.oracle.country_file import Fleet
from tests.oracle.posture_oracle import HORIZONS, LAYERS, PostureOracle, Question, Shares
from tests.oracle.test_dispatch_agrees import PACKS
from tests.oracle.translate import plain_fleet
from tillerman.country import Country, load, shipped
from tillerman.country.writing import write
from tillerman.dispatch import Dispatch, compile_dispatch, deploy_name
from tillerman.exposure import Keeper, Posture, fleet_as_today, postures
from tillerman.labels import Cause
from tillerman.testing.assertions import assert_partition
from tillerman.testing.cases import RandomFleet, random_fleet
from tillerman.testing.generate import random_country

TOLERANCE = 1e-7
N_FILES = 200
N_SYSTEMS = 300  # the files above, and a hundred more
N_BATCHES = 40
N_MORE = 10
CAUSES = tuple(Cause)
SHARES = ("control", "steer", "maker", "taker", "by_contract")


def ours_and_theirs(country: Country, folder: Path, seed: int) -> Iterator[tuple[Posture, Shares]]:
    """Measure every layer and horizon of a country twice, at some period, cause and tier, with some fleet."""
    write(country, folder)
    dispatch, oracle = compile_dispatch(country), PostureOracle(folder)
    fleet, cause, tier, period = setting(dispatch, seed)
    decided, year = plain_fleet(fleet, dispatch.space.epochs[period]), dispatch.space.years[period]
    keeper = Keeper(dispatch, dispatch.fleet(fleet.vector(dispatch)), period)
    for ours in postures(keeper, cause=cause, tier=tier):
        asked = Question(ours.layer, ours.horizon.value, cause.value, year, tier)
        yield ours, oracle.posture(asked, decided)


def setting(dispatch: Dispatch, seed: int) -> tuple[RandomFleet, Cause, int, int]:
    """Return the fleet, cause, tier and period with which a made-up country is measured."""
    return random_fleet(dispatch, seed), CAUSES[seed % 3], 1 + seed % 2, seed % len(dispatch.space.years)


def differs(ours: Posture, theirs: Shares) -> bool:
    """Say whether two measurements differ by more than rounding."""
    if theirs.shares is None or ours.control is None:
        return (theirs.reason, theirs.shares, None) != (ours.reason, None, ours.control)
    return any(abs(getattr(ours, name) - theirs.shares[name]) > TOLERANCE for name in SHARES)


@pytest.mark.parametrize("batch", range(N_BATCHES))
def test_postures_agree_with_the_oracle_on_made_up_countries(batch: int, tmp_path: Path) -> None:
    """Two hundred generated files: every layer and horizon agrees to 1e-7, and shares are a partition."""
    for seed in range(batch, N_FILES, N_BATCHES):
        found = list(ours_and_theirs(random_country(seed), tmp_path / str(seed), seed))
        assert len(found) == (len(LAYERS) + 1) * len(HORIZONS)
        wrong = [(ours, theirs) for ours, theirs in found if differs(ours, theirs)]
        assert not wrong, f"country {seed}: {wrong[0]}"
        assert_partition(ours for ours, _ in found)


@pytest.mark.parametrize("batch", range(N_MORE))
def test_shares_are_never_negative_and_add_up_to_one(batch: int) -> None:
    """Three hundred made-up systems, with those above: wherever a layer can be measured, its shares are a partition."""
    for seed in range(N_FILES + batch, N_SYSTEMS, N_MORE):
        dispatch = compile_dispatch(random_country(seed))
        fleet, cause, tier, period = setting(dispatch, seed)
        keeper = Keeper(dispatch, dispatch.fleet(fleet.vector(dispatch)), period)
        assert_partition(postures(keeper, cause=cause, tier=tier))


def test_most_made_up_layers_can_be_measured(tmp_path: Path) -> None:
    """The agreement above is not empty: in twenty countries most layers have shares, and every share occurs."""
    found = [
        theirs for seed in range(20) for _, theirs in ours_and_theirs(random_country(seed), tmp_path / str(seed), seed)
    ]
    measured = [theirs.shares for theirs in found if theirs.shares is not None]
    assert len(measured) > len(found) / 2
    assert all(any(shares[name] > 0.05 for shares in measured) for name in SHARES)


@pytest.mark.parametrize("name", shipped())
@pytest.mark.parametrize("cause", CAUSES)
def test_postures_of_shipped_countries_agree_with_the_oracle(name: str, cause: Cause) -> None:
    """Every shipped country as it stands today agrees to 1e-7, read from its folder as it is shipped."""
    dispatch, oracle = compile_dispatch(load(name)), PostureOracle(PACKS / name)
    today = fleet_as_today(dispatch)
    decided = Fleet(
        y={
            (dispatch.layout.classes[pair.klass].name, pair.route.id): float(
                today[dispatch.space.position[deploy_name(pair.name(dispatch.layout.classes), 0)]]
            )
            for pair in dispatch.layout.pairs
            if pair.is_resident
        }
    )
    for ours in postures(Keeper(dispatch, today, 0), cause=cause):
        asked = Question(ours.layer, ours.horizon.value, cause.value, dispatch.space.years[0], 1)
        theirs = oracle.posture(asked, decided)
        assert not differs(ours, theirs), (ours, theirs)
