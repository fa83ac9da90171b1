"""A study that was taken along comes back: its file is opened as any other, and put on the reader's shelf."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath
from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from starlette.responses import RedirectResponse, Response

from tillerman.archive import open_study
from tillerman.errors import StudyError
from tillerman.web.answers import Answer
from tillerman.web.pages import studies
from tillerman.web.shelf import Entry
from tillerman.web.shelving import LONGEST_NAME, new_study
from tillerman.web.visit import Visit, Visitor

pages = APIRouter()
api = APIRouter(tags=["studies"])

StudyFile = Annotated[UploadFile, File(description="A study file, as it was taken along.")]
_ENDING = ".study"


def received(visit: Visit, sent: UploadFile) -> Entry:
    """Put a study that was sent on the visitor's shelf. Raises StudyError, CountryFileError or SettingError."""
    name = PurePosixPath((sent.filename or "").replace("\\", "/")).name.removesuffix(_ENDING)
    with tempfile.TemporaryDirectory(prefix="bring-") as folder:
        path = Path(folder) / f"sent{_ENDING}"
        path.write_bytes(sent.file.read())
        try:
            plan = open_study(path)
        except StudyError as error:  # said of the file that was sent, and not of where it was put meanwhile
            raise StudyError(str(error).replace(str(path), name or _ENDING)) from error
    return new_study(visit.shelf, visit.owner, (name or plan.country.frame.name)[:LONGEST_NAME], plan=plan)


@pages.post("/studies/bring")
def take(visit: Visitor, file: StudyFile) -> Response:
    """Put a study that was sent on the reader's shelf, and open it."""
    return RedirectResponse(f"/studies/{received(visit, file).id}/study", status_code=303)


@api.post("/studies/bring", status_code=201, response_model=studies.Listed)
def tell(visit: Visitor, file: StudyFile) -> Answer:
    """Bring back a study that was taken along as a file; it opens as an equal plan or is refused."""
    made = received(visit, file)
    return studies.told_of(visit, made.id)
