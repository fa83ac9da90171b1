"""`tillerman compare` as people use it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Program


def test_side_by_side_today(program: Program) -> None:
    """Sorted by name; a stored answer is marked; drivers are told in words."""
    done = program("compare", "kenya", "hand", "--today")

    assert done.code == 0
    assert done.out.index("Handland") < done.out.index("Kenya (")
    assert "no rank, no total" in done.flat
    assert "What drives the differences" in done.out
    assert "critical services stop if one supplier or state abroad leaves." in done.flat


def test_plans_are_made_where_none_is_stored(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a stored answer a plan is made, with progress on standard error; with one, it is used."""
    monkeypatch.chdir(tmp_path)
    program("convert", "hand", "other")
    done = program("compare", "hand", "other", "--futures", "3", "--json")

    first, second = json.loads(done.out)["countries"]
    assert (first["file"], second["file"]) == ("hand", "other")
    assert [one["n_futures"] for one in (first, second)] == [3, 3]
    assert first["stopping_with_plan"] == second["stopping_with_plan"]
    assert "Handland (invented): Finding the plan ..." in done.err


def test_study_in_this_folder_is_used(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A study that speaks of the same file saves the work; one of another version of the file is not used."""
    monkeypatch.chdir(tmp_path)
    program("convert", "hand", "mine")
    program("convert", "hand", "other")
    program("plan", "mine", "--futures", "3")
    answer = json.loads(program("compare", "mine", "other", "--today", "--json").out)

    assert {one["file"]: one["is_stored"] for one in answer["countries"]} == {"mine": True, "other": False}

    fresh = json.loads(program("compare", "mine", "other", "--today", "--anew", "--json").out)
    assert not any(one["is_stored"] for one in fresh["countries"])


def test_everyone_depends(program: Program) -> None:
    """Thirteen economies by name, both ways, each figure with its source."""
    answer = json.loads(program("compare", "--everyone", "--json").out)
    names = [economy["name"] for economy in answer["economies"]]

    assert names == sorted(names)
    assert {"China", "European Union", "Taiwan", "United States", "Kenya"} <= set(names)
    assert all(row["source"] for economy in answer["economies"] for row in economy["rows"])

    screen = program("compare", "--everyone", "--lang", "zh-Hant")
    assert "人人皆有依賴" in screen.out
    assert "歐盟" in screen.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("compare", "kenya"), "two countries or more"),
        (("compare",), "two countries or more"),
        (("compare", "hand", "hand", "--today"), "each country once"),
        (("compare", "kenya", "--everyone"), "no country beside --everyone"),
        (("compare", "hand", "kenia"), "kenya"),
        (("compare", "hand", "kenya", "--futures", "0"), "futures"),
    ],
)
def test_what_cannot_be_compared(program: Program, arguments: tuple[str, ...], says: str) -> None:
    """One country, twice the same, or an unknown name are refused in one line."""
    done = program(*arguments)

    assert done.code == 2
    assert says in done.err
