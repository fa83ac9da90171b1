"""`tillerman check`: every problem of a country file at once, and how far it gets you."""

from __future__ import annotations

from typing import Annotated

import typer

from tillerman.cli.exits import ExitCode
from tillerman.cli.options import AsJson, InLanguage
from tillerman.words import Language


def check(
    file: Annotated[
        str, typer.Argument(metavar="FILE_OR_FOLDER", help="A folder, an .xlsx workbook, or a shipped name.")
    ],
    *,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """Every problem of a country file, and how far it gets you.

    Each problem says where it is, what was found, what was expected and what to do. The exit code is 2 when something
    must be corrected before the file can be used; a file that is only half filled is no error.
    """
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.check import show_check
    from tillerman.cli.views.check import view_check
    from tillerman.country import check as look
    from tillerman.plain import to_json

    view = view_check(look(file), language)
    if as_json:
        typer.echo(to_json(view))
    else:
        show_check(view, Screen(language))
    if not view.is_sound:
        raise typer.Exit(ExitCode.BAD_INPUT)
