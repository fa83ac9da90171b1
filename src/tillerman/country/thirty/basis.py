"""What a country of thirty numbers rests on: which were answered, which stand on peers, and what is missing.

It is read from the evidence, so a full file grown from the form, and a study made with it, can still tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tillerman.country.record import Country
from tillerman.country.thirty.figure import Status
from tillerman.country.thirty.questions import BY_KEY, QUESTIONS
from tillerman.country.thirty.sheet import MARK


@dataclass(frozen=True)
class Standing:
    """One question as it stands in a country: where its answer came from, and the peer range in words."""

    key: str
    status: Status
    told: str = ""


@dataclass(frozen=True)
class Basis:
    """What a country of thirty numbers rests on."""

    standings: tuple[Standing, ...]  # in the order of the questions
    n_entered: int  # numbers that were entered beyond the thirty

    def keys(self, *statuses: Status) -> tuple[str, ...]:
        """The questions whose answers came from somewhere."""
        return tuple(item.key for item in self.standings if item.status in statuses)


def basis_of(country: Country) -> Basis | None:
    """What a country rests on, or None where it was not made of thirty numbers."""
    found: dict[str, Status] = {}
    titles: dict[str, str] = {}
    for item in country.evidence:
        if item.source_file == MARK and item.source_row is not None:
            pairs = [pair.partition("=") for pair in item.source_row.split(";")]
            told = {key: Status(status) for key, _, status in pairs if status in _STATUSES}
            found.update(told)
            for key, status in told.items():
                if status is Status.PEERS and not titles.get(key):
                    titles[key] = _range_of(key, item.title or "")
    if not found:
        return None
    standings = tuple(
        Standing(question.key, found.get(question.key, Status.LEFT_OUT), titles.get(question.key, ""))
        for question in QUESTIONS
    )
    return Basis(standings, sum(key not in BY_KEY for key in found))


_STATUSES = frozenset(Status)


def _range_of(key: str, title: str) -> str:
    """The sentence that tells the range of a question, out of all that a number rests on."""
    match = re.search(rf"(?:Peer r|R)ange for {key!r}: [^;]*", title)
    return match[0] if match else ""
