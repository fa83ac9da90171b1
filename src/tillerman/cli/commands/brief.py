"""`tillerman brief`: a stored plan as two pages for a minister, ten for an adviser, everything for an analyst."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tillerman.cli.options import InLanguage
from tillerman.labels import Level, Reader
from tillerman.words import Language

if TYPE_CHECKING:
    from tillerman.brief import Document
    from tillerman.plan import Plan


def brief(
    country: Annotated[
        str, typer.Argument(metavar="COUNTRY", help="A shipped country's name, or the .study file of a plan.")
    ],
    *,
    reader: Annotated[
        Reader, typer.Option("--for", help="Two pages for a minister, ten for an adviser, all of it for an analyst.")
    ] = Reader.MINISTER,
    level: Annotated[
        Level | None,
        typer.Option(
            help="Who may read it, and so what it leaves out. Where nothing is said: public for a shipped country, "
            "government for a file of your own."
        ),
    ] = None,
    html: Annotated[
        bool, typer.Option("--html", help="Write a page; so it is where nothing else is asked for.")
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Write a tagged PDF.")] = False,
    docx: Annotated[bool, typer.Option("--docx", help="Write a Word file.")] = False,
    minguo: Annotated[bool, typer.Option("--minguo", help="Count the years of dates from 1912.")] = False,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write to.")] = Path(),
    language: InLanguage = Language.ENGLISH,
) -> None:
    """A plan as a brief that survives a cabinet meeting.

    From a stored plan, in seconds: what is asked, the answer, what keeps running, three reasons, what to sign, what it
    costs and what doing nothing costs, what could go wrong, what would change the advice, and how sure that is.
    """
    from tillerman.brief import compose
    from tillerman.cli.screen import Screen
    from tillerman.country import shipped
    from tillerman.levels import level_for
    from tillerman.study import kept_plan, refuse_place

    plan = kept_plan(country)
    chosen = level or level_for(is_shipped=country in shipped())
    told = compose(plan, reader=reader, level=chosen, language=language, minguo=minguo)
    kinds = [kind for kind, is_asked in (("html", html), ("pdf", pdf), ("docx", docx)) if is_asked] or ["html"]
    paths = {kind: out / f"{_stem(plan, reader, language)}.{kind}" for kind in kinds}
    for path in paths.values():
        refuse_place(path)
    screen = Screen(language)
    screen.title(told.title)
    screen.line(screen.say("brief.written", level=told.level_told))
    screen.items([str(_write(told, plan, kind, path)) for kind, path in paths.items()])
    screen.line(told.standard, style="dim")


def _stem(plan: Plan, reader: Reader, language: Language) -> str:
    """A file's name without its ending: kenya-brief, kenya-brief-adviser, kenya-brief-zh-Hant."""
    parts = [plan.country.name.removesuffix("-plan").strip(".") or "country", "brief"]
    parts += [reader.value] if reader is not Reader.MINISTER else []
    parts += [language.value] if language is not Language.ENGLISH else []
    return "-".join(parts)


def _write(told: Document, plan: Plan, kind: str, path: Path) -> Path:
    from tillerman.brief import dated, write_docx, write_html, write_pdf

    match kind:
        case "pdf":
            return write_pdf(told, path, dated=dated(plan.country))
        case "docx":
            return write_docx(told, path, dated=dated(plan.country))
        case _:
            return write_html(told, path)
