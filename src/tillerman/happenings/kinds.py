"""What can be said to have happened: a small grammar, one row a kind. Names are ids or names of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tillerman.country import Country
from tillerman.country.names import territory
from tillerman.errors import SettingError, UnknownNameError
from tillerman.labels import HoldKind, ResourceKind

EVENT = "EVENT"
EVERYTHING = ("chips", "power", "tokens")  # prices that many rows share


class HappeningKind(StrEnum):
    """What sort of thing has happened."""

    LEAVES = "leaves"
    ORDER = "order"
    FAILS = "fails"
    RETIRED = "retired"
    PRICE = "price"
    DEMAND = "demand"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    SIGNED = "signed"
    TESTED = "tested"
    TAKEN_OVER = "taken_over"


@dataclass(frozen=True)
class Happening:
    """One thing that has happened, as it was understood."""

    kind: HappeningKind
    subject: str  # an id of the file, the code of a state, or chips, power or tokens
    text: str  # as it was said
    factor: float | None = None
    days: float | None = None  # None: for good
    year: int | None = None
    state: str | None = None  # who took over
    hold_kinds: tuple[HoldKind, ...] = ()

    @property
    def is_beside_the_plan(self) -> bool:
        """True for what no plan reads: a test of a fallback is told on screens, and moves no decision."""
        return self.kind is HappeningKind.TESTED


@dataclass(frozen=True)
class Kind:
    """One sentence that is understood: its shape, what it is about, and an example."""

    kind: HappeningKind
    shape: str
    does: str
    pattern: re.Pattern[str]
    names: Callable[[Country], Mapping[str, str]]  # folded name or id → id


def _look(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NAME = r"(?P<name>.+?)"
_DAYS = r"(\s+for\s+(?P<days>[0-9.]+)\s+days?)?"
_TIMES = r"\s+(times|×|x)\s*(?P<factor>[0-9.]+)"


def _named(*groups: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded names and ids of rows; an id wins over another row's name."""
    pairs = [pair for group in groups for pair in group]
    return {**{name.casefold(): row for row, name in pairs}, **{row.casefold(): row for row, _ in pairs}}


def _parties(country: Country) -> dict[str, str]:
    return _named((row.id, row.name) for row in country.parties)


def _resources(*kinds: ResourceKind) -> Callable[[Country], dict[str, str]]:
    def found(country: Country) -> dict[str, str]:
        return _named((row.id, row.name) for row in country.resources if not kinds or row.kind in kinds)

    return found


def _states(country: Country) -> dict[str, str]:
    codes = {code for party in country.parties for code in party.jurisdictions}
    return _named((code, territory(code)) for code in codes)


def _priced(country: Country) -> dict[str, str]:
    kinds = _resources(ResourceKind.MODEL, ResourceKind.ZONE, ResourceKind.SITE)
    return {**kinds(country), **{word: word for word in EVERYTHING}}


def _sites_and_agreements(country: Country) -> dict[str, str]:
    return {**_resources(ResourceKind.SITE)(country), **_agreements(country)}


def _agreements(country: Country) -> dict[str, str]:
    return _named((row.id, row.name) for row in country.agreements)


def _services(country: Country) -> dict[str, str]:
    return _named((row.id, row.name) for row in country.services)


def _fallbacks(country: Country) -> dict[str, str]:
    return _named((row.id, row.name) for row in country.fallbacks)


KINDS = (  # the first whose shape fits
    Kind(
        HappeningKind.PRICE, "price of NAME times NUMBER",
        "multiplies the price of a model, a power zone or a site; or of chips, power or tokens everywhere",
        _look(rf"price\s+of\s+{_NAME}{_TIMES}"), _priced,
    ),
    Kind(
        HappeningKind.DEMAND, "demand for NAME times NUMBER", "multiplies the use of a service",
        _look(rf"demand\s+for\s+{_NAME}{_TIMES}"), _services,
    ),
    Kind(
        HappeningKind.ORDER, "order by STATE [on KIND,KIND] [for NUMBER days]",
        "everybody whom that state's orders reach withdraws, for good unless days are given",
        _look(rf"order\s+by\s+{_NAME}(\s+on\s+(?P<holds>[a-z, ]+?))?{_DAYS}"), _states,
    ),
    Kind(
        HappeningKind.TAKEN_OVER, "PARTY taken over by STATE", "that state's orders reach the party too",
        _look(rf"{_NAME}\s+(is\s+)?taken\s+over\s+by\s+(?P<state>.+)"), _parties,
    ),
    Kind(
        HappeningKind.LEAVES, "PARTY leaves [for NUMBER days]", "a supplier withdraws, for good unless days are given",
        _look(rf"{_NAME}\s+leaves{_DAYS}"), _parties,
    ),
    Kind(
        HappeningKind.FAILS, "RESOURCE fails for NUMBER days", "a site, cable, zone, model or platform is down",
        _look(rf"{_NAME}\s+fails{_DAYS}"), _resources(),
    ),
    Kind(
        HappeningKind.RETIRED, "MODEL retired", "a model is not offered any more",
        _look(rf"{_NAME}\s+(is\s+)?retired"), _resources(ResourceKind.MODEL),
    ),
    Kind(
        HappeningKind.CONFIRMED, "SITE confirmed [for YEAR]", "a site or an agreement will surely come, and on time",
        _look(rf"{_NAME}\s+(is\s+)?confirmed(\s+for\s+(?P<year>[0-9]{{4}}))?"), _sites_and_agreements,
    ),
    Kind(
        HappeningKind.CANCELLED, "SITE cancelled", "a site or an agreement will never come",
        _look(rf"{_NAME}\s+(is\s+)?cancelled"), _sites_and_agreements,
    ),
    Kind(
        HappeningKind.SIGNED, "AGREEMENT signed", "an agreement is in force",
        _look(rf"{_NAME}\s+(is\s+)?signed"), _agreements,
    ),
    Kind(
        HappeningKind.TESTED, "FALLBACK tested", "a fallback was tested today",
        _look(rf"{_NAME}\s+(is\s+|was\s+)?tested"), _fallbacks,
    ),
)  # fmt: skip


def read(country: Country, text: str) -> Happening:
    """Understand what has happened.

    Raises:
        SettingError: when the text has none of the known shapes, with all of them.
        UnknownNameError: when it names nothing of the file, with the nearest known names.
    """
    plain = " ".join(text.split()).rstrip(".")
    for kind in KINDS:
        match = kind.pattern.fullmatch(plain)
        if match is not None:
            return _happening(country, kind, plain, match)
    raise SettingError(EVENT, text, f"one of: {'; '.join(kind.shape for kind in KINDS)}", _examples(country))


def _happening(country: Country, kind: Kind, text: str, match: re.Match[str]) -> Happening:
    found = match.groupdict()
    days = _number(found.get("days"), text)
    if kind.kind is HappeningKind.FAILS and days is None:
        raise SettingError(EVENT, text, kind.shape, "Say for how many days.")
    return Happening(
        kind=kind.kind,
        subject=_look_up(kind.names(country), found["name"], kind.shape),
        text=text,
        factor=_number(found.get("factor"), text),
        days=days,
        year=int(found["year"]) if found.get("year") else None,
        state=_look_up(_codes(country), found["state"], kind.shape) if found.get("state") else None,
        hold_kinds=_hold_kinds(found.get("holds"), text),
    )


def _codes(country: Country) -> dict[str, str]:
    """States that a party may come under: those of the file, and any other by its code of two letters."""
    from babel.core import get_global

    known = {code for codes in get_global("territory_aliases").values() for code in codes if len(code) == len("US")}
    codes = known | {code for party in country.parties for code in party.jurisdictions}
    return _named((code, territory(code)) for code in sorted(codes))


def _look_up(names: Mapping[str, str], name: str, shape: str) -> str:
    if name.casefold() not in names:
        raise UnknownNameError(EVENT, name, names, expected=f"a name of the file, as in {shape!r}")
    return names[name.casefold()]


def _number(text: str | None, whole: str) -> float | None:
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if value <= 0:
        raise SettingError(EVENT, whole, "a number above 0", "Write it with '.' before the decimals.")
    return value


def _hold_kinds(text: str | None, whole: str) -> tuple[HoldKind, ...]:
    words = [word for word in re.split(r"[, ]+", text or "") if word and word != "and"]
    known = [kind.value for kind in HoldKind]
    if any(word.casefold() not in known for word in words):
        raise SettingError(EVENT, whole, f"kinds of hold after 'on': {', '.join(known)}", "Name one, or leave it out.")
    return tuple(HoldKind(word.casefold()) for word in words)


def _examples(country: Country) -> str:
    """Names that exist, so that the next try succeeds."""
    parts = []
    for called, rows in (
        ("suppliers", country.parties),
        ("models", country.models),
        ("sites", country.sites),
        ("agreements", country.agreements),
        ("services", country.services),
    ):
        names = [row.id for row in rows[:_SOME]]
        if names:
            parts.append(f"{called} {', '.join(names)}{', …' if len(rows) > _SOME else ''}")
    return f"Names of this file: {'; '.join(parts)}."


_SOME = 5
