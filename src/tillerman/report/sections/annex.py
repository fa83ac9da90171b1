"""How the plan was calculated: settings, calculation tolerance, futures, hash and versions. Method words stay here."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.report.context import Context
from tillerman.report.sections.tail import tail
from tillerman.report.tables import Column, Row, Table
from tillerman.settings import ENOUGH_TAIL

_HASH_DIGITS = 12


@dataclass(frozen=True)
class Annex:
    """Everything needed to repeat the calculation, and how to cite it."""

    table: Table
    cite: str


def build(context: Context) -> Annex:
    """Tell how the plan was calculated."""
    plan, say, write = context.plan, context.say, context.figures
    request, certificate = plan.request, plan.certificate
    lines = {
        "futures": f"{request.n_futures:,}",
        "states": f"{certificate.n_states:,}",
        "seed": str(request.seed),
        "risk": write.share(request.risk_aversion),
        "budget": write.money(request.budget_musd_per_year),
        "geopolitics": say("yes" if request.geopolitics else "no"),
        "tolerance": f"{100 * certificate.gap:.2g} %",
        "asked": f"{100 * request.tolerance:.2g} %",
        "gross": write.money(certificate.gross_musd),
        "loss": write.money(plan.expected_loss_musd),
        "tail": tail(context) or _too_few(context),
        "hash": plan.input_hash[:_HASH_DIGITS],
        "versions": ", ".join(f"{name} {version}" for name, version in plan.versions),
    }
    rows = tuple(Row((say(f"annex.{name}"), value)) for name, value in lines.items())
    table = Table(say("annex.table"), (Column(say("annex.column.what")), Column(say("annex.column.value"))), rows)
    return Annex(table, plan.cite())


def _too_few(context: Context) -> str:
    """Say why the average of the worst futures is not written."""
    plan = context.plan
    few = f"{plan.n_effective_tail:.0f}"
    return context.say("annex.tail_short", n=few, of=plan.request.n_futures, least=ENOUGH_TAIL)
