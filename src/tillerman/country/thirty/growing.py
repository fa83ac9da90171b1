"""Growing a file: thirty numbers, then about eighty, then the full file; each step keeps what was entered."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from tillerman.country.thirty.form import Form
from tillerman.country.thirty.form_writing import write_form
from tillerman.country.workbook_writing import to_workbook
from tillerman.country.writing import write


class Stage(StrEnum):
    """How far a file has grown."""

    THIRTY = "thirty"
    EIGHTY = "eighty"
    FULL = "full"


def grow(form: Form, path: Path, stage: Stage, *, is_book: bool, language: str = "en") -> Path:
    """Write a form at a stage, with every answer kept.

    Raises:
        CountryFileError: when the full file would have errors, so that nothing is written that could not be read back.
    """
    if stage is Stage.FULL:
        return to_workbook(form.country(), path, language=language) if is_book else write(form.country(), path)
    return write_form(form, path, language=language, is_book=is_book, with_more=stage is Stage.EIGHTY)
