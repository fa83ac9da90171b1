"""Reading a country file kept as a folder: `country.toml` and one CSV a table."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import replace
from pathlib import Path

from tillerman.country.canonical import text_of
from tillerman.country.raw import MAX_BYTES, RawEntry, RawFile, RawRow, RawTable, at, table_from, unknown_table
from tillerman.errors import Problem

FRAME_FILE = "country.toml"
LONGEST_FRAME = 20_000  # characters, ten times what ships; of a key in a hundred thousand parts TOML takes minutes
LONGEST_CELL = 131_072  # characters; a longer one is a quote that was never closed
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def read_folder(folder: Path, known: tuple[str, ...]) -> RawFile:
    """Read every known table of a folder, and list what could not be read."""
    problems: list[Problem] = []
    frame = _read_frame(folder / FRAME_FILE, problems)
    tables: dict[str, RawTable] = {}
    unread: set[str] = set()
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in known:
            problems.append(unknown_table(path.name, path.stem, known))
            continue
        table = read_csv(path, problems)
        if table is None:
            unread.add(path.stem)
        else:
            tables[path.stem] = table
    return RawFile(folder.name, frame is not None, FRAME_FILE, frame or {}, tables, frozenset(unread), tuple(problems))


def _read_bytes(path: Path, problems: list[Problem]) -> bytes | None:
    """Read a file of bearable size; a problem where that fails."""
    if path.exists() and not path.is_dir() and not path.is_file():  # reading a pipe or a device may never end
        problems.append(Problem(at(path.name), "a pipe or a device", "a file", "Put the file itself here."))
        return None
    try:
        if (size := path.stat().st_size) > MAX_BYTES:
            found, remedy = f"{size / 1e6:,.0f} MB", "Check that this is the file you mean."
            problems.append(Problem(at(path.name), found, f"{MAX_BYTES / 1e6:,.0f} MB or less", remedy))
            return None
        return path.read_bytes()
    except OSError as error:
        found = f"a file that cannot be opened ({error.strerror})"
        problems.append(
            Problem(at(path.name), found, "a readable file", "Check that it is there and that you may read it.")
        )
        return None


def _read_text(path: Path, problems: list[Problem]) -> str | None:
    """Read a UTF-8 text, with or without a byte order mark; a problem where that fails."""
    data = _read_bytes(path, problems)
    if data is None:
        return None
    remedy = "Save it again as UTF-8 (in Excel: 'CSV UTF-8')."
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.append(Problem(at(path.name), "a file in UTF-16", "UTF-8", remedy))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{data[error.start]:02x}, which is not UTF-8"
        problems.append(Problem(at(path.name, row), found, "UTF-8", remedy))
        return None
    if "\0" in text:
        problems.append(Problem(at(path.name), "a NUL byte", "a text file", remedy))
        return None
    return text


def _read_frame(path: Path, problems: list[Problem]) -> dict[str, RawEntry] | None:
    if not path.exists():
        remedy = "Add it; the reference page of the country file lists its keys."
        problems.append(Problem(at(path.name), "no such file", "the frame of the country file", remedy))
        return None
    text = _read_text(path, problems)
    if text is None:
        return None
    if len(text) > LONGEST_FRAME:
        remedy = "Keep the keys of [frame] here, and everything else in the tables."
        problems.append(Problem(at(path.name), f"{len(text):,} characters", f"at most {LONGEST_FRAME:,}", remedy))
        return None
    try:
        content = tomllib.loads(text)
        repr(content)  # a key of very many parts is read, and then nested too deep to be told
    except (ValueError, RecursionError) as error:  # also a number or a nesting that no parser takes
        remedy = "Correct this line: key = value, texts in double quotes, lists in square brackets."
        problems.append(Problem(at(path.name), f"broken TOML: {error}", "a [frame] section of keys and values", remedy))
        return None
    for key in content.keys() - {"frame"}:
        remedy = "Keep every key under [frame]."
        problems.append(Problem(at(path.name, None, key), f"{key!r} outside [frame]", "one section, [frame]", remedy))
    section = content.get("frame")
    if not isinstance(section, dict):
        problems.append(
            Problem(
                at(path.name), "no [frame] section", "a [frame] section", "Put the keys under a line that says [frame]."
            )
        )
        return None
    return {key: RawEntry(at(path.name, None, key), _toml_text(value)) for key, value in section.items()}


def _toml_text(value: object) -> str:
    """Write a TOML value as it would stand in a cell, so that one reader judges both."""
    return ";".join(text_of(item) for item in value) if isinstance(value, list) else text_of(value)


def read_csv(path: Path, problems: list[Problem]) -> RawTable | None:
    """Read one CSV file as texts, or say why it cannot be read."""
    text = _read_text(path, problems)
    if text is None:
        return None
    csv.field_size_limit(LONGEST_CELL)  # other packages in the same process change it
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        remedy = "Close every double quote, and double those inside a text."
        problems.append(Problem(at(path.name), f"broken CSV: {error}", "comma-separated values", remedy))
        return None
    rows = [RawRow(number, tuple(cell.strip() for cell in line)) for number, line in enumerate(lines, start=1)]
    header = rows[0].cells if rows else ()
    if len(header) == 1:
        for mark, name in _SEPARATORS.items():
            if mark in header[0]:
                remedy = "Save it with commas; where Excel writes semicolons, send the workbook (.xlsx) itself instead."
                problems.append(
                    Problem(at(path.name, 1), f"columns separated by {name}", "columns separated by commas", remedy)
                )
                return None
    width = len(header)
    for index, row in enumerate(rows):
        if any(row.cells) and len(row.cells) < width:
            found = f"{len(row.cells)} cells under {width} column names"
            remedy = "Add the missing commas; a blank cell still needs its comma."
            problems.append(Problem(at(path.name, row.number), found, "one cell for each column", remedy))
            rows[index] = replace(row, is_aligned=False)
    table, found_in_table = table_from(path.name, rows)
    problems.extend(found_in_table)
    return table
