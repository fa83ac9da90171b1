"""Files of a study to take along: report, workbooks, and the study itself."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import Response

from tillerman.errors import SettingError
from tillerman.labels import Level
from tillerman.web.files import FILES, level_of, made, refusal
from tillerman.web.needs import plan_of
from tillerman.web.visit import Visit, Visitor
from tillerman.words import Language

pages = APIRouter()
api = APIRouter(tags=["files"])

FileId = Literal["brief", "brief_word", "adviser", "annex", "report", "workbook", "study", "country", "folder"]
assert set(FileId.__args__) == set(FILES)  # type: ignore[attr-defined]  # noqa: S101 - a slip here is ours
AtLevel = Annotated[Level | None, Query(description="Who may read it: public, government, or the negotiating team.")]
InLanguage = Annotated[Language | None, Query(alias="lang", description="In which language; yours unless given.")]
_SENT: dict[str, object] = {
    "content": {file.media: {} for file in FILES.values()},
    "description": "The file.",
}


def sent(visit: Visit, study: str, file: FileId, level: Level | None, language: Language | None) -> Response:
    """Make a file and send it as one to be kept, never to be shown: what stands in it is not ours."""
    opened, kind = visit.open(study), FILES[file]
    at = level or level_of(opened)
    if refusal(opened, kind, at):
        plan_of(opened)  # told first, where that is what is missing
        expected = f"level={kind.least}: it holds what others may not see, and none of that can be kept back"
        raise SettingError("level", at.value, expected, "Take the brief or the report for other readers.")
    found = made(opened, kind, at, language or visit.language)
    attached = f"attachment; filename*=utf-8''{quote(found.name, safe='')}"
    return Response(found.data, media_type=found.media, headers={"Content-Disposition": attached})


@pages.get("/studies/{study}/files/{file}")
def send(study: str, file: FileId, visit: Visitor, level: AtLevel = None, language: InLanguage = None) -> Response:
    """Send a file."""
    return sent(visit, study, file, level, language)


@api.get("/studies/{study}/files/{file}", response_class=Response, responses={200: _SENT})
def tell(study: str, file: FileId, visit: Visitor, level: AtLevel = None, language: InLanguage = None) -> Response:
    """A file of a study: a brief, its report, a workbook, the study itself as one SQLite file, or the country file."""
    return sent(visit, study, file, level, language)
