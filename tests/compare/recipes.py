"""How a share of the table "everyone depends" is read from its file again: rows of a part over rows of a whole."""

import csv
import gzip
import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data"
PERCENT = 100.0


@cache
def rows_of(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a table, or of several JSON files of named records, each with the file it stands in."""
    if name.endswith(".json"):
        found = []
        for path in sorted(DATA.glob(name)):
            content = json.loads(path.read_text("utf-8"))
            if isinstance(content, dict):
                found += [{**entry, "file": path.name.partition("_")[0]} for entry in content.values()]
        return tuple(found)
    path = DATA / name
    with (
        gzip.open(path, "rt", encoding="utf-8-sig") if name.endswith(".gz") else path.open(encoding="utf-8-sig") as file
    ):
        return tuple(csv.DictReader(file))


def picks(row: Mapping[str, str], wanted: str) -> bool:
    """Does a row fit every part, joined by ';'?

    `column=a|b` is one of them, `column!a|b` none; `column^a|b` begins so; of a list, `column~a|b` holds one, and
    `column%a|b` none.
    """
    return all(_picks(row, part) for part in wanted.split(";") if part)


def _picks(row: Mapping[str, str], part: str) -> bool:
    at = min(i for i in (part.find(mark) for mark in "=~!%^") if i > 0)
    text, values = str(row[part[:at]]), part[at + 1 :].split("|")
    match part[at]:
        case "=":
            return text in values
        case "!":
            return text not in values
        case "^":
            return text.startswith(tuple(values))
        case mark:
            return bool(set(text.split(",")) & set(values)) is (mark == "~")


def value(name: str, part: str, whole: str, column: str) -> float:
    """The share: a part over a whole, of a column or by count; one column over another; or a column of per cent."""
    rows = rows_of(name)
    assert rows, f"{name} is not there"
    chosen = [row for row in rows if picks(row, part)]
    if " / " in column:
        above, _, below = column.removeprefix("-").partition(" / ")
        sign = -1 if column.startswith("-") else 1
        return sign * _sum(chosen, above) / _sum(chosen, below)
    if not whole:
        return _sum(chosen, column) / PERCENT
    of = [row for row in rows if picks(row, whole)]
    return _sum(chosen, column) / _sum(of, column) if column else len(chosen) / len(of)


def _sum(rows: Iterable[Mapping[str, str]], column: str) -> float:
    return math.fsum(float(row[column]) for row in rows if row[column])
