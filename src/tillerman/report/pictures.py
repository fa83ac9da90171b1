"""The charts of a report: each one definition, from the same record and in the same words as its table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from tillerman.charts.chart import Chart, Scale, Width
from tillerman.charts.columns import Column, ColumnWords, columns_chart
from tillerman.charts.drawing import compiled, drawn
from tillerman.charts.frontier import Dot, FrontierWords, frontier_chart
from tillerman.charts.recovery import Course, RecoveryWords, recovery_chart
from tillerman.charts.rows import Along, Point, Row, Span, rows_chart
from tillerman.labels import Horizon
from tillerman.plan import BreakEven, Frontier, LeverWorth
from tillerman.plan.decisions import COMMITTED_YEARS
from tillerman.report.context import Context
from tillerman.report.figures import Figures
from tillerman.report.intervals import told_worth
from tillerman.words import Words


def add_drawing(environment: Environment, *, with_scripts: bool) -> None:
    """Give templates what the macro `chart` needs; where scripts run, also the definition that they draw again."""
    environment.globals["drawn"] = _drawn
    environment.globals["compiled"] = compiled if with_scripts else None


def frontier(found: Frontier, context: Context) -> tuple[Chart | None, tuple[str, ...]]:
    """Cost against safety, and the names of the numbered points; no chart where there is but one."""
    say, write, points = context.say, context.figures, found.points
    loss = say(f"frontier.loss.{found.test.value}")
    names = tuple(say(f"frontier.point.{point.name}") for point in points if point.name)
    numbers = {point.name: str(n) for n, point in enumerate((p for p in points if p.name), start=1)}
    dots = tuple(
        Dot(
            point.kept,
            point.more.low,
            point.more.high,
            numbers.get(point.name, ""),
            say(
                "charts.frontier.told",
                name=say(f"frontier.point.{point.name}") if point.name else say("charts.frontier.between"),
                kept=write.share(point.kept),
                more=told_worth(point.more, context),
            ),
        )
        for point in points
        if point.more.is_bounded
    )
    if len(dots) < 2:
        return None, names
    scale = _scale(context.say, context.figures, (point.more.high for point in points if point.more.is_bounded))
    words = FrontierWords(
        title=say("charts.frontier.title"),
        said=say(
            "charts.frontier.said",
            loss=loss,
            least=write.share(points[0].kept),
            most=write.share(points[-1].kept),
            more=told_worth(points[-1].more, context),
        ),
        kept=say("charts.frontier.kept", loss=loss),
        cost=say("charts.frontier.cost", unit=scale.words),
    )
    return frontier_chart(dots, scale, words), names


def cash(context: Context, spent: tuple[float, ...], budgets: tuple[float, ...]) -> Chart:
    """Public cash by period, each with its budget."""
    plan, say, write = context.plan, context.say, context.figures
    columns, years = [], 0
    for when, amount, budget, length in zip(plan.periods, spent, budgets, plan.country.frame.period_years, strict=True):
        is_firm = years < COMMITTED_YEARS
        years += length
        told = say("charts.cash.told", when=when, money=write.money(amount), budget=write.own(budget))
        told = told if is_firm else say("charts.cash.provisional", told=told)
        columns.append(Column(when, amount, budget, is_firm, told))
    scale = _scale(context.say, context.figures, (*spent, *budgets))
    most = max(columns, key=lambda column: column.amount)
    words = ColumnWords(
        title=say("charts.cash.title"),
        said=say("charts.cash.said", when=most.when, most=write.money(most.amount)),
        amount=scale.words,
        limit=say("charts.cash.limit"),
    )
    return columns_chart("cash", tuple(columns), scale, words)


def lines(context: Context, name: str, amounts: tuple[tuple[str, float], ...]) -> Chart:
    """The lines of an account, each a bar from nothing to the right or to the left."""
    say = context.say
    told = {line: say.pair(line, context.figures.money(amount)) for line, amount in amounts}
    scale = _scale(context.say, context.figures, (abs(amount) for _, amount in amounts))
    rows = tuple(
        Row(
            line,
            told[line],
            (Span(min(0.0, scale.of(amount)), max(0.0, scale.of(amount)), "deep" if amount >= 0 else "middle"),),
        )
        for line, amount in amounts
    )
    said = say("charts.lines.said", lines=say("list.between").join(told.values()))
    return rows_chart(name, say(f"charts.{name}.title"), said, rows, Along(scale.words))


def recovery(context: Context) -> Chart:
    """What is kept after the most serious single loss, today and with the plan, at the four horizons."""
    plan, say, write = context.plan, context.say, context.figures
    moments = tuple(say(f"horizon.{horizon.value}") for horizon in Horizon)
    courses = []
    for label, found in (("bar.today", plan.today.worst_single), ("bar.plan", plan.worst_withdrawal)):
        name = say("loss.title", label=say(label), name=context.withdrawn(found))
        told = tuple(
            say("charts.recovery.told", name=name, moment=moment, kept=write.share(kept))
            for moment, kept in zip(moments, found.kept, strict=True)
        )
        courses.append(Course(name, found.kept, told, is_today=label == "bar.today"))
    today, after = (
        say("list.between").join(say.pair(m, write.share(k)) for m, k in zip(moments, course.kept, strict=True))
        for course in courses
    )
    words = RecoveryWords(
        title=say("charts.recovery.title"),
        said=say(
            "charts.recovery.said", today=courses[0].name, kept_today=today, plan=courses[1].name, kept_plan=after
        ),
        kept=say("charts.recovery.kept"),
        moments=moments,
    )
    return recovery_chart((courses[0], courses[1]), words)


def break_evens(context: Context, found: tuple[BreakEven, ...]) -> Chart | None:
    """The chance from which each decision pays; the assumed one beside it only where hazards were asked for.

    None where no chance is known: a verdict in words is read best in the table.
    """
    say, write = context.say, context.figures
    rows = tuple(_break_even(context, item) for item in found)
    pays = [(item.break_even_chance, item.name) for item in found if item.break_even_chance]
    if not pays:
        return None
    least, name = min(pays)
    said = say("charts.breakeven.said", n=len(pays), least=write.chance(least), name=name)
    axis = say("charts.breakeven.both" if context.with_hazards else "charts.breakeven.axis")
    return rows_chart("breakeven", say("charts.breakeven.title"), said, rows, Along(axis, " %", is_log=True))


def levers(context: Context, found: tuple[LeverWorth, ...]) -> Chart | None:
    """The fair share of each lever that is used, between its bounds; none where no bound is known."""
    say = context.say
    known = [row for row in found if row.is_used and row.fair_share.is_bounded]
    if not known:
        return None
    scale = _scale(
        context.say,
        context.figures,
        (end for row in known for end in (abs(row.fair_share.low), abs(row.fair_share.high))),
    )
    rows = tuple(
        Row(
            say(f"lever.{row.lever}"),
            say.pair(say(f"lever.{row.lever}"), told_worth(row.fair_share, context)),
            (Span(scale.of(row.fair_share.low), scale.of(row.fair_share.high), "middle"),),
            (Point(scale.of(row.fair_share.middle)),),
        )
        for row in known
    )
    first = max(known, key=lambda row: row.fair_share.middle)
    said = say("charts.levers.said", n=len(known), name=say(f"lever.{first.lever}"))
    return rows_chart("levers", say("charts.levers.title"), said, rows, Along(scale.words))


@dataclass(frozen=True)
class Swing:
    """What a plan then costs more, million US$, when one number stands at either end of its range."""

    name: str
    at_low: float
    at_high: float


def influence(found: tuple[Swing, ...], say: Words, write: Figures) -> Chart:
    """Which numbers matter most: what the plan costs at the low and at the high end of each."""
    scale = _scale(say, write, (abs(end) for swing in found for end in (swing.at_low, swing.at_high)))
    rows = tuple(
        Row(
            swing.name,
            say("charts.influence.told", name=swing.name, low=write.own(swing.at_low), high=write.own(swing.at_high)),
            (_swing(scale, swing.at_low, "pale"), _swing(scale, swing.at_high, "deep")),
        )
        for swing in found
    )
    first = found[0]
    most = write.money(max(first.at_low, first.at_high, 0.0) - min(first.at_low, first.at_high, 0.0))
    said = say("charts.influence.said", name=first.name, most=most)
    along = Along(say("charts.influence.axis", unit=scale.words))
    return rows_chart("influence", say("charts.influence.title"), said, rows, along)


def _swing(scale: Scale, end: float, look: str) -> Span:
    return Span(min(0.0, scale.of(end)), max(0.0, scale.of(end)), look)


def _break_even(context: Context, item: BreakEven) -> Row:
    say = context.say
    names = {"name": item.name, "disruption": item.disruption_name}
    assumed = (Point(100 * item.assumed_chance, is_open=True),)
    beside = assumed if context.with_hazards and item.assumed_chance > 0 else ()
    if not item.break_even_chance:
        verdict = context.told(item.verdict)
        return Row(item.name, say("charts.breakeven.verdict", verdict=verdict, **names), points=beside, note=verdict)
    told = say("charts.breakeven.told", chance=context.figures.chance(item.break_even_chance), **names)
    return Row(item.name, told, points=(*beside, Point(100 * item.break_even_chance)))


def _scale(say: Words, write: Figures, musd: Iterable[float]) -> Scale:
    """The unit in which amounts of this size stand on an axis: the country's currency, with its word for the size."""
    currency = write.currency
    whole = 1e6 * currency.per_usd
    biggest = max(musd, default=0.0) * whole
    size, word = next(((s, w) for s, w in say.scales if biggest >= s), (1.0, ""))
    unit = say("charts.unit_dollar" if currency.is_dollar else "charts.unit", currency=currency.code, word=word)
    return Scale(size / whole, unit.strip())


def _drawn(chart: Chart, *, narrow: bool = False) -> Markup:
    return Markup(drawn(chart, Width.NARROW if narrow else Width.WIDE))  # noqa: S704 - our own drawing, texts escaped
