"""The agreement of postures means something: each rule that is broken makes it fail."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.oracle.test_posture_agrees import differs, ours_and_theirs
from tillerman.country import Country
from tillerman.dispatch import Dispatch, withdrawal
from tillerman.exposure import Keeper, posture
from tillerman.futures import Active, Promises
from tillerman.labels import Cause, Clause
from tillerman.testing.generate import random_country

pytestmark = pytest.mark.slow

N_FILES = 60
Break = Callable[[pytest.MonkeyPatch], None]


def is_noticed(folder: Path) -> bool:
    """Say whether a posture of some made-up country differs from the oracle's."""
    for seed in range(N_FILES):
        pairs = ours_and_theirs(random_country(seed), folder / str(seed), seed)
        if any(differs(ours, theirs) for ours, theirs in pairs):
            return True
    return False


def withdrawing(**wrong: object) -> Break:
    """Withdraw with some field of every withdrawal wrong."""
    right = posture._withdraw

    def broken(*args: object) -> Active:
        active: Active = right(*args)  # type: ignore[arg-type]  # passed on as they come
        for name, value in wrong.items():
            object.__setattr__(active, name, value)
        return active

    return lambda patch: patch.setattr(posture, "_withdraw", broken)


def weighing(patch: pytest.MonkeyPatch) -> None:
    """Count every tier."""
    right = Keeper.weights
    patch.setattr(Keeper, "weights", lambda self, *_, **__: right(self, 3))


def only_the_first(patch: pytest.MonkeyPatch) -> None:
    """Forget all foreign jurisdictions but one."""
    right = posture.foreign_jurisdictions
    patch.setattr(posture, "foreign_jurisdictions", lambda country: right(country)[:1])


def home_too(patch: pytest.MonkeyPatch) -> None:
    """Count the country itself among those who may withdraw."""
    right = posture.foreign_jurisdictions

    def broken(country: Country) -> tuple[str, ...]:
        return (*right(country), *country.frame.home_jurisdictions)

    patch.setattr(posture, "foreign_jurisdictions", broken)


def private_contracts_bind(patch: pytest.MonkeyPatch) -> None:
    """Let orders leave private promises standing."""
    right = withdrawal.strength

    def broken(agreement: object, item: Active, *, is_deepening: bool, enforced: bool) -> float:
        is_order = item.cause is Cause.ORDERED
        return right(agreement, item, is_deepening=is_deepening or is_order, enforced=enforced)  # type: ignore[arg-type]

    patch.setattr(withdrawal, "strength", broken)


BREAKS: dict[str, Break] = {
    "deepening clauses count everywhere": withdrawing(promises=Promises.ALL),
    "no clauses count": withdrawing(promises=Promises.NONE),
    "every layer at once": withdrawing(resources=None),
    "governance is about stopping": withdrawing(is_legal_reach=False),
    "no enforcement": withdrawing(enforcement=0.0),
    "certain promises": withdrawing(honoured=1.0),
    "a common shock": withdrawing(is_common_shock=True),
    "another cause": withdrawing(cause=Cause.CANNOT),
    "every clause is law": lambda patch: patch.setattr(withdrawal, "LEGAL_CLAUSES", tuple(Clause)),
    "every tier": weighing,
    "pooled uses are missing": lambda patch: patch.setattr(Dispatch, "unpooled", lambda _, fleet: fleet),
    "one jurisdiction only": only_the_first,
    "home withdraws too": home_too,
    "private contracts bind orders": private_contracts_bind,
}


def test_the_fields_that_are_broken_exist() -> None:
    """A renamed field would make a mutant harmless."""
    names = {field.name for field in dataclasses.fields(Active)}
    assert {"promises", "resources", "is_legal_reach", "enforcement", "honoured", "is_common_shock", "cause"} <= names


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_rule_is_noticed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each rule of the posture page that is broken makes the agreement fail."""
    BREAKS[name](monkeypatch)
    assert is_noticed(tmp_path)
