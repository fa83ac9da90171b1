"""Tables beside the model: dates and declarations are kept, checked and told, and make no plan stale."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tillerman.country import Country, diff, load, problems_of, to_workbook, write
from tillerman.country.notes import DateKind, Declaration, DeclaredPosture, KeyDate
from tillerman.labels import Layer

ENDS = KeyDate("ends", date(2028, 6, 30), DateKind.CONTRACT_END, "farco", "The contract ends.", "ICT ministry", None)
SAYS = Declaration(
    "says", Layer.COMPUTE, DeclaredPosture.CONTROL, date(2030, 12, 31), "Own halls.", "Strategy", "Cabinet", None, None
)


@pytest.fixture
def noted() -> Country:
    """The made-up country with one row in each table beside the model."""
    return replace(load("hand"), dates=(ENDS,), declarations=(SAYS,))


@pytest.mark.parametrize("name", ["mine", "mine.xlsx"])
def test_notes_come_back(noted: Country, tmp_path: Path, name: str) -> None:
    """A folder and a workbook give back every row of both tables."""
    path = tmp_path / name
    (to_workbook if path.suffix else write)(noted, path)

    back = load(path)
    assert (back.dates, back.declarations) == ((ENDS,), (SAYS,))


def test_notes_are_not_in_the_hash(noted: Country) -> None:
    """No plan reads them: the hash stays, so that a new date makes no stored plan stale; the difference is told."""
    assert noted.content_hash == load("hand").content_hash
    assert [str(change) for change in diff(load("hand"), noted)] == ["dates, ends: added", "declarations, says: added"]


def test_empty_notes_leave_no_file(tmp_path: Path) -> None:
    """A country without notes is written as before, and one whose notes are gone loses their files."""
    folder = write(replace(load("hand"), dates=(ENDS,)), tmp_path / "mine")
    assert (folder / "dates.csv").exists()

    write(load("hand"), folder)
    assert not (folder / "dates.csv").exists()


def test_a_date_names_something_that_exists(noted: Country) -> None:
    """A date about something that is not in the file is refused, as in every other table."""
    odd = replace(noted, dates=(replace(ENDS, subject="nobody"), ENDS))

    told = [str(problem) for problem in problems_of(odd)]
    assert any("'nobody'" in text for text in told)
    assert any("a second time" in text for text in told)
