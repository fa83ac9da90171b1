"""The glossary: each term in English and in Traditional Chinese, where it comes from, and words to avoid for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Term:
    """One term; the first form of each language is the one to use, the others are also right."""

    en: tuple[str, ...]
    zh: tuple[str, ...]
    source: str
    review: bool  # differs from the source on purpose, or is new: a native reader should look at it
    note: str
    avoid: tuple[str, ...]  # Chinese words that other texts use for it
    apart: tuple[str, ...]  # messages in which the English word is not this term


@cache
def glossary() -> tuple[Term, ...]:
    """Return every term, in the order of the file."""
    import tomllib

    text = files("tillerman.words").joinpath("glossary.toml").read_text("utf-8")
    return tuple(
        Term(
            en=tuple(row["en"]),
            zh=tuple(row["zh"]),
            source=row["source"],
            review=row.get("review", False),
            note=row.get("note", ""),
            avoid=tuple(row.get("avoid", ())),
            apart=tuple(row.get("apart", ())),
        )
        for row in tomllib.loads(text)["term"]
    )
