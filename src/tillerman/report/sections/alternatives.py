"""What every good plan contains, and what is free choice, where that was asked."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.plan import Choice
from tillerman.report.context import Context
from tillerman.report.sections.keeps import SERVED_BY
from tillerman.report.tables import Column, Kind, Row, Sure, Table

VERDICTS = ("in_every", "free_choice", "undetermined", "in_none")


@dataclass(frozen=True)
class Listed:
    """A heading with lines under it: all things of one verdict, or what another good plan does."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Alternatives:
    """All plans that cost little more than the best."""

    intro: str
    verdicts: tuple[Listed, ...]
    sovereign: str
    examples: tuple[Listed, ...]
    table: Table


def build(context: Context) -> Alternatives | None:
    """Tell what good plans share and where they are free; None where nobody asked."""
    found, say, write = context.plan.asked.alternatives, context.say, context.figures
    if found is None:
        return None
    named = {v: tuple(_called(context, c) for c in found.choices if c.verdict == v) for v in VERDICTS}
    examples = tuple(
        Listed(
            say("alternatives.example", k=k, money=write.own(max(0.0, example.more))),
            (
                *(say("alternatives.also", text=context.told(text)) for text in example.deeds),
                *(say("alternatives.not", text=context.told(text)) for text in example.without),
            ),
        )
        for k, example in enumerate(found.examples, 1)
    )
    heads = ("name", "verdict", "plan", "low", "high")
    kinds = (Kind.TEXT, Kind.TEXT, Kind.AMOUNT, Kind.AMOUNT, Kind.AMOUNT)
    sure = (None, None, Sure.CERTIFIED, Sure.CERTIFIED, Sure.CERTIFIED)
    table = Table(
        say("alternatives.table"),
        tuple(Column(say(f"alternatives.column.{h}"), kind, s) for h, kind, s in zip(heads, kinds, sure, strict=True)),
        tuple(
            Row((_called(context, c), say(f"alternatives.{c.verdict}"), c.in_plan, c.seen.low, c.seen.high))
            for c in found.choices
        ),
        say("alternatives.note"),
        (context.rests_on(*SERVED_BY, "agreements", "levers", "options", "disruptions", "climates"),),
    )
    sovereign = say(
        "alternatives.sovereign",
        now=write.share(found.sovereign_in_plan),
        found=write.share(found.sovereign.low),
        most=write.share(found.sovereign.high) if found.sovereign.is_bounded else write.unknown,
    )
    verdicts = tuple(Listed(say(f"alternatives.{v}"), names) for v, names in named.items() if names)
    intro = say("alternatives.intro", within=write.share(found.within))
    return Alternatives(intro, verdicts, sovereign, examples, table)


def _called(context: Context, choice: Choice) -> str:
    return context.say(f"alternatives.{choice.action}", name=choice.name)
