"""Cost against the most serious single loss: every point against the whole programme solved at once, and its laws."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

import numpy as np
import pytest
from scipy import sparse

from tests.plan.test_laws import country_of
from tests.plan.variants_of_hand import with_dear_home
from tillerman.country import Country, load
from tillerman.country.record import Row
from tillerman.country.stack import Party
from tillerman.dispatch import period_of
from tillerman.exposure import Keeper, at_a_glance, withdrawals
from tillerman.futures import State
from tillerman.labels import Block, Horizon, PartyKind
from tillerman.plan import Frontier, base_for, make_request
from tillerman.plan.base import Base
from tillerman.plan.frontier import EASE, SLIGHT, _Search, frontier
from tillerman.plan.frontier_result import Test
from tillerman.plan.withstand import SAME, Withstand
from tillerman.twostage import FirstStage, Risk, Tuning, solve
from tillerman.twostage.extensive import solve_extensive

RowT = TypeVar("RowT", bound=Row)
SOURCES = ("dear", "5", "8", "23")


def country_named(source: str) -> Country:
    """A country in which keeping more costs more."""
    return with_dear_home(load("hand")) if source == "dear" else country_of(int(source))


@pytest.fixture(scope="module", params=SOURCES)
def base(request: pytest.FixtureRequest) -> Base:
    """Its solved plan."""
    country = country_named(request.param)
    return base_for(country, make_request(country, futures=3))


@pytest.fixture(scope="module")
def found(base: Base) -> Frontier:
    """Its frontier, with five points."""
    return frontier(base, points=5)


def embedded(base: Base, period: int, kept: float) -> float:
    """The least cost of keeping a share, from one programme that holds a copy of dispatch for every single loss."""
    problem, dispatch = base.assembled.problem, base.dispatch
    first, shape = problem.first, dispatch.layout
    n = first.cost.size
    extra = n - dispatch.n_fleet
    weights = Keeper(dispatch, np.zeros(dispatch.n_fleet), period).weights(1)
    calm, recourse = dispatch.arrays([State(period, Block.PEAK)])
    demand = weights @ calm.rhs[0, : len(weights)]
    served = np.zeros(shape.n_columns)
    for p, pair in enumerate(shape.pairs):
        for family in ("ready", "moved"):
            served[shape.first_column[family] + p] = weights[pair.klass]
    losses = [item for item in withdrawals(base.country) if not item.is_home]
    states = [State(period, Block.PEAK, active=(item.active(Horizon.QUARTER),)) for item in losses]
    arrays, _ = dispatch.arrays(states, n_extra=extra)
    n_z, k = shape.n_columns, len(states)
    eye = sparse.eye_array(k * n_z, format="csr")
    capped = np.flatnonzero(np.diff(arrays.upper_of_first.indptr) > 0)
    side = arrays.rhs.ravel()
    block = sparse.block_array(
        [
            [first.matrix, None],
            [-arrays.rhs_of_first, sparse.block_diag([recourse.matrix] * k)],
            [-arrays.upper_of_first[capped], eye[capped]],
            [
                sparse.csr_array((k, n)),
                sparse.block_diag([sparse.csr_array(served[None, :])] * k),
            ],
        ],
        format="csr",
    )
    upper = arrays.upper.ravel().copy()
    upper[capped] = np.inf
    equal = np.tile(recourse.is_equality, k)
    wide = FirstStage(
        cost=np.concatenate([first.cost, np.zeros(k * n_z)]),
        matrix=sparse.csr_array(block),
        row_lower=np.concatenate(
            [first.row_lower, np.where(equal, side, -np.inf), np.full(capped.size, -np.inf), np.full(k, kept * demand)]
        ),
        row_upper=np.concatenate([first.row_upper, side, arrays.upper.ravel()[capped], np.full(k, np.inf)]),
        lower=np.concatenate([first.lower, np.zeros(k * n_z)]),
        upper=np.concatenate([first.upper, upper]),
        is_integer=np.concatenate([first.is_integer, np.zeros(k * n_z, dtype=bool)]),
        names=(*first.names, *(f"z{i}" for i in range(k * n_z))),
        row_names=tuple(f"row{i}" for i in range(block.shape[0])),
    )
    second, _ = dispatch.arrays(base.assembled.futures.states, n_extra=wide.cost.size - dispatch.n_fleet)
    whole = replace(problem, first=wide, states=second)
    return solve_extensive(whole, base.risk, relative_gap=1e-7, time_limit_s=60.0).objective


def test_every_point_is_what_the_whole_programme_says(base: Base, found: Frontier) -> None:
    """With all losses embedded as columns of their own and solved to the end, the cost lies within each interval."""
    period = period_of(base.country, found.year)
    for point in found.points:
        exact, easier = (embedded(base, period, point.asked - n * SLIGHT) for n in (1, 2))
        rounding = 1e-5 * (1 + abs(exact))
        assert point.cost.low <= exact + rounding
        assert easier - rounding <= point.cost.high
        assert point.cost.width <= base.request.tolerance * found.gross_musd * 1.5 + rounding


def test_no_plan_keeps_more_than_the_safest(base: Base, found: Frontier) -> None:
    """Asked for more than the most that is proved possible, the whole programme has no plan."""
    period = period_of(base.country, found.year)
    assert found.most.low <= found.most.high
    assert not np.isfinite(embedded(base, period, found.most.high + 1e-3))


def test_ends_and_order(found: Frontier) -> None:
    """Shares rise from the cheapest plan's to the safest's, costs never fall, and each plan keeps what was asked."""
    first, *_, last = found.points
    assert (first.name, last.name) == ("cheapest", "safest")
    assert [p.name for p in found.points if p.name] == [
        "cheapest", "nearly_cheapest", "middle", "nearly_safest", "safest",
    ]  # fmt: skip
    for before, after in pairwise(found.points):
        assert before.asked < after.asked
        assert before.cost.low <= after.cost.low
        assert before.cost.high <= after.cost.high
        assert after.is_apart == (after.cost.low > before.cost.high)
    assert all(point.kept >= point.asked - 2 * SLIGHT for point in found.points)
    assert last.asked == pytest.approx(found.most.low - EASE * (found.most.low - first.asked))
    assert first.more.low == first.more.high == 0.0
    assert last.more.low > 0.0


@pytest.mark.parametrize("seed", [3, 14])
def test_what_nobody_can_soften_is_set_aside_by_name(seed: int) -> None:
    """Losses under which no plan keeps more are named, with what is left; the others tell the plans apart."""
    country = country_of(seed)
    base = base_for(country, make_request(country, futures=3))
    found = frontier(base, points=3)
    assert found.set_aside
    assert set(found.set_aside) <= {item.name for item in withdrawals(country) if not item.is_home}
    assert not np.isfinite(embedded(base, period_of(country, found.year), found.set_aside_kept + 2 * SAME))
    assert found.points[0].worst not in found.set_aside


def test_a_plan_that_falls_short_leads_to_one_near_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a search ends with a plan that keeps too little, the nearest one that keeps enough is priced."""
    country = country_named("dear")
    base = base_for(country, make_request(country, futures=3))
    monkeypatch.setattr("tillerman.plan.frontier.POOR", np.inf)
    monkeypatch.setattr("tillerman.plan.frontier.solve", lambda *_problem, **_how: base.best)
    search = _Search(base, lambda _stage, _bounds: None, Test.SINGLE)
    safest = search.safest()
    middle = (search.known[0].kept + safest.low) / 2
    before = [plan.objective for plan in search.known if plan.kept >= middle]
    search.solve(middle)
    after = [plan.objective for plan in search.known if plan.kept >= middle - 2 * SLIGHT]
    assert base.best.objective < min(after) < min(before)


def test_share_kept_is_what_exposure_measures(base: Base) -> None:
    """A plan keeps, here, what the comparison of plans shows for it, of today's demand instead of its own."""
    period = period_of(base.country, base.country.frame.first_year + 4)
    looked = Withstand(base, period).look(base.best.x)
    keeper = Keeper(base.dispatch, base.fleet(base.best.x), period)
    people = float(keeper.weights(1) @ keeper.demand())
    kept, _ = at_a_glance(keeper)
    bare = Keeper(base.dispatch, np.zeros(base.dispatch.n_fleet), period)
    assert min(looked.kept * float(bare.weights(1) @ bare.demand()), people) == pytest.approx(kept * people)


def test_rules_learnt_hold_for_every_plan(base: Base) -> None:
    """What one plan's prices say of service kept is never less than what another plan keeps."""
    period = period_of(base.country, base.country.frame.first_year + 4)
    learning, judging = Withstand(base, period), Withstand(base, period)
    search = _Search(base, lambda _stage, _bounds: None, Test.SINGLE)
    search.safest()
    plans = [known.x for known in search.known] + [x for x, _ in base.best.memory.points[-8:]]
    for x in plans:
        learning.look(x)
    assert len(learning)
    for x in plans:
        kept = judging.look(x).kept
        coefficients, lower = learning.rules(kept)
        assert (coefficients @ x >= lower - 1e-6 * (1 + np.abs(lower))).all()


def test_tail_is_told_only_with_enough_futures(found: Frontier) -> None:
    """Three futures have no worst 5 in 100 to speak of, and the answer says how many it would take."""
    assert found.tail == ()
    assert found.tail_reason == "the worst 5 in 100 of 3 futures are too few: ask for 1,000 futures"


def test_tail_goes_from_the_average_to_the_worst() -> None:
    """With a thousand futures, minding the worst more never makes the worst worse, nor the average better."""
    country = with_dear_home(load("hand"))
    base = base_for(country, make_request(country, futures=1000))
    found = frontier(base, points=3)
    assert [point.aversion for point in found.tail] == [0.0, 0.5, 1.0]
    slack = 1e-6 + max(point.cost.width for point in found.tail)
    for before, after in pairwise(found.tail):
        assert after.cvar_musd <= before.cvar_musd + 2 * slack
        assert after.mean_musd >= before.mean_musd - 2 * slack
    for point in found.tail:
        told = (1 - point.aversion) * point.mean_musd + point.aversion * point.cvar_musd
        assert told == pytest.approx(point.cost.high)
        alone = solve(
            base.assembled.problem, risk=Risk(point.aversion), tolerance=1e-4, tuning=Tuning(start=base.best.x)
        )
        assert point.cost.low <= alone.objective + 1e-6
        assert alone.lower_bound <= point.cost.high + 1e-6


def with_second_supplier(country: Country) -> Country:
    """Offer the foreign service a second time, by a firm of another state; uses can be moved within 90 days."""

    def one(rows: tuple[RowT, ...], name: str) -> RowT:
        return next(row for row in rows if row.id == name)

    licence, halls = one(country.holds, "farco_licenses_frontier"), one(country.sites, "api_abroad")
    return replace(
        country,
        parties=(*country.parties, Party("othco", "Othco", PartyKind.FIRM, ("XB",), None)),
        resources=(
            *country.resources,
            replace(one(country.resources, "api_abroad"), id="api_other", territory="XB"),
            replace(one(country.resources, "frontier"), id="other_model"),
        ),
        holds=(
            *country.holds,
            replace(
                one(country.holds, "farco_operates_api"),
                id="b_api",
                party="othco",
                resource="api_other",
                agreement=None,
            ),
            replace(licence, id="b_model", party="othco", resource="other_model"),
        ),
        models=(*country.models, replace(one(country.models, "frontier"), id="other_model")),
        capabilities=(
            *country.capabilities,
            replace(one(country.capabilities, "frontier_en"), id="other_en", model="other_model"),
        ),
        routes=(
            *country.routes,
            replace(one(country.routes, "abroad"), id="other", site="api_other", model="other_model"),
        ),
        sites=(
            halls,
            replace(halls, id="api_other"),
            replace(one(country.sites, "home_hall"), capacity_h100e=5.0),
        ),
        services=tuple(replace(service, moved_adapting=1.0) for service in country.services),
    )


def test_where_no_single_loss_tells_plans_apart_all_at_once_do() -> None:
    """Of two suppliers either may leave; only the loss of both shows what home is worth: 0.2 a chip, to nearly ten."""
    country = with_second_supplier(with_dear_home(load("hand")))
    base = base_for(country, make_request(country, futures=3))
    found = frontier(base, points=3)
    period = period_of(country, found.year)
    assert found.test is Test.TOGETHER
    assert found.set_aside == ()
    alone = Withstand(base, period, at_once=True)
    for i, point in enumerate(found.points):
        assert point.worst == ""
        assert point.kept >= point.asked - 2 * SLIGHT
        services = [row for row in found.standing(i).services if row.tier == 1]
        people = sum(row.people_million for row in services)
        assert point.kept == pytest.approx(sum(row.alone * row.people_million for row in services) / people)
    assert found.points[0].kept == pytest.approx(alone.look(base.best.x).kept)
    assert [point.kept for point in found.points] == pytest.approx([0.5, 0.745, 0.99], abs=1e-4)
    assert [point.more.high for point in found.points] == pytest.approx([0.0, 0.2 * 2.45, 0.2 * 4.9], abs=1e-4)


def test_what_keeps_everything_has_nothing_to_set_aside() -> None:
    """A plan that keeps all of today's demand under every single loss needs no loss named that nothing softens."""
    country = load("hand")
    found = frontier(base_for(country, make_request(country, futures=2)), points=3)
    assert found.points[0].kept == pytest.approx(1.0)
    assert found.set_aside == ()
    assert len(found.points) == 1
