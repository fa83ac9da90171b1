"""`tillerman countries`: what each shipped file rests on, what it lacks, and whether its stored answer fits."""

import json
import re
from dataclasses import replace
from functools import cache

import pytest

from tests.cli.conftest import Program
from tillerman.cli.screen import cell_width
from tillerman.cli.views.countries import CountryView, view_countries
from tillerman.country import load, replace_number, shipped


@cache
def kenya(hash_of_answer: str = "", price: float = 1.5) -> CountryView:
    """Kenya's line, with an answer stored for some file."""
    changed = replace_number(load("kenya"), "models", "gpt", "price_usd_per_mtok", price)
    (view,) = view_countries((changed,), lambda _: (hash_of_answer, 200) if hash_of_answer else None).countries
    return view


def test_every_shipped_country_has_its_line(program: Program) -> None:
    """By name, never ranked; every share lies between none and all."""
    answer = json.loads(program("countries", "--json").out)["countries"]

    assert [one["name"] for one in answer] == sorted(shipped())
    for one in answer:
        parts = (one["from_files"], one["from_pages"], one["assumed"], one["silent"])
        assert all(0 <= part <= 1 for part in parts)
        assert sum(parts) == pytest.approx(1.0)


def test_two_kinds_of_source_are_told_apart() -> None:
    """What is read from a file and what names a page are counted apart, and are all that is not assumed."""
    view = kenya()
    better = sum(share for grade, share in view.by_grade.items() if grade != "assumption")

    assert view.from_files > 0
    assert view.from_pages > 0
    assert view.from_files + view.from_pages == pytest.approx(better)


def test_stored_answer_fits_or_does_not() -> None:
    """An answer is of this file only when its hash is; a changed number makes it one of another version."""
    mark = load("kenya").content_hash

    assert kenya().stored.state == "none"
    assert kenya(mark).stored.state == "this file"
    assert kenya(mark, 2.0).stored.state == "another version"


def test_what_is_missing_is_named() -> None:
    """Tables without evidence come most first; critical services without a tested fallback are named."""
    view = kenya()

    assert [gap.n_numbers for gap in view.gaps] == sorted((gap.n_numbers for gap in view.gaps), reverse=True)
    assert sum(gap.n_numbers for gap in view.gaps) == round(view.silent * view.n_numbers)
    assert "Answers people on eCitizen" in view.never_tested


def test_file_without_numbers_is_known_not_at_all() -> None:
    """A file whose evidence is gone rests on assumptions alone."""
    (view,) = view_countries((replace(load("kenya"), evidence=()),), lambda _: None).countries

    assert (view.from_files, view.from_pages, view.assumed, view.silent) == (0, 0, 0, 1)
    assert view.fresh is None


def test_screen_says_what_is_missing(program: Program) -> None:
    """The screen has the columns, the gaps and the reason why nobody is ranked, in both languages."""
    done = program("countries")
    assert "what is missing" in done.out
    assert "Sorted by name." in done.flat

    assert "尚缺什麼" in program("countries", "--lang", "zh-Hant").out


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_rows_stay_whole_at_eighty_columns(program: Program, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """On a terminal of 80 columns each file is one line with its seven cells, and no line is wider."""
    monkeypatch.setenv("COLUMNS", "80")

    lines = program("countries", "--lang", language).out.splitlines()

    assert max(map(cell_width, lines)) <= 80
    for name in shipped():
        (row,) = [line for line in lines if line.startswith(f"{name} ")]
        assert len(re.split(r" {2,}", row.strip())) == 7
