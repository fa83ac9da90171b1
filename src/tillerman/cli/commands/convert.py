"""`tillerman convert`: a country file as a workbook, or a workbook as a folder; nothing is lost either way."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tillerman.cli.options import InLanguage, Source
from tillerman.words import Language


def convert(
    country: Source,
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="A new .xlsx workbook, or a new folder.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over what is there; other files in a folder stay.")
    ] = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """Write a country file as an Excel workbook or as a folder.

    Nothing is lost either way: every number comes back to its last digit. What is already there is left alone unless
    --replace is given.
    """
    from tillerman.cli.screen import Screen
    from tillerman.country import Purpose, load, to_workbook, write
    from tillerman.errors import SettingError

    loaded = load(country, purpose=Purpose.LOAD)
    kind = target.suffix.casefold()
    if kind not in {"", ".xlsx"}:
        raise SettingError("TARGET", str(target), "a name ending in .xlsx, or a folder", "Choose another name.")
    if target.exists() and (not replace or target.is_dir() is (kind == ".xlsx")):
        raise SettingError("TARGET", str(target), "a name that is free", "Choose another, or add --replace.")
    if kind == ".xlsx":
        to_workbook(loaded, target, language=language)
    else:
        write(loaded, target)
    screen = Screen(language)
    screen.line(screen.say("convert.done", country=screen.country(loaded.frame.name), target=target))
