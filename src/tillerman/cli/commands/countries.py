"""`tillerman countries`: the country files that come with the package."""

from __future__ import annotations

import typer

from tillerman.cli.options import AsJson, InLanguage
from tillerman.cli.words import Language


def countries(*, as_json: AsJson = False, language: InLanguage = Language.ENGLISH) -> None:
    """The country files that come with the package.

    Sorted by name and never ranked: a wide range means that less has been published, not that things are
    worse.
    """
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.countries import show_countries
    from tillerman.cli.views.countries import view_countries
    from tillerman.cli.views.schema import to_json
    from tillerman.country import load, shipped

    view = view_countries(tuple(load(name) for name in shipped()))
    if as_json:
        typer.echo(to_json(view))
    else:
        show_countries(view, Screen(language))
