"""The set-up script: installs once, again when the pins change, and never believes a broken installation."""

import importlib.machinery
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.fences import ROOT


@pytest.fixture
def go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, in a made-up project whose environment looks ready and where nothing is really run."""
    loader = importlib.machinery.SourceFileLoader("go_script", str(ROOT / "go"))
    spec = importlib.util.spec_from_loader("go_script", loader)
    assert spec is not None
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # a cache file beside the script would lie in the root
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    for name in ("go", "pyproject.toml", "requirements.txt", "requirements-test.txt"):
        (tmp_path / name).write_text(name)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("")
    monkeypatch.setattr(module, "HERE", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", python)
    monkeypatch.setattr(module, "TILLERMAN", python.with_name("tillerman"))
    return module


@pytest.fixture
def ran(go: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that the script runs, or becomes, in order."""
    commands: list[list[str]] = []

    def run(command: list[object], **_settings: object) -> None:
        commands.append([str(part) for part in command])

    monkeypatch.setattr(go.subprocess, "run", run)
    monkeypatch.setattr(go.os, "execv", lambda _program, command: commands.append(command))
    return commands


def test_second_run_installs_nothing(go: ModuleType, ran: list[list[str]]) -> None:
    """The first run installs; the next one starts the program at once."""
    go.main(["plan", "kenya"])
    first = len(ran)
    go.main(["plan", "kenya"])

    assert first == 3
    assert [Path(ran[-1][0]).name, *ran[-1][1:]] == ["tillerman", "plan", "kenya"]
    assert len(ran) == first + 1


def test_test_requirements_serve_both(go: ModuleType, ran: list[list[str]]) -> None:
    """After the tests were set up, a plan needs no installation; the other way round it does."""
    go.main(["test", "-x"])
    go.main(["plan", "kenya"])
    after_test = len(ran)

    assert ran[2][1:3] == ["-m", "pytest"]
    assert ran[2][-1] == "-x"
    assert after_test == 4


def test_plan_requirements_do_not_serve_the_tests(go: ModuleType, ran: list[list[str]]) -> None:
    """After a plan was set up, the tests still need their own packages."""
    go.main(["plan", "kenya"])
    before = len(ran)
    go.main(["test"])

    assert len(ran) == before + 3


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml", "go"])
def test_changed_pins_install_again(go: ModuleType, ran: list[list[str]], tmp_path: Path, name: str) -> None:
    """A change to the pins, the project file or the script is noticed."""
    go.main(["plan", "kenya"])
    before = len(ran)
    (tmp_path / name).write_text("changed")
    go.main(["plan", "kenya"])

    assert len(ran) == before + 3


def test_broken_installation_is_not_believed(
    go: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An installation that fails over an older good one leaves nothing marked as installed, and says what to do."""
    go.main(["plan", "kenya"])
    (tmp_path / "requirements.txt").write_text("changed")

    def fail(command: list[object], **_settings: object) -> None:
        raise subprocess.CalledProcessError(2, [str(part) for part in command])

    monkeypatch.setattr(go.subprocess, "run", fail)
    with pytest.raises(SystemExit, match="Setting up failed"):
        go.main(["plan", "kenya"])

    assert ran[-1][-1] == "kenya"
    assert not go.is_installed("requirements.txt")
    assert list((tmp_path / ".venv").glob("installed-*")) == []


def test_old_python_is_refused_in_words(go: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that is too old is told which ones will do, before anything is made."""
    go.PYTHON.unlink()
    monkeypatch.setattr(go.sys, "version_info", (3, 10, 13))

    with pytest.raises(SystemExit, match=r"needs 3\.11 to 3\.14"):
        go.main(["plan", "kenya"])

    assert ran == []
