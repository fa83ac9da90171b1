"""Messages by id, one folder a language, one file a topic; blanks have names, so that a translator sees sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from tillerman.errors import SettingError


class Language(StrEnum):
    """A language in which people are answered, by its code in BCP 47."""

    ENGLISH = "en"
    CHINESE = "zh-Hant"


LANGUAGES = tuple(language.value for language in Language)
Scales = tuple[tuple[float, str], ...]

# Largest first. 億 is 10⁸ and 兆 is 10¹² in Taiwan's usage; neither matches million or billion.
_SCALES: Mapping[str, Scales] = MappingProxyType(
    {
        "en": ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")),
        "zh-Hant": ((1e12, "兆"), (1e8, "億"), (1e4, "萬")),
    }
)
_BETWEEN = re.compile("(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]) (?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])")


@dataclass(frozen=True)
class Words:
    """Everything that is said in one language."""

    language: str
    messages: Mapping[str, str]
    scales: Scales

    def __call__(self, key: str, /, **blanks: object) -> str:
        """Say a message with its blanks filled; where a `|` divides it, the blank `n` chooses the form."""
        one, _, other = self.messages[key].partition("|")
        said = (one if not other or blanks["n"] == 1 else other).format_map(blanks)
        return said if self.language == "en" else closed(said)

    def knows(self, key: str) -> bool:
        """Tell whether there is a message of this id."""
        return key in self.messages

    def listed(self, items: tuple[str, ...]) -> str:
        """Write items as a list within a sentence."""
        if not items:
            return ""
        *first, last = items
        return self("list.last", first=self("list.between").join(first), last=last) if first else last

    def pair(self, name: str, value: str) -> str:
        """Write a name with its value, as one text."""
        return self("pair", name=name, value=value)


def closed(text: str) -> str:
    """Take away blanks between Chinese characters: they part what fills a message from it where that is not Chinese."""
    return _BETWEEN.sub("", text)


@cache
def words(language: str) -> Words:
    """Return the words of one language. Raises SettingError for a language there is no catalogue of."""
    if language not in LANGUAGES:
        raise SettingError("language", language, f"one of {', '.join(LANGUAGES)}")
    messages: dict[str, str] = {}
    for topic in topics(language).values():
        messages.update(topic)
    return Words(str(language), MappingProxyType(messages), _SCALES[language])


def topics(language: str) -> Mapping[str, Mapping[str, str]]:
    """Return the messages of a language by topic, one a file."""
    import tomllib

    folder = files("tillerman.words").joinpath(language)
    found = sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)
    return {path.name.removesuffix(".toml"): tomllib.loads(path.read_text("utf-8")) for path in found}
