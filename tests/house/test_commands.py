"""The page about the command line is made from the program, and says what the program says."""

from enum import StrEnum
from typing import Annotated

import pytest
import typer

from tests.house.commands import page_of


class Size(StrEnum):
    """A made-up choice."""

    SMALL = "small"
    LARGE = "large"


@pytest.fixture
def program() -> typer.Typer:
    """A made-up program with an argument, options of every sort, and a hidden command."""
    app = typer.Typer(help="Does things.")

    @app.command()
    def make(
        name: Annotated[str, typer.Argument(help="What to make.")],
        size: Annotated[Size, typer.Option(help="How large.")] = Size.SMALL,
        times: Annotated[int, typer.Option(help="How often.")] = 3,
        without: Annotated[list[str] | None, typer.Option("--without", "--cut", help="What | to leave out.")] = None,
        *,
        json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    ) -> None:
        """Make a thing.

        It is
        yours.
        """

    @app.command(hidden=True)
    def secret() -> None:
        """Not for people."""

    @app.command("list")
    def list_things() -> None:
        """List things."""

    return app


@pytest.mark.parametrize(
    "line",
    [
        "## `tillerman`",
        "Does things.",
        "## `tillerman make`",
        "It is yours.",
        "| `name <str>` | What to make. [required] |",
        r"| `--size <small\|large>` | How large. [default: small] |",
        "| `--times <int>` | How often. [default: 3] |",
        r"| `--without, --cut <list[str]>` | What \| to leave out. |",
        "| `--json` | For machines. |",
        "## `tillerman list`",
    ],
)
def test_page_says_what_the_program_takes(program: typer.Typer, line: str) -> None:
    """Every command, argument, option, choice and default is on the page."""
    assert line in page_of(program).splitlines()


def test_page_leaves_out_what_is_hidden(program: typer.Typer) -> None:
    """A hidden command is not on the page."""
    assert "secret" not in page_of(program)
