"""The dials: at rest they change nothing, turned they change named chances only, and harsher never costs less."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tillerman.compare import outline_of, plan_change
from tillerman.country import Country, load
from tillerman.country.difference import diff
from tillerman.errors import SettingError, UnknownNameError
from tillerman.labels import Grade
from tillerman.plan import Dials, base_for, make_request, optimise, turned
from tillerman.plan.dials import HIGHEST, does
from tillerman.plan.influence_likelihood import CHANCES

KENYA = load("kenya")
REQUEST = make_request(KENYA)


def chances(country: Country) -> dict[str, tuple[float, ...]]:
    """The yearly chances of every disruption."""
    return {row.id: tuple(getattr(row, column) for column in CHANCES) for row in country.disruptions}


def changed(country: Country) -> set[str]:
    """The disruptions whose chances differ from the file's."""
    before, after = chances(KENYA), chances(country)
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize("dials", [Dials(), Dials(distrust=()), Dials(distrust=(("US", 1.0),)), Dials(likelihood=1)])
def test_at_rest_nothing_changes(dials: Dials) -> None:
    """Dials as they stand, and distrust of nobody, give the very file and request, hash and all."""
    found = turned(KENYA, REQUEST, dials)
    assert found.country.content_hash == KENYA.content_hash
    assert (found.country, found.request, found.changes) == (KENYA, REQUEST, ())


def test_money_futures_and_the_worst_are_of_the_request() -> None:
    """These dials leave the file alone."""
    found = turned(KENYA, REQUEST, Dials(budget_musd_per_year=7.0, worst_weight=0.9, futures=50))
    assert found.country == KENYA
    assert found.request == replace(REQUEST, budget_musd_per_year=7.0, risk_aversion=0.9, n_futures=50)


def test_likelihood_multiplies_deliberate_acts_alone() -> None:
    """Twice as likely: every deliberate act and nothing else, each as an assumption of the reader with its range."""
    found = turned(KENYA, REQUEST, Dials(likelihood=2.0))
    deliberate = {row.id for row in KENYA.disruptions if row.is_geopolitical}
    assert changed(found.country) == deliberate
    assert chances(found.country)["uae_leaves"] == pytest.approx(tuple(2 * c for c in chances(KENYA)["uae_leaves"]))
    for change in found.changes:
        evidence = [e for e in found.country.evidence if (e.row, e.column) == (change.disruption, change.column)]
        assert all(e.grade is Grade.ASSUMPTION and e.title for e in evidence)
        assert all(e.low is None or e.high is None or e.low <= change.after <= e.high for e in evidence)
    untouched = [e for e in KENYA.evidence if e.row not in deliberate]
    assert [e for e in found.country.evidence if e.row not in deliberate] == untouched


def test_distrust_multiplies_what_one_holder_may_do() -> None:
    """A state's orders, to all or to one of its firms; a firm's own choice; by code, id or name; never a failure."""
    assert changed(turned(KENYA, REQUEST, Dials(distrust=(("US", 3.0),))).country) == {
        "us_model_order", "us_cloud_order", "us_chips",
    }  # fmt: skip
    by_name = turned(KENYA, REQUEST, Dials(distrust=(("united states", 3.0),)))
    assert by_name.country == turned(KENYA, REQUEST, Dials(distrust=(("US", 3.0),))).country
    assert changed(turned(KENYA, REQUEST, Dials(distrust=(("openai", 2.0),))).country) == {"maker_leaves"}
    power = next(row for row in KENYA.disruptions if row.id == "eth_power")
    assert does(KENYA, "ET", power)
    assert not any(does(KENYA, "TW", row) for row in KENYA.disruptions)  # the foundry cannot, nobody chooses
    assert turned(KENYA, REQUEST, Dials(distrust=(("TW", 2.0),))).idle == ("TW",)


def test_dials_together_multiply() -> None:
    """A deliberate act of a distrusted state is multiplied twice."""
    found = turned(KENYA, REQUEST, Dials(likelihood=2.0, distrust=(("AE", 3.0),)))
    assert chances(found.country)["uae_order"] == pytest.approx(tuple(6 * c for c in chances(KENYA)["uae_order"]))


def test_chances_are_capped_and_told() -> None:
    """No dial makes anything certain; what would have risen further is named; what is rarer is never capped."""
    found = turned(KENYA, REQUEST, Dials(likelihood=8.0))
    highest = max(max(row) for name, row in chances(found.country).items() if name in changed(found.country))
    assert highest == HIGHEST
    assert "United States restricts chip exports" in found.capped
    assert turned(KENYA, REQUEST, Dials(likelihood=0.5)).capped == ()


@pytest.mark.parametrize(
    ("dials", "error", "says"),
    [
        (Dials(likelihood=-1.0), SettingError, "likelihood: found -1.0; expected 0 to 100"),
        (Dials(distrust=(("US", 1e6),)), SettingError, "distrust: found 1000000.0; expected 0 to 100"),
        (Dials(distrust=(("openia", 2.0),)), UnknownNameError, "distrust: found 'openia'.*OpenAI"),
        (Dials(worst_weight=2.0), SettingError, "risk_aversion: found 2.0"),
    ],
)
def test_a_dial_beyond_its_limits_is_refused(dials: Dials, error: type[Exception], says: str) -> None:
    """The error names the dial, what was found and what can be."""
    with pytest.raises(error, match=says):
        turned(KENYA, REQUEST, dials)


def test_harsher_never_costs_less(hand: Country) -> None:
    """The likelier the order to stop, the more the best plan costs, worst futures weighed in."""
    request = make_request(hand, futures=300, tolerance=1e-4)
    costs = []
    for likelihood in (0.0, 0.5, 1.0, 2.0, 4.0):
        found = turned(hand, request, Dials(likelihood=likelihood))
        best = base_for(found.country, found.request).best
        costs.append((best.lower_bound, best.objective))
    assert all(before[0] <= after[1] for before, after in pairwise(costs))
    assert costs[0][1] < costs[-1][0]


def test_never_likely_is_no_geopolitics(hand: Country) -> None:
    """With likelihood 0 the best plan costs what it costs where deliberate acts are left out."""
    found = turned(hand, make_request(hand, futures=5), Dials(likelihood=0.0))
    never = base_for(found.country, found.request).best
    out = base_for(hand, make_request(hand, futures=5, geopolitics=False)).best
    assert never.objective == pytest.approx(out.objective)


def test_a_plan_made_so_says_so(hand: Country) -> None:
    """Beside the plan of the file as it is, the file's hash differs, and what differs in the plan is told as ever."""
    found = turned(hand, make_request(hand, futures=20), Dials(likelihood=0.1))
    calm, plan = optimise(found.country, futures=20), optimise(hand, futures=20)
    assert calm.input_hash != plan.input_hash
    assert plan_change(outline_of(plan), outline_of(calm)).is_clear
    rows = {(row.table, row.row) for row in diff(hand, found.country) if row.table != "evidence"}
    assert rows == {("disruptions", "xa_orders_stop")}
