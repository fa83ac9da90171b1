"""`tillerman ask`: the screen in both languages, letters, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tillerman.cli.screen import Screen
from tillerman.cli.screens.ask import show_ask
from tillerman.cli.screens.purse import Purse
from tillerman.cli.views.ask import AskView, QuestionView
from tillerman.country.holders import holder_of
from tillerman.country.thirty import QUESTIONS
from tillerman.units import DOLLAR, Currency
from tillerman.words import Language

QUICK = ("--draws", "12", "--futures", "1")
SPARE = QuestionView(
    key="firm_spare", asked="How much firm power is left?", holder="Grid operator", hours=16.0, low=60.0, high=180.0,
    unit="MW", worth_musd=3.2, decides=("plan", "rent_everything"),
)  # fmt: skip
VIEW = AskView(
    country="Handland", questions=(SPARE,), best="plan", choices=("plan", "rent_everything"), worth_of_all_musd=5.0,
    threshold_musd=1.0, n_asked=9, n_left_out=0, n_draws=48, n_failed=0, n_futures=5, seed=1, input_hash="0" * 64,
    version="1", note="",
)  # fmt: skip


def shown(view: AskView, language: Language, capsys: pytest.CaptureFixture[str]) -> str:
    """What the screen says, as one line."""
    show_ask(view, Screen(language), Purse(Currency("XTS", 2.0), DOLLAR))
    return " ".join(capsys.readouterr().out.split())


def test_it_tells_what_a_file_needs_next(program: Program) -> None:
    """One finding comes first, and how many draws it rests on."""
    done = program("ask", "hand", *QUICK)
    assert done.code == 0
    assert "worth asking for" in done.flat or "would change the choice" in done.flat
    assert "were drawn 12 times" in done.flat


def test_a_question_names_who_has_it_what_it_decides_and_what_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    """Holder, decision, range, hours and worth stand together, and a letter asks for it."""
    said = shown(VIEW, Language.ENGLISH, capsys)
    assert "Ask: Grid operator How much firm power is left?" in said
    assert "It decides between: “This plan” or “Rent everything”. Now 60 – 180 MW; about 16 hours; worth XTS 6" in said
    assert "To: Grid operator" in said
    chinese = shown(VIEW, Language.CHINESE, capsys)
    assert "請洽：Grid operator" in chinese
    assert "受文者" in chinese


def test_letter_keeps_its_indent_when_it_wraps(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long question stands indented in the letter on each of its lines, not on the first alone."""
    monkeypatch.setenv("COLUMNS", "60")
    long = replace(VIEW.questions[0], asked="How much " + "firm power " * 12 + "is left?")

    show_ask(replace(VIEW, questions=(long,)), Screen(Language.ENGLISH), Purse(Currency("XTS", 2.0), DOLLAR))

    wrapped = [line for line in capsys.readouterr().out.splitlines() if "firm power" in line]
    assert len(wrapped) > 4
    assert all(line.startswith("  ") for line in wrapped)


def test_it_says_when_asking_more_would_change_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Where one plan is best at every draw, no question is left; where chance explains all, that is said."""
    enough = replace(VIEW, questions=(), worth_of_all_musd=0.0)
    assert "no further number would change the choice" in shown(enough, Language.ENGLISH, capsys)
    unclear = replace(VIEW, questions=())
    assert "no single number can be told to be worth asking for" in shown(unclear, Language.ENGLISH, capsys)


def test_letters_go_into_a_folder(program: Program, tmp_path: Path) -> None:
    """The folder is made; a place that cannot be a folder is refused before any work."""
    assert program("ask", "hand", *QUICK, "--letters", str(tmp_path / "letters")).code == 0
    assert (tmp_path / "letters").is_dir()
    taken = tmp_path / "taken"
    taken.write_text("a file", encoding="utf-8")
    refused = program("ask", "hand", *QUICK, "--letters", str(taken))
    assert refused.code == 2
    assert "a folder that you may write to" in refused.err


@pytest.mark.parametrize("draws", ["3", "many"])
def test_too_few_draws_are_refused(program: Program, draws: str) -> None:
    """A handful of draws cannot tell one number from another."""
    assert program("ask", "hand", "--draws", draws).code == 2


def test_every_number_has_somebody_to_ask() -> None:
    """Questions name their holder; numbers of a full file go by what they feed, or by their table."""
    for question in QUESTIONS:
        assert holder_of(question.key).name == question.holder
    assert holder_of("zones/z_north/spare_peak_mw").name["en"] == "Grid operator"
    assert holder_of("concessions/power/amount").hours > 0
