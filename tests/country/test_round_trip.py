"""What is written reads back equal, to the last digit, from a folder and from a workbook."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import frictionless
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.country.mistakes import change, frame, hand
from tillerman.country import Country, Purpose, load, problems_of, shipped, to_workbook, write
from tillerman.errors import CountryFileError
from tillerman.testing import random_country

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1
).filter(lambda text: text == text.strip() and text != "")


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("name", shipped())
def test_shipped_files_survive_both_ways(name: str, tmp_path: Path) -> None:
    """A shipped country is the same after a folder, and after a workbook, and keeps its content hash."""
    country = load(name)
    for again in (load(write(country, tmp_path / "folder")), load(to_workbook(country, tmp_path / "book.xlsx"))):
        assert again == country
        assert again.content_hash == country.content_hash


@given(seed=st.integers(0, 10_000))
def test_made_up_countries_survive_both_ways(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Any valid country is the same after a folder and after a workbook."""
    country = random_country(seed)
    folder = tmp_path_factory.mktemp("random")
    assert load(write(country, folder / "a"), purpose=Purpose.LOAD) == country
    assert load(to_workbook(country, folder / "a.xlsx"), purpose=Purpose.LOAD) == country


@given(text=TEXTS, number=st.floats(0, 1e300, allow_subnormal=True))
def test_any_text_and_number_survives(text: str, number: float, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Notes in any script, quotes, commas, semicolons, would-be formulas, and numbers of seventeen digits survive."""
    country = change("parties", "farco", note=text)(change("sites", "api_abroad", capacity_h100e=number)(hand()))
    if any(problem.severity == "error" for problem in problems_of(country)):
        return  # a text that no cell can hold is refused before writing: the next test
    folder = tmp_path_factory.mktemp("texts")
    assert load(write(country, folder / "a")) == country
    assert load(to_workbook(country, folder / "a.xlsx")) == country


@pytest.mark.parametrize(
    "text", ["=1+1", "'=1", "_x0041_", "line\nbreak", '"', "a;b", "00123", "TRUE", "2026-01-01", "1e5", "n/a", "#N/A"]
)
def test_awkward_texts_survive(text: str, tmp_path: Path) -> None:
    """Texts that a spreadsheet would take for something else stay texts."""
    country = change("parties", "farco", note=text)(hand())
    folder = load(write(country, tmp_path / "a"))
    book = load(to_workbook(country, tmp_path / "a.xlsx"))
    assert folder == country
    assert book == country


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A1", "'=1", "#N/A", "@home", 'a "b" \\ c'])
def test_awkward_names_of_a_country_survive(text: str, tmp_path: Path) -> None:
    """The frame is written and read by the same rules as the tables."""
    country = frame(name=text)(hand())
    assert load(write(country, tmp_path / "a")) == country
    assert load(to_workbook(country, tmp_path / "a.xlsx")) == country


@pytest.mark.parametrize("write_to", [lambda c, p: write(c, p / "a"), lambda c, p: to_workbook(c, p / "a.xlsx")])
def test_what_could_not_be_read_back_is_not_written(write_to: object, tmp_path: Path) -> None:
    """A country with an error is refused before anything is written."""
    assert callable(write_to)
    with pytest.raises(CountryFileError, match="pue"):
        write_to(change("sites", "home_hall", pue=0.5)(hand()), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_same_country_same_bytes(tmp_path: Path) -> None:
    """Writing twice gives the same bytes, in a folder and in a workbook."""
    assert _bytes_of(write(hand(), tmp_path / "a")) == _bytes_of(write(hand(), tmp_path / "b"))
    assert (
        to_workbook(hand(), tmp_path / "a.xlsx").read_bytes() == to_workbook(hand(), tmp_path / "b.xlsx").read_bytes()
    )


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    """Writing into an existing folder replaces our files and leaves all others."""
    folder = write(hand(), tmp_path / "mine")
    (folder / "README.md").write_text("ours", encoding="utf-8")
    (folder / "scans").mkdir()
    (folder / "scans" / "page.txt").write_text("1", encoding="utf-8")
    changed = change("sites", "home_hall", pue=1.3)(hand())
    assert load(write(changed, folder)) == changed
    assert (folder / "README.md").read_text(encoding="utf-8") == "ours"
    assert (folder / "scans" / "page.txt").read_text(encoding="utf-8") == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fails half-way, the old folder stands whole and nothing is left over."""
    folder = write(hand(), tmp_path / "mine")
    before = _bytes_of(folder)
    real = Path.write_bytes

    def fail(self: Path, data: bytes) -> int:
        if self.name == "sites.csv":
            raise OSError(28, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OSError, match="No space"):
        write(change("sites", "home_hall", pue=1.3)(hand()), folder)
    assert _bytes_of(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_workbook_helps_the_person_who_fills_it_in(tmp_path: Path) -> None:
    """Every header has a note with meaning and unit; words are offered as a list."""
    book = openpyxl.load_workbook(to_workbook(hand(), tmp_path / "a.xlsx"))
    sites = book["sites"]
    notes = {cell.value: cell.comment.text for cell in sites[1] if cell.comment}
    assert "H100e" in notes["capacity_h100e"]
    assert len(notes) == len(list(sites[1]))
    [kinds] = [rule for rule in book["parties"].data_validations.dataValidation if "C2" in rule.sqref]
    assert kinds.formula1.startswith("words!")
    assert "frame" in book.sheetnames


def test_workbook_explains_itself_in_chinese(tmp_path: Path) -> None:
    """In Chinese, what columns mean is told in Chinese; sheets, columns and values are those of every file."""
    country = hand()
    path = to_workbook(country, tmp_path / "a.xlsx", language="zh-Hant")
    book = openpyxl.load_workbook(path)
    notes = {f"{sheet.title}!{c.value}": c.comment.text for sheet in book for c in sheet[1] if c.comment}
    meanings = [row[3] for row in book["frame"].iter_rows(min_row=2, values_only=True)]

    assert load(path) == country
    assert notes["sites!capacity_h100e"].startswith("本國目前可在該處使用的標準 AI 晶片。\n請填：")
    assert {place: note for place, note in notes.items() if re.search(r"\b(the|of|Write|or)\b", note)} == {}
    assert all(re.search("[\u4e00-\u9fff]", str(meaning)) for meaning in meanings)
    assert [cell.value for cell in book["frame"][1]] == ["key", "value", "單位", "意義"]


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    """A text that looks like a formula is written as a text."""
    path = to_workbook(change("parties", "farco", note="=1+1")(hand()), tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_frictionless_accepts_the_folder(tmp_path: Path) -> None:
    """The description beside the tables is valid, and the tables keep what it promises."""
    country = replace(hand(), evidence=tuple(replace(row, published=date(2026, 3, 1)) for row in hand().evidence))
    folder = write(country, tmp_path / "a")
    names = [
        item["name"] for item in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    ]
    assert "evidence" in names
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])


def test_frictionless_sees_what_we_would_refuse(tmp_path: Path) -> None:
    """Other people's tools find a wrong reference from the description alone."""
    folder = write(hand(), tmp_path / "a")
    holds = folder / "holds.csv"
    holds.write_text(holds.read_text(encoding="utf-8").replace("chipco,", "chipko,"), encoding="utf-8")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert "foreign-key" in {kind for [kind] in report.flatten(["type"])}


def test_content_hash_is_about_content(tmp_path: Path) -> None:
    """The hash does not depend on where a country lay; any change of a cell changes it."""
    country: Country = hand()
    assert load(write(country, tmp_path / "elsewhere")).content_hash == country.content_hash
    assert change("sites", "home_hall", pue=1.01)(country).content_hash != country.content_hash
    assert len(country.content_hash) == 64
