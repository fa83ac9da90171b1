"""`tillerman check`: every problem at once, and how far a file gets you."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tillerman.country import load, to_workbook, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny country as a folder that a test may spoil."""
    return write(load("hand"), tmp_path / "mine")


def spoil(folder: Path, table: str, old: str, new: str) -> None:
    """Change a text in one table."""
    path = folder / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_sound_file_passes(program: Program, folder: Path) -> None:
    """A file without problems ends with code 0 and says what it can be used for."""
    done = program("check", str(folder))

    assert done.code == 0
    assert "nothing wrong found" in done.flat
    assert "A plan: possible" in done.flat
    assert done.err == ""


def test_every_problem_is_listed(program: Program, folder: Path) -> None:
    """Each mistake has its line on standard error, with where, found, expected and remedy; the code is 2."""
    spoil(folder, "holds", "farco_operates_api,farco,", "farco_operates_api,farc,")
    spoil(folder, "sites", "home_hall,,10,", "home_hall,,-10,")
    spoil(folder, "services", "10,0,3153.6,0,50", "12 %,0,3153.6,0,50")

    done = program("check", str(folder))

    assert done.code == 2
    assert "3 problems must be corrected" in done.err
    for told in ("found 'farc'; expected an id from parties", "found -10; expected", "found the percentage '12 %'"):
        assert told in done.err
    assert "1 thing to look at" in done.err
    assert done.err.count("; expected ") == 4
    assert "not possible before the errors above are corrected" in done.flat


def test_half_filled_file_says_how_far_it_gets(program: Program, folder: Path) -> None:
    """A file without disruptions is no error: exposure is possible, a plan is not yet, and what is missing is said."""
    (folder / "disruptions.csv").unlink()
    evidence = folder / "evidence.csv"
    evidence.write_text(
        "\n".join(x for x in evidence.read_text("utf-8").split("\n") if "disruptions" not in x), "utf-8"
    )

    done = program("check", str(folder))

    assert done.code == 0
    assert "What others can stop: possible" in done.flat
    assert "A plan: not yet possible" in done.flat
    assert "disruptions" in done.flat


def test_workbook_is_checked_too(program: Program, tmp_path: Path) -> None:
    """A workbook passes through the same door."""
    path = tmp_path / "hand.xlsx"
    to_workbook(load("hand"), path)

    assert program("check", str(path)).code == 0


def test_json_carries_problems_and_code(program: Program, folder: Path) -> None:
    """With --json the problems are in the object, and the code still says that something must be corrected."""
    spoil(folder, "parties", "home_state,The", ",The")

    done = program("check", str(folder), "--json")
    answer = json.loads(done.out)

    assert done.code == 2
    assert not answer["is_sound"]
    assert answer["problems"]
    assert all(problem["remedy"] for problem in answer["problems"])
