"""Questions about how far a plan holds: flips, options, ambiguity; each as a command, as JSON, and kept with a plan."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.plan.variants_of_hand import with_option
from tillerman.archive import open_study
from tillerman.country import load, write

TITLES = {
    "flips": ("When decisions stop paying", "決定何時不再划算"),
    "options": ("What each option is worth", "各選擇權的價值"),
    "ambiguity": ("If disruptions are likelier or rarer than assumed", "若中斷比假設更常或更少發生"),
}


@pytest.fixture(scope="module")
def optioned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that offers an option."""
    country = with_option(load("hand"), fee=1.0, exercise=1.0)
    return write(country, tmp_path_factory.mktemp("files") / "optioned")


@pytest.mark.parametrize("question", TITLES)
def test_each_question_has_a_screen_in_both_languages(program: Program, optioned: Path, question: str) -> None:
    """The finding comes first; the workshop's words stay out; the other language has every line."""
    done = program(question, str(optioned), "--futures", "4", "--currency", "USD")
    assert done.code == 0
    english, chinese = TITLES[question]
    assert english in done.flat
    for word in ("CVaR", "objective", "dual", "solver"):
        assert word not in done.out
    other = program(question, str(optioned), "--futures", "4", "--lang", "zh-Hant")
    assert chinese in other.out
    assert english not in other.flat
    assert "standard AI chip" not in other.flat


@pytest.mark.parametrize("question", TITLES)
def test_machines_get_the_same_answer(program: Program, optioned: Path, question: str) -> None:
    """As JSON, under the question's own name, with what it was asked of."""
    found = json.loads(program(question, str(optioned), "--futures", "4", "--json").out)
    assert found["n_futures"] == 4
    assert question in found
    assert found["input_hash"] == load(optioned).content_hash


def test_a_plan_keeps_the_answers(program: Program, optioned: Path, tmp_path: Path) -> None:
    """Asked with --with and --ambiguity, they are on the screen and in the study."""
    done = program(
        "plan", str(optioned), "--futures", "4", "--with", "flips,options", "--ambiguity", "--out", str(tmp_path)
    )
    assert done.code == 0
    for english, _ in TITLES.values():
        assert english in done.flat
    kept = open_study(tmp_path / "optioned.study")
    assert kept.asked.options is not None
    assert kept.options() == kept.asked.options
    assert kept.flips() == kept.asked.flips
    assert kept.ambiguity() == kept.asked.ambiguity
    assert [row.option for row in kept.asked.options.rows] == ["framework"]
