"""`tillerman frontier`, and what `plan --with frontier` keeps."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.plan.test_laws import country_of
from tillerman.archive import open_study
from tillerman.country import write


@pytest.fixture(scope="module")
def trading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which keeping more costs more."""
    return write(country_of(8), tmp_path_factory.mktemp("files") / "trading")


def test_five_plans_are_named_with_what_they_do(program: Program, trading: Path) -> None:
    """A line a plan from the cheapest to the safest, and what a named one does that the cheapest does not."""
    done = program("frontier", str(trading), "--futures", "3", "--currency", "USD")
    assert done.code == 0
    for name in ("cheapest", "nearly cheapest", "middle", "nearly safest", "safest"):
        assert name in done.flat
    assert "What the plan “safest” does in years 1 to 3 and the cheapest does not" in done.flat
    assert "futures: not shown; the worst 5 in 100 of 3 futures are too few: ask for 1,000 futures." in done.flat


def test_machines_get_fifteen_points(program: Program, trading: Path) -> None:
    """As JSON: fifteen points, shares rising, each cost between two bounds."""
    found = json.loads(program("frontier", str(trading), "--futures", "3", "--json").out)["frontier"]
    asked = [point["asked"] for point in found["points"]]
    assert len(asked) == 15
    assert asked == sorted(asked)
    assert all(point["cost"]["low"] <= point["cost"]["high"] for point in found["points"])


def test_other_language_has_every_line(program: Program, trading: Path) -> None:
    """The same answer in 繁體中文."""
    done = program("frontier", str(trading), "--futures", "3", "--lang", "zh-Hant")
    assert "最省 ↔ 最安全" in done.out
    assert "cheapest" not in done.out


def test_plan_keeps_the_answer_in_all_it_writes(program: Program, trading: Path, tmp_path: Path) -> None:
    """Asked with --with, the points are on the screen, in the report, in the workbook and in the study."""
    done = program("plan", str(trading), "--futures", "3", "--with", "frontier", "--out", str(tmp_path))
    assert done.code == 0
    assert "Cheapest ↔ safest" in done.flat
    assert 'id="frontier"' in (tmp_path / "trading-plan.html").read_text("utf-8")
    kept = open_study(tmp_path / "trading.study")
    assert kept.asked.frontier is not None
    assert kept.frontier() == kept.asked.frontier
    from openpyxl import load_workbook

    assert "Cheapest to safest" in load_workbook(tmp_path / "trading-plan.xlsx").sheetnames
