"""The answer of `tillerman new`: what was written, what is known already, what is asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from tillerman.country.thirty import QUESTIONS, About
from tillerman.country.thirty.entries import next_numbers
from tillerman.country.thirty.form import Form
from tillerman.country.thirty.structure import Structure
from tillerman.words import Language

Kind = Literal["thirty", "eighty", "full", "structure"]


@dataclass(frozen=True)
class QuestionView:
    """One question of the form."""

    key: Annotated[str, "Its short name."]
    group: Annotated[str, "One of eight groups."]
    ask: Annotated[str, "The question in plain words."]
    unit: Annotated[str, "Unit of the answer."]
    holder: Annotated[str, "Who in government usually has the answer."]
    hours: Annotated[float, "Hours of work to get it."]


@dataclass(frozen=True)
class BlankView:
    """Numbers of a table that are unknown."""

    table: Annotated[str, "The table; frame for what holds for the whole file."]
    n: Annotated[int, "How many numbers are blank."]


@dataclass(frozen=True)
class NewView:
    """A new file, and what is to be filled in."""

    path: Annotated[str, "The file or folder that was written."]
    kind: Annotated[Kind, "A form of thirty numbers, one with the next numbers too, a full file, or a structure."]
    country: Annotated[str, "Name of the country or economy; blank where the name of the file did not tell."]
    code: Annotated[str, "Its code; blank where not known."]
    currency: Annotated[str, "Its currency; blank where not known."]
    questions: Annotated[tuple[QuestionView, ...], "The questions that are still open, in the order of the sheet."]
    n_answered: Annotated[int, "How many questions are answered."]
    n_next: Annotated[int, "How many numbers the second sheet asks for; 0 without one."]
    blank: Annotated[tuple[BlankView, ...], "Numbers that are unknown in a copied structure, by table."]


def view_form(form: Form, path: Path, kind: Kind, language: Language) -> NewView:
    """A form, or what has grown from it."""
    asked = () if kind == "full" else QUESTIONS
    return NewView(
        path=str(path),
        kind=kind,
        country=form.about.name,
        code=form.about.code,
        currency=form.about.currency,
        questions=tuple(
            QuestionView(q.key, q.group, q.ask[language], q.unit, q.holder[language], q.hours)
            for q in asked
            if q.key not in form.answers
        ),
        n_answered=len(form.answers),
        n_next=sum(1 for _ in next_numbers(form.country())) if kind == "eighty" else 0,
        blank=(),
    )


def view_structure(structure: Structure, about: About, path: Path) -> NewView:
    """A structure without values."""
    counts = Counter(table for table, _, _ in structure.unknown)
    return NewView(
        path=str(path),
        kind="structure",
        country=about.name,
        code=about.code,
        currency=about.currency,
        questions=(),
        n_answered=0,
        n_next=0,
        blank=tuple(BlankView(table, n) for table, n in counts.items()),
    )
