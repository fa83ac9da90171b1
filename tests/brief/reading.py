"""What stands in a written brief: the text of a PDF, the words of a Word file."""

from __future__ import annotations

import io
import re
import zipfile

from pypdf import PdfReader


def squeezed(text: str) -> str:
    """A text without white space, which line breaks add and take."""
    return re.sub(r"[\s\u200b]+", "", text)


def pdf_text(data: bytes) -> str:
    """The whole text of a PDF without white space."""
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def docx_xml(data: bytes) -> str:
    """Every XML part of a Word file, one after the other."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "\n".join(book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml"))
