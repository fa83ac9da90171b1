"""Charts of a report show the record: the same values as their tables, and nothing that was not asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tillerman.charts.chart import Chart
from tillerman.plan import Plan
from tillerman.report.page import page
from tillerman.report.pictures import Swing, influence
from tillerman.words import LANGUAGES


def rows(chart: Chart | None) -> list[dict[str, Any]]:
    """The values a chart is drawn from."""
    assert chart is not None
    data: Any = chart.spec["data"]
    return list(data["values"])


def test_cash_is_the_accounts(plan: Plan) -> None:
    """Each column is the public cash of its period, firm in the first year, with its budget, as the table has it."""
    view = page(plan)
    found = rows(view.accounts.cash_chart)
    spent = [float(str(row.values[1])) for row in view.accounts.cash.rows]
    first = found[0]["amount"] / spent[0]

    assert [row["when"] for row in found] == list(plan.periods)
    assert [row["amount"] for row in found] == pytest.approx([first * amount for amount in spent])
    assert [row["limit"] for row in found] == pytest.approx(
        [first * float(str(row.values[2])) for row in view.accounts.cash.rows]
    )
    assert found[0]["firm"]


def test_recovery_is_the_most_serious_loss(plan: Plan) -> None:
    """At each of the four moments the chart shows what is kept, today and with the plan."""
    found = rows(page(plan).loss.chart)
    kept = [100 * share for share in (*plan.today.worst_single.kept, *plan.worst_withdrawal.kept)]

    assert [row["kept"] for row in found] == pytest.approx(kept)


@pytest.mark.parametrize("language", LANGUAGES)
def test_assumed_chances_are_drawn_only_when_asked_for(plan: Plan, language: str) -> None:
    """Without hazards a chart holds no assumed chance, in no form; with them, one beside each break-even chance."""
    without = rows(page(plan, language=language).worth.chart)
    with_them = rows(page(plan, language=language, with_hazards=True).worth.chart)
    assumed = {round(100 * item.assumed_chance, 9) for item in plan.break_evens if item.assumed_chance > 0}

    assert [row for row in without if row["kind"] == "open"] == []
    assert {round(row["low"], 9) for row in with_them if row["kind"] == "open"} == assumed
    assert [row["low"] for row in without if row["kind"] == "point"] == [
        pytest.approx(100 * item.break_even_chance) for item in plan.break_evens if item.break_even_chance
    ]


def test_frontier_is_its_points(hand_plan: Plan) -> None:
    """Every point with its range; those that have a name are numbered in the order of the list beside the chart."""
    asked, view = hand_plan.asked.frontier, page(hand_plan).frontier
    assert asked is not None
    assert view is not None
    found = rows(view.chart)

    assert [row["kept"] for row in found] == pytest.approx([100 * point.kept for point in asked.points])
    assert all(row["low"] <= row["middle"] <= row["high"] for row in found)
    assert [row["mark"] for row in found if row["mark"]] == [str(n + 1) for n in range(len(view.names))]


def test_influence_has_two_ends(hand_plan: Plan) -> None:
    """Each number has a bar to its low end and one to its high end, and says both in words."""
    context = page(hand_plan).context
    chart = influence((Swing("Growth", -800.0, 90.0), Swing("Rate", 0.0, 40.0)), context.say, context.figures)
    ends = [row[end] for row in rows(chart) if row["kind"] == "span" for end in ("low", "high")]
    size = ends[0] / -800.0

    assert ends == pytest.approx([-800 * size, 0, 0, 90 * size, 0, 0, 0, 40 * size])
    assert "Growth" in chart.said
    assert "NaN" not in json.dumps(chart.spec)
