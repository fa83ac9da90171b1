"""`tillerman doctor`: is everything there, and does nothing leave the machine?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tillerman.cli.exits import ExitCode
from tillerman.cli.options import AsJson, InLanguage
from tillerman.words import Language


def doctor(
    *,
    offline: Annotated[
        bool,
        typer.Option(
            "--offline",
            help="Do the main work under watch and list every attempt to leave the machine (half a minute).",
        ),
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where `serve` keeps studies; the user's own data folder unless given."),
    ] = None,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """Is everything there that the program needs, and does nothing leave the machine?

    Versions, fonts, stored plans and folders that must be writable. With --offline a check, an exposure, a plan, its
    report, the brief and the browser's pages are made once while every attempt to connect, to look up a name or to
    listen elsewhere is listed and refused; on Linux, where the system permits it, in a space without any network.
    Exit code 1 where something is missing or tried to leave.
    """
    from tillerman.cli.doctor import checks, watch
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.doctor import show_doctor
    from tillerman.cli.views.doctor import view_doctor
    from tillerman.plain import to_json

    screen = Screen(language)
    if offline:
        screen.remark(screen.say("doctor.wait"))
    found = checks(folder if folder is not None else Path(typer.get_app_dir("tillerman")))
    view = view_doctor(found, watch() if offline else None)
    if as_json:
        typer.echo(to_json(view))
    else:
        show_doctor(view, screen)
    if not view.is_well:
        raise typer.Exit(ExitCode.FAILED)
