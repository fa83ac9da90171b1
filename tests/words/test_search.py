"""What people type finds what the screens say, whatever its register, width, case or accents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillerman.words.glossary import glossary
from tillerman.words.search import folded, matches


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("數據", "資料"),
        ("資料", "公共數據"),
        ("芯片", "標準 AI 晶片當量"),
        ("晶片", "芯片"),
        ("供應者", "一家供應商撤回"),
        ("供應商", "供應者"),
        ("斷供", "中斷供應"),
        ("中斷供應", "斷供"),
        ("ＧＰＵ　１００", "gpu 100"),
        ("gpu 100", "ＧＰＵ１００"),
        ("NAIROBI", "Nairobi hall"),
        ("hall nairobi", "Nairobi hall"),
        ("sao paulo", "São Paulo"),
        ("ÎLE", "île-de-france"),
        ("平台", "平臺"),
        ("人工智慧", "AI 主權"),
        ("nobody's", "with nobody’s permission"),
        ("straße", "STRASSE"),
        ("", "anything"),
    ],
)
def test_found(query: str, text: str) -> None:
    """The same thing in another way of writing is found."""
    assert matches(query, text)


@pytest.mark.parametrize(
    ("query", "text"), [("資料", "資源"), ("gpu", "cpu"), ("nairobi mombasa", "Nairobi"), ("供電", "供應商"), ("x", "")]
)
def test_not_found(query: str, text: str) -> None:
    """Something else is not found, and every word of a query counts."""
    assert not matches(query, text)


@pytest.mark.parametrize("word", [word for term in glossary() for word in term.avoid])
def test_every_word_to_avoid_finds_the_right_one(word: str) -> None:
    """Whoever types a word that the glossary avoids finds what the screens say instead."""
    (right,) = (term.zh[0] for term in glossary() if word in term.avoid)

    assert matches(word, f"這是{right}嗎")
    assert matches(right, f"這是{word}嗎")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded text is folded."""
    assert folded(folded(text)) == folded(text)


@given(st.text(), st.text(), st.text())
def test_a_part_is_found_in_the_whole(before: str, part: str, after: str) -> None:
    """What stands in a text between blanks is found there."""
    assert matches(part, f"{before} {part} {after}")
