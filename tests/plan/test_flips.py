"""Where a decision stops paying: a value is told only where both signs are proved, and it is the right one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.plan.paper import paper_futures
from tillerman.country import Country
from tillerman.country.frame import Evidence
from tillerman.labels import Grade
from tillerman.plan.base import Base, find, prepare
from tillerman.plan.flips import flips
from tillerman.plan.flips_price import Shared, at_chance, at_number
from tillerman.plan.flips_result import Flip, Verdict
from tillerman.plan.request import make_request


def ranged(country: Country, table: str, row: str, column: str, ends: tuple[float, float]) -> Country:
    """Give one number a range, and every other number none."""
    blank = next(item for item in country.evidence if item.low is None)
    mine = replace(blank, table=table, row=row, column=column, low=ends[0], high=ends[1], grade=Grade.ESTIMATE)
    others = tuple(
        replace(item, low=None, high=None)
        for item in country.evidence
        if (item.table, item.row, item.column) != (table, row, column)
    )
    return replace(country, evidence=(*others, mine))


def paper_base(country: Country, *, tolerance: float = 1e-4) -> Base:
    """The plan for the paper's three futures; its futures are of this very country."""
    request = make_request(country, futures=3, risk_aversion=0.0, tolerance=tolerance)
    return find(prepare(country, request, futures=paper_futures(country)))


def only(base: Base, subject: str) -> Flip:
    """The one row about a decision."""
    found = flips(base)
    (row,) = [row for row in found.rows if row.subject == subject]
    return row


def test_a_chance_flips_where_paper_says(hand: Country) -> None:
    """Ten chips at 0.2 earn 0.08 if XA never stops and 0.8 if it does: they pay from 1 in 6 over both years on."""
    country = ranged(hand, "disruptions", "xa_orders_stop", "chance_normal", (0.01, 0.5))
    row = only(paper_base(country), "home_hall")
    assert row.verdict is Verdict.FLIPS
    assert row.flips_at == pytest.approx(1 - (5 / 6) ** 0.5, rel=0.02)
    assert row.fails_at is not None
    assert row.pays_at is not None
    assert row.flips_at is not None
    assert row.fails_at < row.flips_at < row.pays_at


def test_wide_bounds_tell_nothing(hand: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where bounds are farther apart than the worth, and no plan is made anew, the flip is undetermined."""
    monkeypatch.setattr("tillerman.plan.flips.MOST_PROOFS", 0)
    country = ranged(hand, "disruptions", "xa_orders_stop", "chance_normal", (0.01, 0.5))
    base = paper_base(country)
    best = replace(base.best, lower_bound=base.best.objective - 100.0, objective=base.best.objective + 100.0)
    row = only(replace(base, best=best), "home_hall")
    assert row.verdict is Verdict.UNDETERMINED
    assert row.flips_at is None


def test_what_does_not_turn_holds(hand: Country) -> None:
    """A chance that stays above the break-even over its whole range turns nothing."""
    country = ranged(hand, "disruptions", "xa_orders_stop", "chance_normal", (0.095, 0.12))
    row = only(paper_base(country), "home_hall")
    assert row.verdict is Verdict.HOLDS
    assert (row.flips_at, row.pays_at, row.fails_at) == (None, None, None)


def test_a_number_of_the_file_flips_too(hand: Country) -> None:
    """With drawn futures, ten cheap chips pay and ten dear ones do not; the value told is where plans change."""
    cheap = tuple(replace(s, capital_musd_per_kh100e=60.0 if s.id == "home_hall" else 0.0) for s in hand.sites)
    country = ranged(replace(hand, sites=cheap), "sites", "home_hall", "capital_musd_per_kh100e", (30.0, 480.0))
    base = find(prepare(country, make_request(country, futures=8, risk_aversion=0.0, tolerance=1e-4)))
    rows = [row for row in flips(base).rows if row.column == "capital_musd_per_kh100e" and row.subject == "home_hall"]
    assert rows
    (row,) = rows
    assert row.verdict is Verdict.FLIPS
    assert row.flips_at is not None
    dearer, cheaper = (
        replace(country, sites=tuple(
            replace(site, capital_musd_per_kh100e=factor * row.flips_at) if site.id == "home_hall" else site
            for site in country.sites
        ))
        for factor in (1.1, 0.9)
    )  # fmt: skip
    built = []
    for other in (dearer, cheaper):
        found = find(prepare(other, make_request(other, futures=8, risk_aversion=0.0, tolerance=1e-4)))
        names = found.assembled.problem.first.names
        built.append(sum(x for name, x in zip(names, found.best.x, strict=True) if name.startswith("start_built")))
    assert built[0] < built[1]


def test_only_the_sign_that_is_not_known_yet_is_proved(hand: Country) -> None:
    """What the hall is worth at its own chance is proved: one plan made anew, at the low end, is enough."""
    country = ranged(hand, "disruptions", "xa_orders_stop", "chance_normal", (0.01, 0.5))
    base = paper_base(country)
    found = flips(base)
    (row,) = [row for row in found.rows if row.subject == "home_hall"]
    assert next(item.worth.low for item in found.decisions if item.subject == "home_hall") > 0
    assert (row.pays_at, row.fails_at) == (row.value, row.low)
    assert found.n_proofs == 1


def test_what_a_search_leaves_open_is_not_tried(hand: Country) -> None:
    """Where plans may differ by more than the decision is worth at either end, no time is spent on a proof."""
    country = ranged(hand, "disruptions", "xa_orders_stop", "chance_normal", (0.01, 0.5))
    base = paper_base(country)
    found = flips(replace(base, request=replace(base.request, tolerance=10.0)))
    (row,) = [row for row in found.rows if row.subject == "home_hall"]
    assert row.verdict is Verdict.UNDETERMINED
    assert found.n_proofs == 0


def test_what_is_learnt_is_used_where_it_holds(hand: Country) -> None:
    """Less money leaves every cut valid, other chances every price of a known plan; more demand leaves neither."""
    country = ranged(hand, "disruptions", "xa_orders_stop", "chance_normal", (0.01, 0.5))
    base = find(prepare(country, make_request(country, futures=8, risk_aversion=0.0, tolerance=1e-4)))
    learnt = base.best.memory
    poorer = at_number(base, ("frame", None, "budget_musd_per_year"), 50.0, Shared()).learnt()
    likelier = at_chance(base, "xa_orders_stop", 2.0).learnt()
    service = country.services[0]
    more = ("services", service.id, "demand_muse_per_year")
    wanted = at_number(base, more, 1.1 * service.demand_muse_per_year, Shared()).learnt()
    assert (len(poorer.cuts), len(poorer.points)) == (len(learnt.cuts), len(learnt.points))
    assert (len(likelier.cuts), len(likelier.points)) == (0, len(learnt.points))
    assert (len(wanted.cuts), len(wanted.points)) == (0, 0)


def test_what_is_known_of_a_matrix_is_shared_by_all_values_that_leave_it(hand: Country) -> None:
    """Demand changes right-hand sides only; what a use needs changes the matrix."""
    base = paper_base(hand)
    first, second = (base.assembled.problem.recourse for _ in range(2))
    other = replace(first, matrix=2.0 * first.matrix)
    shared = Shared()
    assert shared.of(first) is shared.of(second)
    assert shared.of(first) is not shared.of(other)
    assert shared.of(other) is shared.of(replace(other))


def test_evidence_is_a_record_of_the_file(hand: Country) -> None:
    """The helper above gives a range to one number alone."""
    country = ranged(hand, "sites", "home_hall", "capital_musd_per_kh100e", (1.0, 2.0))
    held: list[Evidence] = [item for item in country.evidence if item.low is not None]
    assert [(item.table, item.column) for item in held] == [("sites", "capital_musd_per_kh100e")]
