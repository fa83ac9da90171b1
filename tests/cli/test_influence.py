"""`tillerman show --by-influence`: the stored answer where it fits, else a new one; written whole or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tillerman.country import load
from tillerman.plan.influence import influence
from tillerman.plan.influence_file import read_influence, write_influence
from tillerman.plan.influence_result import InfluenceStudy


@pytest.fixture(scope="module")
def study() -> InfluenceStudy:
    """What decides the plan of the country small enough for paper."""
    return influence(load("hand"))


def test_numbers_that_decide_come_with_range_grade_and_change(program: Program) -> None:
    """A line a number, most influential first, then how well they are known and what was not looked at."""
    done = program("show", "hand", "--evidence", "--by-influence")
    lines = [line for line in done.out.splitlines() if line[:1].isdigit()]

    assert done.code == 0
    assert lines[0].startswith("1. ")
    price = next(line for line in lines if "models frontier price_usd_per_mtok" in line)
    assert "31.709792 (15.854896 – 63.419584) US$/million tokens; assumption" in price
    assert price.endswith("at the low end -3.6; at the high end 6.8")
    assert "0 of these" in done.flat
    assert "7 numbers have a range and were looked at" in done.flat


def test_plain_screen_has_no_solver_words(program: Program) -> None:
    """What is on the screen is for a policy analyst."""
    done = program("show", "hand", "--by-influence")
    assert not {"solver", "gap", "seed", "dual"} & set(done.flat.lower().replace(".", " ").split())


def test_other_language_has_every_line(program: Program) -> None:
    """The same answer in 繁體中文."""
    done = program("show", "hand", "--by-influence", "--lang", "zh-Hant")
    assert done.code == 0
    assert "哪些數字決定" in done.out


def test_stored_answer_of_this_file_is_shown_at_once(
    program: Program, study: InfluenceStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is worked out where the stored study has the hash of the file."""
    monkeypatch.setattr("tillerman.plan.influence_file.stored_influence", lambda _name: study)
    monkeypatch.delattr("tillerman.plan.influence.influence")
    done = program("show", "hand", "--by-influence")

    assert done.code == 0
    assert f"The stored answer for this file is shown (file {study.content_hash[:12]})." in done.err


def test_stored_answer_of_another_file_is_named_and_left(
    program: Program, study: InfluenceStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stale study is said to be stale, and the answer is worked out anew."""
    stale = replace(study, content_hash="00" * 32, rows=())
    monkeypatch.setattr("tillerman.plan.influence_file.stored_influence", lambda _name: stale)
    done = program("show", "hand", "--by-influence")

    assert "another version of this file (000000000000)" in " ".join(done.err.split())
    assert "models frontier price_usd_per_mtok" in done.out


def test_out_writes_what_is_shown(program: Program, study: InfluenceStudy, tmp_path: Path) -> None:
    """The written file opens as the same study."""
    path = tmp_path / "influence.csv"
    done = program("show", "hand", "--by-influence", "--out", str(path))

    assert done.code == 0
    assert f"Written: {path}" in done.err.replace("\n", "")
    write_influence(study, tmp_path / "again.csv")
    assert read_influence(path) == read_influence(tmp_path / "again.csv")


def test_interrupt_writes_nothing(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C leaves a message, exit code 130 and no file."""

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tillerman.plan.influence.influence", stopped)
    done = program("show", "hand", "--by-influence", "--out", str(tmp_path / "influence.csv"))

    assert done.code == 130
    assert "No result was written." in done.err
    assert not list(tmp_path.iterdir())
