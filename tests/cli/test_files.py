"""`tillerman show`, `diff` and `convert`: what a file rests on, how two differ, the same as another kind of file."""

from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tillerman.country import load, numbers, replace_number, write


def test_every_number_has_its_line(program: Program) -> None:
    """With --evidence each number of Kenya stands on a line of its own with range, grade and source."""
    done = program("show", "kenya", "--evidence")
    known = list(numbers(load("kenya")))
    lines = [line for line in done.out.splitlines() if "; " in line and ": " in line]

    assert done.code == 0
    for item in known[:: len(known) // 50]:
        start = " ".join(part for part in (item.table, item.row, item.column) if part) + ": "
        found = [line for line in lines if line.startswith(start)]
        assert len(found) == 1, start
        if item.evidence is None:
            assert "assumption, no evidence given" in found[0]
        else:
            assert str(item.evidence.grade) in found[0]


def test_show_without_numbers_tells_health_and_sources(program: Program) -> None:
    """Without --evidence come the health of the file and its sources, not the numbers."""
    done = program("show", "kenya")

    assert "without a word of evidence: they count as assumptions" in done.flat
    assert "Sources" in done.flat
    assert "Every number" not in done.flat


def test_diff_tells_changes_in_words(program: Program, tmp_path: Path) -> None:
    """A changed number is one line with both values and the unit; the same content does not differ."""
    changed = replace_number(load("hand"), "services", "clinic", "people_million", 11.0)
    folder = str(write(changed, tmp_path / "changed"))

    assert (
        program("diff", "hand", folder).out
        == "services, clinic: people_million 10 → 11 million people (People served)\n"
    )
    assert program("diff", "hand", "hand").out == "Nothing differs.\n"


def test_folder_and_workbook_are_the_same(program: Program, tmp_path: Path) -> None:
    """A country converted to a workbook and back to a folder does not differ from what it was."""
    book, folder = tmp_path / "hand.xlsx", tmp_path / "back"

    assert program("convert", "hand", str(book)).code == 0
    assert program("convert", str(book), str(folder)).code == 0
    assert program("diff", "hand", str(folder)).out == "Nothing differs.\n"


@pytest.mark.parametrize("name", ["taken.xlsx", "taken"])
def test_what_is_there_is_left_alone(program: Program, tmp_path: Path, name: str) -> None:
    """Convert replaces nothing unless asked to, and never a folder by a workbook."""
    target = tmp_path / name
    assert program("convert", "hand", str(target)).code == 0

    refused = program("convert", "kenya", str(target))
    assert refused.code == 2
    assert "expected a name that is free" in refused.err
    assert load(target).frame.code == "ZZ"

    assert program("convert", "kenya", str(target), "--replace").code == 0
    assert load(target).frame.code == "KE"


def test_unknown_kind_of_file_is_refused(program: Program, tmp_path: Path) -> None:
    """Only workbooks and folders are written, and a folder in a workbook's place stays."""
    (tmp_path / "a.xlsx").mkdir()

    assert program("convert", "hand", str(tmp_path / "hand.csv")).code == 2
    assert program("convert", "hand", str(tmp_path / "a.xlsx"), "--replace").code == 2


def test_difference_says_what_it_changes_in_the_plan(program: Program, tmp_path: Path) -> None:
    """With --plan the decisions that differ are told; without, and without stored answers, the file alone."""
    folder = str(
        write(replace_number(load("hand"), "sites", "home_hall", "capital_musd_per_kh100e", 60), tmp_path / "c")
    )

    assert "What that changes in the plan" not in program("diff", "hand", folder).out
    told = program("diff", "hand", folder, "--plan", "--futures", "4")
    assert "New decisions" in told.out
    assert "Build 20 standard AI chips" in told.flat


def test_many_rows_are_told_together(program: Program) -> None:
    """Two files of different countries: rows by the dozen are counted, not listed."""
    assert "holds: 188 rows added" in program("diff", "hand", "kenya").out
