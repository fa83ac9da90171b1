"""Numbers as readers see them."""

from __future__ import annotations

import pytest

from tillerman.report.figures import Figures
from tillerman.report.sheet import money_format
from tillerman.units import Currency
from tillerman.words import words

KENYA = Currency("KES", 129.0)


def plain(text: str) -> str:
    """A text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("language", "musd", "told"),
    [
        ("en", 106.4, "KES 14 billion (US$ 110 million)"),
        ("en", -0.34, "KES −44 million (US$ −340 thousand)"),
        ("en", 0.0, "KES 0 (US$ 0)"),
        ("zh-Hant", 106.4, "KES 140 億（1.1 億美元）"),
    ],
)
def test_money_has_the_country_s_currency_first(language: str, musd: float, told: str) -> None:
    """Two digits, the country's currency first, US$ beside it; 億 is a hundred million."""
    assert plain(Figures(words(language), KENYA).money(musd)) == told


@pytest.mark.parametrize(
    ("share", "told"), [(0.0, "0 %"), (0.004, "< 1 %"), (0.376, "38 %"), (0.996, "> 99 %"), (1.0, "100 %")]
)
def test_a_few_are_not_none(share: float, told: str) -> None:
    """Whole per cent; a little is never none, and not quite all is never all."""
    assert plain(Figures(words("en"), KENYA).share(share)) == told


@pytest.mark.parametrize(("chance", "told"), [(0.0, "0 %"), (0.0333, "3 %"), (0.0047, "0.5 %"), (0.123, "12 %")])
def test_small_chances_carry_one_digit(chance: float, told: str) -> None:
    """Below ten per cent one digit is all that anybody knows."""
    assert plain(Figures(words("en"), KENYA).chance(chance)) == told


@pytest.mark.parametrize(
    ("language", "million", "told"),
    [("en", 37.9, "38 million people"), ("en", 0.352, "350,000 people"), ("zh-Hant", 37.9, "3,800 萬人")],
)
def test_people(language: str, million: float, told: str) -> None:
    """People in the scale words of the language."""
    assert plain(Figures(words(language), KENYA).people(million)) == told


@pytest.mark.parametrize(
    ("hours", "told"), [(0.2, "1 hour"), (1.0, "1 hour"), (48.0, "48 hours"), (167.0, "170 hours")]
)
def test_hours(hours: float, told: str) -> None:
    """Hours are rounded up to whole ones: nobody switches in no time."""
    assert plain(Figures(words("en"), KENYA).hours(hours)) == told


@pytest.mark.parametrize(
    ("millions", "form"),
    [
        (0.0, '#,##0" m"'),
        (0.52, '0.00" m"'),
        (3.9, '0.0" m"'),
        (51.0, '#,##0" m"'),
        (6_527.0, '0.0," bn"'),
        (-310_000.0, '#,##0," bn"'),
    ],
)
def test_money_in_cells_is_displayed_coarsely(millions: float, form: str) -> None:
    """A cell keeps every digit of an amount in millions; its format shows about two."""
    assert money_format(millions) == form
