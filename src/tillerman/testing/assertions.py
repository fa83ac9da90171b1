"""Assertions for people who build on Tillerman: they say what is wrong, and with which row."""

from __future__ import annotations

from collections.abc import Iterable

from tillerman.country import Country, problems_of
from tillerman.exposure import Posture


def assert_valid(country: Country) -> None:
    """Assert that a country would pass the door: warnings are allowed, errors are not."""
    errors = [str(problem) for problem in problems_of(country) if problem.severity == "error"]
    _insist(not errors, "\n".join([f"{country.name} has {len(errors)} errors:", *errors]))


def assert_partition(postures: Iterable[Posture], *, tolerance: float = 1e-7) -> None:
    """Assert that each posture has four shares that are not negative and sum to 1, or none and a reason."""
    for found in postures:
        where = f"{found.layer} at {found.horizon}"
        shares = {
            "control": found.control,
            "steer": found.steer,
            "maker": found.maker,
            "taker": found.taker,
        }
        known = {name: share for name, share in shares.items() if share is not None}
        if not known:
            _insist(found.reason, f"{where}: no shares and no reason")
            continue
        _insist(known.keys() == shares.keys(), f"{where}: some shares are missing: {shares}")
        _insist(min(known.values()) >= -tolerance, f"{where}: a negative share: {known}")
        _insist(abs(sum(known.values()) - 1) <= tolerance, f"{where}: shares sum to {sum(known.values())}: {known}")
        if found.by_contract is None:
            raise AssertionError(f"{where}: steer is not split")
        by_contract = found.by_contract
        _insist(
            -tolerance <= by_contract <= known["steer"] + tolerance, f"{where}: by contract {by_contract} of {known}"
        )


def _insist(holds: object, message: str) -> None:
    """Raise where something does not hold, also when Python runs with its assertions off."""
    if not holds:
        raise AssertionError(message)
