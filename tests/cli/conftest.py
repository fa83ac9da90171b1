"""A terminal of known width, without colour, for every test of the command line."""

import pytest
from typer.testing import CliRunner

from tillerman.cli import app


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same width and no colour on every machine."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.delenv("TILLERMAN_DEBUG", raising=False)


class Program:
    """The program, run in this process."""

    def __call__(self, *arguments: str) -> "Done":
        """Run a command and return what it said."""
        result = CliRunner().invoke(app, list(arguments))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Done(result.exit_code, result.stdout, result.stderr)


class Done:
    """What a command said, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    @property
    def flat(self) -> str:
        """Standard output as one line, however it was wrapped."""
        return " ".join(self.out.split())


@pytest.fixture
def program() -> Program:
    """The program, to be called with arguments."""
    return Program()
