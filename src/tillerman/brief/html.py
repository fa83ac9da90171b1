"""The brief as one HTML file: no script, no outside request, the style of the report."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

from tillerman.brief.document import Block, Document
from tillerman.charts.tokens import STYLE
from tillerman.country.writing import put_bytes


def write_html(document: Document, path: Path) -> Path:
    """Write a brief as a page, whole or not at all."""
    return put_bytes(path, render_html(document).encode())


def render_html(document: Document) -> str:
    """Write a brief as HTML; every name and text is escaped."""
    return _environment().get_template("brief.html.j2").render(brief=document, kind=_kind)


def _kind(block: Block) -> str:
    return type(block).__name__.lower()


@cache
def _environment() -> Environment:
    loaders = [PackageLoader("tillerman.brief"), PackageLoader("tillerman.report"), FileSystemLoader(STYLE.parent)]
    return Environment(
        loader=ChoiceLoader(loaders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
