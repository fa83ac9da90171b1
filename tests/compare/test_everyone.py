"""The table "everyone depends": both ways, sourced, read from its files again, and without a rank."""

import math
from dataclasses import fields

import pytest

from tests.compare.recipes import DATA, value
from tillerman.compare import Dependence, everyone
from tillerman.country.names import territory
from tillerman.labels import Layer

NINE = {"AE", "BR", "FR", "IL", "IN", "JP", "KE", "KR", "SG"}
FOUR = {"CN", "EU", "TW", "US"}


def test_every_economy_depends() -> None:
    """The nine shipped countries, China, the European Union, Taiwan and the United States all need something."""
    assert {row.economy for row in everyone() if row.direction == "depends"} == NINE | FOUR
    assert all(territory(row.economy) != row.economy for row in everyone())


def test_others_depend_on_every_large_one() -> None:
    """The table is read both ways: others need something of each of the four, of Japan and of Korea."""
    assert FOUR | {"JP", "KR"} <= {row.economy for row in everyone() if row.direction == "depended_on"}


def test_sorted_by_code_and_never_by_size() -> None:
    """Economies stand by code and layers by their order; nothing is added up over layers."""
    places = [(row.economy, tuple(Layer).index(row.layer)) for row in everyone()]
    assert places == sorted(places)
    assert not {"rank", "score", "total"} & {field.name for field in fields(Dependence)}


def test_every_row_has_its_source() -> None:
    """A row names publisher, title and year, and a file or a page; shares lie between none and all."""
    for row in everyone():
        assert row.publisher, row
        assert row.title, row
        assert row.year >= 2014, row
        assert row.source_file or row.address or row.share is None, row
        assert row.share is None or 0 <= row.share <= 1, row


def test_shares_are_still_in_their_files() -> None:
    """Each share that names a file is what the file gives today."""
    if not DATA.is_dir():
        pytest.skip("the data folder is not beside this repository")
    read = [row for row in everyone() if row.source_file]
    for row in read:
        found = value(row.source_file, row.source_part, row.source_whole, row.source_column)
        assert row.share is not None
        assert math.isclose(found, row.share, abs_tol=6e-5), f"{row.economy} {row.layer}: {row.share}, but {found}"
    assert len(read) > len(everyone()) // 2
