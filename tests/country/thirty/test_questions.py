"""The questions themselves: about thirty, in eight groups, each whole and in both languages."""

from __future__ import annotations

import pytest

from tests.house.fences import ROOT
from tillerman.country.columns import columns_of
from tillerman.country.frame import Frame
from tillerman.country.record import TABLES
from tillerman.country.thirty import QUESTIONS, Group, Otherwise, Question
from tillerman.country.thirty.peers import table
from tillerman.country.thirty.reference import page

each = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)


def test_page_is_made_from_the_questions() -> None:
    """Where it is not, `python -m tillerman.country.thirty.reference` prints it anew."""
    assert (ROOT / "docs" / "reference" / "thirty-numbers.md").read_text("utf-8") == page()


def test_about_thirty_in_eight_groups() -> None:
    """There are about thirty questions, each key once, and every group has some."""
    assert 28 <= len(QUESTIONS) <= 35
    assert len({question.key for question in QUESTIONS}) == len(QUESTIONS)
    assert {question.group for question in QUESTIONS} == set(Group)


@each
def test_says_everything_in_both_languages(question: Question) -> None:
    """A question has words, ends, a holder and a reason in English and in Chinese, and they differ."""
    for text in (question.ask, question.low, question.high, question.holder, question.needed_for):
        assert set(text) == {"en", "zh-Hant"}
        assert text["en"].isascii()
        assert not text["zh-Hant"].isascii()


@each
def test_feeds_columns_that_exist(question: Question) -> None:
    """What a question feeds are columns of the country file."""
    for place in question.feeds:
        name, _, column = place.partition(".")
        record = Frame if name == "frame" else TABLES[name]
        assert columns_of(record)[column].is_number, place


@each
def test_stands_in_as_declared(question: Question) -> None:
    """Peers have a range in the table, everything-possible has its ends, and nothing has neither."""
    has_peers = any(row.indicator == question.peers for row in table())
    assert has_peers is (question.otherwise is Otherwise.PEERS)
    assert (question.whole is not None) is (question.otherwise is Otherwise.WHOLE)


@each
def test_example_lies_within_the_bounds(question: Question) -> None:
    """The invented example is an answer that would be accepted, and it takes some work to get."""
    low, high = question.example
    assert question.minimum <= low <= high <= question.maximum
    assert question.hours > 0
