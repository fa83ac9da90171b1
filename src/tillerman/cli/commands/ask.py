"""`tillerman ask`: the next best question, whom to ask it, and a letter that asks it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tillerman.cli.options import AsJson, InCurrency, InLanguage, Source
from tillerman.words import Language

DRAWS = 48
TOLD_EVERY = 12  # draws between two words on how far it is


def ask(
    country: Source,
    *,
    draws: Annotated[int, typer.Option(min=12, max=10_000, help="How many times all open numbers are drawn.")] = DRAWS,
    futures: Annotated[int, typer.Option(min=1, max=1_000, help="In how many possible futures plans are priced.")] = 5,
    seed: Annotated[int, typer.Option(min=0, help="Which numbers and futures are drawn.")] = 1,
    letters: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write a draft letter for each question into this folder.")
    ] = None,
    currency: InCurrency = None,
    as_json: AsJson = False,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """Which numbers are worth asking for next, and whom to ask.

    Open numbers are drawn within their ranges and the plans to choose from are priced at each draw. A number is worth
    asking for as far as the best choice differs with its value; questions are listed by worth for each hour of work.
    When no further number would change the choice, it says so.
    """
    from tillerman.cli.progress import progress
    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.ask import letter_of, show_ask
    from tillerman.cli.screens.purse import purse_of
    from tillerman.cli.views.ask import view_ask
    from tillerman.country import load
    from tillerman.country.thirty import is_form, open_form
    from tillerman.plain import to_json

    screen = Screen(language)
    loaded = load(country)
    purse = purse_of(loaded.frame, currency)
    if letters is not None:
        from tillerman.study import refuse_place

        refuse_place(letters / "letter-1.txt")

    from tillerman.plan.enquiry import EnquiryTerms, FileSource, FormSource, enquire

    path = Path(country)
    source = FormSource(open_form(path)) if path.exists() and is_form(path) else FileSource(loaded)
    terms = EnquiryTerms(n_draws=draws, n_futures=futures, seed=seed)
    with progress(screen) as tell:

        def told(stage: str, done: int, of: int) -> None:
            if done % TOLD_EVERY == 0:
                tell(screen.say(f"ask.stage.{stage}", done=done, of=of), None)

        found = enquire(source, terms, progress=told)
    view = view_ask(found, loaded, note=screen.say("standard"), language=language)
    if letters is not None:
        letters.mkdir(parents=True, exist_ok=True)
        for rank, row in enumerate(view.questions, start=1):
            (letters / f"letter-{rank}.txt").write_text(letter_of(row, view, screen, purse), encoding="utf-8")
    if as_json:
        typer.echo(to_json(view))
    else:
        show_ask(screen.told(view, loaded), screen, purse)
