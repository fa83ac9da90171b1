"""What a visitor sends as a country file: a workbook, a zipped folder or the files of one, put where it can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from tillerman.country import Report, check
from tillerman.country.marked import MarkedTable, marked
from tillerman.errors import CountryFileError, Problem
from tillerman.web.guard.unpacking import MAX_FILES, refuse_bomb, unpack

BOOKS = (".xlsx", ".xlsm")
ZIP = ".zip"
PARTS = (".csv", ".toml")
_FOLDER = "folder"


@dataclass(frozen=True)
class Sent:
    """One file as it was sent."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Checked:
    """What a country file that was sent is worth, with every problem beside its cell."""

    name: str
    report: Report
    tables: tuple[MarkedTable, ...]


def checked(files: Sequence[Sent], folder: Path) -> Checked:
    """Put what was sent into an empty folder, and check it as any country file.

    Raises:
        CountryFileError: where nothing was sent, or what cannot be a country file.
    """
    path = put(files, folder)
    report = check(path)
    return Checked(path.stem if path.is_file() else _name(files), report, marked(path, report.problems))


def put(files: Sequence[Sent], folder: Path) -> Path:
    """Put what was sent into an empty folder: the workbook, or the folder of tables. Raises CountryFileError."""
    given = [Sent(_plain_name(file.name), file.data) for file in files if file.name]
    if not given:
        raise _refused("upload", "no file", "Choose a file first.")
    (first, *others) = given
    kind = PurePosixPath(first.name).suffix.casefold()
    if kind in {*BOOKS, ZIP} and others:
        raise _refused(first.name, f"{len(given)} files, an archive or workbook among them", "Send that one alone.")
    if kind in BOOKS:
        refuse_bomb(first.data, name=first.name)
        place = folder / first.name
        place.write_bytes(first.data)
        return place
    inside = folder / _FOLDER
    inside.mkdir()
    if kind == ZIP:
        unpack(first.data, inside, name=first.name)
        return inside
    return _put_parts(given, inside)


def _put_parts(files: Sequence[Sent], inside: Path) -> Path:
    """The files of a folder, sent one by one."""
    if len(files) > MAX_FILES:
        raise _refused("upload", f"{len(files):,} files", "Send the folder as one .zip.")
    for file in files:
        if PurePosixPath(file.name).suffix.casefold() not in PARTS:
            raise _refused(file.name, "a file of another kind", "Leave it out, or save it as one of these.")
        if (inside / file.name).exists():
            raise _refused(file.name, "the same name twice", "Send each file once.")
        (inside / file.name).write_bytes(file.data)
    return inside


def _plain_name(name: str) -> str:
    """The last part of a name, whichever system it comes from; a browser may send a path."""
    last = PureWindowsPath(name).name
    return "".join(mark for mark in last if mark.isprintable() and mark not in '\\/:*?"<>|')[:120] or _FOLDER


def _name(files: Sequence[Sent]) -> str:
    first = PurePosixPath(_plain_name(files[0].name))
    return first.stem if first.suffix.casefold() == ZIP else _FOLDER


def _refused(where: str, found: str, remedy: str) -> CountryFileError:
    expected = "one workbook (.xlsx), one zipped folder (.zip), or country.toml with its CSV tables"
    return CountryFileError(where, [Problem(where, found, expected, remedy)])
