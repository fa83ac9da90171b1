"""What differs between two plans or two country files, said in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tillerman.compare import DecisionChange
from tillerman.country import Change
from tillerman.report.context import Context
from tillerman.report.names import unit_in
from tillerman.report.sections.decisions import sentence
from tillerman.words import Words
from tillerman.words.sentences import translated


def said(found: Iterable[DecisionChange], before: Context, after: Context) -> tuple[DecisionChange, ...]:
    """Changed decisions, with what either plan does as the plan page says it; what a plan does not do stays blank."""
    return tuple(replace(item, before=_done(before, item), after=_done(after, item)) for item in found)


def cell(say: Words, item: Change) -> str:
    """What was changed, as a reader would say it; of a whole row, that it is new or gone."""
    if not item.meaning:
        return translated(str(item), say.language)
    blank = say("upload_page.blank")
    return say(
        "changes_page.cell",
        what=translated(item.meaning, say.language).rstrip(".。"),
        before=item.before or blank,
        after=item.after or blank,
        unit=unit_in(say, item.unit),
    ).rstrip()


def _done(context: Context, item: DecisionChange) -> str:
    """What a plan does about one subject, period by period."""
    return " ".join(
        context.say("differing.done", years=row.years, deed=sentence(context, row))
        for row in context.plan.decisions
        if (row.action, row.subject) == (item.action, item.subject)
    )
