"""The reference page of the command line, made from the program itself: `python -m tests.house.commands` writes it."""

import importlib
import inspect
import os

import typer
from typer.core import TyperCommand, TyperGroup

from tests.house.fences import ROOT

PAGE = ROOT / "docs" / "reference" / "cli.md"
HEAD = """# Commands

<!-- Made from the program: do not edit. To renew it: .venv/bin/python -m tests.house.commands -->
"""


def page_of(app: typer.Typer) -> str:
    """The reference page of a command-line program: every command with what its --help says."""
    return "\n".join([HEAD, *_sections(typer.main.get_command(app), "tillerman")])


def _sections(command: object, path: str) -> list[str]:
    """The lines about a command, then those about its own commands."""
    assert isinstance(command, TyperCommand | TyperGroup)
    lines = [f"## `{path}`", "", *_prose(command.help or ""), *_parameters(command, path)]
    if isinstance(command, TyperGroup):
        for name in sorted(command.commands):
            if not command.commands[name].hidden:
                lines += _sections(command.commands[name], f"{path} {name}")
    return lines


def _prose(text: str) -> list[str]:
    """A help text as paragraphs."""
    paragraphs = [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n")]
    return [line for paragraph in paragraphs if paragraph for line in (paragraph, "")]


def _parameters(command: TyperCommand | TyperGroup, path: str) -> list[str]:
    """A table of what a command takes, in the words of its --help."""
    context = command.context_class(command, info_name=path)
    records = [parameter.get_help_record(context) for parameter in command.params]
    rows = [f"| `{_cell(record[0])}` | {_cell(record[1])} |" for record in records if record]
    return rows and ["| argument or option | meaning |", "| --- | --- |", *rows, ""]


def _cell(text: str) -> str:
    """A text that may stand in a table."""
    return " ".join(text.split()).replace("|", r"\|")


if __name__ == "__main__":
    os.environ["NO_COLOR"] = "1"
    PAGE.write_text(page_of(importlib.import_module("tillerman.cli").app), "utf-8")
