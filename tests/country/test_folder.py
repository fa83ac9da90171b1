"""Whatever a folder looks like when it arrives, it is read exactly or refused with words that help."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.country.mistakes import hand
from tillerman.country import Purpose, check, load, write
from tillerman.country.raw import MAX_BYTES
from tillerman.errors import CountryFileError, Problem, UnknownNameError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a clean country file."""
    return write(hand(), tmp_path / "mine")


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _only(folder: Path) -> Problem:
    """Return the one error of a folder."""
    [error] = check(folder).errors
    return error


def test_a_byte_order_mark_is_welcome(folder: Path) -> None:
    """Excel writes a mark before UTF-8 text; it is not part of the first column's name."""
    for path in folder.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(folder) == hand()


def test_line_ends_and_blank_rows_do_not_matter(folder: Path) -> None:
    """Files from Windows, with blank rows and blank columns at their end, are the same country."""
    for path in folder.glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_bytes("\r\n".join([*(line + ",," for line in lines), ",,,,", ""]).encode())
    assert load(folder) == hand()


def test_columns_may_stand_in_any_order(folder: Path) -> None:
    """A table is read by the names of its columns."""
    path = folder / "zones.csv"
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("\n".join(",".join(reversed(row)) for row in rows), encoding="utf-8")
    assert load(folder) == hand()


def test_columns_and_tables_that_may_be_blank_may_be_missing(folder: Path) -> None:
    """A table without rows, and a column whose cells may be blank, can be left out."""
    (folder / "outcomes.csv").unlink()
    path = folder / "zones.csv"
    path.write_text(
        "\n".join(line.rpartition(",")[0] for line in path.read_text(encoding="utf-8").splitlines()), encoding="utf-8"
    )
    assert load(folder) == hand()


def test_a_list_column_must_be_there(folder: Path) -> None:
    """No gates and gates left out are not the same: the column must say so."""
    path = folder / "routes.csv"
    path.write_text(
        "\n".join(
            ",".join(line.split(",")[:3] + line.split(",")[4:])
            for line in path.read_text(encoding="utf-8").splitlines()
        ),
        encoding="utf-8",
    )
    error = _only(folder)
    assert error.where == "routes.csv:row 1:gates"
    assert error.found == "no such column"


@pytest.mark.parametrize(
    ("data", "found", "expected"),
    [
        ("id,näme\n".encode("latin-1"), "the byte 0xe4", "UTF-8"),
        ("id,name\n".encode("utf-16"), "UTF-16", "UTF-8"),
        (b"id,name\n\0,x\n", "NUL", "a text file"),
        (b"", "an empty table", "header row"),
        (b"\n\n", "an empty table", "header row"),
        (b"id;name;kind\n", "semicolons", "commas"),
        (b"id\tname\tkind\n", "tabs", "commas"),
        (b'id,name\n"x,y\n', "broken CSV", "comma-separated"),
        (b"id," + b"x" * 200_000 + b"\n", "broken CSV", "comma-separated"),
    ],
)
def test_files_that_cannot_be_read(folder: Path, data: bytes, found: str, expected: str) -> None:
    """A wrong encoding, separator or quote is named once, and does not bury the file under other problems."""
    (folder / "outcomes.csv").write_bytes(data)
    error = _only(folder)
    assert error.where.startswith("outcomes.csv")
    assert found in error.found
    assert expected in error.expected


def test_an_encoding_problem_names_its_line(folder: Path) -> None:
    """The line of the first byte that is not UTF-8 is told."""
    path = folder / "fallbacks.csv"
    path.write_bytes(path.read_bytes() + "x,clinic,Téléphone,,,,\n".encode("latin-1"))
    assert _only(folder).where == "fallbacks.csv:row 3"


def test_a_huge_file_is_not_read(folder: Path) -> None:
    """A file far beyond any country is refused by its size, at once."""
    with (folder / "evidence.csv").open("r+b") as file:
        file.truncate(MAX_BYTES + 1)
    assert _only(folder).expected == "20 MB or less"


def test_a_long_table_is_not_read(folder: Path) -> None:
    """A table with too many rows is refused by their number, once."""
    with (folder / "outcomes.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"o{number},clinic,Visits,visits,1,\n" for number in range(20_001))
    assert _only(folder).found == "20,001 rows"


def test_a_folder_in_the_place_of_a_file(folder: Path) -> None:
    """A folder named like a table is a problem of the file, not a crash."""
    (folder / "outcomes.csv").unlink()
    (folder / "outcomes.csv").mkdir()
    assert "cannot be opened" in _only(folder).found


@pytest.mark.parametrize(
    ("old", "new", "where", "found"),
    [
        ("[frame]", "[frame", "country.toml", "broken TOML"),
        ("[frame]", "[fame]", "country.toml:fame", "outside [frame]"),
        ("[frame]", "size = 3\n[frame]", "country.toml:size", "outside [frame]"),
        ("base_year = 2026", "", "country.toml:base_year", "no such key"),
        ("base_year", "base_yaer", "country.toml:base_yaer", "base_yaer"),
        ("discount_rate = 0.25", "discount_rate = nan", "country.toml:discount_rate", "nan"),
        ("discount_rate = 0.25", 'discount_rate = "5 %"', "country.toml:discount_rate", "5 %"),
        ("discount_rate = 0.25", "discount_rate = true", "country.toml:discount_rate", "true"),
        ("base_year = 2026", "base_year = 2026-01-01", "country.toml:base_year", "2026-01-01"),
        ("[1, 1]", "[1, 1.5]", "country.toml:period_years", "1.5"),
    ],
)
def test_the_frame(folder: Path, old: str, new: str, where: str, found: str) -> None:
    """Every slip in country.toml is told at its key; the tables are judged all the same."""
    _edit(folder / "country.toml", old, new)
    _edit(folder / "parties.csv", "chipco,", "chip co,")
    errors = check(folder).errors
    assert any(error.where == where and found in error.found for error in errors), errors
    assert any(error.where == "parties.csv:row 4:id" for error in errors)


def test_rows_with_too_few_or_too_many_cells(folder: Path) -> None:
    """Cells that do not stand under their columns are told once a row, and nothing is read from the row."""
    _edit(folder / "parties.csv", "farco,", "farco,one,two,")
    _edit(folder / "models.csv", "openlm,true,", "openlm,")
    errors = check(folder).errors
    assert {error.where for error in errors} == {"parties.csv:row 3", "models.csv:row 3"}


def test_headers(folder: Path) -> None:
    """A misspelt, doubled, nameless or missing column is told at the header, with the nearest name."""
    _edit(folder / "zones.csv", "connection_limit_mw,note", "connection_limt_mw,note,note,")
    path = folder / "zones.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("10,10,0,80,10,", "10,10,0,80,10,,,5"), encoding="utf-8")
    told = {error.where: error for error in check(folder).errors}
    assert "connection_limit_mw" in told["zones.csv:row 1:connection_limt_mw"].remedy
    assert told["zones.csv:row 1:connection_limit_mw"].found == "no such column"
    assert told["zones.csv:row 1:note"].found == "two columns named 'note'"
    assert "zones.csv:row 2" in told


def test_a_table_under_a_wrong_name(folder: Path) -> None:
    """A misspelt table is an error with the nearest name; any other CSV file is left out with a warning."""
    (folder / "sites.csv").rename(folder / "site.csv")
    (folder / "my-workings-2026.csv").write_text("a\n1\n", encoding="utf-8")
    problems = check(folder).problems
    [wrong] = [problem for problem in problems if problem.where == "site.csv"]
    assert (wrong.severity, wrong.remedy) == ("error", "Did you mean 'sites'?")
    [other] = [problem for problem in problems if problem.where.startswith("my-workings")]
    assert other.severity == "warning"


def test_names_and_paths() -> None:
    """A wrong name is refused with the nearest shipped one; a wrong path and a wrong kind of file as such."""
    with pytest.raises(UnknownNameError, match="Nearest known: hand") as unknown:
        load("hnad")
    assert unknown.value.nearest == ("hand",)
    with pytest.raises(CountryFileError, match="no such file or folder"):
        load("nowhere/at/all")
    with pytest.raises(CountryFileError, match=r"a folder or an \.xlsx workbook"):
        load(Path(__file__))


def test_a_country_is_named_after_where_it_lies(tmp_path: Path) -> None:
    """A country is named after its folder or workbook; equality and hash do not ask for the name."""
    there = load(write(hand(), tmp_path / "atlantis"))
    assert there.name == "atlantis"
    assert there == hand()


def test_an_empty_folder(tmp_path: Path) -> None:
    """A folder without a country file says what is missing first."""
    errors = check(tmp_path).errors
    assert errors[0].where == "country.toml"
    assert not check(tmp_path).allows(Purpose.LOAD)
