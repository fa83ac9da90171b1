"""The program `tillerman`: its commands, its help, and the one door through which every error leaves."""

from __future__ import annotations

import os
import signal
import sys
from itertools import pairwise
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from tillerman.cli.commands.alternatives import alternatives
from tillerman.cli.commands.ambiguity import ambiguity
from tillerman.cli.commands.ask import ask
from tillerman.cli.commands.brief import brief
from tillerman.cli.commands.calendar import calendar
from tillerman.cli.commands.check import check
from tillerman.cli.commands.compare import compare
from tillerman.cli.commands.convert import convert
from tillerman.cli.commands.countries import countries
from tillerman.cli.commands.diff import diff
from tillerman.cli.commands.doctor import doctor
from tillerman.cli.commands.event import event
from tillerman.cli.commands.exposure import exposure
from tillerman.cli.commands.flips import flips
from tillerman.cli.commands.foresight import foresight
from tillerman.cli.commands.frontier import frontier
from tillerman.cli.commands.import_ import import_
from tillerman.cli.commands.levers import levers
from tillerman.cli.commands.new import new
from tillerman.cli.commands.options import options
from tillerman.cli.commands.plan import plan
from tillerman.cli.commands.serve import serve
from tillerman.cli.commands.show import show
from tillerman.cli.commands.why_not import why_not
from tillerman.cli.exits import ExitCode, code_of, tell
from tillerman.cli.screen import clean
from tillerman.words import Language, words

HELP = """Plan a nation's freedom to choose in AI it does not own: what others can withdraw, and what to do first.

A country is the name of a shipped file (see `tillerman countries`), a folder, or an Excel workbook.
Everything runs on this machine; nothing calls the network.

Exit codes: 0 done; 1 the calculation or a disk failed; 2 the input is wrong (every problem is listed on standard
error, and nothing is written); 3 no plan satisfies all the rules (the clashing ones are listed); 130 stopped by Ctrl-C.

An aid to judgement: it compares choices under stated assumptions and does not predict the conduct of any state or firm.
"""
DEBUG = "TILLERMAN_DEBUG"  # set to anything, it lets an error through with its traceback


class _Door(TyperGroup):
    """Turns an error of the package into words and an exit code."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]  # noqa: ANN401 - as the method it replaces
        language = _language_of([*ctx._protected_args, *ctx.args])  # noqa: SLF001 - what the command was given
        try:
            return super().invoke(ctx)
        except (Exception, KeyboardInterrupt) as error:
            code = code_of(error)
            if code is None or os.environ.get(DEBUG):
                raise
            tell(error, words(language), _print)
            raise typer.Exit(code) from None


def _language_of(given: list[str]) -> Language:
    """The language that a command was asked to speak: trouble is told in it too."""
    asked = {*given, *(f"--lang={language}" for one, language in pairwise(given) if one == "--lang")}
    return next((language for language in Language if f"--lang={language}" in asked), Language.ENGLISH)


def _print(text: str) -> None:
    """Print on standard error, with nothing in a name able to disturb the terminal."""
    for line in text.splitlines():
        print(clean(line), file=sys.stderr)  # noqa: T201 - the screen may be what failed


app = typer.Typer(
    name="tillerman",
    cls=_Door,
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # drawing help with Rich takes as long as everything else together
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"tillerman {version('tillerman')}")
        raise typer.Exit(ExitCode.OK)


@app.callback()
def _program(
    *,
    _asked: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Stand for the options of the program as a whole."""


for command in (
    alternatives,
    ambiguity,
    ask,
    brief,
    calendar,
    check,
    compare,
    convert,
    countries,
    diff,
    doctor,
    event,
    exposure,
    flips,
    foresight,
    frontier,
    levers,
    new,
    options,
    plan,
    serve,
    show,
    why_not,
):
    app.command()(command)
app.command("import")(import_)
_program.__doc__ = HELP


def main() -> None:
    """Run the program as a terminal does."""
    # stopped from outside as by Ctrl-C: what was begun is taken away
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    app()
