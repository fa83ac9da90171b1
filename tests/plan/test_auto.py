"""As many futures as a plan needs: twice as many until the rule is met, or the cap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tillerman.country import Country
from tillerman.plan import auto
from tillerman.plan.base import Base
from tillerman.plan.enough import Enough, enough_futures
from tillerman.plan.request import make_request


@pytest.mark.parametrize(("needed", "numbers"), [(20, [20]), (80, [20, 40, 80]), (10**6, [20, 40, 50])])
def test_it_doubles_until_there_are_enough_or_to_the_cap(
    hand: Country, monkeypatch: pytest.MonkeyPatch, needed: int, numbers: list[int]
) -> None:
    """20, 40, 80; where that is never enough, it stops at the cap and the last step says so."""

    def judged(base: Base, **_settings: object) -> Enough:
        found = enough_futures(base, samples=1)
        return replace(found, share=0.0 if base.request.n_futures >= needed else 1.0)

    monkeypatch.setattr(auto, "enough_futures", judged)
    cap = 50 if needed > 640 else 640
    base, steps = auto.enough_for(hand, make_request(hand), cap=cap)
    assert [step.n_futures for step in steps] == numbers
    assert base.request.n_futures == numbers[-1]
    assert steps[-1].is_enough is (needed <= numbers[-1])
