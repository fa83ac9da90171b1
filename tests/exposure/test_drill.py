"""Drills: any set withdrawn at once, for any cause, at the four horizons."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillerman.country import Country, load
from tillerman.dispatch import compile_dispatch
from tillerman.exposure import Keeper, Withdrawal, assess, fleet_as_today, kept, withdrawals
from tillerman.exposure.drill import Drill, drill
from tillerman.exposure.singles import find
from tillerman.labels import Cause, Horizon
from tillerman.testing.strategies import countries

ROUNDING = 1e-7  # of a solver


@pytest.fixture(scope="module")
def hand() -> Country:
    """The hand-sized country."""
    return load("hand")


def keeper_of(country: Country) -> Keeper:
    """Today's fleet in the first year."""
    dispatch = compile_dispatch(country)
    return Keeper(dispatch, fleet_as_today(dispatch), 0)


def drilled(country: Country, *names: str, cause: Cause | None = None) -> Drill:
    """Withdraw by name."""
    return drill(keeper_of(country), find(country, names, cause=cause))


def test_nothing_withdrawn_leaves_everything(hand: Country) -> None:
    """Without a withdrawal every resource is whole and every service runs as it does."""
    found = drilled(hand)
    assert set(found.left.values()) == {(1.0, 1.0, 1.0, 1.0)}
    assert found.critical_kept == pytest.approx(found.critical_whole)
    assert all(row.kept == pytest.approx(row.whole) for row in found.services)
    assert not any(any(row.falls) for row in found.services)


def test_the_clinic_falls_and_recovers_by_hand(hand: Country) -> None:
    """XA alone, its treaty worth nothing: half of the clinic in the first days, all later, none without new chips."""
    bare = replace(hand, agreements=tuple(replace(a, honoured_ordered=0.0) for a in hand.agreements))
    found = drilled(bare, "xa")
    clinic = next(row for row in found.services if row.service == "clinic")
    assert clinic.kept == pytest.approx((0.5, 1.0, 1.0, 0.0))
    assert clinic.falls == (False, False, False, True)
    assert found.critical_kept == pytest.approx((0.5, 1.0, 1.0, 0.0))


def test_says_what_is_left_of_each_resource(hand: Country) -> None:
    """Without Chipco the hall runs until its chips are worn out; the rented model stops once its treaty is spent."""
    assert drilled(hand, "chipco:supplies").left["home_hall"] == (1.0, 1.0, 1.0, 0.0)
    closed = next(model.id for model in hand.models if not model.is_open_weights)
    assert drilled(hand, "farco").left[closed] == (1.0, 0.5, 0.0, 0.0)
    bare = replace(hand, agreements=tuple(replace(a, honoured_chooses=0.0) for a in hand.agreements))
    assert drilled(bare, "farco").left[closed] == (0.0, 0.0, 0.0, 0.0)


def test_a_promise_holds_by_cause(hand: Country) -> None:
    """The same withdrawal keeps what the treaty promises when ordered, and nothing where it is not honoured."""
    only_orders = replace(
        hand,
        agreements=tuple(
            replace(a, honoured_ordered=1.0, honoured_chooses=0.0, honoured_cannot=0.0) for a in hand.agreements
        ),
    )
    ordered = drilled(only_orders, "farco", cause=Cause.ORDERED)
    chosen = drilled(only_orders, "farco", cause=Cause.CHOOSES)
    closed = next(model.id for model in hand.models if not model.is_open_weights)
    assert ordered.left[closed] == (1.0, 0.5, 0.0, 0.0)
    assert chosen.left[closed] == (0.0, 0.0, 0.0, 0.0)
    assert {item.cause for item in ordered.withdrawn} == {Cause.ORDERED}


def test_each_has_a_name_of_its_own(hand: Country) -> None:
    """A drill can be written down: no two single withdrawals share a key, and each is found by its own."""
    known = withdrawals(hand)
    assert len({item.key for item in known}) == len(known)
    assert find(hand, [item.key for item in known]) == known


def test_agrees_with_what_is_asked_of_an_exposure(hand: Country) -> None:
    """The drill is the withdrawal of `exposure --without`, seen service by service."""
    asked = assess(hand, without=("xa", "chipco")).asked
    assert asked is not None
    assert drilled(hand, "xa", "chipco").critical_kept == pytest.approx(asked.kept)


def _no_more(found: Drill, than: Drill) -> None:
    """A drill keeps no more of anything: no resource, no critical service."""
    for resource, left in found.left.items():
        assert all(a <= b + ROUNDING for a, b in zip(left, than.left[resource], strict=True)), resource
    assert all(a <= b + ROUNDING for a, b in zip(found.critical_kept, than.critical_kept, strict=True))


@settings(max_examples=8)
@given(country=countries(), data=st.data(), cause=st.sampled_from([None, *Cause]))
def test_broader_never_keeps_more(country: Country, data: st.DataObject, cause: Cause | None) -> None:
    """Whoever else withdraws as well, for whatever cause, nothing comes back; the order does not matter."""
    keeper = keeper_of(country)
    known = withdrawals(country)
    some = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True))
    items = [item.because(cause) for item in some]
    broad = drill(keeper, items)
    for n in range(len(items)):
        _no_more(broad, drill(keeper, items[:n]))
    assert drill(keeper, items[::-1]).critical_kept == pytest.approx(broad.critical_kept, abs=ROUNDING)


@settings(max_examples=8)
@given(country=countries(), data=st.data())
def test_harsher_never_keeps_more(country: Country, data: st.DataObject) -> None:
    """A cause for which promises hold less keeps no more: an order that beats every clause, a choice that breaks it."""
    broken = tuple(replace(a, honoured_ordered=0.0, honoured_chooses=a.honoured_cannot / 2) for a in country.agreements)
    harsh = replace(country, agreements=broken)
    keeper = keeper_of(harsh)
    item = data.draw(st.sampled_from(withdrawals(harsh)))
    ordered, chosen, failed = (
        drill(keeper, [item.because(cause)]) for cause in (Cause.ORDERED, Cause.CHOOSES, Cause.CANNOT)
    )
    _no_more(chosen, failed)
    deepening = {term.clause for term in harsh.clauses if term.is_deepening}
    if not any(set(a.clauses) & deepening for a in harsh.agreements):
        _no_more(ordered, chosen)


def test_every_cause_can_be_asked_for_of_every_withdrawal(hand: Country) -> None:
    """A cause replaces the usual one and nothing else."""
    for item in withdrawals(hand):
        for cause in Cause:
            other: Withdrawal = item.because(cause)
            assert other.cause is cause
            assert (other.key, other.kind, other.is_home) == (item.key, item.kind, item.is_home)
            assert other.active(Horizon.YEAR).cause is cause
        assert item.because(None) == item


@pytest.mark.parametrize("written", ["ke", "ＫＥ", "Kenya", "kenya", "肯亞"])
def test_a_state_is_meant_however_it_is_written(written: str) -> None:
    """A state is found by its code and by its name in every language, in any case and width."""
    (found,) = find(load("kenya"), [written])

    assert found.id == "KE"


def test_many_may_drill_at_once(hand: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that share a keeper are answered as one alone is, also while it forgets what it can remember no more."""
    monkeypatch.setattr(kept, "MOST_KNOWN", 6)
    keeper, known = keeper_of(hand), withdrawals(hand)
    asked = [(a, b.because(cause)) for a in known for b in known for cause in (None, Cause.CANNOT)]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda items: drill(keeper, items).services, asked))
    alone = keeper_of(hand)
    for items, found in zip(asked, together, strict=True):
        expected = drill(alone, items).services
        assert [row.kept for row in found] == [pytest.approx(row.kept) for row in expected]
