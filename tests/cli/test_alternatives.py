"""`tillerman alternatives`, and what `plan --with alternatives` keeps."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.plan.test_laws import country_of
from tillerman.archive import open_study
from tillerman.country import write


@pytest.fixture(scope="module")
def choosing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with something to choose."""
    return write(country_of(8), tmp_path_factory.mktemp("files") / "choosing")


def test_lists_and_other_plans_are_told(program: Program, choosing: Path) -> None:
    """What is free, what is not, how sovereign a good plan can be, and what another good plan does."""
    done = program("alternatives", str(choosing), "--futures", "2", "--within", "5 %")
    assert done.code == 0
    assert "that costs at most 5 % more" in done.flat
    assert "Free choice: good plans exist with it and without it" in done.flat
    assert "Critical service that runs with nobody’s permission" in done.flat
    assert "Another good plan (1), which costs" in done.flat


def test_machines_get_every_choice(program: Program, choosing: Path) -> None:
    """As JSON: a verdict for everything that can be decided, with what is proved and what was seen."""
    found = json.loads(program("alternatives", str(choosing), "--futures", "2", "--json").out)["alternatives"]
    assert found["within"] == 0.05
    assert {c["verdict"] for c in found["choices"]} <= {"in_every", "in_none", "free_choice", "undetermined"}
    assert all(c["proved"]["low"] <= c["seen"]["low"] <= c["seen"]["high"] for c in found["choices"])


@pytest.mark.parametrize("text", ["0", "much", "120%", "-5%", "nan"])
def test_a_share_that_is_none_is_refused(program: Program, text: str) -> None:
    """No slack, all of it and more, or no number at all: refused before any work."""
    done = program("alternatives", "hand", f"--within={text}")
    assert done.code == 2
    assert "--within" in done.err


def test_other_language_has_every_line(program: Program, choosing: Path) -> None:
    """The same answer in 繁體中文."""
    done = program("alternatives", str(choosing), "--futures", "2", "--lang", "zh-Hant")
    assert "可自由選擇" in done.out
    assert "Free choice" not in done.out


def test_plan_keeps_the_answer_in_all_it_writes(program: Program, choosing: Path, tmp_path: Path) -> None:
    """Asked with --with, the lists are on the screen, in the report, in the workbook and in the study."""
    done = program("plan", str(choosing), "--futures", "2", "--with", "alternatives", "--out", str(tmp_path))
    assert done.code == 0
    assert "What every good plan contains" in done.flat
    assert 'id="alternatives"' in (tmp_path / "choosing-plan.html").read_text("utf-8")
    kept = open_study(tmp_path / "choosing.study")
    assert kept.asked.alternatives is not None
    assert kept.alternatives() == kept.asked.alternatives
    from openpyxl import load_workbook

    assert "Other good plans" in load_workbook(tmp_path / "choosing-plan.xlsx").sheetnames
