"""The names of the shipped country files in Chinese keep to the glossary, as the catalogues do."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from tillerman.country import load, shipped
from tillerman.words.glossary import glossary

TOLD = {
    name: {row.text: row.told for row in load(name).translations if row.language == "zh-Hant"} for name in shipped()
}
PACKS = [name for name, told in TOLD.items() if told]
ELSEWHERE = ("軟件", "信息", "視頻", "默認", "服務器", "內存", "打印", "質量", "激活", "數據", "芯片", "智能")
PLACES = {"堺"}  # of Japan, written as they write it


@pytest.mark.parametrize("pack", PACKS)
def test_words_to_avoid_are_avoided(pack: str) -> None:
    """No name holds a word that the glossary warns of, except within the right term, nor one of another place."""
    found = []
    for english, chinese in TOLD[pack].items():
        for term in glossary():
            rest = re.sub("|".join(map(re.escape, term.zh)), "", chinese)
            found += [(english, word) for word in term.avoid if word in rest]
        found += [(english, word) for word in ELSEWHERE if word in chinese]

    assert found == []


@pytest.mark.parametrize("pack", PACKS)
def test_what_is_not_a_proper_name_is_told(pack: str) -> None:
    """Services, backup plans, levers, agreements and disruptions have names that mean something: each is told."""
    country = load(pack)
    tables = (country.services, country.fallbacks, country.levers, country.agreements, country.disruptions)

    assert [row.name for table in tables for row in table if row.name and row.name not in TOLD[pack]] == []


@pytest.mark.parametrize("pack", PACKS)
def test_names_are_traditional_and_full_width(pack: str) -> None:
    """Each Chinese character is one of Big5, and beside it stand full-width marks."""
    half = re.compile(r"[\u4e00-\u9fff][,;:()?!]|[,;:()?!][\u4e00-\u9fff]|\.[\u4e00-\u9fff]")
    letters = {letter for told in TOLD[pack].values() for letter in told if "\u3400" <= letter <= "\u9fff"}

    assert sorted(letter for letter in letters - PLACES if not letter.encode("big5", errors="ignore")) == []
    assert [english for english, chinese in TOLD[pack].items() if half.search(chinese)] == []


def test_a_name_is_told_alike_in_every_file() -> None:
    """What has one name in several files has one Chinese name too, so that countries can be read side by side."""
    told = defaultdict(set)
    for pack in PACKS:
        for english, chinese in TOLD[pack].items():
            told[english].add(chinese)

    assert {english: ways for english, ways in told.items() if len(ways) > 1} == {}
