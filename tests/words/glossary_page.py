"""The page of Chinese terms, made from the glossary of the catalogues: `python -m tests.words.glossary_page`."""

from tests.house.fences import ROOT
from tillerman.words.glossary import Term, glossary

PAGE = ROOT / "docs" / "reference" / "glossary-zh-hant.md"
HEAD = """# Terms in Traditional Chinese

<!-- Made from the glossary of the catalogues: do not edit. To renew: .venv/bin/python -m tests.words.glossary_page -->

Every text in Traditional Chinese is held to these terms by a test. Source: S-T and S-M tell that the term
stands so, or as given, in one of the two [source texts](../explanation/sources.md) or its Chinese introduction;
P, that it is proposed here. A dagger marks a form that differs from the source on purpose, or is new: a native
reader in government should review it.

| English | 繁體中文 | source | note | never |
| --- | --- | --- | --- | --- |
"""


def page_of(terms: tuple[Term, ...]) -> str:
    """The page: one row a term, in the order of the glossary."""
    return HEAD + "".join(_row(term) for term in terms)


def _row(term: Term) -> str:
    chinese = "／".join(term.zh) + ("†" if term.review else "")
    cells = (term.en[0], chinese, term.source, term.note, "、".join(term.avoid))
    return f"| {' | '.join(cells)} |\n".replace("|  |", "| |").replace("|  |", "| |")


if __name__ == "__main__":
    PAGE.write_text(page_of(glossary()), "utf-8")
