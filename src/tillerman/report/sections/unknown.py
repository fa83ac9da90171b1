"""What we do not know: gaps of the file and of the calculation, counted, not smoothed over."""

from __future__ import annotations

from dataclasses import dataclass

from tillerman.country import Country
from tillerman.country.thirty import BY_KEY, Status, basis_of
from tillerman.exposure import Exposure
from tillerman.labels import Grade
from tillerman.report.context import Context, told
from tillerman.report.figures import Figures
from tillerman.report.sections.tail import tail
from tillerman.words import Words

_MOST = 3
_FIRST = ("sites", "agreements", "resources")


@dataclass(frozen=True)
class Contested:
    """A matter of which two accounts are told."""

    subject: str
    one: str
    other: str


@dataclass(frozen=True)
class Unknown:
    """What we do not know, in sentences, and what is contested, with both accounts."""

    items: tuple[str, ...]
    contested: tuple[Contested, ...]


def build(context: Context) -> Unknown:
    """Tell what the plan rests on without knowing it."""
    plan, say = context.plan, context.say
    *items, last = gaps(plan.today, context.figures)
    if not tail(context):
        items.append(say("unknown.tail", n=f"{plan.n_effective_tail:.0f}", of=plan.request.n_futures))
    return Unknown((*items, last), contested(plan.country, say))


def gaps(today: Exposure, write: Figures) -> list[str]:
    """What a country's file leaves unknown, with or without a plan; last what nobody can know."""
    say, health = write.words, today.country.health()
    items = []
    assumed = health.by_grade.get(Grade.ASSUMPTION, 0) + health.n_silent
    if health.n_numbers:
        items.append(say("unknown.assumed", share=write.share(assumed / health.n_numbers), n=health.n_numbers))
    critical = [row for row in today.services if row.tier == 1]
    untested = [row for row in critical if row.fallback is None or row.fallback.last_tested is None]
    if untested:
        items.append(say("unknown.untested", n=len(untested), of=len(critical)))
    unmeasured: dict[str, dict[str, None]] = {}  # reason -> layers, in order and each once
    for posture in today.quarter_rows:
        if posture.control is None:
            unmeasured.setdefault(posture.reason, {})[posture.layer] = None
    items += [
        say("unknown.layers", layers=say.listed(tuple(say(f"layer.{n}") for n in names)), reason=told(say, reason))
        for reason, names in unmeasured.items()
    ]
    return [*items, *_thirty(today.country, say), say("unknown.conduct")]


def _thirty(country: Country, say: Words) -> list[str]:
    """What a file of thirty numbers rests on, and each question that nobody answered with what it is needed for."""
    basis = basis_of(country)
    if basis is None:
        return []
    counts = {status.value: len(basis.keys(status)) for status in Status}
    found = [say("unknown.thirty", of=len(basis.standings), **counts)]
    for key in basis.keys(Status.LEFT_OUT):
        question = BY_KEY[key]
        found.append(
            say("unknown.question", needed_for=question.needed_for[say.language], ask=question.ask[say.language])
        )
    return found


def contested(country: Country, say: Words) -> tuple[Contested, ...]:
    """Up to three contested matters, each once, with both accounts; what is built and signed comes first."""
    resources = {resource.id: resource.name for resource in country.resources}
    found: dict[str, Contested] = {}
    for item in sorted(country.evidence, key=lambda e: e.table not in _FIRST):
        if item.other_account and item.title and item.other_account not in found:
            row = country.by_id[item.table][item.row] if item.row else None
            name = getattr(row, "name", None) or resources.get(item.row or "") or item.row or country.frame.name
            when = item.published.isoformat() if item.published else str(item.year or "")
            subject = say("unknown.subject", name=name, publisher=item.publisher or "", when=when)
            found[item.other_account] = Contested(subject, item.title, item.other_account)
    return tuple(found.values())[:_MOST]
