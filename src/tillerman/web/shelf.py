"""The shelf: every study a reader may open, shipped ones and their own, each with its country and, if any, its plan.

An owner's studies stand in a folder of that owner, one folder a study; `shelving` writes them.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from threading import Lock

from tillerman.archive import open_study
from tillerman.country import Country, Purpose, load, shipped
from tillerman.country.telling import names_in, told_in
from tillerman.country.writing import put_bytes
from tillerman.dispatch import period_of
from tillerman.errors import StudyError
from tillerman.exposure import Exposure, Keeper, assess
from tillerman.plan import Plan
from tillerman.plan.fleet import fleet_of
from tillerman.report.context import told_plan
from tillerman.study import PACKS, stored, with_notes
from tillerman.web.errors import NoSuchStudyError
from tillerman.web.ground import Ground

NOBODY = ""  # the owner of what is shipped: everybody may read it, nobody may change it
ENTRY, COUNTRY, PLAN = "entry.json", "country", "plan.study"
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_OPEN_AT_ONCE = 12  # studies kept in memory; one takes about 10 MB


class Kind(StrEnum):
    """Where a study comes from."""

    SHIPPED = "shipped"
    OWN = "own"


@dataclass(frozen=True)
class Entry:
    """One study on the shelf."""

    id: str
    name: str
    kind: Kind
    owner: str
    made: str  # date and time, ISO 8601 in UTC; blank for what is shipped
    code: str  # of the country or economy, as in the stated list
    parent: str = ""  # the study it was copied or changed from; blank where it came from a file
    is_damaged: bool = False  # what the shelf says of it cannot be read; it can only be deleted


@dataclass(frozen=True)
class Opened:
    """A study as pages read it; a country file without a plan yet has none."""

    entry: Entry
    country: Country  # with the dates and declarations beside it, which a plan does not keep
    today: Exposure
    plan: Plan | None

    def told(self, language: str) -> Opened:
        """The same study with the names of its file in a language; one walk of its record a language is enough."""
        held: dict[str, Opened] = vars(self).setdefault("_told", {})
        if language not in held:
            held[language] = self._told_in(language)
        return held[language]

    def _told_in(self, language: str) -> Opened:
        if self.plan is None:
            today = told_in(self.today, names_in(self.country, language))
            return replace(self, country=today.country, today=today)
        plan = told_plan(self.plan, language)
        return replace(self, country=plan.country, today=plan.today, plan=plan)

    @cached_property
    def ground_today(self) -> Ground:
        """Today's fleet, to be drilled."""
        return Ground(self.today.keeper, self.today.year, is_plan=False)

    @cached_property
    def ground_with_plan(self) -> Ground | None:
        """The plan's fleet in the year that its record shows, to be drilled; None without a plan."""
        if self.plan is None:
            return None
        dispatch, year = self.today.keeper.dispatch, self.plan.service_year
        fleet = fleet_of(dispatch, self.plan.decisions)
        return Ground(Keeper(dispatch, fleet, period_of(self.country, year)), year, is_plan=True)


class Shelf:
    """Studies in a folder beside those that are shipped. Safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: OrderedDict[tuple[str, tuple[int, ...]], Opened] = OrderedDict()
        self._lock = Lock()

    def entries(self, owner: str) -> tuple[Entry, ...]:
        """Everything an owner may open: their own, newest first, then what is shipped, by name."""
        return (*self.own(owner), *(_shipped(name) for name in shipped()))

    def own(self, owner: str) -> tuple[Entry, ...]:
        """The studies of an owner, newest first; one that is damaged is among them, and says so."""
        return tuple(sorted(self._own(owner), key=lambda entry: (entry.made, entry.id), reverse=True))

    def entry(self, study: str, owner: str) -> Entry:
        """One study on the shelf. Raises NoSuchStudyError where there is none for this owner."""
        if _ID.fullmatch(study):
            if study in shipped():
                return _shipped(study)
            path = self.room(owner) / study / ENTRY
            if path.is_file():
                return _read(path, owner)
        raise NoSuchStudyError(study)

    def open(self, study: str, owner: str) -> Opened:
        """Open a study; one that was opened lately comes from memory. Raises NoSuchStudyError or StudyError."""
        entry = self.entry(study, owner)
        key = (study, self._version(entry))
        with self._lock:
            if key in self._opened:
                self._opened.move_to_end(key)
                return self._opened[key]
        found = self._open(entry)
        with self._lock:
            self._opened[key] = found
            while len(self._opened) > _OPEN_AT_ONCE:
                self._opened.popitem(last=False)
        return found

    def room(self, owner: str) -> Path:
        """The folder of an owner's studies; an owner's name may be any text, a folder's may not."""
        return self.folder / hashlib.sha256(owner.encode()).hexdigest()[:16]

    def place(self, entry: Entry) -> Path:
        """The folder of one of an owner's own studies."""
        return self.room(entry.owner) / entry.id

    def has_plan(self, entry: Entry) -> bool:
        """Tell whether a study has a plan, without opening it."""
        folder = PACKS / entry.id if entry.kind is Kind.SHIPPED else self.place(entry)
        return (folder / (f"{entry.id}.study" if entry.kind is Kind.SHIPPED else PLAN)).is_file()

    def _own(self, owner: str) -> Iterator[Entry]:
        for path in self.room(owner).glob(f"*/{ENTRY}"):
            if _ID.fullmatch(path.parent.name):
                yield _read(path, owner)

    def _version(self, entry: Entry) -> tuple[int, ...]:
        """Numbers that change when what is kept of a study changes."""
        if entry.kind is Kind.SHIPPED:
            return ()
        place = self.place(entry)
        found = [path.stat() for path in (place / ENTRY, place / PLAN, place / COUNTRY) if path.exists()]
        return tuple(number for stat in found for number in (stat.st_mtime_ns, stat.st_ino))

    def _open(self, entry: Entry) -> Opened:
        if entry.is_damaged:
            raise StudyError(f"{entry.id}: found a damaged entry; expected what the shelf wrote. Delete the study.")
        if entry.kind is Kind.SHIPPED:
            country, plan = load(entry.id), stored(entry.id)
        else:
            place = self.place(entry)
            country = load(place / COUNTRY, purpose=Purpose.EXPOSURE)
            plan = open_study(place / PLAN) if (place / PLAN).exists() else None
        if plan is None:
            return Opened(entry, country, assess(country), None)
        told = with_notes(plan, country)
        return Opened(entry, told.country, plan.today, told)


def write_entry(folder: Path, entry: Entry) -> None:
    """Write what the shelf says of a study; the folder is the study's own."""
    put_bytes(folder / ENTRY, json.dumps(asdict(entry), ensure_ascii=False).encode())


def _read(path: Path, owner: str) -> Entry:
    """What the shelf says of a study; where that cannot be read, that it is damaged."""
    try:
        found = json.loads(path.read_text("utf-8"))
        name, made, code, parent = (str(found[key]) for key in ("name", "made", "code", "parent"))
    except (OSError, ValueError, KeyError, TypeError):
        return Entry(path.parent.name, path.parent.name, Kind.OWN, owner, "", "", is_damaged=True)
    return Entry(path.parent.name, name, Kind.OWN, owner, made, code, parent)


@cache
def _shipped(name: str) -> Entry:
    """The entry of a shipped country; reading its frame alone is enough."""
    frame = tomllib.loads((PACKS / name / "country.toml").read_text("utf-8"))["frame"]
    return Entry(name, str(frame["name"]), Kind.SHIPPED, NOBODY, "", str(frame["code"]))
