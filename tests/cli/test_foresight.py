"""How far a plan can be trusted: `tillerman foresight`, and what `plan` says of itself."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tillerman.archive import open_study


def test_four_figures_are_told_in_plain_words(program: Program) -> None:
    """Worth of planning, most that foresight could be worth, fresh futures, enough: without the workshop's words."""
    done = program("foresight", "hand", "--futures", "3")
    assert done.code == 0
    for part in (
        "Worth of planning for uncertainty:",
        "Most that perfect foresight",
        "fresh futures",
        "Enough futures:",
    ):
        assert part in done.flat
    for word in ("VSS", "EVPI", "CVaR", "objective"):
        assert word not in done.out


def test_machines_get_bounds_and_intervals(program: Program) -> None:
    """As JSON the proved intervals are not below zero, and sampled figures lie within their intervals."""
    found = json.loads(program("foresight", "hand", "--futures", "3", "--json").out)["foresight"]
    for name in ("planning", "foresight"):
        assert 0 <= found[name]["low"] <= found[name]["high"]
    for name in ("objective", "mean", "surprise"):
        assert found["fresh"][name]["low"] <= found["fresh"][name]["value"] <= found["fresh"][name]["high"]
    assert found["is_enough"] is (found["loss_share"] <= 0.05)


def test_every_plan_says_it_and_a_certificate_on_request(program: Program, tmp_path: Path) -> None:
    """A plan carries the four figures, and the certificate that was asked for; the study keeps both."""
    done = program("plan", "hand", "--futures", "3", "--certify", "2000", "--out", str(tmp_path))
    assert done.code == 0
    assert "How far to trust the plan" in done.flat
    assert "Certified on 2,000 fresh futures" in done.flat
    kept = open_study(tmp_path / "hand.study")
    assert kept.asked.foresight is not None
    assert kept.asked.certified is not None
    assert kept.asked.certified.n_futures == 2000
    assert kept.certified(2000) == kept.asked.certified  # nothing is priced again


def test_as_many_futures_as_are_needed(program: Program, tmp_path: Path) -> None:
    """`--futures auto` tells of each number that it tried and plans with the last."""
    done = program("plan", "hand", "--futures", "auto", "--out", str(tmp_path))
    assert done.code == 0
    assert "20 futures: more of them could make the plan better by" in " ".join(done.err.split())
    assert open_study(tmp_path / "hand.study").request.n_futures == 20


@pytest.mark.parametrize("text", ["many", "2.5", ""])
def test_a_number_of_futures_is_a_number(program: Program, tmp_path: Path, text: str) -> None:
    """Anything else is refused by name."""
    done = program("plan", "hand", "--futures", text, "--out", str(tmp_path))
    assert done.code == 2
    assert "--futures: found" in done.err


def test_a_question_begins_from_a_kept_search(program: Program, tmp_path: Path) -> None:
    """--resume names the search that `plan` kept; one that is not there is refused."""
    assert program("plan", "hand", "--futures", "3", "--out", str(tmp_path)).code == 0
    kept = str(tmp_path / "hand.search")
    assert program("foresight", "hand", "--futures", "3", "--resume", kept).code == 0
    done = program("foresight", "hand", "--futures", "3", "--resume", kept + "es")
    assert done.code == 2
    assert "--resume: found" in done.err


def test_other_language_has_every_line(program: Program) -> None:
    """The same answer in 繁體中文."""
    done = program("foresight", "hand", "--futures", "3", "--lang", "zh-Hant")
    assert "計畫可信到什麼程度" in done.out
    assert "Enough futures" not in done.out
