"""Peer ranges: worked out from the public files, over enough economies, and the nearest group first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.country.thirty import peer_data
from tillerman.country.thirty import peers
from tillerman.country.thirty.peers import FEWEST, Grid, Income, Size, peers_for, sources, table

_WORLD = {"us_share", "china_share", "power_price", "budget_share", "hall_lead"}  # figures for the world at large


def test_shipped_table_is_worked_out_from_the_files() -> None:
    """The shipped table is, to the last digit, what the public files give today."""
    if not peer_data.DATA.exists():
        pytest.skip("the data folder is not here")
    shipped = (Path(peers.__file__).parent / "peers.csv").read_text(encoding="utf-8")
    assert peer_data.table() == shipped


def test_never_one_country() -> None:
    """A peer range spans at least eight economies, and its ends differ from each other or are both a limit."""
    for row in table():
        if row.indicator not in _WORLD:
            assert row.n >= FEWEST
        assert row.low <= row.middle <= row.high
        assert row.low < row.high, row


def test_every_source_is_told() -> None:
    """Each row names a source that is listed, and each listed source is used; no text breaks a list of reasons."""
    assert {row.source for row in table()} == set(sources())
    for source in sources().values():
        assert source.title
        assert source.publisher
        assert ";" not in source.title + source.publisher + source.stands_for


def test_nearest_group_first() -> None:
    """Peers of like income, size and grid count before wider groups; where they are too few, the wider group does."""
    near = peers_for("internet_share", Income.LOWER_MIDDLE, Size.MEDIUM, Grid.OTHER)
    assert near is not None
    assert (near.income, near.size) == (Income.LOWER_MIDDLE, Size.MEDIUM)
    few = peers_for("internet_share", Income.LOW, Size.SMALL, None)
    assert few is not None
    assert (few.income, few.size) == (Income.LOW, None)
    nothing_known = peers_for("internet_share", None, None, None)
    assert nothing_known is not None
    assert nothing_known.group == "all economies with a figure"


def test_rich_halls_say_nothing_about_poor_ones() -> None:
    """Halls of high-income economies stand in for no economy of lower income."""
    assert peers_for("public_halls", Income.HIGH, Size.MEDIUM, None) is not None
    assert peers_for("public_halls", Income.LOWER_MIDDLE, Size.MEDIUM, None) is None
    assert peers_for("public_halls", None, None, None) is None


@pytest.mark.parametrize(
    ("income", "group"), [(500, "low"), (2_000, "lower middle"), (9_000, "upper middle"), (5e4, "high")]
)
def test_income_groups(income: float, group: str) -> None:
    """Income groups go by GDP a person."""
    assert Income.of(income) == group


def test_shares_of_chips_leave_out_what_is_planned() -> None:
    """Planned clusters and possible duplicates are no capacity: counting them would change the shares."""
    if not peer_data.DATA.exists():
        pytest.skip("the data folder is not here")
    rows = peer_data.clusters()
    assert {row["Status"] for row in rows} == {"Existing"}
    assert "True" not in {row["Possible Duplicate"] for row in rows}
    assert len(rows) > 400
