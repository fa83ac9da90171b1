"""`tillerman import`: numbers that somebody else published into a country file, each with its row of evidence."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tillerman.cli.options import AsJson, InLanguage
from tillerman.words import Language

if TYPE_CHECKING:
    from tillerman.cli.screen import Screen
    from tillerman.country import Country


class SourceName(StrEnum):
    """What can be imported."""

    CCG_STARTER_KIT = "ccg-starter-kit"
    COMMONCRAWL_LANGUAGES = "commoncrawl-languages"
    EMBER = "ember"
    EPOCH_CHIPS = "epoch-chips"
    EPOCH_CLUSTERS = "epoch-clusters"
    EPOCH_DATA_CENTRES = "epoch-data-centres"
    LITELLM_PRICES = "litellm-prices"
    OWID_ELECTRICITY = "owid-electricity"
    POSTURE_DECLARATIONS = "posture-declarations"
    WRI_PLANTS = "wri-plants"


def import_(
    source: Annotated[SourceName, typer.Argument(metavar="SOURCE", help="Who published the file, and what it holds.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file as its publisher wrote it.")],
    *,
    into: Annotated[
        str, typer.Option(metavar="COUNTRY", help="The country file to change: a folder or an .xlsx workbook.")
    ],
    links: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="NAME=ROW",
            help="Which row of the source feeds which row of the file; with @0.2 after it, a fifth of it. May be "
            "repeated. Rows of the same name are linked without it; nothing else is guessed.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Take numbers that are ten times those of the file.")
    ] = False,
    only: Annotated[
        str | None, typer.Option(metavar="LIST", help="Which list to take, of a file that holds several.")
    ] = None,
    rate: Annotated[
        float | None, typer.Option(help="US$ for one unit of the source's currency, such as one euro.", min=1e-6)
    ] = None,
    export: Annotated[
        bool, typer.Option("--export", help="Posture declarations only: write those of the country file to FILE.")
    ] = False,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """Bring published numbers into a country file.

    Each value arrives with its row of evidence: source, row, column, factor, range and grade. Everything is checked
    first and listed; then the file is written whole or not at all. What each source feeds is told in
    docs/reference/importers.md.
    """
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.import_ import show_import
    from tillerman.cli.views.import_ import view_import
    from tillerman.country import Purpose, load
    from tillerman.importers import SOURCES, Asked, accept, parse_link, propose, save
    from tillerman.plain import to_json

    screen = Screen(language)
    asked_for = tuple(map(parse_link, links or ()))
    loaded = load(into, purpose=Purpose.LOAD)
    if export:
        _export(source, loaded, file, screen)
        return
    if not dry_run:
        _refuse_place(into)
    if source is SourceName.POSTURE_DECLARATIONS:
        _declarations(loaded, file, screen, into=None if dry_run else into)
        return
    asked = Asked(loaded, file, datetime.now().astimezone().date(), asked_for, only, rate)
    proposal = propose(SOURCES[source], asked, anyway=anyway)
    if not dry_run and (proposal.changes or proposal.dates):
        save(accept(loaded, proposal), into)
    view = view_import(proposal, loaded, into=into, is_written=not dry_run)
    if as_json:
        typer.echo(to_json(view))
    else:
        show_import(view, screen)


def _refuse_place(into: str) -> None:
    """Refuse to write over a file that comes with the package, or over a form."""
    from tillerman.country import shipped
    from tillerman.errors import SettingError
    from tillerman.importers import refuse_form

    if into in shipped():
        remedy = f"Make a copy first: tillerman convert {into} my-{into}; or look with --dry-run."
        raise SettingError("--into", into, "a folder or a workbook of your own", remedy)
    refuse_form(into)


def _export(source: SourceName, loaded: Country, file: Path, screen: Screen) -> None:
    from tillerman.country.writing import put_bytes
    from tillerman.errors import SettingError
    from tillerman.importers import written_declarations

    if source is not SourceName.POSTURE_DECLARATIONS:
        raise SettingError("--export", str(source), str(SourceName.POSTURE_DECLARATIONS), "Others are only read.")
    if file.exists():
        raise SettingError("FILE", str(file), "a name that is free", "Choose another.")
    put_bytes(file, written_declarations(loaded).encode())
    screen.line(screen.say("import.exported", n=len(loaded.declarations), path=file))


def _declarations(loaded: Country, file: Path, screen: Screen, *, into: str | None) -> None:
    from tillerman.importers import read_declarations, save

    changed, fresh, same = read_declarations(loaded, file)
    say = screen.say
    if fresh:
        screen.heading(say("import.declared"))
        screen.items([f"{say(f'layer.{row.layer}')}: {row.posture}. {row.text} ({row.title})" for row in fresh])
    screen.line(say("import.same", n=len(same)))
    if into is not None and fresh:
        screen.line(say("import.done", path=save(changed, into)))
    elif into is None:
        screen.line(say("import.dry"))
