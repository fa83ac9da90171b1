"""What stands in a written brief: the text of a PDF, the words of a Word file."""

from __future__ import annotations

import io
import re
import zipfile

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject


def squeezed(text: str) -> str:
    """A text without white space, which line breaks add and take."""
    return re.sub(r"[\s\u200b]+", "", text)


def pdf_text(data: bytes) -> str:
    """The whole text of a PDF without white space."""
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def says_it_is_accessible(data: bytes) -> bool:
    """Does a PDF say that it is PDF/UA and tagged?"""
    root = PdfReader(io.BytesIO(data)).root_object
    about, mark = root["/Metadata"].get_object(), root["/MarkInfo"].get_object()
    assert isinstance(about, StreamObject)
    assert isinstance(mark, DictionaryObject)
    return b"pdfuaid:part" in about.get_data() and str(mark["/Marked"]) == "True"


def tags(data: bytes) -> list[DictionaryObject]:
    """Every element of a PDF's tree of tags."""
    found: list[DictionaryObject] = []
    waiting: list[PdfObject | None] = [PdfReader(io.BytesIO(data)).root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if node is not None else None
        if isinstance(node, ArrayObject):
            waiting += list(node)
        elif isinstance(node, DictionaryObject):
            found.append(node)
            waiting += [node["/K"]] if "/K" in node else []
    return found


def fonts_of(data: bytes) -> set[str]:
    """The names of a PDF's fonts, without the mark of a subset."""
    found: set[str] = set()
    for page in PdfReader(io.BytesIO(data)).pages:
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        fonts = resources["/Font"].get_object()
        assert isinstance(fonts, DictionaryObject)
        for font in fonts.values():
            face = font.get_object()
            assert isinstance(face, DictionaryObject)
            found.add(str(face["/BaseFont"]).partition("+")[2])
    return found


def docx_xml(data: bytes) -> str:
    """Every XML part of a Word file, one after the other."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "\n".join(book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml"))
