"""What one of the thirty questions is: the words, the bounds, who has the answer, and what happens without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tillerman.country.columns import Column

Texts = Mapping[str, str]  # by language: en, zh-Hant


class Group(StrEnum):
    """The eight groups of questions."""

    FRAME = "frame"
    POWER = "power"
    COMPUTE = "compute"
    DEPENDENCE = "dependence"
    USE = "use"
    MONEY = "money"
    PEOPLE = "people"
    RULE = "rule"


class Otherwise(StrEnum):
    """What stands in for an answer that nobody knows."""

    PEERS = "peers"  # a range over like economies, or over the world
    WHOLE = "whole"  # everything that is possible: for shares and rates, which have ends
    LEFT_OUT = "left_out"  # nothing: what needs it is not in the file, and said so


@dataclass(frozen=True)
class Question:
    """One number that a government can find, and what it decides."""

    key: str
    group: Group
    ask: Texts  # the question in plain words
    low: Texts  # what the low end is
    high: Texts  # what the high end is
    holder: Texts  # who in government usually has it
    hours: float  # effort to get it, in hours of work
    unit: str
    minimum: float
    maximum: float
    feeds: tuple[str, ...]  # the columns of a full file that it goes into, as table.column
    needed_for: Texts  # what cannot be said without it
    example: tuple[float, float]  # of an invented country
    otherwise: Otherwise
    peers: str = ""  # the peer range that stands in
    whole: tuple[float, float, float] | None = None  # low, middle and high where everything is possible
    is_log: bool = False  # the middle of a range is where both ends are equally many times away

    @property
    def cell(self) -> Column:
        """The number as a column of a table, for the reader of cells."""
        return Column(
            name=self.key,
            doc=self.ask["en"],
            type=float,
            is_list=False,
            is_optional=True,
            unit=self.unit,
            minimum=self.minimum,
            maximum=self.maximum,
            references=(),
            is_key=False,
        )

    def middle(self, low: float, high: float) -> float:
        """The number that stands for a range."""
        if self.is_log and low > 0:
            return float((low * high) ** 0.5)
        return (low + high) / 2


def both(en: str, zh: str) -> Texts:
    """A text in the two languages of the screens."""
    return {"en": en, "zh-Hant": zh}
