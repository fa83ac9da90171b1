"""A target that cannot be met is refused with a smallest set of rules, in words that a minister knows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.plan.clashes import CLASHES, Clash, two_thirds
from tillerman.country import Country
from tillerman.dispatch import compile_dispatch
from tillerman.errors import ClashError
from tillerman.plan import optimise
from tillerman.plan.assemble import rulebook
from tillerman.plan.rules import Rulebook
from tillerman.plan.setting import Setting
from tillerman.testing.assertions import assert_valid
from tillerman.twostage import clash


def rules_of(country: Country) -> Rulebook:
    """Lay down a country's first stage."""
    return rulebook(Setting(compile_dispatch(country), country.frame.budget_musd_per_year))


def is_feasible_without(book: Rulebook, groups: set[str]) -> bool:
    """Can all rules outside these groups hold together?"""
    first = book.first_stage()
    dropped = np.array([group in groups for group in book.groups])
    relaxed = replace(
        first,
        row_lower=np.where(dropped, -np.inf, first.row_lower),
        row_upper=np.where(dropped, np.inf, first.row_upper),
    )
    return clash(relaxed, book.groups) == ()


@pytest.mark.parametrize("case", CLASHES, ids=lambda case: case.name)
def test_a_planted_clash_is_told(hand: Country, case: Clash) -> None:
    """The error names the planted rule and the target, and nothing that has no part in it."""
    country = case.build(hand)
    assert_valid(country)
    with pytest.raises(ClashError, match="No plan satisfies all the rules") as refused:
        optimise(country, futures=2)
    assert case.planted in refused.value.rules
    assert set(refused.value.rules) == case.rules


@pytest.mark.parametrize("case", CLASHES, ids=lambda case: case.name)
def test_any_one_rule_less_and_the_others_can_hold(hand: Country, case: Clash) -> None:
    """The set is irreducible: dropping any one rule of it makes a plan possible."""
    book = rules_of(case.build(hand))
    assert not is_feasible_without(book, set())
    for rule in case.rules:
        assert is_feasible_without(book, {rule}), rule


def test_without_the_planted_rule_the_target_is_met(hand: Country) -> None:
    """With money, time and power the target of two thirds costs ten chips more and is met exactly."""
    plan = optimise(two_thirds(hand), futures=2, risk_aversion=0.0)
    built = sum(d.amount for d in plan.decisions if d.action == "build")
    assert built == pytest.approx(10, abs=1e-6)
