"""Writing to the shelf: a study is put there whole or not at all, also while another process reads or writes.

Everything is made beside its place and then renamed into it. Who may write is for the caller to know: an entry that was
given to an owner is that owner's.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tillerman.archive import save
from tillerman.country import Country, Purpose, load, shipped, write
from tillerman.errors import SettingError
from tillerman.plan import Plan
from tillerman.web.errors import NoSuchStudyError
from tillerman.web.shelf import COUNTRY, PLAN, Entry, Kind, Shelf, write_entry

LONGEST_NAME = 80
MOST_STUDIES = 200  # of one owner; one takes about 2 MB
_ID_BYTES = 8


def new_study(
    shelf: Shelf,
    owner: str,
    name: str,
    *,
    country: Country | None = None,
    plan: Plan | None = None,
    parent: str = "",
) -> Entry:
    """Put a new study on an owner's shelf: a country, a plan, or a plan with the country as its file has it.

    Raises:
        SettingError: when the name is blank or too long, or the shelf is full.
        CountryFileError: when the country has errors.
    """
    kept = country or (plan.country if plan else None)
    if kept is None:
        raise TypeError("a study is made of a country or of a plan")
    entry = _entry(owner, name, kept.frame.code, parent)
    with _making(shelf, entry) as fresh:
        write(kept, fresh / COUNTRY)
        if plan is not None:
            save(_matching(plan, kept), fresh / PLAN)
    return entry


def put_plan(shelf: Shelf, entry: Entry, plan: Plan) -> None:
    """Give a study its plan, or another one in its place.

    Raises:
        NoSuchStudyError: when the study was deleted in the meantime; it does not come back.
        SettingError: when the plan was made from another file: that is another study.
    """
    _refuse_shipped(entry)
    place = shelf.place(entry)
    if not place.is_dir():
        raise NoSuchStudyError(entry.id)
    _matching(plan, load(place / COUNTRY, purpose=Purpose.EXPOSURE))
    with tempfile.TemporaryDirectory(prefix=".plan-", dir=shelf.room(entry.owner)) as made:
        fresh = save(plan, Path(made) / PLAN)
        try:
            fresh.replace(place / PLAN)
        except FileNotFoundError as error:
            raise NoSuchStudyError(entry.id) from error


def rename(shelf: Shelf, entry: Entry, name: str) -> Entry:
    """Give a study another name. Raises SettingError for a name it cannot have, NoSuchStudyError where it is gone."""
    _refuse_shipped(entry)
    renamed = replace(entry, name=cleaned(name))
    place = shelf.place(entry)
    if not place.is_dir():
        raise NoSuchStudyError(entry.id)
    write_entry(place, renamed)
    return renamed


def duplicate(shelf: Shelf, entry: Entry, owner: str, name: str) -> Entry:
    """Copy a study, a shipped one too, to an owner's shelf; its plan and all that was asked about it come along.

    Raises:
        SettingError: when the name is blank or too long, or the shelf is full.
        StudyError: when what is kept of it cannot be read.
    """
    found = shelf.open(entry.id, entry.owner)
    return new_study(shelf, owner, name, country=found.country, plan=found.plan, parent=entry.id)


def delete(shelf: Shelf, entry: Entry) -> None:
    """Delete a study with everything in it. Raises NoSuchStudyError when it is gone already."""
    _refuse_shipped(entry)
    gone = shelf.room(entry.owner) / f".gone-{secrets.token_hex(_ID_BYTES)}"
    try:
        shelf.place(entry).rename(gone)  # at once out of sight; what follows may take its time
    except FileNotFoundError as error:
        raise NoSuchStudyError(entry.id) from error
    shutil.rmtree(gone, ignore_errors=True)


def cleaned(name: str) -> str:
    """A name as it is kept: one line, without marks that do not print. Raises SettingError when nothing is left."""
    told = " ".join("".join(" " if _is_odd(mark) else mark for mark in unicodedata.normalize("NFC", name)).split())
    if not told or len(told) > LONGEST_NAME:
        expected = f"1 to {LONGEST_NAME} characters"
        raise SettingError("name", told[:LONGEST_NAME], expected, "Give the study a shorter name." if told else "")
    return told


def _is_odd(mark: str) -> bool:
    """True for what does not print or turns the direction of the text around it; joiners within a script stay."""
    return unicodedata.category(mark) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} or mark in _TURNING


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff")


def _entry(owner: str, name: str, code: str, parent: str) -> Entry:
    study = secrets.token_hex(_ID_BYTES)
    while study in shipped():  # cannot be told from a shipped one by its address
        study = secrets.token_hex(_ID_BYTES)
    made = datetime.now(UTC).isoformat(timespec="microseconds")
    return Entry(study, cleaned(name), Kind.OWN, owner, made, code, parent)


def _matching(plan: Plan, country: Country) -> Plan:
    if plan.input_hash != country.content_hash:
        expected = f"a plan made from file {country.content_hash[:12]}"
        raise SettingError("plan", plan.input_hash[:12], expected, "Keep it as a study of its own.")
    return plan


def _refuse_shipped(entry: Entry) -> None:
    if entry.kind is Kind.SHIPPED:
        raise SettingError("study", entry.id, "one of your own", "A shipped study stays as it is: copy it first.")


@contextmanager
def _making(shelf: Shelf, entry: Entry) -> Iterator[Path]:
    """A folder to fill, which takes its place on the shelf once it is complete."""
    room = shelf.room(entry.owner)
    room.mkdir(parents=True, exist_ok=True)
    if len(shelf.own(entry.owner)) >= MOST_STUDIES:
        raise SettingError("studies", MOST_STUDIES, f"fewer than {MOST_STUDIES}", "Delete one that you no longer need.")
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=room))
    try:
        yield fresh
        write_entry(fresh, entry)
        fresh.rename(shelf.place(entry))
    finally:
        with suppress(OSError):
            shutil.rmtree(fresh)
