"""The whole flow on one screen: a country in; a plan, its report, its workbook and its study file out."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tillerman.country
from tillerman.archive import open_study, save
from tillerman.country import NOTES, Country, Purpose, load, shipped
from tillerman.errors import SettingError, StudyError
from tillerman.plan import Plan
from tillerman.report import write_html, write_workbook

PACKS = Path(tillerman.country.__file__).parent / "packs"


@dataclass(frozen=True)
class Files:
    """What a plan leaves in a folder: a page to read, a workbook to work with, a study to open again."""

    html: Path
    workbook: Path
    study: Path
    search: Path  # what the search for the plan has proved so far; --resume goes on from it


def stored(source: str) -> Plan | None:
    """The plan that is shipped with a country, or None where none is shipped. Raises StudyError when it is unreadable.

    Whether it still speaks of the same file is for the caller to see: its `input_hash` is the file's it was made from.
    """
    path = PACKS / source / f"{source}.study"
    return open_study(path) if source in shipped() and path.exists() else None


def kept_plan(source: str) -> Plan:
    """The plan that was made before: a shipped country's, with the days of its calendar, or that of a study file.

    Raises StudyError where there is none, or where the shipped one no longer speaks of the shipped file.
    """
    if source not in shipped():
        path = Path(source)
        if path.is_dir() or path.suffix.lower() in (".xlsx", ".toml"):
            raise StudyError(
                f"{source}: found a country file without a plan; expected a shipped country or a .study file. "
                f"Plan first (tillerman plan {source}), then name the .study file that it writes."
            )
        return open_study(path)
    found, loaded = stored(source), load(source, purpose=Purpose.LOAD)
    if found is None or found.input_hash != loaded.content_hash:
        raise StudyError(
            f"{source}: found no stored plan of this file; expected one. Plan first (tillerman plan {source}), "
            f"then name the .study file that it writes."
        )
    return with_notes(found, loaded)


def with_notes(plan: Plan, country: Country) -> Plan:
    """A plan with what stands beside its country's content today: dates, declarations, names in other languages."""
    notes: dict[str, Any] = {name: getattr(country, name) for name in NOTES}
    return replace(plan, country=replace(plan.country, **notes))


def files_in(folder: Path, country: Country) -> Files:
    """Where the files of a country's plan belong."""
    name = country.name.removesuffix("-plan").strip(".") or "country"
    return Files(
        html=folder / f"{name}-plan.html",
        workbook=folder / f"{name}-plan.xlsx",
        study=folder / f"{name}.study",
        search=folder / f"{name}.search",
    )


def refuse_folder(files: Files, source: str) -> None:
    """Refuse a folder that cannot be written to, or a file that would replace the one planned from, before any work.

    Raises:
        SettingError: naming the folder or file and what to do.
    """
    folder = files.study.parent
    for path in (files.html, files.workbook, files.study, files.search):
        refuse_place(path)
        if path.exists() and Path(source).exists() and path.samefile(source):
            remedy = "The plan would replace the file it is made from: choose another folder with --out."
            raise SettingError("--out", str(folder), "a folder other than that of the country file", remedy)


def refuse_place(path: Path) -> None:
    """Refuse a file that could not be written after the work. Raises SettingError."""
    folder = path.parent
    parent = next(above for above in (folder, *folder.absolute().parents) if above.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
        raise SettingError("--out", str(folder), "a folder that you may write to", "Choose another with --out.")
    if path.is_dir():
        raise SettingError("--out", str(path), "no folder of that name", "Choose another place with --out.")


def write(plan: Plan, files: Files, *, language: str = "en") -> Files:
    """Write report, workbook and study: each is made beside its place first, so that none is ever half written."""
    folder = files.study.parent
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".plan-", dir=folder) as made:
        fresh = files_in(Path(made), plan.country)
        write_html(plan, fresh.html, language=language)
        write_workbook(plan, fresh.workbook, language=language)
        save(plan, fresh.study)
        for new, place in ((fresh.html, files.html), (fresh.workbook, files.workbook), (fresh.study, files.study)):
            new.replace(place)
    return files
