"""Files as they really arrive: each mistake is told with its place and remedy, and nothing is half written."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importers.conftest import MADE_UP, Rows, ask, links_of, made_up
from tillerman.country import load
from tillerman.errors import CountryFileError, SettingError, UnknownNameError
from tillerman.importers import SOURCES, parse_link

FED = [source for source in MADE_UP if source != "commoncrawl-languages"]  # those that change a number of Kenya's


def refused(source: str, path: Path, *links: str) -> str:
    """What is told of a file that is refused."""
    with pytest.raises(CountryFileError, match=r"expected") as caught:
        ask(source, path, *(links or links_of(source)))
    for problem in caught.value.problems:
        assert path.name in problem.where or "with " in str(caught.value)
        assert problem.remedy.endswith(".")
    return str(caught.value)


def linked_name(source: str) -> str:
    """The name in the source that the first link asks for."""
    return links_of(source)[0].partition("=")[0]


@pytest.mark.parametrize("source", MADE_UP)
def test_order_of_columns_does_not_matter(source: str, tmp_path: Path) -> None:
    """A file with its columns in another order gives the same numbers."""

    def turned(rows: Rows) -> Rows:
        return [dict(reversed(row.items())) for row in rows]

    before = ask(source, made_up(source, tmp_path), *links_of(source))
    assert ask(source, made_up(source, tmp_path, turned), *links_of(source)) == before


@pytest.mark.parametrize("source", SOURCES)
def test_cut_off_file(source: str, tmp_path: Path) -> None:
    """A file that ends in the middle of a row is told to be so."""
    path = made_up(source, tmp_path)
    text = path.read_text("utf-8").rstrip()
    path.write_text(text[: text.rindex(",")], "utf-8")

    assert "download" in refused(source, path).casefold()


@pytest.mark.parametrize("source", SOURCES)
def test_empty_file(source: str, tmp_path: Path) -> None:
    """An empty file is none."""
    path = made_up(source, tmp_path)
    path.write_text("")

    assert "1 problem" in refused(source, path)


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(("encoding", "says"), [("utf-16", "UTF-16"), ("latin-1", "0xe9, which is not UTF-8")])
def test_another_encoding(source: str, encoding: str, says: str, tmp_path: Path) -> None:
    """UTF-16 and older encodings are named, with how to save the file again."""
    path = made_up(source, tmp_path)
    text = path.read_text("utf-8")
    path.write_bytes(re.sub(r"[A-Za-z]\b", "é", text, count=1).encode(encoding))

    told = refused(source, path)
    assert says in told
    assert "Save it again as UTF-8" in told


@pytest.mark.parametrize("source", MADE_UP)
@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator(source: str, mark: str, name: str, tmp_path: Path) -> None:
    """A file that a spreadsheet wrote with semicolons or tabs is named so."""
    path = made_up(source, tmp_path)
    path.write_text(path.read_text("utf-8").replace(",", mark), "utf-8")

    assert f"columns separated by {name}" in refused(source, path)


@pytest.mark.parametrize("source", MADE_UP)
def test_column_that_is_gone(source: str, tmp_path: Path) -> None:
    """A renamed column is named, with the one that looks like it."""
    column = MADE_UP[source][3]

    def renamed(rows: Rows) -> Rows:
        return [{(f"{key} new" if key == column else key): value for key, value in row.items()} for row in rows]

    told = refused(source, made_up(source, tmp_path, renamed))
    assert "found no such column" in told
    assert f"Is it '{column} new'?" in told


@pytest.mark.parametrize("source", MADE_UP)
@pytest.mark.parametrize(("text", "says"), [("1,5", "Write 1.5"), ("n/a", "the words for no value")])
def test_number_that_is_none(source: str, text: str, says: str, tmp_path: Path) -> None:
    """A decimal comma and words for no value are asked, never read."""
    _, _, name, column, _ = MADE_UP[source]
    wanted = linked_name(source) if links_of(source) else "eng"

    def spoiled(rows: Rows) -> Rows:
        key = "owner" if source == "wri-plants" else name
        return [{**row, column: text} if row[key] == wanted else row for row in rows]

    assert says in refused(source, made_up(source, tmp_path, spoiled))


@pytest.mark.parametrize("source", MADE_UP)
def test_row_that_is_doubled(source: str, tmp_path: Path) -> None:
    """The same row twice is refused: it would count twice, or nobody knows which holds."""

    def doubled(rows: Rows) -> Rows:
        return [*rows, rows[2]]

    assert "a second time" in refused(source, made_up(source, tmp_path, doubled))


@pytest.mark.parametrize("source", ["epoch-chips", "epoch-clusters", "commoncrawl-languages"])
def test_merged_cells(source: str, tmp_path: Path) -> None:
    """A merged cell leaves blanks below it when saved as text: the rows without a name are told."""

    def merged(rows: Rows) -> Rows:
        return [rows[0], {**rows[1], MADE_UP[source][2]: ""}, *rows[2:]]

    assert "Unmerge the cells" in refused(source, made_up(source, tmp_path, merged))


@pytest.mark.parametrize("source", ["owid-electricity", "ember", "wri-plants"])
def test_another_country(source: str, tmp_path: Path) -> None:
    """A file about other countries is refused by name."""

    def elsewhere(rows: Rows) -> Rows:
        column = MADE_UP[source][2]
        return [row for row in rows if row[column] not in {"Kenya", "KEN"}]

    assert "of Kenya" in refused(source, made_up(source, tmp_path, elsewhere))


def test_kit_of_another_country(tmp_path: Path) -> None:
    """A starter kit does not say inside whose it is: its file's name must."""
    path = made_up("ccg-starter-kit", tmp_path).rename(tmp_path / "Table1_BRA.csv")

    assert "a table of Kenya" in refused("ccg-starter-kit", path)


@pytest.mark.parametrize("source", ["owid-electricity", "ember", "ccg-starter-kit"])
def test_year_that_is_still_to_come(source: str, tmp_path: Path) -> None:
    """A forecast is no measurement."""

    def ahead(rows: Rows) -> Rows:
        return [{key: value.replace("2025", "2031") for key, value in row.items()} for row in rows]

    assert "2031" in refused(source, made_up(source, tmp_path, ahead))


@pytest.mark.parametrize("source", ["epoch-chips", "epoch-clusters", "ember"])
def test_ten_times_too_large(source: str, tmp_path: Path) -> None:
    """A slip of the decimal is told against the file's own number; whoever means it says so."""
    _, _, _, column, _ = MADE_UP[source]

    def scaled(rows: Rows) -> Rows:
        return [{**row, column: str(20 * float(row[column]))} for row in rows]

    path = made_up(source, tmp_path, scaled)
    told = refused(source, path)
    assert "times today's" in told
    assert "--anyway" in told
    assert ask(source, path, *links_of(source), anyway=True).changes


def test_languages_that_do_not_add_up(tmp_path: Path) -> None:
    """Shares scaled by ten, or with rows missing, do not add up to 100."""

    def scaled(rows: Rows) -> Rows:
        return [{**row, "%pages/crawl": str(10 * float(row["%pages/crawl"]))} for row in rows]

    assert "add up to 1000" in refused("commoncrawl-languages", made_up("commoncrawl-languages", tmp_path, scaled))


def test_half_filled(tmp_path: Path) -> None:
    """Rows that are not linked may be blank; a linked one that is blank is told, with its row."""

    def blank(name: str) -> Callable[[Rows], Rows]:
        return lambda rows: [{**row, "H100 equivalents": ""} if row["Name"] == name else row for row in rows]

    assert ask("epoch-clusters", made_up("epoch-clusters", tmp_path, blank("Annex")), "Hall=konza").changes
    assert "row 2:H100 equivalents: found a blank cell" in refused(
        "epoch-clusters", made_up("epoch-clusters", tmp_path, blank("Hall"))
    )


def test_workbook_instead_of_text(tmp_path: Path) -> None:
    """A workbook renamed to .csv is seen to be one."""
    path = made_up("epoch-chips", tmp_path)
    path.write_bytes(b"PK\x03\x04 anything")

    assert "a workbook" in refused("epoch-chips", path)


def test_packed_file_that_is_cut_off(tmp_path: Path) -> None:
    """A gzip file that is not whole is told; a whole one is read."""
    whole = made_up("wri-plants", tmp_path)
    packed = tmp_path / "plants.csv.gz"
    packed.write_bytes(gzip.compress(whole.read_bytes()))
    assert ask("wri-plants", packed, *links_of("wri-plants")).changes

    packed.write_bytes(packed.read_bytes()[:-20])
    assert "a whole file" in refused("wri-plants", packed)


def test_file_that_is_not_there(tmp_path: Path) -> None:
    """A path that leads nowhere is told, for every source."""
    for source in SOURCES:
        assert "no such file" in refused(source, tmp_path / "Table1_KEN.csv", "a=konza")


def test_names_are_never_guessed(tmp_path: Path) -> None:
    """A name that nearly fits is offered, not taken; a row that cannot be fed is refused."""
    path = made_up("epoch-chips", tmp_path)
    with pytest.raises(UnknownNameError, match="Nearest known: Twice"):
        ask("epoch-chips", path, "Twise=konza")
    with pytest.raises(UnknownNameError, match="Nearest known: konza"):
        ask("epoch-chips", path, "Twice=konsa")
    assert ask("epoch-chips", path).changes == ()


@pytest.mark.parametrize("text", ["", "Hall", "Hall=", "=konza", "Hall=konza@0", "Hall=konza@2", "Hall=konza@x"])
def test_links_of_another_shape(text: str) -> None:
    """A link says a name, a row and at most a share."""
    with pytest.raises(SettingError, match="--map: found"):
        parse_link(text)


def test_shares_that_clash_with_the_rest_of_the_file(tmp_path: Path) -> None:
    """What would leave a file that breaks its own rules is refused before anything is written."""
    told = refused("wri-plants", made_up("wri-plants", tmp_path), "KenGen=z_nairobi_powers_eep")

    assert "add up to" in told
    assert load("kenya").content_hash  # the shipped file still opens
