"""One chart of each shape, with invented values."""

from __future__ import annotations

from tillerman.charts.chart import Chart, Scale
from tillerman.charts.columns import Column, ColumnWords, columns_chart
from tillerman.charts.frontier import Dot, FrontierWords, frontier_chart
from tillerman.charts.recovery import Course, RecoveryWords, recovery_chart
from tillerman.charts.rows import Along, Point, Row, Span, rows_chart

BILLION = Scale(1000.0, "KES billion")


def a_frontier() -> Chart:
    """Three plans, of which two have a name."""
    dots = (
        Dot(0.42, 0.0, 0.0, "1", "cheapest, told"),
        Dot(0.6, 1000.0, 2000.0, "", "between, told"),
        Dot(0.83, 14000.0, 16000.0, "2", "safest, told"),
    )
    return frontier_chart(dots, BILLION, FrontierWords("Safety costs", "It rises.", "kept", "KES billion"))


def a_money() -> Chart:
    """Two years and a period, each with a budget."""
    columns = tuple(
        Column(when, amount, 4000.0, when == "2027", f"{when}, told")
        for when, amount in (("2027", 1200.0), ("2028", 700.0), ("2029–2031", 1900.0))
    )
    return columns_chart("cash", columns, BILLION, ColumnWords("Cash", "Most in 2029.", "KES billion", "budget"))


def a_recovery() -> Chart:
    """Two losses at four moments."""
    moments = ("7 days", "90 days", "1 year", "5 years")
    courses = (
        Course("Today: A", (0.5, 0.37, 0.4, 0.1), tuple(f"a {m}" for m in moments), is_today=True),
        Course("With the plan: B", (0.6, 0.47, 0.55, 0.8), tuple(f"b {m}" for m in moments), is_today=False),
    )
    return recovery_chart(courses, RecoveryWords("Kept", "A: 10 %; B: 80 %.", "kept", moments))


def chances(name: str = "A hall") -> Chart:
    """A break-even chance, one with the assumed chance beside it, and one that is only words."""
    rows = (
        Row(name, f"{name}, told", points=(Point(0.4),)),
        Row("A reserve", "reserve, told", points=(Point(22.0), Point(2.0, is_open=True))),
        Row("A post", "post, told", note="worth it at every chance"),
    )
    return rows_chart("breakeven", "Chances", "The lowest is 0.4 %.", rows, Along("a year", " %", is_log=True))


def amounts() -> Chart:
    """Two amounts to either side of nothing."""
    rows = (
        Row("Gain", "gain, told", spans=(Span(0.0, 30.0, "deep"),)),
        Row("Loss", "loss, told", spans=(Span(-12.0, 0.0, "middle"),)),
    )
    return rows_chart("welfare", "Welfare", "Gain 30; loss 12.", rows, Along("KES billion"))


def every() -> tuple[Chart, ...]:
    """One chart of each shape."""
    return (a_frontier(), a_money(), a_recovery(), chances(), amounts())
