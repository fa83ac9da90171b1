"""Everything the command line says, by message id and language; names and texts of a country file stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tillerman.cli.words.en import EN
from tillerman.cli.words.en_ask import EN_ASK
from tillerman.cli.words.en_files import EN_FILES
from tillerman.cli.words.en_questions import EN_QUESTIONS
from tillerman.cli.words.en_thirty import EN_THIRTY
from tillerman.cli.words.en_trust import EN_TRUST
from tillerman.cli.words.zh_hant import ZH_HANT
from tillerman.cli.words.zh_hant_ask import ZH_HANT_ASK
from tillerman.cli.words.zh_hant_files import ZH_HANT_FILES
from tillerman.cli.words.zh_hant_questions import ZH_HANT_QUESTIONS
from tillerman.cli.words.zh_hant_thirty import ZH_HANT_THIRTY
from tillerman.cli.words.zh_hant_trust import ZH_HANT_TRUST


class Language(StrEnum):
    """A language of the screens."""

    ENGLISH = "en"
    CHINESE = "zh-Hant"


CATALOGUES = {
    Language.ENGLISH: {**EN, **EN_ASK, **EN_FILES, **EN_QUESTIONS, **EN_THIRTY, **EN_TRUST},
    Language.CHINESE: {
        **ZH_HANT,
        **ZH_HANT_ASK,
        **ZH_HANT_FILES,
        **ZH_HANT_QUESTIONS,
        **ZH_HANT_THIRTY,
        **ZH_HANT_TRUST,
    },
}


@dataclass(frozen=True)
class Words:
    """The messages of one language."""

    language: Language

    def __getitem__(self, message: str) -> str:
        """The text of a message."""
        return CATALOGUES[self.language][message]

    def get(self, message: str, otherwise: str) -> str:
        """The text of a message, or another text where the catalogue has none."""
        return CATALOGUES[self.language].get(message, otherwise)

    def pair(self, name: str, value: str) -> str:
        """A name with its value, as one text."""
        return self["pair"].format(name=name, value=value)

    def plural(self, message: str, count: int) -> str:
        """The text of a message for a count: `<id>.one` for one, `<id>.many` otherwise, with the count filled in."""
        return self[f"{message}.{'one' if count == 1 else 'many'}"].replace("{n}", str(count))
