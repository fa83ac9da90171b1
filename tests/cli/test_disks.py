"""Disks that are full, places that cannot be written to, and folders in use for something else."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tillerman.cli.exits import ExitCode, code_of, tell
from tillerman.country import load, write
from tillerman.words import Language, words

needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")


def _fail(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")  # as the system says it: without a name


def test_a_full_disk_names_the_file_that_was_written(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook that does not fit is named, the code is 1, and nothing is left."""
    monkeypatch.setattr("os.fdopen", _fail)
    done = program("convert", "hand", str(tmp_path / "hand.xlsx"))

    assert done.code == 1
    assert done.err.strip() == (
        f"{tmp_path / 'hand.xlsx'}: No space left on device. Check that the disk has room and that you may write there."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_names_the_folder_that_was_written(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same holds for a folder, and the old one stands."""
    target = write(load("hand"), tmp_path / "hand")
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    monkeypatch.setattr(Path, "write_bytes", _fail)
    done = program("convert", "kenya", str(target), "--replace")

    assert done.code == 1
    assert f"{target}: No space left on device" in done.err
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["hand"]


def test_a_full_disk_under_a_study_is_told(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the database says of a full disk reaches the user as words with code 1."""

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("tillerman.archive.saving._fill", full)
    done = program("plan", "hand", "--futures", "1", "--out", str(tmp_path))

    assert done.code == 1
    assert "database or disk is full. Check that the disk has room" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["hand.search"]


def test_a_full_disk_under_a_search_names_it(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be kept is named, and half of it does not go on filling the disk."""

    def full(_memory: object, path: Path) -> None:
        path.with_name(path.name + ".part").write_bytes(b"half")
        _fail()

    monkeypatch.setattr("tillerman.twostage.search.save_memory", full)
    done = program("plan", "hand", "--futures", "1", "--out", str(tmp_path))

    assert done.code == 1
    assert f"{tmp_path / 'hand.search'}: No space left on device" in done.err
    assert list(tmp_path.iterdir()) == []


@needs_full
@pytest.mark.parametrize("arguments", [("countries",), ("exposure", "hand", "--json")])
def test_a_screen_that_cannot_be_written_is_told(arguments: tuple[str, ...]) -> None:
    """Standard output on a full disk ends with code 1 and one line."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tillerman", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "No space left on device"
    assert "Traceback" not in done.stderr


def test_a_pipe_that_was_closed_is_no_trouble() -> None:
    """Whoever reads along may stop: that is not told as an error."""
    assert code_of(BrokenPipeError(32, "Broken pipe")) is None
    assert code_of(OSError(28, "No space left on device")) is ExitCode.FAILED


def test_an_error_without_words_of_the_system_is_told() -> None:
    """Errors of the standard library that carry only a sentence keep it."""
    lines: list[str] = []
    tell(OSError("`x` is a named pipe"), words(Language.ENGLISH), lines.append)

    assert lines == ["`x` is a named pipe"]


def test_a_folder_in_use_is_not_replaced(program: Program, tmp_path: Path) -> None:
    """A folder without a country file, such as a home folder, is refused: all of it would have to be copied."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("dear", "utf-8")
    done = program("convert", "hand", str(tmp_path / "letters"), "--replace")

    assert done.code == 2
    assert "expected a new or empty folder, or one that holds a country file" in done.err
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["one.txt"]


def test_an_empty_folder_is_filled(program: Program, tmp_path: Path) -> None:
    """An empty folder may be written into."""
    assert program("convert", "hand", str(tmp_path), "--replace").code == 0
    assert load(tmp_path) == load("hand")


@pytest.mark.skipif(sys.platform == "win32", reason="needs another operating system: makes a link")
def test_a_link_to_a_folder_stays_a_link(program: Program, tmp_path: Path) -> None:
    """Writing through a link writes into the folder it means, and leaves nothing beside it."""
    write(load("hand"), tmp_path / "real")
    (tmp_path / "link").symlink_to("real")

    assert program("convert", "kenya", str(tmp_path / "link"), "--replace").code == 0
    assert (tmp_path / "link").readlink() == Path("real")
    assert load(tmp_path / "real").frame.code == "KE"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "real"]


def test_a_place_for_influence_is_looked_at_first(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A study of influence that could not be written is refused before the work of it."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("tillerman.plan.influence.influence", never)
    done = program("show", "hand", "--by-influence", "--out", str(tmp_path))

    assert done.code == 2
    assert "expected no folder of that name" in done.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--futures", "99999999999"), "expected 1 to 5,000,000"),
        (("--seed", "-1"), "expected 0 to 9,223,372,036,854,775,807"),
        (("--budget", "99t"), "expected 0 to 10,000,000"),
        (("--currency", "GBP"), "expected XTS or USD"),
    ],
)
def test_limits_are_told_in_full(program: Program, tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    """What a setting may be is written out, never in powers of ten."""
    done = program("plan", "hand", "--out", str(tmp_path), *arguments)

    assert done.code == 2
    assert says in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs another operating system: a name with a control character")
def test_a_name_cannot_disturb_the_terminal(program: Program, tmp_path: Path) -> None:
    """What trouble is told of a file with a wild name holds no control character, and each problem has its line."""
    folder = tmp_path / "a\x1b[31mb\u202e"
    folder.mkdir()
    (folder / "sites\x1b.csv").write_text("id\n", "utf-8")
    done = program("plan", str(folder))

    assert done.code == 2
    assert "\x1b" not in done.err
    assert "\u202e" not in done.err
    assert [line[:2] for line in done.err.splitlines()[1:]] == ["- ", "- "]
