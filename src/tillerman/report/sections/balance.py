"""Three things to balance: control, capability, consistency."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.plan import Trilemma
from tillerman.report.charts import Bar, Part
from tillerman.report.context import Context
from tillerman.report.sections.keeps import SERVED_BY
from tillerman.report.tables import Column, Kind, Row, Sure, Table

THREE = ("control", "capability", "consistency")
_SURE = {"control": Sure.ASSUMED, "capability": Sure.SAMPLED, "consistency": Sure.ASSUMED}


@dataclass(frozen=True)
class Weight:
    """One of the three: its meaning, and bars for today and the plan."""

    name: str
    meaning: str
    bars: tuple[Bar, ...]
    reason: str


@dataclass(frozen=True)
class Balance:
    """The three, with their table."""

    weights: tuple[Weight, ...]
    table: Table


def build(context: Context) -> Balance:
    """Tell how the plan balances the three."""
    plan, say = context.plan, context.say
    told = {"bar.today": plan.trilemma_today, "bar.plan": plan.trilemma}
    weights = []
    for name in THREE:
        bars, reasons = [], []
        for label, trilemma in told.items():
            share: float | None = getattr(trilemma, name)
            if share is None:
                reasons.append(say("balance.reason", label=say(label), reason=context.told(trilemma.reason)))
            else:
                words = context.figures.share(share)
                bars.append(Bar(say(label), (Part("own", share, words),), words))
        meaning = say(f"balance.meaning.{name}")
        weights.append(Weight(say(f"balance.name.{name}"), meaning, tuple(bars), "; ".join(reasons)))
    return Balance(tuple(weights), _table(context, told))


def _table(context: Context, told: dict[str, Trilemma]) -> Table:
    say = context.say
    columns = [Column(say("balance.column")), Column(say("column.meaning"))]
    columns += [Column(say(label), Kind.SHARE) for label in told]
    columns.append(Column(say("column.sure")))
    rows = [
        Row(
            (
                say(f"balance.name.{name}"),
                say(f"balance.meaning.{name}"),
                *(getattr(trilemma, name) for trilemma in told.values()),
                say(f"sure.{_SURE[name].value}"),
            )
        )
        for name in THREE
    ]
    return Table(say("balance.table"), tuple(columns), tuple(rows), "", (context.rests_on(*SERVED_BY),))
