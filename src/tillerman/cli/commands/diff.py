"""`tillerman diff`: what differs between two country files, in words."""

from __future__ import annotations

from typing import Annotated

import typer

from tillerman.cli.options import AsJson, InLanguage
from tillerman.cli.words import Language


def diff(
    first: Annotated[str, typer.Argument(metavar="FIRST", help="A shipped country's name, a folder, or a workbook.")],
    second: Annotated[str, typer.Argument(metavar="SECOND", help="Another one.")],
    *,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """What differs between two country files, in words.

    Every cell that changed, with the unit, and every row that is new or gone. The files may be of different kinds:
    a folder and the workbook made from it do not differ.
    """
    from tillerman.cli.screen import Screen
    from tillerman.cli.views.difference import view_difference
    from tillerman.cli.views.schema import to_json
    from tillerman.country import Purpose, load
    from tillerman.country import diff as compare

    one, two = (load(source, purpose=Purpose.LOAD) for source in (first, second))
    view = view_difference(one.content_hash, two.content_hash, compare(one, two))
    if as_json:
        typer.echo(to_json(view))
        return
    screen = Screen(language)
    if view.is_same:
        screen.line(screen.say["diff.same"])
    for change in view.changes:
        screen.record(change.text)
