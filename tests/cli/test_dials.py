"""The dials of `tillerman plan`: likelihood and distrust."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tillerman.archive import open_study
from tillerman.country import load

QUICK = ("--futures", "3")


def test_turned_dials_are_told_and_kept(program: Program, tmp_path: Path) -> None:
    """Remarks name the changed chances and the new file; the study holds the file as it was planned for."""
    done = program("plan", "hand", *QUICK, "--likelihood", "2", "--distrust", "XA=3", "--out", str(tmp_path))
    assert done.code == 0
    kept = open_study(tmp_path / "hand.study")
    assert kept.country.disruptions[0].chance_normal == pytest.approx(0.6)
    assert f"Dials: 3 yearly chances differ from the file’s, as assumptions of yours; file {kept.input_hash[:12]}." in (
        " ".join(done.err.split())
    )


def test_what_cannot_rise_and_who_can_do_nothing(program: Program, tmp_path: Path) -> None:
    """A chance at the highest is named; so is a holder by whose choice or order nothing happens."""
    dials = ("--likelihood", "50", "--distrust", "chipco=2")
    done = program("plan", "hand", *QUICK, *dials, "--out", str(tmp_path), "--lang", "zh-Hant")
    assert done.code == 0
    told = "".join(done.err.split())
    assert "已達可調整的最高年機率99%：CountryXAordersitsfirmstostopservingHandland。" in told
    assert "下列各方的選擇或命令：Chipco,supplierofthechips。" in told


def test_at_rest_nothing_is_told(program: Program, tmp_path: Path) -> None:
    """Without dials the plan is that of the file."""
    done = program("plan", "hand", *QUICK, "--likelihood", "1", "--json", "--out", str(tmp_path))
    assert json.loads(done.out)["input_hash"] == load("hand").content_hash
    assert "Dials" not in done.err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--distrust", "XA"), "--distrust: found 'XA'; expected WHO=TIMES, such as US=3"),
        (("--distrust", "=3"), "--distrust: found '=3'; expected WHO=TIMES, such as US=3"),
        (("--distrust", "Atlantis=3"), "distrust: found 'Atlantis'; expected a name from the file."),
        (("--likelihood", "1000"), "likelihood: found 1000.0; expected 0 to 100"),
    ],
)
def test_a_wrong_dial_is_refused(program: Program, tmp_path: Path, options: tuple[str, ...], says: str) -> None:
    """Nothing is planned or written; the message says what a dial looks like."""
    done = program("plan", "hand", *QUICK, *options, "--out", str(tmp_path))
    assert done.code == 2
    assert says in " ".join(done.err.split())
    assert not list(tmp_path.iterdir())
