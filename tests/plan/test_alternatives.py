"""What every good plan contains: against each thing forced or forbidden and solved exactly, and by laws of slack."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from tests.plan.test_laws import country_of
from tests.plan.variants_of_hand import with_everything
from tillerman.country import Country, load
from tillerman.errors import SettingError
from tillerman.plan import base_for, make_request
from tillerman.plan.alternatives import alternatives, counted
from tillerman.plan.alternatives_result import ALWAYS, FREE, NEVER, OPEN, Alternatives
from tillerman.plan.base import Base
from tillerman.plan.choosable import Group, groups
from tillerman.plan.whynot import early
from tillerman.twostage import FirstStage
from tillerman.twostage.extensive import extensive_form, solve_extensive
from tillerman.twostage.highs import Status, solve_programme

SOURCES = ("everything", "5", "8", "23")
WITHIN = 0.05


def country_named(source: str) -> Country:
    """A country with something to choose."""
    return with_everything(load("hand")) if source == "everything" else country_of(int(source))


@pytest.fixture(scope="module", params=SOURCES)
def base(request: pytest.FixtureRequest) -> Base:
    """Its solved plan."""
    country = country_named(request.param)
    return base_for(country, make_request(country, futures=2))


@pytest.fixture(scope="module")
def found(base: Base) -> Alternatives:
    """Its good plans."""
    return alternatives(base, WITHIN)


def row_of(base: Base, group: Group) -> np.ndarray:
    """The sum over all years of one thing, as a row over the first stage."""
    row = np.zeros(base.assembled.problem.first.cost.size)
    for i, name in enumerate(base.assembled.problem.first.names):
        row[i] = float(name in group.columns)
    return row


def cheapest(base: Base, group: Group, least: float, *, has: bool) -> float:
    """The least cost of a plan that has so much of something, or does not, from one programme solved to the end."""
    first = base.assembled.problem.first
    row = sparse.csr_array(row_of(base, group)[None, :])
    forced: FirstStage = replace(
        first,
        matrix=sparse.csr_array(sparse.vstack([first.matrix, row])),
        row_lower=np.append(first.row_lower, least if has else -np.inf),
        row_upper=np.append(first.row_upper, np.inf if has else group.none),
        row_names=(*first.row_names, "forced"),
    )
    problem = replace(base.assembled.problem, first=forced)
    return solve_extensive(problem, base.risk, relative_gap=1e-8, time_limit_s=60.0).objective


def reach(base: Base, group: Group, limit: float) -> tuple[float, float]:
    """The least and most of something over all plans within the limit, from one programme solved to the end."""
    whole = extensive_form(base.assembled.problem, base.risk)
    row = np.zeros(whole.cost.size)
    row[: base.assembled.problem.first.cost.size] = row_of(base, group)
    capped = replace(
        whole,
        matrix=sparse.csr_array(sparse.vstack([whole.matrix, sparse.csr_array(whole.cost[None, :])])),
        row_lower=np.append(whole.row_lower, -np.inf),
        row_upper=np.append(whole.row_upper, limit),
    )
    ends = []
    for sign in (1.0, -1.0):
        answer = solve_programme(replace(capped, cost=sign * row), relative_gap=1e-8)
        assert answer.status is Status.OPTIMAL
        ends.append(sign * answer.objective)
    return ends[0], ends[1]


def test_verdicts_are_what_exact_solves_say(base: Base, found: Alternatives) -> None:
    """In every good plan: without it all cost too much. In none: with it. Free choice: both can be had."""
    slack = 1e-6 * (1 + abs(found.limit_musd))
    by_subject = {(c.action, c.subject): c for c in found.choices}
    all_groups = counted(base)
    assert len(all_groups) == len(found.choices)
    for group in all_groups:
        choice = by_subject[group.subject_key]
        assert choice.counts_from > 0
        with_it, without = (cheapest(base, group, choice.counts_from, has=has) for has in (True, False))
        if choice.verdict == ALWAYS:
            assert without > found.limit_musd - slack
        if choice.verdict == NEVER:
            assert with_it > found.limit_musd - slack
        if choice.verdict == FREE:
            assert max(with_it, without) <= found.limit_musd + slack
        if choice.verdict == OPEN:  # then both must be near what cannot be told apart
            assert min(with_it, without) <= found.limit_musd + slack
    assert sum(choice.verdict == OPEN for choice in found.choices) <= len(found.choices) / 4


def test_what_the_plan_leaves_out_counts_where_it_is_begun_early(base: Base) -> None:
    """As in `why-not`: what is begun in the last year says nothing. What the plan has counts whenever it is begun."""
    setting, first = base.assembled.setting, base.assembled.problem.first
    for group, full in zip(counted(base), groups(setting), strict=True):
        has = row_of(base, full) @ base.best.x > full.none
        assert set(group.columns) == set(full.columns if has else early(setting, first, full).columns)


def test_sizes_lie_within_what_is_proved(base: Base, found: Alternatives) -> None:
    """What good plans were seen to have lies within what any can have, and that within what is proved."""
    by_subject = {(c.action, c.subject): c for c in found.choices}
    for group in counted(base):
        choice = by_subject[group.subject_key]
        low, high = reach(base, group, found.limit_musd)
        slack = 1e-5 * (1 + abs(high))
        assert choice.proved.low <= low + slack
        assert high <= choice.proved.high + slack
        assert low - slack <= choice.seen.low <= choice.in_plan <= choice.seen.high <= high + slack


def test_a_little_slack_leaves_less_free_than_much(base: Base, found: Alternatives) -> None:
    """Whatever may cost more is free in more: proved reaches grow with the slack, and so does sovereign service."""
    tight = alternatives(base, 0.005)
    for narrow, wide in zip(tight.choices, found.choices, strict=True):
        slack = 1e-5 * (1 + abs(wide.proved.high))
        assert narrow.seen.low >= wide.proved.low - slack
        assert narrow.seen.high <= wide.proved.high + slack
        assert not (wide.verdict == ALWAYS and narrow.verdict in (FREE, NEVER))
        assert not (wide.verdict == NEVER and narrow.verdict in (FREE, ALWAYS))
    assert tight.sovereign.low <= found.sovereign.high + 1e-6


def test_examples_are_good_and_differ(base: Base, found: Alternatives) -> None:
    """Each plan shown costs no more than the limit allows and differs from the plan in what it does."""
    assert len(found.examples) <= 3
    for example in found.examples:
        assert example.more <= WITHIN * abs(base.best.gross) + 1e-6
        assert example.deeds or example.without
    if any(choice.verdict == FREE for choice in found.choices):
        assert found.examples


def test_sovereign_service_reaches_from_the_plan_to_a_bound(found: Alternatives) -> None:
    """The plan's own sovereign service is the least of the reach, and no good plan was found above its bound."""
    assert 0.0 <= found.sovereign_in_plan <= found.sovereign.low + 1e-9
    assert found.sovereign.low <= found.sovereign.high


def test_a_share_that_is_none_is_refused(base: Base) -> None:
    """No slack at all, or more than everything, is no question."""
    for within in (0.0, -0.1, 1.5):
        with pytest.raises(SettingError, match="within"):
            alternatives(base, within)
