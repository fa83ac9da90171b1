"""From which chance on a decision pays: told only where the bounds can tell, and only of decisions that protect."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.plan.clashes import two_thirds
from tests.plan.paper import paper_futures
from tests.plan.solved import plan_of, silent
from tests.plan.variants_of_hand import with_adoption
from tillerman.country import Country
from tillerman.plan.breakeven import _compare, break_evens
from tillerman.plan.decisions import decisions
from tillerman.plan.result import BreakEven
from tillerman.plan.variants import without
from tillerman.twostage import Risk

BUILDS = {"start_built[home_hall,0]", "start_built[home_hall,1]"}


def compared(country: Country, blur: float) -> BreakEven:
    """Compare ten chips with none on the paper's futures, as if the bounds were so far apart."""
    found = plan_of(country, futures=paper_futures(country), aversion=0.0)
    best = found.solution
    bare = without(found.assembled, BUILDS, best.x, Risk(0.0), best.memory, silent, rounds=60)
    vague = replace(best, lower_bound=best.objective - blur)
    return _compare(found.assembled.futures, Risk(0.0), "home_hall", "The hall", vague, bare)


def test_a_chance_is_told_where_the_bounds_can_tell(hand: Country) -> None:
    """Ten chips lose 1.2 if XA never stops (0.08 of 0.2 each come back) and gain far more if it surely does."""
    found = compared(hand, blur=1.0)
    assert found.break_even_chance == pytest.approx(1 - (5 / 6) ** 0.5, abs=1e-4)


def test_a_sign_within_the_tolerance_is_no_sign(hand: Country) -> None:
    """Were the bounds 1.3 apart, the loss of 1.2 could be none: undetermined."""
    found = compared(hand, blur=1.3)
    assert found.break_even_chance is None
    assert found.verdict.startswith("undetermined")


def test_what_makes_use_grow_is_not_asked(hand: Country) -> None:
    """A programme of adoption costs more than the chips, but no disruption makes or breaks it."""
    country = with_adoption(hand, effect=0.5)
    dear = replace(country, levers=tuple(replace(lever, capital_musd=3.0) for lever in country.levers))
    found = plan_of(dear, futures=paper_futures(dear), aversion=0.0)
    rows = decisions(found.assembled.setting, found.amounts)
    assert {"adoption_programme", "home_hall"} <= {row.subject for row in rows}
    evens = break_evens(found.assembled, found.solution, Risk(0.0), rows, most=5, rounds=60)
    assert [even.subject for even in evens] == ["home_hall"]


def test_what_a_target_needs_is_needed(hand: Country) -> None:
    """Where no plan without a decision keeps all the rules, it is needed whatever the chance."""
    country = two_thirds(hand)
    found = plan_of(country, futures=paper_futures(country), aversion=0.0)
    rows = decisions(found.assembled.setting, found.amounts)
    (even,) = break_evens(found.assembled, found.solution, Risk(0.0), rows, most=1, rounds=60)
    assert even.verdict == "needed: no plan without it keeps all the rules"
    assert even.break_even_chance is None
