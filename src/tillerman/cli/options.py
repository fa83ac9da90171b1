"""Arguments and options that several commands share, each worded once."""

from __future__ import annotations

from typing import Annotated

import typer

from tillerman.cli.words import Language

Source = Annotated[
    str, typer.Argument(metavar="COUNTRY", help="A shipped country's name, a folder, or an .xlsx workbook.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, for machines.")]
InLanguage = Annotated[Language, typer.Option("--lang", help="The language of the screen.")]
