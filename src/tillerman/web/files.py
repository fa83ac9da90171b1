"""Files that can be taken along from a study, and who may read each: what is kept back is kept back here."""

from __future__ import annotations

import io
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from tillerman.archive import save
from tillerman.country import to_workbook, write
from tillerman.labels import Level, Reader
from tillerman.levels import level_for, redacted
from tillerman.plan import Plan
from tillerman.report import write_html, write_workbook
from tillerman.web.needs import plan_of
from tillerman.web.shelf import Kind, Opened

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OLDEST = (1980, 1, 1, 0, 0, 0)  # a folder has the same bytes whenever it is packed
_ORDER = (Level.PUBLIC, Level.GOVERNMENT, Level.TEAM)  # each sees what the one before sees, and more


@dataclass(frozen=True)
class File:
    """A kind of file: how it ends, what it is, and the first level it can be made for."""

    id: str
    ending: str
    media: str
    least: Level  # of whom nothing in it must be kept back that cannot be kept back
    needs_plan: bool = True


FILES: Mapping[str, File] = MappingProxyType(
    {
        file.id: file
        for file in (
            File("brief", "-brief.pdf", "application/pdf", Level.PUBLIC),
            File("brief_word", "-brief.docx", _WORD, Level.PUBLIC),
            File("adviser", "-adviser.pdf", "application/pdf", Level.PUBLIC),
            File("annex", "-annex.pdf", "application/pdf", Level.PUBLIC),
            File("report", "-report.html", "text/html", Level.PUBLIC),
            File("workbook", "-plan.xlsx", _EXCEL, Level.GOVERNMENT),
            File("study", ".study", "application/vnd.sqlite3", Level.TEAM),
            File("country", "-country.xlsx", _EXCEL, Level.TEAM, needs_plan=False),
            File("folder", "-country.zip", "application/zip", Level.TEAM, needs_plan=False),
        )
    }
)


@dataclass(frozen=True)
class Offer:
    """A file that can be taken along at a level, or why it cannot."""

    id: str
    name: str
    media: str
    refusal: str  # "plan": there is none yet; "least_…": the first level it is given to; blank where it is given


@dataclass(frozen=True)
class Made:
    """A file as it is sent."""

    name: str
    media: str
    data: bytes


def level_of(opened: Opened) -> Level:
    """For whom a file is made unless somebody says."""
    return level_for(is_shipped=opened.entry.kind is Kind.SHIPPED)


def offers(opened: Opened, level: Level) -> tuple[Offer, ...]:
    """Every file of a study, and whether it is given at a level."""
    return tuple(
        Offer(file.id, name_of(opened, file, level), file.media, refusal(opened, file, level))
        for file in FILES.values()
    )


def refusal(opened: Opened, file: File, level: Level) -> str:
    """Why a file is not given: there is no plan yet, or it holds what the reader may not see; blank where it is given.

    A country file that ships with the program is public already.
    """
    if file.needs_plan:
        if opened.plan is None:
            return "plan"
    elif opened.entry.kind is Kind.SHIPPED:
        return ""
    return "" if _ORDER.index(level) >= _ORDER.index(file.least) else f"least_{file.least}"


def made(opened: Opened, file: File, level: Level, language: str) -> Made:
    """Make a file of a study for a level. Raises NoPlanError where it needs a plan that is not there yet."""
    return Made(name_of(opened, file, level), file.media, _MAKERS[file.id](opened, level, language))


def name_of(opened: Opened, file: File, level: Level) -> str:
    """The name of a file: the study's without what no file may be called, and for whom it is."""
    told = unicodedata.normalize("NFC", opened.entry.name)
    kept = "".join(mark if mark.isalnum() else "-" for mark in told)
    name = "-".join(part for part in kept.split("-") if part) or opened.entry.id
    return f"{name}{'' if file.least is Level.TEAM else f'-{level}'}{file.ending}"


def _written(writer: Callable[[Path], object]) -> bytes:
    """The bytes of a file that is written to a path."""
    with tempfile.TemporaryDirectory(prefix="tillerman-") as folder:
        path = Path(folder) / "file"
        writer(path)
        return path.read_bytes()


def _brief(opened: Opened, level: Level, language: str, reader: Reader = Reader.MINISTER) -> bytes:
    from tillerman.brief import compose, dated, write_pdf

    document = compose(_plan(opened), reader=reader, level=level, language=language)
    return _written(lambda path: write_pdf(document, path, dated=dated(opened.country)))


def _brief_word(opened: Opened, level: Level, language: str) -> bytes:
    from tillerman.brief import compose, dated, write_docx

    document = compose(_plan(opened), level=level, language=language)
    return _written(lambda path: write_docx(document, path, dated=dated(opened.country)))


def _adviser(opened: Opened, level: Level, language: str) -> bytes:
    return _brief(opened, level, language, Reader.ADVISER)


def _annex(opened: Opened, level: Level, language: str) -> bytes:
    return _brief(opened, level, language, Reader.ANALYST)


def _report(opened: Opened, level: Level, language: str) -> bytes:
    return _written(lambda path: write_html(redacted(plan_of(opened), level), path, language=language))


def _workbook(opened: Opened, level: Level, language: str) -> bytes:
    return _written(lambda path: write_workbook(redacted(plan_of(opened), level), path, language=language))


def _study(opened: Opened, _: Level, __: str) -> bytes:
    return _written(lambda path: save(plan_of(opened), path))


def _country(opened: Opened, _: Level, language: str) -> bytes:
    return _written(lambda path: to_workbook(opened.country, path, language=language))


def _folder(opened: Opened, _: Level, __: str) -> bytes:
    out = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="tillerman-") as place, zipfile.ZipFile(out, "w") as pack:
        for path in sorted(write(opened.country, Path(place) / "country").iterdir()):
            pack.writestr(zipfile.ZipInfo(path.name, _OLDEST), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _plan(opened: Opened) -> Plan:
    """The plan with the dates beside its country, which a brief names."""
    return replace(plan_of(opened), country=opened.country)


_MAKERS: Mapping[str, Callable[[Opened, Level, str], bytes]] = MappingProxyType(
    {
        "brief": _brief,
        "brief_word": _brief_word,
        "adviser": _adviser,
        "annex": _annex,
        "report": _report,
        "workbook": _workbook,
        "study": _study,
        "country": _country,
        "folder": _folder,
    }
)
