"""The plan beside plans it must beat, with a plain word where it does not."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.plan import MissingReference, Reference
from tillerman.plan.variants import TOLERANCE
from tillerman.report.charts import Bar, Part
from tillerman.report.context import Context
from tillerman.report.sections.keeps import SERVED_BY
from tillerman.report.tables import Column, Kind, Row, Sure, Table

OURS = "plan"
MUST_BEAT = "rent_and_fallback"


@dataclass(frozen=True)
class References:
    """Every plan side by side, and what the comparison says."""

    intro: str
    verdicts: tuple[str, ...]  # the plan that must be beaten first of all comes first
    bars: tuple[Bar, ...]
    table: Table


def build(context: Context) -> References:
    """Compare the plan with the plans a doubter would propose."""
    plan, say, write = context.plan, context.say, context.figures
    ours = plan.certificate.objective_musd
    blur = TOLERANCE * plan.certificate.gross_musd
    bars = tuple(
        Bar(_label(context, r), (Part("own", r.worst_kept, write.share(r.worst_kept)),), write.share(r.worst_kept))
        for r in plan.references
    )
    found = {r.name: _verdict(context, r, r.objective_musd - ours, blur) for r in plan.references if r.name != OURS}
    absent = {
        r.name: say("references.absent", label=_label(context, r), reason=context.told(r.reason))
        for r in plan.missing_references
    }
    verdicts = found | absent
    first = (verdicts.pop(MUST_BEAT),) if MUST_BEAT in verdicts else ()
    table = Table(
        say("references.table"),
        (
            Column(say("references.column.plan")),
            Column(say("references.column.more"), Kind.MONEY, Sure.SAMPLED),
            Column(say("references.column.first"), Kind.MONEY, Sure.ASSUMED),
            Column(say("references.column.loss"), Kind.MONEY, Sure.SAMPLED),
            Column(say("references.column.kept"), Kind.SHARE, Sure.ASSUMED),
            Column(say("references.column.stopping"), Kind.COUNT, Sure.ASSUMED),
            Column(say("references.column.note")),
        ),
        tuple(
            Row(
                (
                    _label(context, r),
                    say("references.base") if r.name == OURS else r.objective_musd - ours,
                    r.first_cost_musd,
                    r.expected_loss_musd,
                    r.worst_kept,
                    r.stopping,
                    _note(context, r),
                ),
                is_ours=r.name == OURS,
            )
            for r in plan.references
        ),
        say("references.note"),
        (context.rests_on(*SERVED_BY, "agreements", "levers", "options", "disruptions", "climates"),),
    )
    return References(say("references.intro", year=plan.service_year), (*first, *verdicts.values()), bars, table)


def _label(context: Context, reference: Reference | MissingReference) -> str:
    key = f"reference.{reference.name}"
    return context.say(key) if context.say.knows(key) else reference.label


def _note(context: Context, reference: Reference) -> str:
    """Say what must be known beside a plan: how it was meant, and whether its search was cut short."""
    say, key = context.say, f"reference.note.{reference.name}"
    told = [say(key)] if say.knows(key) else []
    return " ".join(told if reference.is_certified else [*told, say("references.open")])


def _verdict(context: Context, reference: Reference, more: float, blur: float) -> str:
    """Say whether the plan beats another one by more than the calculation can tell apart."""
    say, label = context.say, _label(context, reference)
    if more <= blur:
        return say("references.not_beaten", label=label)
    amount = context.figures.money(more)
    return say("references.beaten" if reference.is_certified else "references.beaten_open", label=label, amount=amount)
