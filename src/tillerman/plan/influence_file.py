"""A study of influence as one CSV file: a line for every number with a range, and what it was computed for on top."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from importlib.resources import files
from pathlib import Path

from tillerman.country.writing import put_bytes
from tillerman.errors import StudyError
from tillerman.labels import Grade
from tillerman.plan.influence_change import Part, Terms
from tillerman.plan.influence_result import Influence, InfluenceStudy, Resolved
from tillerman.plan.interval import Interval

VERSION = "1"
COLUMNS = (
    "rank",
    "table",
    "row",
    "column",
    "value",
    "low",
    "high",
    "unit",
    "grade",
    "changes",
    "influence_low_musd",
    "influence_high_musd",
    "is_resolved",
    "is_distinguishable",
    "screened_by",
    "estimate_at_low_musd",
    "estimate_at_high_musd",
    "at_low_from_musd",
    "at_low_to_musd",
    "at_high_from_musd",
    "at_high_to_musd",
)
_SEPARATOR = "; "


def write_influence(study: InfluenceStudy, path: Path) -> None:
    """Write a study, whole or not at all."""
    text = io.StringIO(newline="")
    for key, value in _head(study).items():
        text.write(f"# {key} = {value}\n")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows(_line(rank, row) for rank, row in enumerate(study.rows, start=1))
    put_bytes(path, text.getvalue().encode())


def read_influence(path: Path) -> InfluenceStudy:
    """Open a study written before. Raises StudyError when it cannot be read."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# "))
    if head.get("version") != VERSION:
        raise StudyError(
            f"{path.name}: found version {head.get('version')!r}; expected {VERSION!r}. Compute it with this program."
        )
    try:
        rows = tuple(_row(line) for line in csv.DictReader(line for line in lines if not line.startswith("# ")))
        kinds = {item.name: type(getattr(Terms(), item.name)) for item in fields(Terms)}
        return InfluenceStudy(
            country=head["country"],
            content_hash=head["content_hash"],
            terms=Terms(**{name: kind(head[name]) for name, kind in kinds.items()}),
            objective_musd=float(head["objective_musd"]),
            lower_bound_musd=float(head["lower_bound_musd"]),
            gross_musd=float(head["gross_musd"]),
            n_without_range=int(head["n_without_range"]),
            rows=rows,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise StudyError(f"{path.name}: found {error}; expected a study of influence. Compute it anew.") from error


@cache
def stored_influence(name: str) -> InfluenceStudy | None:
    """The study shipped with a country, or None; whether it speaks of the same file is for its hash to tell."""
    path = files("tillerman.country") / "packs" / name / "stored" / "influence.csv"
    return read_influence(Path(str(path))) if path.is_file() else None


def _head(study: InfluenceStudy) -> dict[str, str]:
    terms = {item.name: str(getattr(study.terms, item.name)) for item in fields(Terms)}
    return {
        "version": VERSION,
        "country": study.country,
        "content_hash": study.content_hash,
        **terms,
        "objective_musd": _text(study.objective_musd),
        "lower_bound_musd": _text(study.lower_bound_musd),
        "gross_musd": _text(study.gross_musd),
        "n_without_range": str(study.n_without_range),
    }


def _line(rank: int, row: Influence) -> list[str]:
    found = row.resolved
    across = None if found is None else found.across
    at_low, at_high = (None, None) if found is None else (found.at_low, found.at_high)
    return [
        str(rank),
        row.table,
        row.row or "",
        row.column,
        repr(row.value),
        repr(row.low),
        repr(row.high),
        row.unit,
        row.grade.value,
        _SEPARATOR.join(row.parts),
        *_ends(across),
        str(found is not None).lower(),
        str(row.is_distinguishable).lower(),
        row.screened_by,
        _text(row.estimate_low),
        _text(row.estimate_high),
        *_ends(at_low),
        *_ends(at_high),
    ]


def _row(line: Mapping[str, str]) -> Influence:
    resolved = None
    if line["is_resolved"] == "true":
        resolved = Resolved(
            at_low=Interval(float(line["at_low_from_musd"]), float(line["at_low_to_musd"])),
            at_high=Interval(float(line["at_high_from_musd"]), float(line["at_high_to_musd"])),
            across=Interval(float(line["influence_low_musd"]), float(line["influence_high_musd"])),
        )
    return Influence(
        table=line["table"],
        row=line["row"] or None,
        column=line["column"],
        value=float(line["value"]),
        low=float(line["low"]),
        high=float(line["high"]),
        unit=line["unit"],
        grade=Grade(line["grade"]),
        parts=tuple(Part(part) for part in line["changes"].split(_SEPARATOR) if part),
        screened_by=line["screened_by"],
        estimate_low=float(line["estimate_at_low_musd"]) if line["estimate_at_low_musd"] else None,
        estimate_high=float(line["estimate_at_high_musd"]) if line["estimate_at_high_musd"] else None,
        resolved=resolved,
        is_distinguishable=line["is_distinguishable"] == "true",
    )


def _ends(found: Interval | None) -> tuple[str, str]:
    return ("", "") if found is None else (_text(found.low), _text(found.high))


def _text(amount: float | None) -> str:
    """Six digits: more than any of these numbers can bear, so that nothing else is lost on the way."""
    return "" if amount is None else f"{amount:.6g}"
