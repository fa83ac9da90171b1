"""`tillerman show`: how well a country file is known, and what each of its numbers rests on."""

from __future__ import annotations

from typing import Annotated

import typer

from tillerman.cli.options import AsJson, InLanguage, Source
from tillerman.cli.words import Language


def show(
    country: Source,
    *,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="List every number with its range, grade and source.")
    ] = False,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """How well a country file is known, and what it rests on.

    Its numbers by grade of evidence, how fresh they are, what is missing, and every source. A number without evidence
    is an assumption and shows as one.
    """
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.evidence import show_evidence
    from tillerman.cli.views.evidence import view_evidence
    from tillerman.cli.views.schema import to_json
    from tillerman.country import Purpose, load

    view = view_evidence(load(country, purpose=Purpose.LOAD), with_numbers=evidence)
    if as_json:
        typer.echo(to_json(view))
    else:
        show_evidence(view, Screen(language))
