"""`tillerman show`: how well a country file is known, what each of its numbers rests on, and which of them decide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tillerman.cli.options import AsJson, InLanguage, Source
from tillerman.words import Language

if TYPE_CHECKING:
    from tillerman.cli.screen import Screen
    from tillerman.country import Country
    from tillerman.plan.influence_result import InfluenceStudy


def show(
    country: Source,
    *,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="List every number with its range, grade and source.")
    ] = False,
    by_influence: Annotated[
        bool,
        typer.Option(
            "--by-influence",
            help="List the numbers that decide the plan, most influential first, instead. Stored for a shipped "
            "country; for other files it takes long.",
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Work the influence out anew and write it to this CSV file too."),
    ] = None,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """How well a country file is known, and what it rests on.

    Its numbers by grade of evidence, how fresh they are, what is missing, and every source. A number without evidence
    is an assumption and shows as one.
    """
    from tillerman.cli.screen import Screen
    from tillerman.country import Purpose, load
    from tillerman.plain import to_json

    screen = Screen(language)
    if by_influence:
        from tillerman.cli.screens.influence import show_influence
        from tillerman.cli.views.influence import view_influence
        from tillerman.study import refuse_place

        if out is not None:
            refuse_place(out)
        decided = view_influence(_influence(load(country), out, screen))
        if as_json:
            typer.echo(to_json(decided))
        else:
            show_influence(decided, screen)
        return
    from tillerman.cli.screens.evidence import show_evidence
    from tillerman.cli.views.evidence import view_evidence

    view = view_evidence(load(country, purpose=Purpose.LOAD), with_numbers=evidence)
    if as_json:
        typer.echo(to_json(view))
    else:
        show_evidence(view, screen)


def _influence(loaded: Country, out: Path | None, screen: Screen) -> InfluenceStudy:
    """The stored study where it speaks of this very file, else a new one."""
    from tillerman.plan.influence_file import stored_influence, write_influence

    say = screen.say
    found = stored_influence(loaded.name) if out is None else None
    if found is not None:
        mark = found.content_hash[:12]
        if found.content_hash == loaded.content_hash:
            screen.remark(say("influence.stored", hash=mark))
            return found
        screen.remark(say("influence.stale", hash=mark))

    from tillerman.cli.progress import progress
    from tillerman.plan.influence import influence

    with progress(screen) as tell:
        # counts only where the line moves: elsewhere each would be a line of its own
        is_moving = screen.err.is_terminal

        def listen(stage: str, done: int, of: int) -> None:
            text = say(f"influence.stage.{stage}")
            tell(f"{text} ({done}/{of})" if is_moving else text, None)

        study = influence(loaded, progress=listen)
    if out is not None:
        write_influence(study, out)
        screen.remark(say("influence.written", path=out))
    return study
