"""`tillerman levers`, and what `plan --with levers` keeps."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.plan.variants_of_hand import with_everything
from tillerman.archive import open_study
from tillerman.country import load, write
from tillerman.errors import SettingError


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which every lever has something to do."""
    return write(with_everything(load("hand")), tmp_path_factory.mktemp("files") / "everything")


def test_each_lever_has_its_worth_in_words(program: Program, everything: Path) -> None:
    """A line a lever, its worth alone, added last and in fair shares; the words of the workshop stay out."""
    done = program("levers", str(everything), "--futures", "2", "--currency", "USD")
    assert done.code == 0
    assert "What all levers together gain: US$" in done.flat
    for name in ("1 secure", "2 adoption", "7 energy"):
        assert name in done.flat
    assert "Unclear: not distinguishable from zero." in done.flat
    assert "targets were left out of this question" in done.flat
    assert "Shapley" not in done.out


def test_what_has_no_effect_is_named(program: Program) -> None:
    """Levers under which a file offers nothing are told as worth nothing, and are in no table."""
    done = program("levers", "hand", "--futures", "2")
    assert "could have an effect: 2 adoption and diffusion" in done.flat


def test_machines_get_bounds(program: Program, everything: Path) -> None:
    """As JSON every worth is two numbers, low before high, and every set of levers has its cost."""
    found = json.loads(program("levers", str(everything), "--futures", "2", "--json").out)["levers"]
    assert [row["lever"] for row in found["rows"]] == [1, 2, 3, 4, 5, 6, 7]
    assert all(row[name]["low"] <= row[name]["high"] for row in found["rows"] for name in ("alone", "last"))
    assert len(found["subsets"]) == 2**7


def test_other_language_has_every_line(program: Program, everything: Path) -> None:
    """The same answer in 繁體中文."""
    done = program("levers", str(everything), "--futures", "2", "--lang", "zh-Hant")
    assert "各政策槓桿的價值" in done.out
    assert "Added last" not in done.out


def test_plan_keeps_the_answer_in_all_it_writes(program: Program, everything: Path, tmp_path: Path) -> None:
    """Asked with --with, the worths are on the screen, in the report, in the workbook and in the study."""
    done = program("plan", str(everything), "--futures", "2", "--with", "levers", "--out", str(tmp_path))
    assert done.code == 0
    assert "What each lever is worth" in done.flat
    assert 'id="levers"' in (tmp_path / "everything-plan.html").read_text("utf-8")
    kept = open_study(tmp_path / "everything.study")
    assert kept.asked.levers is not None
    assert kept.levers() == kept.asked.levers  # nothing is solved again
    from openpyxl import load_workbook

    assert "Worth of levers" in load_workbook(tmp_path / "everything-plan.xlsx").sheetnames


def test_unknown_question_is_refused_before_any_work(program: Program, tmp_path: Path) -> None:
    """A name that is no question is refused with those that are, and nothing is written."""
    done = program("plan", "hand", "--with", "weather", "--out", str(tmp_path))
    assert done.code == 2
    assert "'weather'" in done.err
    assert "levers" in done.err
    assert not list(tmp_path.iterdir())


def test_unknown_question_is_refused_in_python_too() -> None:
    """The same from Python."""
    from tillerman.plan.questions import known

    assert known(["levers", "levers"]) == ("levers",)
    with pytest.raises(SettingError, match="weather"):
        known(["weather"])
