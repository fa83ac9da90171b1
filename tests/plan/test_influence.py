"""Influence on the country small enough for paper: against plans made anew, closed forms, and by symmetry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tillerman.country import Country, numbers, replace_number
from tillerman.country.frame import Evidence
from tillerman.dispatch import compile_dispatch
from tillerman.futures import sample
from tillerman.labels import Grade
from tillerman.plan.assemble import assemble
from tillerman.plan.influence import influence
from tillerman.plan.influence_change import Part, Terms, with_number
from tillerman.plan.influence_result import Influence, InfluenceStudy
from tillerman.plan.setting import Setting
from tillerman.twostage import Outcome, Risk, solve

EXACT = Terms(n_futures=6, tolerance=2e-6, n_priced=6, n_weighted=50)
YEARS = 1.8  # the second year counts for 0.8 of the first
Where = tuple[str, str | None, str]

PRICE: Where = ("models", "frontier", "price_usd_per_mtok")
DEMAND: Where = ("services", "clinic", "demand_muse_per_year")
HALL: Where = ("sites", "home_hall", "capacity_h100e")
CAPITAL: Where = ("sites", "home_hall", "capital_musd_per_kh100e")
FUNDS: Where = ("frame", None, "cost_of_public_funds")
DISCOUNT: Where = ("frame", None, "discount_rate")
SCHOOL: Where = ("services", "school", "value_usd_per_use")
OFFICE: Where = ("services", "office", "value_usd_per_use")
LOSS: Where = ("services", "clinic", "loss_hit_usd_per_use")
TOKENS: Where = ("services", "school", "tokens_per_use")
PEOPLE: Where = ("services", "clinic", "people_million")
BUDGET: Where = ("frame", None, "budget_musd_per_year")
UPKEEP: Where = ("services", "office", "integration_musd_per_muse_year")
SHARE: Where = ("services", "school", "relied_share")
CHANCE: Where = ("disruptions", "xa_orders_stop", "chance_normal")


def ranges(country: Country, found: dict[Where, tuple[float, float]]) -> Country:
    """The same country in which exactly these numbers have a range."""
    blank = dict.fromkeys(("unit", "year", "publisher", "address", "published", "source_file", "source_row"))
    rows = tuple(
        Evidence(
            table, row, column, low, high, grade=Grade.ESTIMATE, title="a test", source_column=None,
            source_factor=None, other_account=None, note=None, **blank,
        )
        for (table, row, column), (low, high) in found.items()
    )  # fmt: skip
    return replace(country, evidence=rows)


def quiet(country: Country) -> Country:
    """The same country in which nothing is ever withdrawn."""
    return replace(country, disruptions=())


def stormy(country: Country) -> Country:
    """The same country in which a stop begins in every other year, so that few futures know it well."""
    return replace_number(country, "disruptions", "xa_orders_stop", "chance_normal", 0.5)


def objective(country: Country, terms: Terms) -> float:
    """The plan's objective, by a way of its own."""
    futures = sample(country, terms.n_futures, seed=terms.seed)
    problem = assemble(Setting(compile_dispatch(country), country.frame.budget_musd_per_year), futures).problem
    found = solve(problem, risk=Risk(terms.risk_aversion), tolerance=1e-8)
    assert found.gap <= 1e-7
    return found.objective


def row_of(study: InfluenceStudy, where: Where) -> Influence:
    """The row of one number."""
    return next(row for row in study.rows if (row.table, row.row, row.column) == where)


@pytest.fixture(scope="module")
def many(hand: Country) -> Country:
    """Hand with ranges on numbers of every class."""
    return ranges(
        stormy(hand),
        {
            PRICE: (16.0, 60.0),
            DEMAND: (8, 12),
            HALL: (5, 15),
            CAPITAL: (60, 300),
            FUNDS: (1.0, 1.6),
            DISCOUNT: (0.05, 0.3),
            SCHOOL: (0.3, 0.7),
            OFFICE: (0.15, 0.3),
            LOSS: (3, 9),
            TOKENS: (2500, 4000),
            PEOPLE: (8, 12),
            BUDGET: (0.5, 200),
            SHARE: (0.3, 0.9),
        },
    )


@pytest.fixture(scope="module")
def study(many: Country) -> InfluenceStudy:
    """All of them screened and planned for again, with a stop in some of the futures."""
    return influence(many, EXACT)


def test_intervals_hold_the_change_of_plans_made_anew(many: Country, study: InfluenceStudy) -> None:
    """What a re-solve reports is the difference of two objectives found by another way, to the tolerance."""
    was = objective(many, EXACT)
    for row in study.top:
        where = (row.table, row.row, row.column)
        low = objective(replace_number(many, *where, row.low), EXACT)
        high = objective(replace_number(many, *where, row.high), EXACT)
        assert row.resolved is not None
        for interval, change in (
            (row.resolved.at_low, low - was),
            (row.resolved.at_high, high - was),
            (row.resolved.across, high - low),
        ):
            assert interval.low - 1e-5 <= change <= interval.high + 1e-5, where
            assert interval.high - interval.low < 1e-4


def test_futures_of_the_study_know_a_stop(many: Country) -> None:
    """Else the tests here would say nothing of withdrawals."""
    futures = sample(many, EXACT.n_futures, seed=EXACT.seed)
    assert 0 < (futures.onsets.sum(axis=1) > 0).sum() < EXACT.n_futures


def test_first_order_estimates_agree_for_small_ranges(hand: Country) -> None:
    """Within a hundredth of each number, what the prices say is what a plan made anew says: sign and size.

    (Not the hall's capacity, which is all in use, nor the office's worth: at a kink, one more and one less are worth
    different things.)
    """
    at = (PRICE, CAPITAL, FUNDS, DISCOUNT, SCHOOL, SHARE)
    values = {(n.table, n.row, n.column): n.value for n in numbers(hand)}
    found = influence(ranges(stormy(hand), {w: (values[w] * 0.99, values[w] * 1.01) for w in at}), EXACT)
    for row in found.top:
        assert row.resolved is not None
        assert row.screened_by == "prices"
        for estimate, exact in (
            (row.estimate_low, row.resolved.at_low.middle),
            (row.estimate_high, row.resolved.at_high.middle),
        ):
            assert estimate == pytest.approx(exact, rel=0.03, abs=1e-3), (row.table, row.row, row.column)
    assert len(found.top) == len(at)


def test_prices_bound_what_they_cannot_foresee(study: InfluenceStudy) -> None:
    """A plan that may change pays at most the estimate for dearer things, and loses at least it when limits tighten.

    The least cost is concave in costs and convex in limits, so that its tangent lies above or below it.
    """
    for where, sign in ((PRICE, 1.0), (CAPITAL, 1.0), (FUNDS, 1.0), (HALL, -1.0), (DEMAND, -1.0)):
        row = row_of(study, where)
        assert row.resolved is not None
        for estimate, exact in ((row.estimate_low, row.resolved.at_low), (row.estimate_high, row.resolved.at_high)):
            assert estimate is not None
            assert sign * (estimate - exact.middle) >= -1e-4, where


def test_screen_orders_wide_ranges_as_plans_made_anew_do(study: InfluenceStudy) -> None:
    """The five largest by first look are the five largest exactly, and no sign is wrong among them."""
    by_estimate = sorted(
        study.top,
        key=lambda r: (
            -(max(0, r.estimate_low or 0, r.estimate_high or 0) - min(0, r.estimate_low or 0, r.estimate_high or 0))
        ),
    )
    exact = sorted(study.top, key=lambda r: -r.size)
    assert {r.column for r in by_estimate[:5]} == {r.column for r in exact[:5]}
    for row in exact[:5]:
        assert row.resolved is not None
        assert (row.estimate_high or 0) * row.resolved.at_high.middle >= 0
        assert (row.estimate_low or 0) * row.resolved.at_low.middle >= 0


def test_each_number_is_put_into_its_class(study: InfluenceStudy) -> None:
    """What of the problem a number moves is seen from the problem, not from a list of columns."""
    parts = {(row.table, row.row, row.column): set(row.parts) for row in study.rows}
    assert parts[PRICE] == {Part.COST}
    assert parts[HALL] == {Part.SIDES}
    assert parts[CAPITAL] == parts[FUNDS] == parts[BUDGET] == {Part.FIRST}
    assert parts[DISCOUNT] == {Part.FIRST, Part.WEIGHTS}
    assert parts[DEMAND] == {Part.FIRST, Part.SIDES}
    assert parts[SCHOOL] == {Part.SIDES, Part.COST}
    assert parts[TOKENS] == {Part.COST, Part.MATRIX}
    assert parts[PEOPLE] == set()


def test_a_number_that_cannot_matter_has_no_influence(study: InfluenceStudy) -> None:
    """People served enter no plan without a target: nothing moves, and nothing is solved for it."""
    row = row_of(study, PEOPLE)
    assert (row.estimate_low, row.estimate_high, row.resolved) == (0.0, 0.0, None)
    assert row.screened_by == "nothing moves"
    assert row.size == 0
    assert not row.is_distinguishable


def test_what_is_used_has_its_closed_form(hand: Country) -> None:
    """If nothing ever stops, every use is served for 1.8 years: worth, price and upkeep count as on paper.

    School's 20 million uses at 0.2 more each: -7.2. The 40 million uses abroad at twice ten cents: 7.2, but for the
    office's 20, which are worth only one cent less than they then cost with upkeep, and are dropped: 0.36 less.
    """
    calm = ranges(quiet(hand), {SCHOOL: (0.5, 0.7), PRICE: (31.709792, 63.419584), UPKEEP: (0.01, 0.03)})
    found = influence(calm, EXACT)
    closed = {SCHOOL: -20 * 0.2 * YEARS, PRICE: 40 * 0.1 * YEARS - 0.36, UPKEEP: 20 * 0.02 * YEARS}
    for where, change in closed.items():
        resolved = row_of(found, where).resolved
        assert resolved is not None
        assert resolved.across.middle == pytest.approx(change, abs=1e-4)
        assert resolved.at_low.low == resolved.at_low.high == 0  # the low end is the value itself
    assert row_of(found, PRICE).estimate_high == pytest.approx(7.2, abs=1e-4)  # prices do not see the office leave


def test_equal_services_have_equal_influence(hand: Country) -> None:
    """Two services that differ in name only have the same influence."""
    school = next(s for s in hand.services if s.id == "school")
    twin = replace(school, id="twin", sector="education")
    both = replace(quiet(hand), services=(*hand.services, twin))
    twins: list[Where] = [("services", name, "value_usd_per_use") for name in ("school", "twin")]
    found = influence(ranges(both, dict.fromkeys(twins, (0.4, 0.6))), EXACT)
    one, other = (row_of(found, where) for where in twins)
    assert one.resolved is not None
    assert other.resolved is not None
    assert one.resolved.across.middle == pytest.approx(other.resolved.across.middle, abs=1e-4)
    assert one.estimate_high == pytest.approx(other.estimate_high, abs=1e-6)


def test_ends_the_other_way_round_change_the_sign(hand: Country) -> None:
    """From the value to the low end and back is the same way: across = at high - at low."""
    found = influence(ranges(hand, {SCHOOL: (0.3, 0.7)}), EXACT)
    resolved = found.rows[0].resolved
    assert resolved is not None
    assert resolved.across.middle == pytest.approx(resolved.at_high.middle - resolved.at_low.middle, abs=1e-4)


def test_bounds_that_overlap_cannot_tell(hand: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    """If every plan is known to one million only, a change of 0.0072 is within the interval, and zero is too."""

    def vague(*args: object, **kwargs: object) -> object:
        found = solve(*args, **kwargs)  # type: ignore[arg-type]
        return replace(found, lower_bound=found.objective - 1.0)

    monkeypatch.setattr("tillerman.plan.influence.solve", vague)
    calm = ranges(quiet(hand), {SCHOOL: (0.4999, 0.5001)})
    row = influence(calm, EXACT).rows[0]
    change = -20 * 0.0002 * YEARS
    assert row.resolved is not None
    assert row.resolved.across.low == pytest.approx(change - 1.0)
    assert row.resolved.across.high == pytest.approx(change + 1.0)
    assert not row.is_distinguishable


def test_only_the_most_influential_are_planned_for_again(many: Country, study: InfluenceStudy) -> None:
    """The rest keeps its estimate, and comes after."""
    few = influence(many, replace(EXACT, most_resolved=3))
    n = 4  # and the budget: see the test below
    assert [row.resolved is not None for row in few.rows] == [True] * n + [False] * (len(few.rows) - n)
    sizes = [row.size for row in few.rows[n:]]
    assert sizes == sorted(sizes, reverse=True)
    assert len(few.rows) == len(study.rows) == 13
    assert few.n_without_range == sum(1 for _ in numbers(many)) - 13
    assert few.better_than_assumption == 3  # every range of this file is graded as an estimate


def test_a_limit_that_is_slack_today_is_planned_for_again(many: Country, study: InfluenceStudy) -> None:
    """A budget of half a million would stop ten chips; its price today is nothing, and yet it is not passed over."""
    few = influence(many, replace(EXACT, most_resolved=1))
    row = row_of(few, BUDGET)
    assert row.screened_by == "prices, past a limit that is slack today and prices"
    assert row.estimate_low == 0.0
    assert row.resolved is not None
    assert row.resolved.at_low.low > 0.1
    assert row.resolved.at_high.middle == pytest.approx(0.0, abs=1e-4)
    assert row_of(study, BUDGET).is_distinguishable


def test_progress_tells_every_step(many: Country) -> None:
    """The plan, then each number, then each of the most influential."""
    told: list[tuple[str, int, int]] = []
    influence(many, replace(EXACT, most_resolved=2), progress=lambda *step: told.append(step))
    assert told[0] == ("plan", 0, 1)
    assert [step for step in told if step[0] == "screen"] == [("screen", i, 13) for i in range(13)]
    assert [step for step in told if step[0] == "solve"] == [("solve", i, 3) for i in range(3)]  # the budget again


def test_a_route_that_closes_is_priced_not_guessed(hand: Country) -> None:
    """Above quality 90 nobody can serve the office: a step that no price sees coming, so its states are priced.

    With the decisions unchanged, 20 million uses lose 20 cents and save ten, for 1.8 years; free to change, the plan
    also saves the cent of their upkeep.
    """
    floor: Where = ("services", "office", "floor_easy")
    row = influence(ranges(quiet(hand), {floor: (70, 95)}), EXACT).rows[0]
    assert row.screened_by == "prices and pricing"
    assert row.estimate_high == pytest.approx(20 * 0.1 * YEARS, abs=1e-6)
    assert row.resolved is not None
    assert row.resolved.at_high.middle == pytest.approx(20 * 0.09 * YEARS, abs=1e-4)


def test_what_arrives_later_is_priced_with_the_same_decisions(hand: Country) -> None:
    """Another lead time changes which quantities there are; the chips of the plan then come when they come."""
    lead: Where = ("sites", "home_hall", "lead_years")
    row = influence(ranges(stormy(hand), {lead: (0, 2)}), EXACT).rows[0]
    assert row.screened_by == "pricing"
    assert row.resolved is not None
    assert Part.FIRST in row.parts
    # chips that come a year earlier help; those that come after the plan are bought for nothing unless it changes
    assert row.resolved.at_low.high < 0 < row.resolved.at_high.low
    assert row.estimate_low is not None
    assert row.estimate_high is not None
    assert row.estimate_low >= row.resolved.at_low.low - 1e-4
    assert row.estimate_high >= row.resolved.at_high.low - 1e-4


def test_durations_are_priced_on_the_same_luck(hand: Country) -> None:
    """A stop that lasts longer costs more, a shorter one less."""
    lasts: Where = ("disruptions", "xa_orders_stop", "duration_days")
    row = influence(ranges(stormy(hand), {lasts: (60, 2000)}), EXACT).rows[0]
    assert row.screened_by == "pricing"
    assert row.parts == (Part.WEIGHTS,)
    assert row.estimate_low is not None
    assert row.estimate_high is not None
    assert row.estimate_low < 0 < row.estimate_high


def test_chances_that_add_up_still_do(hand: Country) -> None:
    """A changed chance takes from its siblings in proportion; the country stays one that its checks accept."""
    changed = with_number(hand, ("deliveries", "certain", "late"), 0.4)
    record = changed.deliveries[0]
    assert (record.on_time, record.late, record.never) == pytest.approx((0.6, 0.4, 0.0))
    climate = with_number(hand, ("climates", "normal", "to_normal"), 0.7).climates[0]
    assert climate.to_normal + climate.to_strained + climate.to_broken == pytest.approx(1.0)
    start = with_number(hand, ("climates", "strained", "start"), 0.25).climates
    assert [row.start for row in start] == pytest.approx([0.75, 0.25, 0.0])


def test_an_end_that_the_file_would_refuse_is_said_to_be_unscreened(hand: Country) -> None:
    """A range that leaves the column's limits is not followed, and says why."""
    found = influence(ranges(hand, {SHARE: (0.2, 1.7)}), EXACT)
    assert [row.is_screened for row in found.rows] == [False]
    assert found.not_screened == found.rows
    assert "1.7" in found.rows[0].screened_by


def test_an_interrupt_leaves_at_once(many: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C inside a solve is not taken for an answer."""

    def stopped(*args: object, **kwargs: object) -> object:
        found = solve(*args, **kwargs)  # type: ignore[arg-type]
        return replace(found, outcome=Outcome.INTERRUPTED)

    monkeypatch.setattr("tillerman.plan.influence.solve", stopped)
    with pytest.raises(KeyboardInterrupt):
        influence(many, EXACT)
