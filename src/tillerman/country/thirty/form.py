"""A form of thirty numbers in memory: what was answered, and what stands in where nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from tillerman.country.thirty.figure import Figure, Status
from tillerman.country.thirty.peers import Grid, Income, Peers, Size, peers_for, sources
from tillerman.country.thirty.question import Otherwise, Question
from tillerman.country.thirty.questions import BY_KEY, QUESTIONS
from tillerman.errors import SettingError, UnknownNameError

if TYPE_CHECKING:
    from tillerman.country.record import Country

_THOUSAND = 1e3


@dataclass(frozen=True)
class About:
    """What the file is about: known from the country's name, open to correction."""

    name: str
    code: str
    home: tuple[str, ...]  # its own code, and blocs whose law binds it
    currency: str
    languages: tuple[str, ...]
    fiscal_month: int


@dataclass(frozen=True)
class Answer:
    """One answer: two ends, and where they come from if somebody said so."""

    low: float
    high: float
    source: str | None = None


@dataclass(frozen=True)
class Entry:
    """One number of the full file that was entered on the second sheet."""

    table: str
    row: str | None
    column: str
    answer: Answer

    @property
    def key(self) -> str:
        """The number's place as one text."""
        return place_of(self.table, self.row, self.column)


@dataclass(frozen=True)
class Form:
    """Thirty numbers (and, on the second sheet, some of those that come next), as far as they are known."""

    name: str
    about: About
    answers: Mapping[str, Answer]
    entries: tuple[Entry, ...] = ()

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every question that has a number, by key: answered, from peers, or everything that is possible."""
        return MappingProxyType(dict(_resolve(self)))

    def status(self, key: str) -> Status:
        """Where the answer to a question comes from."""
        if key not in BY_KEY:
            raise UnknownNameError("question", key, BY_KEY)
        figure = self.figures.get(key)
        return Status.LEFT_OUT if figure is None else dict(figure.rests)[key]

    def at(self, values: Mapping[str, float]) -> Form:
        """The same form with some questions answered exactly: keys of questions, or places of entries.

        Raises:
            UnknownNameError: for a key that is neither a question nor an entry of this form.
            SettingError: for a value outside the question's limits.
        """
        answers, entries = dict(self.answers), {entry.key: entry for entry in self.entries}
        for key, value in values.items():
            if key in BY_KEY:
                question = BY_KEY[key]
                if not question.minimum <= value <= question.maximum:
                    expected = f"a number from {question.minimum:g} to {question.maximum:g}"
                    raise SettingError(key, value, expected)
                answers[key] = Answer(value, value, answers[key].source if key in answers else None)
            elif key in entries:
                entries[key] = replace(entries[key], answer=replace(entries[key].answer, low=value, high=value))
            else:
                raise UnknownNameError("question", key, (*BY_KEY, *entries))
        return replace(self, answers=MappingProxyType(answers), entries=tuple(entries.values()))

    def country(self) -> Country:
        """The full country that these numbers support; not yet checked."""
        from tillerman.country.thirty.expand import expand

        return expand(self)

    def draws(self, n: int, seed: int) -> Iterator[Mapping[str, float]]:
        """Draw n sets of answers, evenly over every range that is open (in logarithms for quantities).

        `form.at(draw).country()` is the country at one of them.
        """
        from tillerman.streams import stream  # arrays are loaded where numbers are drawn

        ranges = [(BY_KEY[key], figure) for key, figure in self.figures.items() if figure.low < figure.high]
        dice = stream(seed, "thirty numbers")
        for _ in range(n):
            yield MappingProxyType(
                {question.key: _drawn(question, figure, dice.random()) for question, figure in ranges}
            )


def place_of(table: str, row: str | None, column: str) -> str:
    """Write a number's place as one text, such as sites/public_hall/pue."""
    return f"{table}/{row or ''}/{column}"


def _drawn(question: Question, figure: Figure, at: float) -> float:
    low, high = figure.low, figure.high
    value = low * (high / low) ** at if question.is_log and low > 0 else low + (high - low) * at
    return float(min(max(value, low), high))


def _resolve(form: Form) -> Iterator[tuple[str, Figure]]:
    """Go through the questions in their order; peers of money and halls need people and income first."""
    known: dict[str, Figure] = {}
    for question in QUESTIONS:
        answer = form.answers.get(question.key)
        if answer is not None:
            figure: Figure | None = _answered(question, answer)
        elif question.otherwise is Otherwise.WHOLE and question.whole is not None:
            low, middle, high = question.whole
            why = f"Nobody answered {question.key!r}: everything that is possible"
            figure = Figure(low, middle, high, ((question.key, Status.WHOLE),), why)
        elif question.otherwise is Otherwise.PEERS:
            figure = _from_peers(form, question, known)
        else:
            figure = None
        if figure is not None:
            known[question.key] = figure
            yield question.key, figure


def _answered(question: Question, answer: Answer) -> Figure:
    asked = question.ask["en"].rstrip("?")
    why = f"Answer to {question.key!r} ({asked})" + ("" if answer.source else ", entered without a source")
    middle = answer.low if answer.low == answer.high else question.middle(answer.low, answer.high)
    return Figure(
        answer.low, middle, answer.high, ((question.key, Status.ANSWERED),), why, is_entered=True, source=answer.source
    )


def peers_of(known: Mapping[str, Figure], answers: Mapping[str, Answer], indicator: str) -> Peers | None:
    """The range of an indicator over economies like this one, as far as it is known what it is like."""
    people, gdp, water = known.get("population"), known.get("gdp"), answers.get("hydro")
    size = None if people is None else Size.of(people.middle)
    grid = None if water is None else Grid.of((water.low + water.high) / 2)
    income = None if people is None or gdp is None else Income.of(gdp.middle * _THOUSAND / people.middle)
    return peers_for(indicator, income, size, grid)


def _from_peers(form: Form, question: Question, known: Mapping[str, Figure]) -> Figure | None:
    """The peer range of a question, or None where there is none for economies like this."""
    found = peers_of(known, form.answers, question.peers)
    scale = _SCALES.get(question.key)
    if found is None or (scale is not None and scale[0] not in known):
        return None
    times = 1.0 if scale is None else known[scale[0]].middle * scale[1]
    low, middle, high = (
        min(max(value * times, question.minimum), question.maximum) for value in (found.low, found.middle, found.high)
    )
    why = told(found, f"for {question.key!r}")
    return Figure(low, middle, high, ((question.key, Status.PEERS),), why)


# What a peer range is multiplied by, where it is told for each person or each dollar: a question, and its unit.
_SCALES = MappingProxyType(
    {
        "gdp": ("population", 1 / _THOUSAND),
        "electricity": ("population", 1 / _THOUSAND),
        "public_chips": ("population", 1.0),
        "private_chips": ("population", 1.0),
        "budget": ("gdp", _THOUSAND),
    }
)


def told(found: Peers, what: str) -> str:
    """A peer range in words: which peers, how many, and where that was read."""
    source = sources()[found.source]
    unit = f" {found.unit}" if found.unit else ""
    read = f"{source.title}, {source.publisher}, {found.years}"
    low, middle, high = map(_plain, (found.low, found.middle, found.high))
    if source.stands_for:
        return f"Range {what}: {low} to {high}{unit}, {source.stands_for} [{read}]"
    return f"Peer range {what}: {low} to {high}{unit}, median {middle}, {found.n} economies ({found.group}) [{read}]"


def _plain(value: float) -> str:
    """Write a number without powers of ten."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
