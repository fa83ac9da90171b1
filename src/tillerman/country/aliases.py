"""The names an answer may show: as in the file or its translations, or numbers when an anonymous one is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from tillerman.country.record import Country
from tillerman.country.telling import names_in
from tillerman.labels import PartyKind
from tillerman.words import Words

_FIRMS = (PartyKind.FIRM, PartyKind.NON_PROFIT)


@dataclass(frozen=True)
class Names:
    """Looks up what a party, jurisdiction or resource is called in an answer."""

    aliases: Mapping[str, str]  # name or id in the file → name in the answer
    hides: bool = False  # numbers instead of names

    @property
    def are_shown(self) -> bool:
        """True where names are told, the file's own or their translations."""
        return not self.hides

    def of(self, name: str) -> str:
        """The name of a party, jurisdiction, resource or single withdrawal."""
        return self.aliases.get(name, self.text(name))

    def all_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Several names."""
        return tuple(self.of(name) for name in names)

    def id(self, name: str) -> str:
        """An id: as in the file, or the alias written as an id."""
        return name if self.are_shown else "+".join(self.of(part).replace(" ", "-") for part in name.split("+"))

    def text(self, text: str) -> str:
        """A text that is a name as told; where names are hidden, a free text with every known name in it replaced."""
        if self.are_shown:
            return self.aliases.get(text, text)
        return self._known.sub(lambda found: self._folded[found[0].casefold()], text)

    def note(self, text: str) -> str:
        """A remark: left out of an anonymous answer, where it could tell more than a name."""
        return text if self.are_shown else ""

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {name.casefold(): alias for name, alias in self.aliases.items() if len(name) >= _SHORTEST}

    @cached_property
    def _known(self) -> re.Pattern[str]:
        longest_first = sorted(self._folded, key=len, reverse=True)
        return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)


_SHORTEST = 4  # a shorter id, such as the code of a state, may be an ordinary word inside a text

SHOWN = Names({})


def translated_names(country: Country, language: str) -> Names:
    """The names of a file in a reader's language, as far as the file brings translations."""
    return Names(names_in(country, language))


def anonymous(country: Country, say: Words) -> Names:
    """Number every party, jurisdiction and resource in the order of the file; home stays home."""
    aliases: dict[str, str] = {}
    counts: dict[str, int] = {}

    def number(kind: str, *names: str) -> None:
        counts[kind] = counts.get(kind, 0) + 1
        aliases.update(dict.fromkeys(names, say(f"alias.{kind}", n=counts[kind])))

    home = set(country.frame.home_jurisdictions)
    aliases.update(dict.fromkeys(sorted(home), say("alias.home")))
    for code in dict.fromkeys(j for party in country.parties for j in party.jurisdictions):
        if code not in home:
            number("jurisdiction", code)
    for party in country.parties:
        kind = "supplier" if party.kind in _FIRMS else "public_party"
        number(kind, party.id, party.name, f"{party.name}: supplies only")
    for resource in country.resources:
        number(str(resource.kind), resource.id, resource.name)
    return Names(aliases, hides=True)
