"""Ctrl-C while a plan is made ends the work: what the engine keeps of an interrupted search is not shown as a plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.plan.solved import plan_of
from tillerman.country import Country
from tillerman.plan import optimise
from tillerman.plan.references import comparisons
from tillerman.twostage import Outcome, Risk, solve


def interrupted(*args: object, **kwargs: object) -> object:
    """The engine's answer when Ctrl-C came after its last round: a whole plan, with the outcome that says so."""
    return replace(solve(*args, **kwargs), outcome=Outcome.INTERRUPTED)  # type: ignore[arg-type]


def test_an_interrupted_search_is_no_plan(hand: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C inside the search for the plan goes on to whoever asked for the plan."""
    monkeypatch.setattr("tillerman.plan.base.solve", interrupted)
    with pytest.raises(KeyboardInterrupt):
        optimise(hand, futures=3)


@pytest.mark.parametrize("room", ["variants", "references"])
def test_an_interrupted_comparison_is_no_plan(room: str, hand: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C inside the search for a reference plan is not taken for a reference plan."""
    found = plan_of(hand)
    monkeypatch.setattr(f"tillerman.plan.{room}.solve", interrupted)
    with pytest.raises(KeyboardInterrupt):
        comparisons(found.assembled, found.solution, Risk(0.3), rounds=5)
