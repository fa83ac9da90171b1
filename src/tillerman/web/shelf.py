"""The shelf: every study a reader may open, shipped ones and their own, each with its country and, if any, its plan."""

from __future__ import annotations

import json
import re
import tomllib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import Lock

from tillerman.archive import open_study
from tillerman.country import Country, load, shipped
from tillerman.exposure import Exposure, assess
from tillerman.plan import Plan
from tillerman.study import PACKS, stored

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


@dataclass(frozen=True)
class Opened:
    """A study as pages read it; a country file without a plan yet has none."""

    entry: Entry
    country: Country
    today: Exposure
    plan: Plan | None


class NoSuchStudyError(LookupError):
    """There is no study of this id that this owner may open."""


class Shelf:
    """Studies in a folder, one folder each, beside those that are shipped. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: OrderedDict[tuple[str, int], Opened] = OrderedDict()
        self._lock = Lock()

    def entries(self, owner: str) -> tuple[Entry, ...]:
        """Everything an owner may open: their own, newest first, then what is shipped, by name."""
        own = sorted(self._own(owner), key=lambda entry: (entry.made, entry.id), reverse=True)
        return (*own, *(_shipped(name) for name in sorted(shipped())))

    def entry(self, study: str, owner: str) -> Entry:
        """One study on the shelf. Raises NoSuchStudyError where there is none for this owner."""
        if _ID.fullmatch(study):
            if study in shipped():
                return _shipped(study)
            path = self.folder / study / ENTRY
            if path.is_file() and (found := _read(path)).owner == owner:
                return found
        raise NoSuchStudyError(study)

    def open(self, study: str, owner: str) -> Opened:
        """Open a study; one that was opened lately comes from memory. Raises NoSuchStudyError or StudyError."""
        entry = self.entry(study, owner)
        key = (study, self._age(entry))
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

    def place(self, entry: Entry) -> Path:
        """The folder of one of the owner's own studies."""
        return self.folder / entry.id

    def _own(self, owner: str) -> Iterator[Entry]:
        if self.folder.is_dir():
            for path in self.folder.glob(f"*/{ENTRY}"):
                entry = _read(path)
                if entry.owner == owner:
                    yield entry

    def _age(self, entry: Entry) -> int:
        """A number that changes when what is kept of a study changes."""
        if entry.kind is Kind.SHIPPED:
            return 0
        place = self.place(entry)
        return max(path.stat().st_mtime_ns for path in (place / ENTRY, place / PLAN, place / COUNTRY) if path.exists())

    def _open(self, entry: Entry) -> Opened:
        if entry.kind is Kind.SHIPPED:
            plan = stored(entry.id)
            country = plan.country if plan else load(entry.id)
        else:
            place = self.place(entry)
            plan = open_study(place / PLAN) if (place / PLAN).exists() else None
            country = plan.country if plan else load(place / COUNTRY)
        return Opened(entry, country, plan.today if plan else assess(country), plan)


def write_entry(folder: Path, entry: Entry) -> None:
    """Write what the shelf says of a study; the folder is the study's own."""
    fresh = folder / f".{ENTRY}"
    fresh.write_text(json.dumps(asdict(entry)), "utf-8")
    fresh.replace(folder / ENTRY)


def _read(path: Path) -> Entry:
    found = json.loads(path.read_text("utf-8"))
    return Entry(found["id"], found["name"], Kind(found["kind"]), found["owner"], found["made"], found["code"])


@cache
def _shipped(name: str) -> Entry:
    """The entry of a shipped country; reading its frame alone is enough."""
    frame = tomllib.loads((PACKS / name / "country.toml").read_text("utf-8"))["frame"]
    return Entry(name, str(frame["name"]), Kind.SHIPPED, NOBODY, "", str(frame["code"]))
