"""Growing a file, and copying a structure: what was entered is kept, what is another country's is not copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, given, settings

from tests.country.thirty.forms import ABOUT, form_of, forms
from tillerman.country import check, load, shipped
from tillerman.country.numbers import numbers
from tillerman.country.record import TABLES
from tillerman.country.thirty import Form, Status, basis_of, open_form
from tillerman.country.thirty.form_writing import write_form
from tillerman.country.thirty.growing import Stage, grow
from tillerman.country.thirty.structure import structure_of


@given(form=forms())
@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_every_step_keeps_what_was_entered(tmp_path_factory: pytest.TempPathFactory, form: Form) -> None:
    """From thirty to eighty to the full file, as workbook or folder, answers and marks stay as they are."""
    folder = tmp_path_factory.mktemp("grown")
    thirty = write_form(form, folder / "a.xlsx")
    eighty = grow(open_form(thirty), folder / "b", Stage.EIGHTY, is_book=False)
    assert open_form(eighty).answers == form.answers
    country = form.country()
    if not country.services:
        return
    for name, is_book in (("c.xlsx", True), ("d", False)):
        full = load(grow(open_form(eighty), folder / name, Stage.FULL, is_book=is_book))
        assert full.content_hash == country.content_hash
        assert basis_of(full) == basis_of(country)


def test_full_file_marks_answers_and_assumptions(tmp_path: Path) -> None:
    """In the full file, answers are marked as answers and peer ranges are assumptions."""
    form = form_of(without=["power_price"], name="mine")
    full = load(grow(form, tmp_path / "mine", Stage.FULL, is_book=False))
    evidence = {(e.table, e.row, e.column): e for e in full.evidence}
    answered = evidence["sites", "public_hall", "capacity_h100e"]
    peers = evidence["zones", "grid", "power_price_usd_per_mwh"]
    assert answered.source_row == f"public_chips={Status.ANSWERED}"
    assert peers.source_row == f"power_price={Status.PEERS}"
    assert peers.grade == "assumption"
    assert "five continents" in (peers.title or "")


def test_convert_grows_a_form_too(tmp_path: Path) -> None:
    """A form is a country like any other: written as a folder it is the full file."""
    from tillerman.country import write

    path = write_form(form_of(name="mine"), tmp_path / "mine.xlsx")
    full = write(load(path), tmp_path / "full")
    assert load(full).content_hash == load(path).content_hash


@pytest.mark.parametrize("name", sorted(shipped()))
def test_structure_carries_no_value(name: str) -> None:
    """A copied structure has the rows and links of the other file, and not one number, remark or piece of evidence."""
    country = load(name)
    found = structure_of(country, ABOUT)
    assert not list(numbers(found.country))
    assert not found.country.evidence
    for table in TABLES:
        rows, copied = getattr(country, table), getattr(found.country, table)
        assert [row.id for row in rows] == [row.id for row in copied]
        assert all(getattr(row, "note", None) is None for row in copied)
    needed = {(n.table, n.row, n.column) for n in numbers(country)}
    assert set(found.unknown) <= needed
    assert len(found.unknown) > len(needed) / 2


def test_structure_answers_to_the_new_country() -> None:
    """The other country's own code becomes the new one's, wherever orders and ground are told; no trace is left."""
    found = structure_of(load("kenya"), ABOUT).country
    assert found.frame.code == "GH"
    assert found.frame.home_jurisdictions == ("GH",)
    assert {"KE"} & {code for party in found.parties for code in party.jurisdictions} == set()
    assert all(resource.territory != "KE" for resource in found.resources)


@pytest.mark.parametrize("is_book", [True, False], ids=["workbook", "folder"])
def test_structure_lists_every_blank(tmp_path: Path, *, is_book: bool) -> None:
    """The written structure opens with each missing number named by place, and with no other problem."""
    found = structure_of(load("hand"), ABOUT)
    path = found.write(tmp_path / ("mine.xlsx" if is_book else "mine"), is_book=is_book)
    problems = check(path).errors
    assert len(problems) >= len(found.unknown) / 2
    assert {p.found for p in problems} <= {"a blank cell", "no such key"}
