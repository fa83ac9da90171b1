"""`tillerman why-not`, and what `plan --with left_out` keeps."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Program
from tillerman.archive import open_study


def test_one_thing_left_out(program: Program) -> None:
    """The finding comes first, then the price and the chance at which it would pay."""
    done = program("why-not", "hand", "hall at home", "--futures", "3", "--currency", "USD")
    assert done.code == 0
    assert "With “The hall at home”, begun in 2027, the best plan costs more" in done.out
    assert "would have to fall" in done.out
    assert "No disruption that strikes in these futures makes it worth more." in done.out


def test_everything_left_out(program: Program) -> None:
    """Without a name every thing left out is a row, in English and in Chinese."""
    done = program("why-not", "hand", "--futures", "3")
    assert done.code == 0
    assert "The plan leaves out 1 thing that could be decided." in done.out
    assert "home_hall" in done.out
    chinese = program("why-not", "hand", "--futures", "3", "--lang", "zh-Hant")
    assert "計畫未納入 1 項可供決定的事項" in chinese.out


def test_rules_that_forbid(program: Program) -> None:
    """Without money the budget is named, and nothing is said of a price."""
    done = program("why-not", "hand", "home_hall", "--futures", "3", "--budget", "0")
    assert done.code == 0
    assert "No plan can have “The hall at home”" in done.out
    assert "budget 2027" in done.out
    assert "would have to fall" not in done.out
    found = json.loads(program("why-not", "hand", "home_hall", "--futures", "3", "--budget", "0", "--json").out)
    (row,) = found["rows"]
    assert (row["reason"], row["more"], row["price"]) == ("forbidden", {"low": None, "high": None}, None)


def test_what_cannot_be_decided_is_refused(program: Program) -> None:
    """A name that is nothing to decide is refused with what can be, and nothing else is printed."""
    done = program("why-not", "hand", "spaceport", "--futures", "3")
    assert done.code == 2
    assert "decision: found 'spaceport'; expected one thing that can be decided" in done.err


def test_the_list_is_kept_with_the_plan(program: Program, tmp_path: Path) -> None:
    """`plan --with left_out` shows the list and keeps it in the study."""
    done = program("plan", "hand", "--futures", "3", "--with", "left_out", "--out", str(tmp_path))
    assert done.code == 0
    assert "What the plan leaves out" in done.out
    kept = open_study(tmp_path / "hand.study").asked.left_out
    assert kept is not None
    assert [row.subject for row in kept.rows] == ["home_hall"]
