"""What an answer rests on, where the file is one of thirty numbers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from tillerman.country import Country
from tillerman.words import Language

if TYPE_CHECKING:
    from tillerman.exposure.over_ranges import OverRanges

_DRAWS = 12  # sets of answers at which exposure is looked at again: a few seconds
_SEED = 1


@dataclass(frozen=True)
class StandingView:
    """One question, and where its answer came from."""

    key: Annotated[str, "Its short name."]
    status: Annotated[str, "answered, peers, whole (everything that is possible) or left_out."]
    ask: Annotated[str, "The question in plain words."]
    told: Annotated[str, "The peer range in words, with its source; blank otherwise."]
    needed_for: Annotated[str, "What cannot be said without it."]
    holder: Annotated[str, "Who in government usually has the answer."]
    hours: Annotated[float, "Hours of work to get it."]


@dataclass(frozen=True)
class SpanView:
    """The least and the most of a number over the ranges of the answers."""

    low: Annotated[float, "The least found."]
    high: Annotated[float, "The most found."]


@dataclass(frozen=True)
class ServiceSpanView:
    """What keeps a critical service running at 90 days, over the ranges of the answers."""

    service: Annotated[str, "Its id."]
    name: Annotated[str, "Its name."]
    any_one: Annotated[SpanView, "Share kept if any one supplier or state withdraws."]
    alone: Annotated[SpanView, "Share kept with nobody's permission."]


@dataclass(frozen=True)
class RangesView:
    """The answer over the ranges of the numbers it rests on."""

    n_draws: Annotated[int, "Sets of answers that were looked at."]
    n_stopping: Annotated[SpanView, "Critical services that stop if one supplier or state withdraws."]
    services: Annotated[tuple[ServiceSpanView, ...], "Critical services."]


@dataclass(frozen=True)
class BasisView:
    """What an answer from thirty numbers rests on, and what is missing for the rest."""

    n_questions: Annotated[int, "How many questions there are."]
    n_entered: Annotated[int, "Numbers that were entered beyond them."]
    standings: Annotated[tuple[StandingView, ...], "Every question, in the order of the sheet."]
    ranges: Annotated[RangesView | None, "The answer over the ranges; null where it was not looked at again."]

    def of(self, status: str) -> tuple[StandingView, ...]:
        """The questions whose answers came from somewhere."""
        return tuple(item for item in self.standings if item.status == status)


def view_basis(country: Country, language: Language, ranges: OverRanges | None = None) -> BasisView | None:
    """What a country rests on, or None where it was not made of thirty numbers."""
    from tillerman.country.thirty import BY_KEY, basis_of

    basis = basis_of(country)
    if basis is None:
        return None
    standings = []
    for item in basis.standings:
        question = BY_KEY[item.key]
        standings.append(
            StandingView(
                key=item.key,
                status=item.status,
                ask=question.ask[language],
                told=item.told,
                needed_for=question.needed_for[language],
                holder=question.holder[language],
                hours=question.hours,
            )
        )
    return BasisView(len(standings), basis.n_entered, tuple(standings), None if ranges is None else _ranges(ranges))


def basis_at(source: str, country: Country, language: Language) -> BasisView | None:
    """What a country that was just opened rests on; a form that is at hand is looked at over its ranges."""
    from tillerman.country.thirty import is_form, open_form

    path = Path(source)
    if not is_form(path) or not country.services:
        return view_basis(country, language)
    from tillerman.exposure.over_ranges import over_ranges

    return view_basis(country, language, over_ranges(open_form(path), n=_DRAWS, seed=_SEED))


def _ranges(found: OverRanges) -> RangesView:
    return RangesView(
        n_draws=found.n_draws,
        n_stopping=SpanView(found.n_stopping.low, found.n_stopping.high),
        services=tuple(
            ServiceSpanView(
                service=row.service,
                name=row.name,
                any_one=SpanView(row.any_one.low, row.any_one.high),
                alone=SpanView(row.alone.low, row.alone.high),
            )
            for row in found.services
        ),
    )
