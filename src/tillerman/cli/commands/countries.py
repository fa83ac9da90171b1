"""`tillerman countries`: the country files that come with the package."""

from __future__ import annotations

import typer

from tillerman.cli.options import AsJson, InLanguage
from tillerman.words import Language


def countries(*, as_json: AsJson = False, language: InLanguage = Language.ENGLISH) -> None:
    """The country files that come with the package.

    What each rests on, by kind of source and freshness; what it lacks; and whether an answer is stored that speaks of
    the very same file. Sorted by name and never ranked: a wide range means that less has been published, not that
    things are worse.
    """
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.countries import show_countries
    from tillerman.cli.views.countries import view_countries
    from tillerman.country import load, shipped
    from tillerman.plain import to_json

    view = view_countries(tuple(load(name) for name in shipped()), _stored)
    if as_json:
        typer.echo(to_json(view))
    else:
        show_countries(view, Screen(language))


def _stored(name: str) -> tuple[str, int] | None:
    """The hash of the file that a stored answer speaks of, and its possible futures; None where there is none."""
    from tillerman.errors import StudyError
    from tillerman.study import stored

    try:
        found = stored(name)
    except StudyError:
        return None  # of another version of this program: as good as none
    return None if found is None else (found.input_hash, found.request.n_futures)
