"""What to sign, with whom, and what each signature does and does not bind."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.country.choices import Agreement
from tillerman.report.context import Context


@dataclass(frozen=True)
class Signature:
    """One agreement: the other side, when, its clauses, whom it binds, what we can offer."""

    name: str
    party: str
    when: str
    clauses: str
    binds: str
    offers: str


@dataclass(frozen=True)
class Agreements:
    """What to sign, and what is in force already."""

    to_sign: tuple[Signature, ...]
    in_force: tuple[Signature, ...]


def build(context: Context) -> Agreements:
    """Tell what to sign."""
    signed = {d.subject: d.years for d in context.plan.decisions if d.action == "sign"}
    country, say = context.plan.country, context.say
    return Agreements(
        tuple(_signature(context, a, signed[a.id]) for a in country.agreements if a.id in signed),
        tuple(_signature(context, a, say("agreements.in_force")) for a in country.agreements if a.is_signed),
    )


def _signature(context: Context, agreement: Agreement, when: str) -> Signature:
    say = context.say
    clauses = tuple(say(f"clause.{clause.value}") for clause in agreement.clauses)
    offers = tuple(c.name for c in context.plan.country.concessions if c.party == agreement.party)
    return Signature(
        name=agreement.name,
        party=context.party[agreement.party],
        when=when,
        clauses=say.listed(clauses) if clauses else say("agreements.no_clauses"),
        binds=say("agreements.governments" if agreement.is_between_governments else "agreements.private"),
        offers=say.listed(offers) if offers else "",
    )
