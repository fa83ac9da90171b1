"""Two pages for a minister: what is asked, the answer, the picture and the reasons; then what it takes."""

from __future__ import annotations

from tillerman.brief.cover import cover
from tillerman.brief.document import Document, Section
from tillerman.brief.parts import ahead, asked, cost, picture, power, reasons, sign, wrong
from tillerman.labels import Level, Reader
from tillerman.report.context import Context
from tillerman.report.sections import evidence, keeps, posture, references

PAGES = 2
# What is left out, in this order and one at a time, where a page has no room for everything.
DROPS = (
    "keeps.how",
    "sure.contested",
    "wrong.short",
    "power.range",
    "decision.budget",
    "sign.left_note",
    *(f"fallback.{n}" for n in range(1, picture.MOST_SERVICES + 1)),
    *(f"sign.offer.{n}" for n in reversed(range(8))),
    "answer.meaning",
)


def sections(context: Context, level: Level) -> tuple[Section, ...]:
    """The sections of both pages, in the order in which they are read."""
    kept = keeps.build(context)
    return (
        asked.ask(context),
        asked.answer(context, kept),
        picture.keeps_running(context, kept),
        reasons.build(context),
        picture.layers(context, posture.build(context)),
        sign.build(context, level),
        cost.build(context, references.build(context)),
        power.build(context),
        wrong.wrong(context, kept),
        wrong.change(context),
        ahead.ninety(context),
        ahead.sure(context, evidence.build(context)),
    )


def build(context: Context, level: Level) -> Document:
    """Turn a plan's record into the brief."""
    return cover(context, level, Reader.MINISTER, sections(context, level))
