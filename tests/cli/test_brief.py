"""`tillerman brief`: what it writes, by which name and for whom, and what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tillerman.study import PACKS


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A study of somebody's own: Kenya's under another name."""
    return Path(shutil.copy(PACKS / "kenya" / "kenya.study", tmp_path / "ours.study"))


def test_page_is_written_where_nothing_is_asked(program: Program, tmp_path: Path) -> None:
    """A shipped country's brief is a page for the public, with the standard sentence on the screen."""
    done = program("brief", "kenya", "--out", str(tmp_path))

    assert done.code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kenya-brief.html"]
    assert "Written (Public):" in done.out
    assert "does not predict" in done.flat


def test_all_forms_and_readers_have_names_of_their_own(program: Program, tmp_path: Path) -> None:
    """Form, reader and language make the file's name."""
    done = program("brief", "kenya", "--pdf", "--docx", "--html", "--for", "adviser", "--lang", "zh-Hant",
                   "--minguo", "--out", str(tmp_path))  # fmt: skip

    assert done.code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"kenya-brief-adviser-zh-Hant.{kind}" for kind in ("docx", "html", "pdf")
    ]


def test_own_study_is_for_the_government(program: Program, mine: Path, tmp_path: Path) -> None:
    """A brief of somebody's own study is for the government where no level is named."""
    done = program("brief", str(mine), "--out", str(tmp_path / "out"))

    assert done.code == 0
    assert "Written (For government only):" in done.out


def test_level_is_as_asked(program: Program, tmp_path: Path) -> None:
    """The level that is asked for stands on the page."""
    program("brief", "kenya", "--level", "team", "--out", str(tmp_path))

    assert "For the negotiating team only" in (tmp_path / "kenya-brief.html").read_text("utf-8")


def test_country_file_without_a_plan_is_refused(program: Program, tmp_path: Path) -> None:
    """A folder has no plan: the brief says to plan first, and writes nothing."""
    done = program("brief", str(PACKS / "kenya"), "--out", str(tmp_path))

    assert done.code == 2
    assert "Plan first" in done.err
    assert list(tmp_path.iterdir()) == []


def test_shipped_country_without_a_plan_is_refused(program: Program, tmp_path: Path) -> None:
    """A shipped country without a stored plan has no brief yet."""
    done = program("brief", "hand", "--out", str(tmp_path))

    assert done.code == 2
    assert "found no stored plan of this file" in done.err


def test_calendar_of_a_shipped_country_is_in_its_brief(program: Program, tmp_path: Path) -> None:
    """Days of the country file, which no study keeps, stand among the signposts of a shipped country."""
    program("brief", "kenya", "--out", str(tmp_path))

    assert "The price of power from Ethiopia" in (tmp_path / "kenya-brief.html").read_text("utf-8")
