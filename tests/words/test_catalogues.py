"""The catalogues: the same messages with the same blanks in every language, none unused, none of the words to avoid."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from tillerman.words import LANGUAGES, words
from tillerman.words.catalogue import topics

ROOM = Path(__file__).parents[2] / "src" / "tillerman"
SOURCES = "\n".join(path.read_text("utf-8") for path in (*sorted(ROOM.rglob("*.py")), *sorted(ROOM.rglob("*.j2"))))
ENGLISH = words("en").messages
TOPICS = sorted(path.name for path in (ROOM / "words" / "en").glob("*.toml"))


def blanks(message: str) -> set[str]:
    """The names of the blanks of a message."""
    return {name for _, name, _, _ in Formatter().parse(message) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language: str) -> None:
    """No message is missing, extra or empty."""
    messages = words(language).messages

    assert set(ENGLISH) ^ set(messages) == set()
    assert [key for key, message in messages.items() if not message.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fills_the_same_blanks(language: str) -> None:
    """A translation uses the blanks of the English message, no more and no fewer."""
    messages = words(language).messages
    wrong = {
        key: blanks(messages[key]) ^ blanks(message)
        for key, message in ENGLISH.items()
        if blanks(messages[key]) ^ blanks(message)
    }

    assert wrong == {}


def test_every_message_is_used() -> None:
    """Each message is asked for by its id, or by an id that ends in a value of the record."""
    asked = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)*)"', SOURCES))
    built = tuple(re.findall(r"""f?["']([a-z_]+(?:\.[a-z_]+)*[._])(?:\{|["'])""", SOURCES))
    by_name = ("annex.", "accounts.", "keeps.column.", "do.", "source.")  # loops over names that stand beside the call
    unused = [key for key in ENGLISH if key not in asked and not key.startswith(built) and not key.startswith(by_name)]
    by_heading = [key for key in unused if not key.endswith(".heading")]

    assert by_heading == []


@pytest.mark.parametrize(
    "word", ["rank", "weapon", "enemy", "attack", "war", "hostile", "adversary", "regime", "cut-off"]
)
def test_no_words_of_war(word: str) -> None:
    """The report speaks of withdrawal and climate, never of war or enemies."""
    said = {key: re.sub(r"\{.*?\}", "", message) for key, message in ENGLISH.items()}
    found = [key for key, message in said.items() if re.search(rf"\b{word}", message, re.IGNORECASE)]

    assert [key for key in found if not (word == "rank" and key in _SAY_THERE_IS_NONE)] == []


_SAY_THERE_IS_NONE = ("compare.note", "everyone.note", "compare_page.intro")  # a comparison says that it does not rank


def test_method_words_only_in_the_annex() -> None:
    """Solver, gap, seed and their like are said in the annex and nowhere else."""
    method = re.compile(r"\b(solver|gap|seed|iteration|scenario|dual)", re.IGNORECASE)

    assert [key for key, message in ENGLISH.items() if method.search(message) and "annex." not in key] == []


@pytest.mark.parametrize(
    ("key", "term"),
    [
        ("layer.compute", "算力"),
        ("layer.governance", "治理"),
        ("posture.key.maker", "談判式依賴"),
        ("posture.key.taker", "被動依賴"),
        ("lever.3", "需求聚合"),
        ("clause.emergency_access", "緊急優先使用權"),
        ("clause.exit_and_portability", "退場與可攜性"),
        ("loss.heading", "最嚴重的單一中斷"),
        ("column.fallback", "備案"),
        ("grade.measured", "實測"),
        ("unit.H100e", "標準 AI 晶片當量（H100 當量）"),
    ],
)
def test_glossary_is_used(key: str, term: str) -> None:
    """Terms of the glossary stand as it gives them."""
    assert words("zh-Hant").messages[key] == term


@pytest.mark.parametrize("topic", TOPICS)
def test_no_message_stands_twice(topic: str) -> None:
    """An id stands in one topic only, and a topic stands in every language with the same ids."""
    by_topic = {language: topics(language) for language in LANGUAGES}
    topic = topic.removesuffix(".toml")
    elsewhere = {key for name, messages in by_topic["en"].items() if name != topic for key in messages}

    assert set(by_topic["en"][topic]) & elsewhere == set()
    assert [key for key in by_topic["en"][topic] if key not in by_topic["zh-Hant"][topic]] == []


def test_every_message_asked_for_is_there() -> None:
    """Whatever a source asks for by its whole id stands in the catalogue."""
    asked = set(re.findall(r"""\bsay\(\s*["']([^"'{}]*[^"'{}.])["']""", SOURCES))

    assert asked - set(ENGLISH) == set()


def test_message_chooses_its_form_by_its_number() -> None:
    """One hour, two hours; in Chinese one form serves both."""
    assert [words("en")("figure.hours", n=n, amount=n) for n in (1, 2)] == ["1 hour", "2 hours"]
    assert [words("zh-Hant")("figure.hours", n=n, amount=n) for n in (1, 2)] == ["1 小時", "2 小時"]


def test_a_blank_is_closed_where_chinese_fills_it() -> None:
    """A space parts Latin letters and digits from Chinese text, and never one Chinese text from another."""
    say = words("zh-Hant")

    assert say("asked.title", names="中國與美國") == "若沒有中國與美國"
    assert say("asked.title", names="Safaricom") == "若沒有 Safaricom"
    assert words("en")("asked.title", names="中國 美國") == "Without 中國 美國"


def test_lists() -> None:
    """Items of a sentence are listed as the language lists them."""
    assert [words("en").listed(("a", "b", "c")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert words("zh-Hant").listed(("甲", "乙", "丙")) == "甲、乙與丙"
