"""The sources of a country file, each once, as a reader would cite them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tillerman.country.frame import Evidence
from tillerman.country.record import Country
from tillerman.labels import Grade


@dataclass(frozen=True)
class Source:
    """One source, and how many numbers rest on it."""

    publisher: str
    title: str
    published: str
    address: str
    file: str
    n_numbers: int

    def __str__(self) -> str:
        parts = (self.publisher, self.title, self.published, self.address, self.file and f"data file {self.file}")
        count = f"{self.n_numbers} number{'s' if self.n_numbers > 1 else ''}"
        return ". ".join(part.rstrip(".") for part in parts if part) + f" ({count})."


def cite(country: Country) -> tuple[Source, ...]:
    """List every source, by publisher and title; assumptions are not sources."""
    found = Counter(_key(item) for item in country.evidence if item.grade is not Grade.ASSUMPTION)
    return tuple(Source(*key, n_numbers=count) for key, count in sorted(found.items()))


def _key(item: Evidence) -> tuple[str, str, str, str, str]:
    published = item.published.isoformat() if item.published else str(item.year or "")
    return (item.publisher or "", item.title or "", published, item.address or "", item.source_file or "")
