"""The dials of a plan: money, how likely deliberate withdrawals are, whom to trust less, how much the worst counts.

    turned(country, request, Dials(likelihood=2.0, distrust=(("US", 3.0),)))

Likelihoods are the reader's to judge. A dial multiplies yearly chances of the country file, so that a plan made with
turned dials is a plan of another file: it has another hash, and its changed numbers say that they are assumptions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tillerman.country import Country, replace_number
from tillerman.country.frame import Evidence
from tillerman.country.names import territory
from tillerman.country.world import Disruption, TargetOfDisruption
from tillerman.errors import UnknownNameError
from tillerman.labels import Cause, Grade
from tillerman.plan.influence_likelihood import CHANCES
from tillerman.plan.request import Request, make_request
from tillerman.settings import SETTINGS

HIGHEST = 0.99  # no dial raises a yearly chance beyond this: nothing is certain


@dataclass(frozen=True)
class Dials:
    """How the dials stand; as they are here, they change nothing."""

    budget_musd_per_year: float | None = None  # None leaves the request's
    likelihood: float = 1.0  # times the yearly chances of all deliberate withdrawals; 0 is "no geopolitics"
    distrust: tuple[tuple[str, float], ...] = ()  # (party or jurisdiction, times the chances of what it may do)
    worst_weight: float | None = None  # how much the worst 5 in 100 count beside the average
    futures: int | None = None


@dataclass(frozen=True)
class Multiplied:
    """One yearly chance that a dial has changed."""

    disruption: str  # its id
    name: str
    column: str
    before: float
    after: float
    is_capped: bool  # it would have risen further


@dataclass(frozen=True)
class Turned:
    """The country and the request with the dials turned, and what that changed in the country file."""

    country: Country
    request: Request
    changes: tuple[Multiplied, ...]
    idle: tuple[str, ...]  # holders named that can do nothing by this file whose chance could be changed

    @property
    def capped(self) -> tuple[str, ...]:
        """Names of the disruptions whose chances would have risen further."""
        return tuple(dict.fromkeys(change.name for change in self.changes if change.is_capped))


def turned(country: Country, request: Request, dials: Dials) -> Turned:
    """Turn the dials: the same country where nothing but money, futures or the worst are asked for otherwise.

    Raises:
        SettingError: for a dial beyond its limits.
        UnknownNameError: for a holder that the file does not know.
    """
    likelihood = SETTINGS["likelihood"].check(dials.likelihood)
    holders = tuple((_holder(country, name), SETTINGS["distrust"].check(factor)) for name, factor in dials.distrust)
    asked = make_request(
        country,
        futures=request.n_futures if dials.futures is None else dials.futures,
        seed=request.seed,
        risk_aversion=request.risk_aversion if dials.worst_weight is None else dials.worst_weight,
        budget_musd_per_year=(
            request.budget_musd_per_year if dials.budget_musd_per_year is None else dials.budget_musd_per_year
        ),
        geopolitics=request.geopolitics,
        tolerance=request.tolerance,
    )
    changes: list[Multiplied] = []
    for disruption in country.disruptions:
        factor = likelihood if disruption.is_geopolitical else 1.0
        for holder, times in holders:
            factor *= times if does(country, holder, disruption) else 1.0
        changes += _multiplied(disruption, factor)
    idle = tuple(h for h, _ in holders if not any(does(country, h, disruption) for disruption in country.disruptions))
    return Turned(_changed(country, changes), asked, tuple(changes), idle)


def does(country: Country, holder: str, disruption: Disruption) -> bool:
    """Is a disruption something that a party may choose, or a state order?"""
    if disruption.cause is Cause.CANNOT or disruption.strikes is TargetOfDisruption.RESOURCE:
        return False
    if disruption.target == holder:
        return True
    if disruption.cause is not Cause.ORDERED or disruption.strikes is not TargetOfDisruption.PARTY:
        return False
    return any(party.id == disruption.target and holder in party.jurisdictions for party in country.parties)


def _holder(country: Country, name: str) -> str:
    """The id of a party, or the code of a jurisdiction, by either or by its name."""
    folded = name.casefold()
    codes = sorted({code for party in country.parties for code in party.jurisdictions})
    known = [(code, territory(code)) for code in codes] + [(party.id, party.name) for party in country.parties]
    for key, called in known:
        if folded in (key.casefold(), called.casefold()):
            return key
    raise UnknownNameError("distrust", name, (text for pair in known for text in pair))


def _multiplied(disruption: Disruption, factor: float) -> Iterator[Multiplied]:
    for column in CHANCES:
        before = getattr(disruption, column)
        after = _capped(before, factor)
        if after != before:
            yield Multiplied(disruption.id, disruption.name, column, before, after, is_capped=before * factor > after)


def _capped(chance: float, factor: float) -> float:
    """A chance multiplied; one that the file has higher than any dial goes stays where it is."""
    return min(chance * factor, max(chance, HIGHEST)) if factor > 1 else chance * factor


def _changed(country: Country, changes: list[Multiplied]) -> Country:
    found = country
    for change in changes:
        found = replace_number(found, "disruptions", change.disruption, change.column, change.after)
    where = {("disruptions", change.disruption, change.column): change for change in changes}
    evidence = tuple(
        item if change is None else _assumed(item, change)
        for item, change in ((item, where.get((item.table, item.row or "", item.column))) for item in found.evidence)
    )
    return found if not changes else replace(found, evidence=evidence)


def _assumed(item: Evidence, change: Multiplied) -> Evidence:
    """What stood behind a number before its dial was turned stands behind it no more; its range moves along."""
    factor = change.after / change.before
    low, high = (None if end is None else min(1.0, end * factor) for end in (item.low, item.high))
    return replace(
        item, low=low, high=high, grade=Grade.ASSUMPTION, title=f"Dial: {factor:.3g} times the file's number.",
        publisher=None, address=None, published=None, source_file=None, source_row=None, source_column=None,
        source_factor=None, other_account=None,
    )  # fmt: skip
