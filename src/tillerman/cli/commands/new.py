"""`tillerman new`: a file of one's own, from thirty numbers on, or in the structure of another file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tillerman.cli.options import AsJson, InLanguage
from tillerman.words import Language

if TYPE_CHECKING:
    from tillerman.cli.views.new import NewView
    from tillerman.country.thirty import About


def new(
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="The new file, such as my-country.")],
    *,
    country: Annotated[
        str | None,
        typer.Option("--country", metavar="NAME", help="Name or code of the country, where TARGET does not say it."),
    ] = None,
    structure: Annotated[
        str | None,
        typer.Option("--from", metavar="COUNTRY", help="Copy the structure of a full file, never its values."),
    ] = None,
    grown: Annotated[
        str | None,
        typer.Option(
            "--grow",
            metavar="FORM",
            help="Write the next stage of a form: the numbers that come next, then the full file.",
        ),
    ] = None,
    is_book: Annotated[bool, typer.Option("--excel/--folder", help="An Excel workbook, or a folder of CSV.")] = True,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """Start a country file of your own.

    By itself: one sheet with about thirty questions, each with a low and a high end; "don't know" is an answer. Any
    command takes the file as it is, and says what it rests on and what is missing. Nothing is ever written over.
    """
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.new import show_new
    from tillerman.errors import SettingError
    from tillerman.plain import to_json

    if structure is not None and grown is not None:
        raise SettingError("--grow", grown, "either --from or --grow", "Leave one of them out.")
    path = _free(target, is_book=is_book)
    is_book = path.suffix != ""
    if grown is not None:
        view = _grow(Path(grown), path, is_book=is_book, language=language)
    else:
        about = _about(path.stem if country is None else country, is_named=country is not None)
        if structure is not None:
            view = _copy(structure, about, path, is_book=is_book, language=language)
        else:
            view = _start(about, path, is_book=is_book, language=language)
    if as_json:
        typer.echo(to_json(view))
    else:
        show_new(view, Screen(language))


def _free(target: Path, *, is_book: bool) -> Path:
    """Where to write: a name that is free, ending as its kind does."""
    from tillerman.errors import SettingError

    if not target.name.strip(". "):
        raise SettingError("TARGET", str(target), "a name for the new file", "Give it one, such as my-country.")
    if target.suffix.casefold() not in {"", ".xlsx"}:
        raise SettingError("TARGET", str(target), "a name ending in .xlsx, or none", "Choose another name.")
    path = target.with_name(f"{target.name}.xlsx") if is_book and target.suffix == "" else target
    if path.exists():
        raise SettingError("TARGET", str(path), "a name that is free", "Choose another: nothing is written over.")
    return path


def _about(name: str, *, is_named: bool) -> About:
    """What is known from the name; a name that was given on purpose must be known."""
    from tillerman.country.thirty.form_writing import known_from
    from tillerman.errors import SettingError

    about = known_from(name)
    if is_named and not about.code:
        raise SettingError("--country", name, "a name or a code from the Unicode CLDR, such as Ghana or GH")
    return about


def _start(about: About, path: Path, *, is_book: bool, language: Language) -> NewView:
    from types import MappingProxyType

    from tillerman.cli.views.new import view_form
    from tillerman.country.thirty.form import Form
    from tillerman.country.thirty.form_writing import write_form

    form = Form(path.stem, about, MappingProxyType({}))
    write_form(form, path, language=language, is_book=is_book)
    return view_form(form, path, "thirty", language)


def _grow(source: Path, path: Path, *, is_book: bool, language: Language) -> NewView:
    from tillerman.cli.views.new import view_form
    from tillerman.country.thirty import open_form
    from tillerman.country.thirty.form_reading import has_second_sheet
    from tillerman.country.thirty.growing import Stage, grow

    form = open_form(source)
    stage = Stage.FULL if has_second_sheet(source) else Stage.EIGHTY
    grow(form, path, stage, is_book=is_book, language=language)
    return view_form(form, path, "full" if stage is Stage.FULL else "eighty", language)


def _copy(source: str, about: About, path: Path, *, is_book: bool, language: Language) -> NewView:
    from tillerman.cli.views.new import view_structure
    from tillerman.country import Purpose, load
    from tillerman.country.thirty.structure import structure_of
    from tillerman.errors import SettingError

    if not about.code:
        raise SettingError("--from", source, "a country whose code is known", "Name it with --country, such as GH.")
    found = structure_of(load(source, purpose=Purpose.LOAD), about)
    found.write(path, is_book=is_book, language=language)
    return view_structure(found, about, path)
