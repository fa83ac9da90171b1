"""The page about study files names every table that a study can have."""

import re

from tests.house.fences import ROOT
from tillerman.archive.tables import APPLICATION_ID, LOOSE, MARKS, asked_tables, plan_tables

PAGE = (ROOT / "docs" / "reference" / "study-file.md").read_text("utf-8")


def test_every_table_is_described() -> None:
    """Each table of a plan and of a question stands in the page; none stands there that does not exist."""
    _, _, part = PAGE.partition("## Tables")
    named = set(re.findall(r"`([a-z_]+)`", part))

    assert named == {MARKS, LOOSE, *(table.name for table in (*plan_tables(), *asked_tables()))}


def test_the_mark_of_the_format_is_told() -> None:
    """The page tells by which number a viewer knows the format."""
    assert f"is {APPLICATION_ID} (`TILL`)" in PAGE
