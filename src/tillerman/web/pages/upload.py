"""A country file of one's own: sent, checked as any other, with every problem beside its cell."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tillerman.country import Purpose
from tillerman.country.marked import MarkedTable
from tillerman.errors import CountryFileError, Problem
from tillerman.web.answers import answered
from tillerman.web.shelf import Entry
from tillerman.web.shell import page
from tillerman.web.shelving import LONGEST_NAME, new_study
from tillerman.web.uploads import Sent, checked
from tillerman.web.visit import Visit, Visitor

pages = APIRouter()
api = APIRouter(tags=["studies"])
MISUSED = 422
Files = Annotated[list[UploadFile], File(description="A workbook, a zipped folder, or country.toml with its tables.")]


@dataclass(frozen=True)
class Received:
    """What became of a file: the new study, or every reason against it. Nothing of a refused file is kept."""

    entry: Entry | None
    problems: tuple[Problem, ...]  # errors first; a file with warnings only is taken
    tables: tuple[MarkedTable, ...]  # the same problems beside their cells
    missing: tuple[Problem, ...]  # what a file without errors lacks for a plan

    @property
    def n_errors(self) -> int:
        """How many problems must be corrected."""
        return sum(problem.severity == "error" for problem in self.problems)


def answer(visit: Visit, files: Sequence[Sent]) -> Received:
    """Take a country file in, or say everything that speaks against it."""
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        try:
            found = checked(files, Path(folder))
        except CountryFileError as error:
            return Received(None, error.problems, (), ())
        report = found.report
        if report.country is None or not report.allows(Purpose.EXPOSURE):
            lacking = report.missing[Purpose.EXPOSURE] if report.country is not None else ()
            return Received(None, report.problems, found.tables, tuple(lacking))
        name = (report.country.frame.name or found.name)[:LONGEST_NAME]
        entry = new_study(visit.shelf, visit.owner, name, country=report.country)
        return Received(entry, report.problems, found.tables, tuple(report.missing[Purpose.PLAN]))


def _sent(files: Sequence[UploadFile]) -> list[Sent]:
    return [Sent(file.filename or "", file.file.read()) for file in files]


@pages.get("/upload")
def ask(visit: Visitor) -> HTMLResponse:
    """Show the form."""
    return page(visit, "pages/upload.html.j2", title=visit.say("upload_page.heading"), found=None)


@pages.post("/upload")
def take(visit: Visitor, files: Files) -> Response:
    """Take a file in: its study opens, or its problems are shown."""
    found = answer(visit, _sent(files))
    if found.entry is not None and not found.problems and not found.missing:
        return RedirectResponse(f"/studies/{found.entry.id}/keeps", status_code=303)
    title = visit.say("upload_page.taken" if found.entry else "upload_page.refused")
    status = 200 if found.entry else MISUSED
    return page(visit, "pages/upload.html.j2", title=title, status=status, found=found)


@api.post("/uploads")
@answered
def tell(visit: Visitor, files: Files) -> Received:
    """Take a country file in: the new study, or every problem with the cell it stands in."""
    sent = _sent(files)
    found = answer(visit, sent)
    if found.entry is None:
        raise CountryFileError(sent[0].name or "upload", [*found.problems, *found.missing])
    return found
