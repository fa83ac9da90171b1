"""Writing a country file as a folder: it reads back equal, to the last digit, and has the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tillerman.country.canonical import cells_of, text_of
from tillerman.country.cells import neutralised
from tillerman.country.checks.judge import problems_of
from tillerman.country.columns import Column, columns_of
from tillerman.country.datapackage import datapackage
from tillerman.country.folder import FRAME_FILE
from tillerman.country.frame import Frame
from tillerman.country.record import NOTES, TABLES, Country, tables_of
from tillerman.errors import CountryFileError, SettingError

PACKAGE_FILE = "datapackage.json"
OURS = (FRAME_FILE, PACKAGE_FILE, *(f"{table}.csv" for table in (*TABLES, *NOTES, "evidence")))


def write(country: Country, folder: str | Path) -> Path:
    """Write a country as a folder, whole or not at all; other files already in the country's folder stay.

    Raises:
        CountryFileError: when the country has errors, so that nothing is written that could not be read back.
        SettingError: when the folder holds something else: all of it would have to be copied.
    """
    refuse_errors(country)
    return put_folder(country, folder)


def put_folder(country: Country, folder: str | Path) -> Path:
    """Write a folder without judging what is written, such as a structure whose numbers are still blank."""
    target = Path(folder).resolve()  # through a link, into the folder that it means
    _refuse_strangers(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        with naming(target):
            if target.exists():
                _copy_others(target, fresh)
            for name, text in _files(country).items():
                (fresh / name).write_bytes(text.encode())
            fresh.chmod(0o755)
            _put_in_place(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Path(folder)


def _refuse_strangers(target: Path) -> None:
    """Refuse a folder in use for something else, such as a home folder."""
    if target.is_dir() and any(target.iterdir()) and not (target / FRAME_FILE).is_file():
        expected = "a new or empty folder, or one that holds a country file"
        raise SettingError("folder", str(target), expected, "Choose another.")


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Say which file was being written where the system says only that its disk is full."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def refuse_errors(country: Country) -> None:
    """Refuse a country that could not be read back."""
    errors = [problem for problem in problems_of(country) if problem.severity == "error"]
    if errors:
        raise CountryFileError(country.name, errors)


def put_bytes(path: Path, data: bytes) -> Path:
    """Write a file whole or not at all: beside it first, then renamed into its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    fresh = Path(name)
    try:
        with naming(path), os.fdopen(handle, "wb") as file:
            file.write(data)
        fresh.chmod(0o644)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return path


def written_cells(row: object, columns: Sequence[Column]) -> tuple[str, ...]:
    """Write a row's cells; a text that a spreadsheet would run as a formula is made harmless."""
    return tuple(
        neutralised(text) if item.type is str else text for text, item in zip(cells_of(row), columns, strict=True)
    )


def _files(country: Country) -> dict[str, str]:
    files = {
        FRAME_FILE: _toml(country.frame),
        PACKAGE_FILE: json.dumps(datapackage(country), indent=2, ensure_ascii=False) + "\n",
    }
    for table, record in tables_of(country).items():
        columns = tuple(columns_of(record).values())
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(item.name for item in columns)
        writer.writerows(written_cells(row, columns) for row in getattr(country, table))
        files[f"{table}.csv"] = text.getvalue()
    return files


def _toml(frame: Frame) -> str:
    lines = [
        "# The frame of a country file: what holds for all of it. The tables stand beside it, one CSV each.",
        "",
        "[frame]",
    ]
    for name, item in columns_of(Frame).items():
        value = getattr(frame, name)
        unit = f" [{item.unit}]" if item.unit else ""
        lines.append(f"# {item.doc}{unit}")
        lines.append(f"# {name} =" if value is None else f"{name} = {_toml_value(value)}")
    return "\n".join(lines) + "\n"


def _toml_value(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml_value(item) for item in value) + "]"
    if isinstance(value, str):
        return json.dumps(neutralised(value), ensure_ascii=False)  # a JSON string is a TOML basic string
    return text_of(value)


def _copy_others(source: Path, fresh: Path) -> None:
    for path in source.iterdir():
        if path.name in OURS:
            continue
        if path.is_dir():
            shutil.copytree(path, fresh / path.name, symlinks=True)
        else:
            shutil.copy2(path, fresh / path.name, follow_symlinks=False)


def _put_in_place(fresh: Path, target: Path) -> None:
    """Swap the new folder in by renaming; whatever fails, the old one stands."""
    if not target.exists():
        fresh.rename(target)
        return
    old = fresh.with_name(f"{fresh.name}-old")
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
    with suppress(OSError):
        shutil.rmtree(old)
