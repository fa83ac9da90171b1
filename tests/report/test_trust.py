"""How far to trust a plan, in the report: numbers and decisions with units that people use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.report.made_up_trust import with_trust
from tillerman.plan import Asked, Plan
from tillerman.report.page import page
from tillerman.words import Language


@pytest.mark.parametrize(
    ("language", "use", "chips"),
    [
        (Language.ENGLISH, "1.3 US$ a use", "(standard AI chips)"),
        (Language.CHINESE, "1.3 美元／次使用", "（標準 AI 晶片當量）"),
    ],
)
def test_units_are_told_in_words(hand_plan: Plan, language: Language, use: str, chips: str) -> None:
    """Neither the file's own spelling of a unit nor the code's word for a chip reaches the reader."""
    asked = with_trust(Asked(), hand_plan.country)
    assert asked.flips is not None
    rows = tuple(replace(row, unit="US$/use") for row in asked.flips.rows)
    plan = replace(hand_plan, asked=replace(asked, flips=replace(asked.flips, rows=rows)))
    found = page(plan, language=language).trust
    assert found is not None
    assert any(use in str(cell) for table in found.tables for row in table.rows for cell in row.values)
    assert any(chips in line for part in found.parts for line in part.lines)
