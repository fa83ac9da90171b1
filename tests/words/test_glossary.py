"""The Chinese texts keep to the glossary: its terms, its full-width marks, and none of the words it warns of."""

from __future__ import annotations

import re

import pytest

from tests.words.glossary_page import PAGE, page_of
from tillerman.words import words
from tillerman.words.glossary import Term, glossary
from tillerman.words.sentences import forms_of

FORMS = {f"sentences: {english}": (english, said) for english, said in forms_of("zh-Hant").items()}
ENGLISH = {**words("en").messages, **{key: english for key, (english, _) in FORMS.items()}}
CHINESE = {**words("zh-Hant").messages, **{key: said for key, (_, said) in FORMS.items()}}
TERMS = {term.en[0]: term for term in glossary()}
SIMPLIFIED = "万与么云价优体佣厂听坏复宁岭帘惊机极构柜洁筑网苹茧荐虫触适"  # the few that Big5 has as rare characters


def said(message: str) -> str:
    """What a message says itself: without its blanks, and without what it quotes."""
    return re.sub(r"\{.*?\}|“.*?”|「.*?」|`.*?`", " ", message)


def lacks(term: Term, english: str, chinese: str) -> bool:
    """Tell whether an English text uses a term that its Chinese one does not."""
    forms = "|".join(map(re.escape, sorted(term.en, key=len, reverse=True)))
    return bool(re.search(rf"\b(?:{forms})\b", said(english), re.IGNORECASE)) and not any(w in chinese for w in term.zh)


@pytest.mark.parametrize("name", TERMS)
def test_terms_are_rendered_as_the_glossary_says(name: str) -> None:
    """Where an English message uses a term, the Chinese one uses its Chinese form."""
    term = TERMS[name]

    assert [key for key in ENGLISH if key not in term.apart and lacks(term, ENGLISH[key], CHINESE[key])] == []


def test_a_term_left_out_is_seen() -> None:
    """The comparison finds a term that a translation has replaced by another word."""
    term = TERMS["fallback"]

    assert lacks(term, "No fallback on file.", "檔案中沒有替代方案。")
    assert not lacks(term, "No fallback on file.", "檔案中沒有備案。")
    assert not lacks(term, "See “fallback”.", "見該節。")


@pytest.mark.parametrize("name", [name for name, term in TERMS.items() if term.avoid])
def test_words_to_avoid_are_avoided(name: str) -> None:
    """A word that the glossary warns of stands nowhere, except within the right term."""
    term = TERMS[name]
    rest = {key: re.sub("|".join(term.zh), "", message) for key, message in CHINESE.items()}

    assert [key for key, message in rest.items() if any(word in message for word in term.avoid)] == []


def test_exceptions_are_needed() -> None:
    """A message is excepted from a term only while it exists and needs to be."""
    needless = [
        (name, key)
        for name, term in TERMS.items()
        for key in term.apart
        if key not in ENGLISH or not lacks(term, ENGLISH[key], CHINESE[key])
    ]

    assert needless == []


def test_every_character_is_traditional() -> None:
    """Each Chinese character is one of Big5, and none is a simplified form that Big5 also holds."""
    everything = "".join(CHINESE.values()) + "".join("".join(term.zh) for term in glossary())
    characters = {letter for letter in everything if "\u3400" <= letter <= "\u9fff"}

    assert sorted(letter for letter in characters if not letter.encode("big5", errors="ignore")) == []
    assert sorted(characters & set(SIMPLIFIED)) == []


@pytest.mark.parametrize("word", ["軟件", "信息", "視頻", "默認", "服務器", "內存", "打印", "菜單", "質量", "激活"])
def test_words_of_other_places_are_avoided(word: str) -> None:
    """The register is Taiwan's: 軟體, 資訊, 預設, 伺服器, 列印."""
    assert [key for key, message in CHINESE.items() if word in message] == []


def test_punctuation_is_full_width() -> None:
    """Beside a Chinese character stand full-width marks; so do brackets around Chinese text."""
    half = re.compile(r"[\u4e00-\u9fff][,;:()?!.]|[,;:()?!][\u4e00-\u9fff]|\.[\u4e00-\u9fff]")

    assert [key for key, message in CHINESE.items() if half.search(message)] == []


def test_a_per_cent_sign_stands_apart() -> None:
    """5 %, as numbers are written, in both languages; 5% only where it is what somebody types."""
    typed = re.compile(r"such as 5%|例如 5%|^5%")
    tight = re.compile(r"[\d}]%")
    found = {**{f"en {key}": text for key, text in ENGLISH.items()}, **CHINESE}

    assert [key for key, message in found.items() if tight.search(typed.sub("", message))] == []


def test_no_ellipsis_of_three_dots() -> None:
    """An ellipsis is …… or nothing, a dash ── or nothing; quotation marks are 「」."""
    assert [key for key, message in CHINESE.items() if re.search(r"\.\.\.|--(?![a-z])|[“”‘’]", message)] == []


def test_backup_plans_and_backup_equipment_are_told_apart() -> None:
    """備案 is what takes over, written and tested; 備援 is standby equipment, and never has hours to switch."""
    of_equipment = {key for key, message in CHINESE.items() if "備援" in message}

    assert {key for key in of_equipment if re.match(r"fallback|column\.fallback|keeps\.", key)} == set()


def test_page_of_terms_is_current() -> None:
    """The reference page shows the glossary (to renew: python -m tests.words.glossary_page)."""
    assert PAGE.read_text("utf-8") == page_of(glossary())
