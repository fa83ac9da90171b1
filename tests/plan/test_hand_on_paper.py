"""The plan of the hand-sized country, against the numbers that docs/tutorials/hand.md works out with a pencil."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.plan.paper import paper_futures
from tillerman.country import Country
from tillerman.errors import SettingError
from tillerman.exposure import ALL_LAYERS
from tillerman.labels import Horizon
from tillerman.plan import Plan, Reference, optimise

CENTS = 1e-6  # the file's price is ten cents only to nine digits


def reference(plan: Plan, name: str) -> Reference:
    """One reference plan by name."""
    return next(r for r in plan.references if r.name == name)


def test_the_objective_is_proved_and_is_the_one_on_paper(paper_plan: Plan) -> None:
    """2.9 now, 7.342 on average later, less 43.2 of value: -32.958, with both bounds there."""
    proof = paper_plan.certificate
    assert proof.objective_musd == pytest.approx(-32.958, abs=CENTS)
    assert proof.lower_bound_musd == pytest.approx(-32.958, abs=CENTS)
    assert proof.gross_musd == pytest.approx(10.242, abs=CENTS)
    assert proof.gap == 0.0


def test_ten_chips_are_built_and_the_school_is_split(paper_plan: Plan) -> None:
    """Ten chips for the school uses that people rely on; the clinic at home; the office abroad."""
    built = [d for d in paper_plan.decisions if d.action == "build"]
    assert [(d.subject, d.years, round(d.amount, 6)) for d in built] == [("home_hall", "2027", 10.0)]
    assert built[0].public_cash_musd == pytest.approx(1.6, abs=CENTS)
    ready = {(d.subject, d.years): d.amount for d in paper_plan.decisions if d.action == "run"}
    assert ready == pytest.approx(
        {
            ("clinic.easy@home", "2027"): 1.0,
            ("school.easy@abroad", "2027"): 1.0,
            ("office.easy@abroad", "2027"): 1.0,
            ("clinic.easy@home", "2028"): 1.0,
            ("school.easy@home", "2028"): 0.5,
            ("school.easy@abroad", "2028"): 0.5,
            ("office.easy@abroad", "2028"): 1.0,
        },
        abs=CENTS,
    )
    assert all(d.is_committed for d in paper_plan.decisions)


def test_three_accounts(paper_plan: Plan) -> None:
    """Cash 1.6 in 2027; 2.9 at the cost of public funds; 0.8 of imported chips; 5.936 for uses abroad."""
    accounts = paper_plan.accounts
    assert accounts.public_cash_by_period == pytest.approx((1.6, 0.0), abs=CENTS)
    assert accounts.first_stage_welfare == pytest.approx(2.9, abs=CENTS)
    assert accounts.running == pytest.approx(5.936, abs=CENTS)
    assert accounts.losses == pytest.approx(0.02, abs=CENTS)
    assert accounts.unmet_value == pytest.approx(1.386, abs=CENTS)
    assert accounts.value == pytest.approx(43.2, abs=CENTS)
    assert accounts.exchange_first_stage == pytest.approx(0.8, abs=CENTS)
    assert accounts.exchange_running == pytest.approx(5.936, abs=CENTS)
    assert accounts.net_welfare == pytest.approx(32.958, abs=CENTS)


def test_postures_with_the_plan(paper_plan: Plan) -> None:
    """The clinic runs at home with nobody's permission, until the chips are worn out."""
    control = {
        (row.year, row.posture.horizon): row.posture.control
        for row in paper_plan.year_postures
        if row.posture.layer == ALL_LAYERS
    }
    for year in (2027, 2028):
        assert [control[year, horizon] for horizon in Horizon] == pytest.approx([1.0, 1.0, 1.0, 0.0], abs=CENTS)
    assert paper_plan.trilemma.control == pytest.approx(1.0)
    assert paper_plan.trilemma.consistency == pytest.approx(1.0)
    assert paper_plan.trilemma.capability == pytest.approx(1 - 1.396 / 43.2, abs=CENTS)


def test_what_keeps_running(paper_plan: Plan) -> None:
    """At 90 days: the clinic whatever happens, half of the school with nobody's permission, nothing of the office.

    If XA alone stops, the treaty's quarter is left: the office keeps 5 of 20 million, the school 2.5 that stand ready
    and 2.5 moved abroad beside 12.5 at home, since 2.5 of the clinic can be moved abroad.
    """
    alone = {row.service: row.alone for row in paper_plan.services}
    assert alone == pytest.approx({"clinic": 1.0, "school": 0.5, "office": 0.0}, abs=CENTS)
    any_one = {row.service: row.any_one for row in paper_plan.services}
    assert any_one == pytest.approx({"clinic": 1.0, "school": 0.875, "office": 0.25}, abs=CENTS)


@pytest.mark.parametrize(
    ("name", "first", "objective", "loss"),
    [
        ("as_today", 0.99, -31.791, 1.626),
        ("rent_everything", 0.9, -30.6064, 2.0776),
        ("rent_and_fallback", 0.9, -32.79, 1.54),
        ("build_everything", 4.34, -16.66, 10.0),
    ],
)
def test_reference_plans(paper_plan: Plan, name: str, first: float, objective: float, loss: float) -> None:
    """Each reference plan costs what it costs on paper."""
    found = reference(paper_plan, name)
    assert found.first_cost_musd == pytest.approx(first, abs=CENTS)
    assert found.objective_musd == pytest.approx(objective, abs=CENTS)
    assert found.expected_loss_musd == pytest.approx(loss, abs=CENTS)
    assert found.is_certified
    assert not found.note


def test_who_trusts_that_nothing_stops_is_indifferent_and_pays_for_it(paper_plan: Plan) -> None:
    """Without withdrawals clinic or school may fill the hall at home; with them that costs up to 0.5032 more."""
    found = reference(paper_plan, "cheapest")
    assert found.first_cost_musd == pytest.approx(0.9, abs=CENTS)
    assert -32.79 - CENTS <= found.objective_musd <= -32.2868 + CENTS


def test_the_break_even_chance_has_a_closed_form(paper_plan: Plan) -> None:
    """Ten chips pay when 0.8 x (0.1 x (1 - d) + d) = 0.2 with d = 1 - (1 - p)^2, so p = 1 - sqrt(5/6)."""
    (found,) = paper_plan.break_evens
    assert found.subject == "home_hall"
    assert found.disruption == "xa_orders_stop"
    assert found.assumed_chance == pytest.approx(0.1)
    assert found.break_even_chance == pytest.approx(1 - (5 / 6) ** 0.5, abs=1e-4)
    assert found.verdict == "worth it above this chance"


def test_who_fears_the_worst_builds_twenty_chips(careful_plan: Plan) -> None:
    """With 0.3 on the worst 5 in 100, the second ten chips save 0.21856 each and cost 0.2: objective -31.8962."""
    (built,) = [d for d in careful_plan.decisions if d.action == "build"]
    assert built.amount == pytest.approx(20, abs=CENTS)
    assert careful_plan.certificate.objective_musd == pytest.approx(-31.8962, abs=CENTS)


def test_too_few_bad_futures_give_no_average_of_the_worst(paper_plan: Plan) -> None:
    """One future makes the worst 5 in 100: their average is withheld, with a reason."""
    assert paper_plan.cvar_musd is None
    assert paper_plan.n_effective_tail == pytest.approx(1.0)
    assert paper_plan.cvar_reason.startswith("rests on 1 future")


def test_futures_of_another_country_are_refused(hand: Country) -> None:
    """Futures drawn from one file do not fit another."""
    other = replace(hand, frame=replace(hand.frame, budget_musd_per_year=1.0))
    with pytest.raises(SettingError, match="same country file"):
        optimise(other, futures=paper_futures(hand))
