"""Names are listed by letter in English and by strokes in Traditional Chinese."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillerman.country.names import territory
from tillerman.words.order import order

# numbers of strokes as the Unicode CLDR counts them (collation "stroke" of zh-Hant)
STROKES = {"丹": 4, "巴": 4, "日": 4, "以": 5, "加": 5, "印": 6, "肯": 8, "法": 8, "南": 9, "美": 9, "英": 9,
           "埃": 10, "荷": 11, "新": 13, "德": 15, "歐": 15, "澳": 15, "衣": 6, "阿": 8, "韓": 17, "中": 4,
           "臺": 14}  # fmt: skip
CODES = (
    "BR",
    "FR",
    "IN",
    "IL",
    "JP",
    "KE",
    "SG",
    "KR",
    "AE",
    "TW",
    "CN",
    "US",
    "GB",
    "NL",
    "DE",
    "EU",
    "AU",
    "CA",
    "DK",
)


def test_states_by_strokes() -> None:
    """The first characters of states' names never have fewer strokes than those before them."""
    names = sorted((territory(code, "zh-Hant") for code in CODES), key=order("zh-Hant"))

    assert [STROKES[name[0]] for name in names] == sorted(STROKES[name[0]] for name in names)
    assert names != sorted(names)  # which is the order of code points


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        (["歐盟", "中國", "美國", "日本"], ["中國", "日本", "美國", "歐盟"]),
        (["一", "Zeta", "2", "alpha"], ["2", "alpha", "Zeta", "一"]),
        (["中國", "中", "中非共和國"], ["中", "中非共和國", "中國"]),
        (["囍", "一", "龘"], ["一", "囍", "龘"]),
    ],
)
def test_chinese_order(names: list[str], ordered: list[str]) -> None:
    """Digits and letters first, then characters by strokes, character by character; rare ones last."""
    assert sorted(names, key=order("zh-Hant")) == ordered


def test_english_order() -> None:
    """Case and accents make no difference, as in any list that people read."""
    assert sorted(["Zambia", "åland", "Egypt", "Côte d’Ivoire", "egypt"], key=order("en")) == [
        "åland",
        "Côte d’Ivoire",
        "Egypt",
        "egypt",
        "Zambia",
    ]


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
@given(names=st.lists(st.text(), min_size=2, unique=True))
def test_order_is_whole(language: str, names: list[str]) -> None:
    """Any two different names have one order, whatever they are made of."""
    key = order(language)

    assert all(key(before) < key(after) for before, after in pairwise(sorted(names, key=key)))
