"""The program as a whole: help, version, exit codes, and how trouble is told."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.house.commands import PAGE, page_of
from tillerman.cli import app
from tillerman.cli.exits import ExitCode, code_of, tell
from tillerman.errors import ClashError, CountryFileError, EngineError, Problem, SettingError, StudyError
from tillerman.words import Language, words

TILLERMAN = Path(sys.executable).parent / "tillerman"


def test_page_of_commands_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page about commands says what the program says (to renew: python -m tests.house.commands)."""
    monkeypatch.setenv("NO_COLOR", "1")

    assert PAGE.read_text("utf-8") == page_of(app)


def test_page_explains_every_exit_code() -> None:
    """Each exit code stands on the page."""
    text = PAGE.read_text("utf-8")

    for code in ExitCode:
        assert f" {int(code)} " in text


@pytest.mark.time_limit(seconds=30, reason="starts the program five times, on a machine that other tests share")
def test_help_comes_at_once() -> None:
    """`tillerman --help` takes at most 0.6 s, the best of five.

    Counted is the time it computes, where the system tells: it waits for nothing but a machine that others keep busy.
    """
    best = 60.0
    for _ in range(5):
        start, before = time.perf_counter(), os.times()
        subprocess.run([TILLERMAN, "--help"], capture_output=True, check=True)
        after = os.times()
        computed = after.children_user + after.children_system - before.children_user - before.children_system
        best = min(best, computed or time.perf_counter() - start)

    assert best <= 0.6


def test_help_imports_no_room() -> None:
    """Help loads no library that a calculation needs."""
    code = (
        "import sys; from tillerman.cli import app; app(['--help'], standalone_mode=False);"
        "print(sorted({'numpy', 'scipy', 'rich', 'openpyxl', 'tillerman.country'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stderr.strip() == "[]"


def test_version_is_told(program: Program) -> None:
    """--version prints name and version."""
    assert program("--version").out.startswith("tillerman 0.")


def test_shipped_countries_are_sorted_by_name_and_not_ranked(program: Program) -> None:
    """The list of countries is in order of name, and says why no order of merit is meant."""
    done = program("countries")

    assert done.flat.index("hand ") < done.flat.index("kenya ")
    assert "not that things are worse" in done.flat


PROBLEM = Problem("sites.csv:2 capacity_h100e", "-1", "a number of 0 or more", "Correct it.")


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (KeyboardInterrupt(), 130, ["Stopped. No result was written."]),
        (CountryFileError("mine", [PROBLEM]), 2, ["mine: 1 problem", f"- {PROBLEM}"]),
        (CountryFileError("mine", [PROBLEM, PROBLEM]), 2, ["mine: 2 problems", f"- {PROBLEM}", f"- {PROBLEM}"]),
        (SettingError("--seed", -1, "0 or more"), 2, ["--seed: found -1; expected 0 or more."]),
        (StudyError("x.study: not a study"), 2, ["x.study: not a study"]),
        (
            ClashError(["budget of 2027", "target for the clinic"]),
            3,
            [
                (
                    "No plan satisfies all the rules. These cannot hold together:\n  - budget of 2027\n"
                    "  - target for the clinic\nRelax any one of them and the others can hold."
                )
            ],
        ),
        (EngineError("state 3."), 1, ["The calculation was withheld: state 3. Please report this."]),
        (
            PermissionError(13, "Permission denied", "out/x.html"),
            1,
            ["out/x.html: Permission denied. Check that the disk has room and that you may write there."],
        ),
    ],
)
def test_every_error_has_its_code_and_words(error: BaseException, code: int, says: list[str]) -> None:
    """Each kind of error leaves with its exit code and one message a problem."""
    lines: list[str] = []
    tell(error, words(Language.ENGLISH), lines.append)

    assert code_of(error) == code
    assert lines == says


def test_a_mistake_of_ours_is_seen_whole() -> None:
    """An error that is not the user's has no exit code of its own, so that it is reported with its traceback."""
    assert code_of(ZeroDivisionError()) is None


def test_interruption_is_told(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C leaves a message and code 130."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tillerman.country.shipped", stop)
    done = program("countries")

    assert done.code == 130
    assert done.err.strip() == "Stopped. No result was written."


def test_debugging_lets_errors_through(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """With TILLERMAN_DEBUG set, an error arrives with its traceback."""
    monkeypatch.setenv("TILLERMAN_DEBUG", "1")

    with pytest.raises(CountryFileError, match="no such file"):
        program("check", "no/such/folder")


@pytest.mark.parametrize("command", [("exposure", "hand"), ("countries",), ("check", "hand"), ("show", "hand")])
def test_screens_speak_chinese(program: Program, command: tuple[str, ...]) -> None:
    """--lang zh-Hant changes every heading; names in the file stay as they are."""
    done = program(*command, "--lang", "zh-Hant")

    assert done.code == 0
    assert re.search(r"[\u4e00-\u9fff]", done.out)
    assert "What " not in done.out.replace("What others can stop", "")


@pytest.mark.parametrize("lang", [("--lang", "zh-Hant"), ("--lang=zh-Hant",)])
def test_trouble_is_told_in_the_language_of_the_screen(program: Program, lang: tuple[str, ...]) -> None:
    """An error of a command that was asked to speak Chinese is told in Chinese, its four parts in order."""
    done = program("check", "kenia", *lang)

    assert done.code == 2
    assert done.err.startswith("國家檔案：讀到 'kenia'；應為隨附檔案的名稱")
    assert "最接近的名稱：kenya、" in done.err


def test_problems_are_told_in_the_language_of_the_screen(program: Program, tmp_path: Path) -> None:
    """A problem of a file is told in Chinese; in JSON it stays as programs know it."""
    folder = tmp_path / "mine"
    program("convert", "hand", str(folder))
    sites = folder / "sites.csv"
    head, row, *rest = sites.read_text("utf-8").splitlines()
    sites.write_text("\n".join([head, row.replace(row.split(",")[0], "no such site", 1), *rest]), "utf-8")

    told = program("check", str(folder), "--lang", "zh-Hant")
    kept = program("check", str(folder), "--lang", "zh-Hant", "--json")

    assert "sites.csv:第 2 列:id：讀到 'no such site'；應為" in told.err
    assert "found" not in told.err
    assert "row 2:id" in kept.out


def test_names_of_a_file_follow_the_language(program: Program) -> None:
    """On a Chinese screen a shipped file's services go by their Chinese names, and so does the country."""
    done = program("exposure", "kenya", "--without", "中國", "--lang", "zh-Hant")

    assert done.flat.startswith("他人能中止什麼：肯亞")
    assert "若沒有中國" in done.flat
    assert "eCitizen 民眾問答" in done.flat
