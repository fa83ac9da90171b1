"""What every section of a report is given: the plan, the language, how to write numbers, and what may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tillerman.country.frame import Evidence
from tillerman.country.names import territory
from tillerman.country.telling import names_in, told_in
from tillerman.exposure import Consequence
from tillerman.plan import Plan
from tillerman.report.figures import Figures
from tillerman.report.names import withdrawn
from tillerman.words import Words
from tillerman.words.sentences import translated


@dataclass(frozen=True)
class Context:
    """A plan to be told, in one language; hazards are told only when asked for."""

    plan: Plan
    say: Words
    figures: Figures
    with_hazards: bool

    @property
    def country(self) -> str:
        """Name the country: in English as its file does, in another language as the stated list does."""
        frame, language = self.plan.country.frame, self.say.language
        found = territory(frame.code, language)
        return frame.name if language == "en" or found == frame.code else found

    def named(self, code_or_name: str) -> str:
        """Name a jurisdiction by its code, and anybody else as the file does."""
        return territory(code_or_name, self.say.language)

    def withdrawn(self, found: Consequence) -> str:
        """Name what a single withdrawal withdraws."""
        return withdrawn(found, self.say.language)

    def told(self, reason: str) -> str:
        """Say a reason that the record gives in English in this language, with the names of the file in it."""
        return translated(reason, self.say.language, self._names)

    def evidence(self, table: str, row: str, column: str) -> Evidence | None:
        """What stands behind one number; None where the file says nothing."""
        return self._evidence.get((table, row, column))

    def cited(self, table: str, row: str, column: str) -> str | None:
        """Cite what stands behind one number; None where the file says nothing."""
        item = self.evidence(table, row, column)
        if item is None:
            return None
        when = item.published.isoformat() if item.published else str(item.year or "")
        parts = (item.publisher, item.title, when, item.address, item.source_file)
        told = ". ".join(part.strip().rstrip(".") for part in parts if part)
        grade = self.say(f"grade.{item.grade.value}")
        return self.say("source.line", grade=grade, told=told) if told else grade

    def rests_on(self, *tables: str) -> str:
        """Say which tables a result is computed from, and how many of their numbers are better than assumptions."""
        known = self.plan.country.known_by_table
        n, better = (sum(known.get(table, (0, 0))[i] for table in tables) for i in range(2))
        share = self.figures.share(better / n) if n else self.say("figure.unknown")
        return self.say("source.tables", tables=self.say.listed(tables), n=n, share=share)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return names_in(self.plan.country, self.say.language)

    @cached_property
    def _evidence(self) -> dict[tuple[str, str, str], Evidence]:
        return {(item.table, item.row or "", item.column): item for item in self.plan.country.evidence}

    @cached_property
    def party(self) -> dict[str, str]:
        """Names of parties by id."""
        return {party.id: party.name for party in self.plan.country.parties}

    @cached_property
    def resource(self) -> dict[str, str]:
        """Names of resources by id."""
        return {resource.id: resource.name for resource in self.plan.country.resources}


def told(say: Words, reason: str) -> str:
    """Say a reason that a record gives in English."""
    return translated(reason, say.language)


def told_plan(plan: Plan, language: str) -> Plan:
    """A plan with the names of its file in a reader's language, as far as the file brings translations."""
    held: dict[str, Plan] = vars(plan).setdefault("_told", {})  # walking the record once a language is enough
    if language not in held:
        held[language] = told_in(plan, names_in(plan.country, language))
    return held[language]


def context_for(plan: Plan, say: Words, figures: Figures, *, with_hazards: bool = False) -> Context:
    """What the sections of a plan's report are given, with names in the reader's language."""
    return Context(told_plan(plan, say.language), say, figures, with_hazards)
