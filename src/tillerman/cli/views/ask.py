"""The answer of `tillerman ask`: which numbers are worth asking for, and whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from tillerman.country import Country
    from tillerman.plan.enquiry import Asking, Enquiry
    from tillerman.words import Language


@dataclass(frozen=True)
class QuestionView:
    """One number that is worth asking for."""

    key: Annotated[str, "A question of the thirty, or table/row/column of the file."]
    asked: Annotated[str, "The number in words."]
    holder: Annotated[str, "Who in government usually has it."]
    hours: Annotated[float, "About how many hours of work it takes to get."]
    low: Annotated[float, "The low end of what is known now."]
    high: Annotated[float, "The high end of what is known now."]
    unit: Annotated[str, "The unit of both."]
    worth_musd: Annotated[float, "What knowing it exactly is worth, million US$, sampled."]
    decides: Annotated[tuple[str, ...], "Plans that are best somewhere along its range, from low to high."]


@dataclass(frozen=True)
class AskView:
    """Which numbers are worth asking for next."""

    country: Annotated[str, "Name of the country or economy."]
    questions: Annotated[tuple[QuestionView, ...], "Those worth asking, by worth for each hour, the most first."]
    best: Annotated[str, "The plan that is best with what is known now."]
    choices: Annotated[tuple[str, ...], "The plans to choose from."]
    worth_of_all_musd: Annotated[float, "What knowing every number would be worth; no single one is worth more."]
    threshold_musd: Annotated[float, "A worth that chance alone would find somewhere, in 1 of 20 cases."]
    n_asked: Annotated[int, "How many open numbers were drawn."]
    n_left_out: Annotated[int, "Open numbers that were not drawn."]
    n_draws: Annotated[int, "How many times they were drawn."]
    n_failed: Annotated[int, "Draws that gave no file one can plan with."]
    n_futures: Annotated[int, "In how many possible futures each plan was priced."]
    seed: Annotated[int, "Which numbers and futures were drawn."]
    input_hash: Annotated[str, "Hash of the country file's content."]
    version: Annotated[str, "Version of the program."]
    note: Annotated[str, "How to read this."]


def view_ask(found: Enquiry, country: Country, *, note: str, language: Language) -> AskView:
    """Put an enquiry into the form that is shown and printed."""
    rows = [_question(row, country, language) for row in found.told]
    return AskView(
        country=found.country,
        questions=tuple(sorted(rows, key=lambda row: (-row.worth_musd / row.hours, row.key))),
        best=found.best,
        choices=found.choices,
        worth_of_all_musd=found.worth_of_all_musd,
        threshold_musd=found.threshold_musd,
        n_asked=len(found.rows),
        n_left_out=found.n_left_out,
        n_draws=found.n_drawn + found.n_failed,
        n_failed=found.n_failed,
        n_futures=found.terms.n_futures,
        seed=found.terms.seed,
        input_hash=found.content_hash,
        version=version("tillerman"),
        note=note,
    )


def _question(row: Asking, country: Country, language: Language) -> QuestionView:
    from tillerman.country.holders import holder_of

    holder = holder_of(row.key)
    return QuestionView(
        key=row.key,
        asked=_words(row.key, country, language),
        holder=holder.name[language.value],
        hours=holder.hours,
        low=row.low,
        high=row.high,
        unit=row.unit,
        worth_musd=row.worth_musd,
        decides=row.decides,
    )


def _words(key: str, country: Country, language: Language) -> str:
    """A number in words: a question as it is asked, else what its column says and whose number it is."""
    from tillerman.country.thirty import BY_KEY
    from tillerman.country.thirty.entries import column_of

    if key in BY_KEY:
        return BY_KEY[key].ask[language.value]
    table, row, column = key.split("/")
    found = column_of(table, column)
    doc = column if found is None else found.doc.rstrip(".")
    item = country.by_id[table].get(row) if row else None
    resource = country.by_id["resources"].get(row)
    name = str(getattr(item, "name", None) or getattr(resource, "name", None) or row.replace("_", " "))
    return f"{name}: {doc[0].lower()}{doc[1:]}" if row else doc
