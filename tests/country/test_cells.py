"""What people type into cells is read exactly, or refused with what to write instead."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillerman.country.canonical import text_of
from tillerman.country.cells import Refusal, neutralised, read_cell
from tillerman.country.columns import Column, columns_of
from tillerman.country.frame import Evidence, Frame
from tillerman.country.stack import Hold, Party, Route, Site
from tillerman.labels import HoldKind

CAPACITY = columns_of(Site)["capacity_h100e"]
YEAR = columns_of(Site)["available_from"]
RETENTION = columns_of(Hold)["retention_7d"]
KIND = columns_of(Hold)["kind"]
GATES = columns_of(Route)["gates"]
PUBLISHED = columns_of(Evidence)["published"]
NAME = columns_of(Party)["name"]


def _refused(item: Column, text: str) -> Refusal:
    found = read_cell(item, text)
    assert isinstance(found, Refusal), found
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12.0), ("12.50", 12.5), (" .5 ", 0.5), ("+3", 3.0), ("1e3", 1000.0), ("-0", 0.0), ("0.1", 0.1)],
)
def test_a_plain_number_is_read(text: str, value: float) -> None:
    """A number with a point, or none, is read as it stands."""
    assert read_cell(CAPACITY, text) == value


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("12 %", "0.12"),
        ("12,5 %", "0.125 for 12.5"),
        ("1.234,5", "Write 1234.5:"),
        ("1,234.5", "Write 1234.5:"),
        ("12,5", "Write 12.5,"),
        ("1,234", "1234 or 1.234"),
        ("1,234,567", "Write 1234567,"),
        ("1.234.567", "Write 1234567,"),
        ("1,234.567,8", "nothing between thousands"),
        ("1 234", "Write 1234,"),
        ("1\u202f234,5", "Write 1234.5,"),
        ("1'234", "Write 1234,"),
        ("n/a", "Give the best number you have"),
        ("N/A", "Give the best number you have"),
        ("nan", "Give the best number you have"),
        ("-", "Give the best number you have"),
        ("inf", "Write a finite number"),
        ("1e999", "too large"),
        ("2027-03-01", "type the number again"),
        ("01/03/2027", "type the number again"),
        ("12-May", "type the number again"),
        ("May-27", "type the number again"),
        ("500 MW", "Write the number alone, in H100e"),
        ("US$ 12", "Write the number alone"),
        ("about 500", "Write the number alone"),
        ("=B2*2", "paste values only"),
        ("#DIV/0!", "paste values only"),
        ("TRUE", "have not moved"),
        ("\u0661\u0662", "Write 12,"),
        ("plenty", "nothing else"),
        ("", "never taken as zero"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(text: str, remedy: str) -> None:
    """No text is read as the number it may mean: the refusal says what to write instead."""
    refusal = _refused(CAPACITY, text)
    assert remedy in refusal.remedy
    assert refusal.expected == "a number in H100e of 0 or more"


def test_a_word_for_no_value_becomes_a_blank_where_one_is_allowed() -> None:
    """'n/a' in a column that may be blank is refused with the advice to leave it blank."""
    assert _refused(RETENTION, "n/a").remedy == "Leave the cell blank."
    assert read_cell(RETENTION, "") is None


@pytest.mark.parametrize("text", ["2027.5", "1e3", "20 27"])
def test_a_whole_number_is_whole(text: str) -> None:
    """A column of whole numbers takes 2027 and 2027.0, and nothing in between."""
    assert read_cell(YEAR, "2027") == 2027
    assert read_cell(YEAR, "2027.0") == 2027
    _refused(YEAR, text)


def test_a_wrong_word_brings_the_nearest() -> None:
    """A word that is not among those accepted is refused with the nearest one."""
    assert read_cell(KIND, "owns") is HoldKind.OWNS
    assert _refused(KIND, "Owned").remedy == "Did you mean 'owns'?"


def test_lists_are_parted_by_semicolons() -> None:
    """A list is read in order; blanks around items do not count, an empty item is refused."""
    assert read_cell(GATES, "cable; kixp") == ("cable", "kixp")
    assert read_cell(GATES, "") == ()
    assert "';'" in _refused(GATES, "cable;;kixp").remedy
    assert read_cell(columns_of(Frame)["period_years"], "1;1;1;2") == (1, 1, 1, 2)


def test_dates_are_written_one_way() -> None:
    """Only year-month-day is a date: 03/04/2026 has two readings, and 45000 is a spreadsheet's day count."""
    assert read_cell(PUBLISHED, "2026-03-04") == date(2026, 3, 4)
    for text, words in (
        ("03/04/2026", "year, month and day"),
        ("45000", "into a number"),
        ("2026-02-30", "no such day"),
    ):
        assert words in _refused(PUBLISHED, text).remedy


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "+254 700", "-x", "@x", "''=", "'quoted'", "a=b", "=HYPERLINK(1)"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    """Written texts never begin like a formula, and read back as they were."""
    assert not neutralised(text).startswith(("=", "+", "-", "@"))
    assert read_cell(NAME, neutralised(text)) == text


def test_a_formula_is_refused_in_a_text_too() -> None:
    """A text cell with a bare formula is refused: what it shows is not in the file."""
    assert "formula" in _refused(NAME, "=A1").found


@given(st.floats(min_value=0, allow_nan=False, allow_infinity=False))
def test_numbers_keep_every_digit(value: float) -> None:
    """Any number that fits the column reads back to the last bit."""
    assert read_cell(CAPACITY, text_of(value)) == value


@given(st.text())
def test_no_text_makes_the_reader_fall_over(text: str) -> None:
    """Whatever stands in a cell is read or refused."""
    for item in (CAPACITY, YEAR, RETENTION, KIND, GATES, PUBLISHED, NAME):
        found = read_cell(item, text)
        assert not isinstance(found, float) or found == float(text)
