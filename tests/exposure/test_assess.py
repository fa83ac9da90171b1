"""Who can withdraw what, and what keeps running: on the hand-sized country by hand, on made-up ones by law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tillerman.country import Country, load
from tillerman.dispatch import Dispatch, State, compile_dispatch
from tillerman.errors import UnknownNameError
from tillerman.exposure import Exposure, Keeper, WithdrawalKind, assess, fleet_as_today, withdrawals
from tillerman.exposure.kept import Floats
from tillerman.labels import Horizon
from tillerman.testing.strategies import countries
from tillerman.twostage import Evaluation

WEEK, QUARTER, YEAR, LASTING = range(4)


@pytest.fixture(scope="module")
def hand() -> Country:
    """The hand-sized country."""
    return load("hand")


@pytest.fixture(scope="module")
def today(hand: Country) -> Exposure:
    """Its exposure when nothing is decided."""
    return assess(hand)


def without_promises(country: Country) -> Country:
    """Return the country with an agreement that never holds."""
    return replace(country, agreements=tuple(replace(a, honoured_ordered=0.0) for a in country.agreements))


def test_with_nobodys_permission_no_promise_counts(hand: Country, today: Exposure) -> None:
    """Home fills its ten chips with the clinic; the treaty that might keep a part abroad is somebody's permission."""
    alone = {row.service: row.alone for row in today.services}
    assert alone == pytest.approx({"clinic": 1.0, "school": 0.0, "office": 0.0})
    assert alone == pytest.approx({row.service: row.alone for row in assess(without_promises(hand)).services})


def test_if_one_withdraws_its_promises_count(hand: Country, today: Exposure) -> None:
    """What is left if any one withdraws is more with the treaty than without it."""
    kept = {row.service: row.any_one for row in today.services}
    bare = {row.service: row.any_one for row in assess(without_promises(hand)).services}
    assert bare["school"] == pytest.approx(0.0)
    assert kept["school"] > 0.2


def test_the_clinic_by_hand(hand: Country) -> None:
    """XA alone, no treaty: half of the clinic in the first days, all of it later, nothing without new chips."""
    found = assess(without_promises(hand), without=("xa",)).asked
    assert found is not None
    assert found.kept == pytest.approx((0.5, 1.0, 1.0, 0.0))
    assert found.stops == ((), (), (), ("clinic",))
    assert found.kept_all == pytest.approx((0.1, 0.2, 0.2, 0.0))


def test_a_vendor_withdraws_what_it_supplies_and_no_more(today: Exposure) -> None:
    """Chips in the rack run on without their vendor, until they are worn out."""
    vendor = next(c for c in today.singles if c.withdrawal.kind is WithdrawalKind.VENDOR)
    assert vendor.withdrawal.id == "chipco"
    assert vendor.kept == pytest.approx((1.0, 1.0, 1.0, 1.0))  # the clinic can move abroad after five years
    assert vendor.kept_all[LASTING] == pytest.approx(1.0)


def test_holds_say_what_each_leaves(today: Exposure) -> None:
    """Rented calls stop at once, weights in hand stay, chips last until their end of life."""
    left = {(row.resource.split()[1], row.party.split()[0].strip(","), row.kind): row.left for row in today.holds}
    assert left["closed", "Farco", "licenses"] == (0.0, 0.0, 0.0, 0.0)
    assert left["open", "Farco", "licenses"] == (1.0, 1.0, 1.0, 1.0)
    assert left["hall", "Chipco", "supplies"] == (1.0, 1.0, 1.0, 0.0)


def test_withdrawals_come_by_consequence_home_included(today: Exposure) -> None:
    """Every party and jurisdiction is tried, home and allies too; the most serious comes first."""
    ids = {c.withdrawal.id for c in today.singles}
    assert {"ZZ", "XA", "home_state", "farco", "chipco"} <= ids
    worst = [round(c.worst, 9) for c in today.singles]
    assert worst == sorted(worst)
    assert not today.worst_single.withdrawal.is_home


def test_the_most_serious_loss_leaves_least_after_90_days(today: Exposure) -> None:
    """What a loss leaves in five years heads the list, but the headline is 90 days, as for plans beside each other."""
    abroad = [c for c in today.singles if not c.withdrawal.is_home][:2]
    late, soon = replace(abroad[0], kept=(1.0, 0.8, 0.5, 0.0)), replace(abroad[1], kept=(0.4, 0.6, 0.8, 0.8))
    assert replace(today, singles=(late, soon)).worst_single == soon


def test_the_fallback_is_named_or_there_is_none(today: Exposure) -> None:
    """The clinic falls back on nurses; the school on nothing."""
    fallback = {row.service: row.fallback for row in today.services}
    assert fallback["clinic"] is not None
    assert fallback["clinic"].hours_to_switch == 4.0
    assert fallback["school"] is None


def test_unknown_names_are_refused_with_the_nearest(hand: Country) -> None:
    """A misspelt party is refused by name."""
    with pytest.raises(UnknownNameError, match="farco") as refused:
        assess(hand, without=("farcoo",))
    assert "farco" in refused.value.nearest


def test_several_at_once_keep_no_more_than_each(hand: Country) -> None:
    """Farco and Chipco together leave no more than either."""
    both = assess(hand, without=("farco", "chipco")).asked
    assert both is not None
    for name in ("farco", "chipco"):
        one = assess(hand, without=(name,)).asked
        assert one is not None
        assert all(b <= o + 1e-9 for b, o in zip(both.kept, one.kept, strict=True))
    assert both.kept[LASTING] == pytest.approx(0.0)


@settings(max_examples=6)
@given(country=countries())
def test_shares_lie_between_nothing_and_all(country: Country) -> None:
    """No rounding leaves a share below 0 or above 1, on made-up countries."""
    found = assess(country)
    shares = [share for row in found.services for share in (row.alone, row.any_one, row.whole)]
    shares += [share for c in found.singles for share in (*c.kept, *c.kept_all)]
    assert min(shares) >= 0.0
    assert max(shares) <= 1.0 + 1e-9
    assert all(row.any_one <= row.whole + 1e-9 for row in found.services)


@settings(max_examples=5)
@given(country=countries())
def test_the_keeper_answers_alike_in_any_order(country: Country) -> None:
    """Equal cases are solved once, so the answer must not depend on what was asked before."""
    dispatch = compile_dispatch(country)
    fleet = fleet_as_today(dispatch)
    cases = [((item.active(h),), h) for item in withdrawals(country)[:4] for h in Horizon]
    together = Keeper(dispatch, fleet, 0).kept(cases, tier=3)
    backwards = Keeper(dispatch, fleet, 0).kept(cases[::-1], tier=3)[::-1]
    people = [found.people_million for found in together]
    assert people == pytest.approx([found.people_million for found in backwards], abs=1e-7)
    assert min(float(found.share_by_class.min()) for found in together) >= 0.0
    assert np.isfinite(people).all()


def test_rounding_of_a_solver_does_not_show(hand: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that serves -1e-15 of a use serves nothing."""
    solved = Dispatch.evaluate

    def a_little_less(
        self: Dispatch, states: Sequence[State], fleet: Floats, *, cost: Floats | None = None, primal: bool = False
    ) -> Evaluation:
        found = solved(self, states, fleet, cost=cost, primal=primal)
        return replace(found, primal=None if found.primal is None else found.primal - 1e-15)

    monkeypatch.setattr(Dispatch, "evaluate", a_little_less)
    assert min(row.alone for row in assess(hand).services) == 0.0
