"""What every part of the expansion works on: the answers, the sheet to write on, and the world's rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tillerman.country.thirty.figure import Figure, combine, generic
from tillerman.country.thirty.form import Form, peers_of, told
from tillerman.country.thirty.sheet import Sheet
from tillerman.country.thirty.world import World

BASE_YEAR = 2026  # the year in whose prices the world's rows stand
FIRST_YEAR = 2027
HOURS = 8_760.0
ELSEWHERE = "XO"  # codes that the standard leaves free: an economy that the form does not name
NEIGHBOUR = "XN"


@dataclass
class Draft:
    """A country in the making."""

    form: Form
    sheet: Sheet
    world: World
    uses: dict[str, Figure] = field(default_factory=dict)  # service → million uses a year

    @property
    def figures(self) -> Mapping[str, Figure]:
        """Every question that has a number."""
        return self.form.figures

    @property
    def home(self) -> str:
        """The country's own code."""
        return self.form.about.code

    @property
    def others(self) -> str:
        """Whose orders reach the makers outside the United States and China: Europe's, unless that is home."""
        return ELSEWHERE if "EU" in self.form.about.home else "EU"

    def known(self, *keys: str) -> bool:
        """Tell whether all of some questions have a number."""
        return all(key in self.figures for key in keys)

    def peer(self, indicator: str, why: str) -> Figure:
        """A number that is not asked for, over peers."""
        found = peers_of(self.figures, self.form.answers, indicator)
        return (
            generic(0, 0, 0, why) if found is None else generic(found.low, found.middle, found.high, told(found, why))
        )

    def income(self) -> Figure:
        """GDP a person in US$; over peers where people or GDP are not known."""
        if not self.known("gdp", "population"):
            return self.peer("gdp_per_person", "of GDP a person")
        gdp, people = self.figures["gdp"], self.figures["population"]
        return combine(lambda money, n: 1e3 * money / n, gdp, people, why="GDP over people")

    def salary(self) -> Figure:
        """What a year of a skilled person costs, in thousand US$: some times GDP a person."""
        times = generic(2, 4, 8, "General: a skilled post costs two to eight times GDP a person")
        return combine(lambda t, each: t * each / 1e3, times, self.income(), why="GDP a person × times")
