"""`tillerman plan`: the main job. A country in; a plan on the screen, its report, workbook and study in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tillerman.cli.options import (
    AsJson,
    Budget,
    Distrust,
    FuturesOrAuto,
    InCurrency,
    InLanguage,
    Likelihood,
    NoGeopolitics,
    Resume,
    RiskAversion,
    Seed,
    Source,
    With,
    distrust_of,
    futures_of,
    questions_of,
    request_of,
)
from tillerman.settings import SETTINGS
from tillerman.words import Language

if TYPE_CHECKING:
    from tillerman.cli.screen import Screen
    from tillerman.country import Country

CERTIFY = "Price the plan on N fresh futures too, each with its states solved exactly."
_FUTURES, _SEED, _AVERSION = SETTINGS["futures"], SETTINGS["seed"], SETTINGS["risk_aversion"]


def plan(
    country: Source,
    *,
    futures: FuturesOrAuto = str(int(_FUTURES.default)),
    seed: Seed = int(_SEED.default),
    risk_aversion: RiskAversion = _AVERSION.default,
    budget: Budget = None,
    currency: InCurrency = None,
    no_geopolitics: NoGeopolitics = False,
    likelihood: Likelihood = SETTINGS["likelihood"].default,
    distrust: Distrust = None,
    resume: Resume = False,
    asked: With = None,
    certify: Annotated[
        int | None,
        typer.Option(metavar="N", help=CERTIFY),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Send the states to a dask cluster, tcp://host:8786; see use-a-cluster."),
    ] = None,
    ambiguity: Annotated[
        bool, typer.Option("--ambiguity", help="Price the plan over the ranges of all yearly chances too.")
    ] = False,
    as_json: AsJson = False,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for report, workbook and study.")] = Path(),
    language: InLanguage = Language.ENGLISH,
) -> None:
    """What to build, sign, train and run, and what it keeps running.

    First comes the stored answer of a shipped country, then progress on standard error, then the plan: what keeps
    running today and with the plan; what to do by year; how free each layer is; the most serious single loss; three
    accounts; other plans beside it; break-even chances; how far to trust it. It writes kenya-plan.html,
    kenya-plan.xlsx and kenya.study. What the search has proved is kept in kenya.search while it runs: stopped, by
    Ctrl-C or a crash, it goes on from there with --resume.
    """
    from dataclasses import replace

    from tillerman.cli.screen import Screen
    from tillerman.cli.screens.dials import tell_dials
    from tillerman.cli.screens.purse import purse_of
    from tillerman.country import load
    from tillerman.plan.dials import Dials, turned

    screen = Screen(language)
    loaded = load(country)
    purse = purse_of(loaded.frame, currency)
    wanted = futures_of(futures, resume=resume)
    request = request_of(
        loaded,
        futures=int(_FUTURES.default) if wanted is None else wanted,
        seed=seed,
        risk_aversion=risk_aversion,
        budget=budget,
        no_geopolitics=no_geopolitics,
    )
    dials = turned(loaded, request, Dials(likelihood=likelihood, distrust=distrust_of(distrust)))
    loaded = dials.country
    questions = (*questions_of(asked), "foresight", *(("ambiguity",) if ambiguity else ()))
    if certify is not None:
        replace(_FUTURES, name="--certify", doc=CERTIFY).check(certify)

    from tillerman.cli.progress import progress
    from tillerman.cli.screens.plan import show_plan
    from tillerman.cli.views.basis import view_basis
    from tillerman.cli.views.plan import view_plan
    from tillerman.plain import to_json
    from tillerman.study import files_in, refuse_folder, write

    files = files_in(out, loaded)
    refuse_folder(files, country)
    if dials.changes or dials.idle:
        tell_dials(dials, screen)
    elif not as_json:
        _show_stored(country, loaded, screen)

    from tillerman.cli.searching import grow, reach, search
    from tillerman.plan import ask, plan_of, prepare

    reach(scheduler)
    with progress(screen) as tell:
        if wanted is None:
            base = grow(loaded, request, files.search, screen, tell, scheduler=scheduler)
        else:
            base = search(
                prepare(loaded, request, progress=tell), files.search, screen, tell, resume=resume, scheduler=scheduler
            )
        found = ask(plan_of(base, progress=tell), questions, progress=tell)
        if certify is not None:
            found = replace(found, asked=replace(found.asked, certified=found.certified(certify, progress=tell)))
        tell("Writing", None)
        write(found, files, language=language)
    view = view_plan(found, note=screen.say("standard"), files=files, basis=view_basis(loaded, language))
    if as_json:
        typer.echo(to_json(view))
    else:
        show_plan(screen.told(view, loaded), screen, purse)


def _show_stored(source: str, loaded: Country, screen: Screen) -> None:
    """The first screen, at once, from the answer that is shipped with a country; a stale one is named and left out."""
    from tillerman.cli.screens.plan import show_first
    from tillerman.cli.views.plan import view_plan
    from tillerman.errors import StudyError
    from tillerman.study import stored

    say = screen.say
    try:
        found = stored(source)
    except StudyError as error:
        screen.remark(say("stored.unreadable", reason=error))
        return
    if found is None:
        return
    mark = found.input_hash[:12]
    if found.input_hash != loaded.content_hash:
        screen.remark(say("stored.stale", hash=mark))
        return
    screen.line(say("stored.shown", n=f"{found.request.n_futures:,}", hash=mark), style="dim")
    show_first(screen.told(view_plan(found, note=say("standard")), loaded), screen)
    screen.line("")
