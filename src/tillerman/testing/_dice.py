"""Draws for made-up countries: round numbers that are easy to read, with the awkward values (0 and 1) drawn often."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random  # noqa: TID251 - test data, not results: a generator for users who build on us needs no named stream
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A seeded source of round numbers and choices; the same seed gives the same draws on every system."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - nothing here is secret

    def chance(self, probability: float) -> bool:
        """Return True with this chance."""
        return self._random.random() < probability

    def whole(self, low: int, high: int) -> int:
        """Draw a whole number, both ends included."""
        return self._random.randint(low, high)

    def between(self, low: float, high: float) -> float:
        """Draw a number between two, rounded to three significant digits."""
        return float(f"{self._random.uniform(low, high):.3g}")

    def share(self) -> float:
        """Draw a share; one time in three it is exactly 0 or exactly 1."""
        if self.chance(1 / 3):
            return float(self._random.randint(0, 1))
        return round(self._random.random(), 2)

    def pick(self, items: Sequence[T]) -> T:
        """Draw one item."""
        return items[self._random.randrange(len(items))]

    def some(self, items: Sequence[T], low: int, high: int) -> tuple[T, ...]:
        """Draw several different items, in their own order, as far as there are enough."""
        count = min(self._random.randint(low, high), len(items))
        chosen = set(self._random.sample(range(len(items)), count))
        return tuple(item for at, item in enumerate(items) if at in chosen)

    def falling(self) -> tuple[float, float, float, float]:
        """Draw four shares that never rise from one to the next."""
        a, b, c, d = sorted((self.share() for _ in range(4)), reverse=True)
        return a, b, c, d

    def split(self) -> tuple[float, float, float]:
        """Draw three shares in hundredths that add up to one."""
        low, high = sorted(self._random.randint(0, 100) for _ in range(2))
        return low / 100, (high - low) / 100, (100 - high) / 100
