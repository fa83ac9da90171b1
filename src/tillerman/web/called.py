"""What suppliers, states, resources and services are called on a page: in the reader's language, or by number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tillerman.country import Country
from tillerman.country.aliases import Names, anonymous, translated_names
from tillerman.country.names import territory
from tillerman.exposure import Withdrawal, WithdrawalKind, withdrawals
from tillerman.exposure.singles import find
from tillerman.words import Language, Words, words
from tillerman.words.search import folded, matches


@dataclass(frozen=True)
class Called:
    """Names of one country's file for one answer."""

    country: Country
    say: Words
    names: Names

    def party(self, party: str) -> str:
        """Name a supplier or state."""
        return self.names.of(self._parties[party])

    def resource(self, resource: str) -> str:
        """Name a resource."""
        return self.names.of(self._resources[resource])

    def state(self, code: str) -> str:
        """Name a jurisdiction by its code."""
        return territory(code, self.say.language) if self.names.are_shown else self.names.of(code)

    def withdrawal(self, item: Withdrawal) -> str:
        """Name what is withdrawn."""
        match item.kind:
            case WithdrawalKind.JURISDICTION:
                name = self.state(item.id)  # a state may hold something by itself, too
                is_party = self.names.are_shown and name in map(self.party, self._parties)
                return self.say("bracketed", text=name, note=self.say("kind.jurisdiction")) if is_party else name
            case WithdrawalKind.VENDOR:
                return self.say("stack_page.supplies_only", name=self.party(item.id))
            case WithdrawalKind.PARTY:
                return self.party(item.id)
            case _:
                return self.resource(item.id)

    def text(self, text: str) -> str:
        """A free text of the file, with every name in it replaced where names are."""
        return self.names.text(text)

    def key(self, item: Withdrawal) -> str:
        """By what a withdrawal stands in an address: its key, or a number where names are replaced; home is known."""
        return self._numbered_id(item.id) + item.key.removeprefix(item.id)

    def party_key(self, party: str) -> str:
        """By what a supplier's or state's whole withdrawal stands in an address."""
        return self._numbered_id(party)

    def _numbered_id(self, name: str) -> str:
        is_known = self.names.are_shown or name in self.country.frame.home_jurisdictions
        return name if is_known else self._numbered.of(name).replace(" ", "-")

    def meant(self, key: str) -> Withdrawal:
        """The withdrawal that an address names: by its key or number, or as the command line takes it.

        Raises UnknownNameError where there is none.
        """
        found = self._by_key.get(key)
        return find(self.country, [key])[0] if found is None else found

    def search(self, text: str) -> tuple[Withdrawal, ...]:
        """The withdrawals that a reader may mean by some words: the one that is called so, else all that have them."""
        known = withdrawals(self.country)
        wanted = folded(text)
        exact = tuple(w for w in known if wanted in (folded(self.withdrawal(w)), self.key(w).casefold()))
        return exact[:1] or tuple(w for w in known if wanted and matches(text, self.withdrawal(w)))

    @cached_property
    def _by_key(self) -> Mapping[str, Withdrawal]:
        return {key: item for item in reversed(withdrawals(self.country)) for key in (item.key, self.key(item))}

    @cached_property
    def _numbered(self) -> Names:
        """Numbers in addresses stay the same in every language."""
        return anonymous(self.country, words(Language.ENGLISH))

    @cached_property
    def _parties(self) -> Mapping[str, str]:
        return {party.id: party.name for party in self.country.parties}

    @cached_property
    def _resources(self) -> Mapping[str, str]:
        return {resource.id: resource.name for resource in self.country.resources}


def called(country: Country, say: Words, *, is_anonymous: bool) -> Called:
    """Prepare the names of an answer."""
    names = anonymous(country, say) if is_anonymous else translated_names(country, say.language)
    return Called(country, say, names)
