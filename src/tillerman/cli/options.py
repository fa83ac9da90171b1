"""Arguments and options that several commands share, each worded once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tillerman.settings import SETTINGS
from tillerman.words import Language

if TYPE_CHECKING:
    from tillerman.country import Country
    from tillerman.plan import Request

Source = Annotated[
    str, typer.Argument(metavar="COUNTRY", help="A shipped country's name, a folder, or an .xlsx workbook.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, for machines.")]
InLanguage = Annotated[Language, typer.Option("--lang", help="The language of the screen.")]

NumberOfFutures = Annotated[int, typer.Option("--futures", help=SETTINGS["futures"].doc)]
FuturesOrAuto = Annotated[
    str,
    typer.Option(
        "--futures",
        metavar="N",
        help=SETTINGS["futures"].doc + " With auto, as many as it needs: 20, 40, 80 and so on, up to 640.",
    ),
]
AUTO = "auto"
Seed = Annotated[int, typer.Option(help=SETTINGS["seed"].doc)]
RiskAversion = Annotated[float, typer.Option(help=SETTINGS["risk_aversion"].doc)]
Budget = Annotated[
    str | None,
    typer.Option(
        metavar="AMOUNT",
        help="Public money a year instead of the file's, in US$ unless it names a currency: 250m, 'KES 30bn'.",
    ),
]
InCurrency = Annotated[
    str | None, typer.Option(metavar="CODE", help="The currency told first: the country's own, or USD.")
]
NoGeopolitics = Annotated[
    bool, typer.Option("--no-geopolitics", help="Plan as if nobody ever cut anyone off on purpose.")
]

Likelihood = Annotated[float, typer.Option(help=SETTINGS["likelihood"].doc)]
Distrust = Annotated[
    list[str] | None,
    typer.Option("--distrust", metavar="WHO=TIMES", help=SETTINGS["distrust"].doc + " Such as US=3; may be repeated."),
]


def distrust_of(options: list[str] | None) -> tuple[tuple[str, float], ...]:
    """Whom the options distrust, and how many times. Raises SettingError for an option that says neither."""
    from tillerman.errors import SettingError

    found = []
    for text in options or ():
        who, _, times = text.rpartition("=")
        try:
            found.append((who.strip(), float(times)))
        except ValueError:
            raise SettingError("--distrust", text, "WHO=TIMES, such as US=3") from None
        if not who.strip():
            raise SettingError("--distrust", text, "WHO=TIMES, such as US=3")
    return tuple(found)


Resume = Annotated[
    bool,
    typer.Option("--resume", help="Go on from the search that an earlier run has kept in the folder."),
]

With = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="QUESTIONS",
        help="Questions to answer too and to keep in report, workbook and study: levers, frontier, alternatives, "
        "flips, options, ambiguity, left_out; several as a,b.",
    ),
]


def questions_of(asked: list[str] | None) -> tuple[str, ...]:
    """The questions that --with names, each once. Raises SettingError for a name that is no question."""
    from tillerman.plan.questions import known

    return known(name.strip() for text in asked or () for name in text.split(",") if name.strip())


FromSearch = Annotated[
    Path | None, typer.Option("--resume", metavar="FILE", help="Begin from a search that `plan` has kept.")
]


def budget_of(country: Country, budget: str | None) -> float | None:
    """The budget that the option names, in million US$ a year; None where nothing is said. Raises its own errors."""
    from tillerman.units import DOLLAR, Currency, parse_money

    if budget is None:
        return None
    own = Currency(country.frame.currency, country.frame.currency_per_usd)
    return SETTINGS["budget_musd_per_year"].check(parse_money(budget, (own, DOLLAR), where="--budget"))


def futures_of(text: str, *, resume: bool) -> int | None:
    """How many futures the option names; None for as many as are needed, which has no one search to resume.

    Raises:
        SettingError: for anything else, and for auto where a search is to be resumed.
    """
    from tillerman.errors import SettingError

    if text.strip().lower() == AUTO:
        if resume:
            remedy = "Name the number of futures to go on with."
            raise SettingError("--resume", f"--futures {AUTO}", "a number of futures", remedy)
        return None
    try:
        return int(text)
    except ValueError as error:
        raise SettingError("--futures", text, f"a whole number or {AUTO}") from error


def request_of(
    country: Country, *, futures: int, seed: int, risk_aversion: float, budget: str | None, no_geopolitics: bool
) -> Request:
    """What the options ask for. Raises SettingError where one is out of its limits."""
    from tillerman.plan import make_request

    return make_request(
        country,
        futures=futures,
        seed=seed,
        risk_aversion=risk_aversion,
        budget_musd_per_year=budget_of(country, budget),
        geopolitics=not no_geopolitics,
    )
