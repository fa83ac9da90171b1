"""What rooms refuse in English is told in Chinese too: every form of every sentence, with its blanks in place."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.words.sentences import sentences
from tillerman.errors import (
    ClashError,
    CountryFileError,
    Problem,
    SettingError,
    StudyError,
    TillermanError,
    UnknownNameError,
)
from tillerman.words.sentences import error_in, forms_of, place_in, problem_in, problem_line, translated

WRITTEN = sentences()
FORMS = forms_of("zh-Hant")
PROBLEM = Problem("sites.csv:row 3:capacity", "'12%'", "a number of 0 or more", "Check the number and its unit.")


def blanks(text: str) -> set[str]:
    """The blanks of a form."""
    return set(re.findall(r"\{(\d+)(?::said)?\}", text))


def test_every_sentence_of_a_refusal_has_a_chinese_form() -> None:
    """Whatever a source can put into a refusal stands in the forms (add it to zh-Hant/sentences, key as shown here)."""
    assert {text: place for text, place in WRITTEN.items() if text not in FORMS} == {}


def test_no_form_is_left_over() -> None:
    """A form that no source writes any more is taken away; words that stand in blanks have a file of their own."""
    own = forms_of("zh-Hant", "values")

    assert [text for text in FORMS if text not in WRITTEN and text not in own] == []


def test_forms_use_the_same_blanks() -> None:
    """A Chinese form says every blank of the English one, no more and no fewer."""
    assert [text for text, said in FORMS.items() if blanks(text) != blanks(said)] == []


def test_forms_are_chinese() -> None:
    """Each form says something in Chinese, or is code that everybody types alike."""
    silent = [text for text, said in FORMS.items() if not re.search(r"[\u4e00-\u9fff]", said)]

    assert [text for text in silent if not re.fullmatch(r"\{0\} MB|[a-z0-9]+", FORMS[text])] == []


@pytest.mark.parametrize("text", sorted(text for text in WRITTEN if blanks(text)))
def test_a_filled_sentence_is_found_again(text: str) -> None:
    """A sentence with something in its blanks is told by its own form, not by a vaguer one."""
    filled = re.sub(r"\{(\d+)\}", lambda blank: f"'value {blank[1]}'", text)
    said = translated(filled, "zh-Hant")

    assert all(f"'value {blank}'" in said for blank in blanks(text))
    assert not re.search(r"[a-z]{3,} [a-z]{3,}", re.sub(r"'.*?'|`.*?`|tillerman [a-z]+", "", said)), said


def test_english_stays_as_it_is() -> None:
    """In English a text, a problem and an error are what the room wrote."""
    error = CountryFileError("mine", [PROBLEM])

    assert translated("Check the year.", "en") == "Check the year."
    assert problem_in(PROBLEM, "en") is PROBLEM
    assert problem_line(PROBLEM, "en") == str(PROBLEM)
    assert error_in(error, "en") == str(error)


def test_problem_is_told_in_its_four_parts() -> None:
    """Place, what was found, what was expected and what to do are each said in Chinese; severity stays."""
    told = problem_in(PROBLEM, "zh-Hant")

    assert told == Problem("sites.csv:第 3 列:capacity", "'12%'", "不小於 0 的數字", "請檢查數字及其單位。")
    assert problem_line(PROBLEM, "zh-Hant") == (
        "sites.csv:第 3 列:capacity：讀到 '12%'；應為不小於 0 的數字。請檢查數字及其單位。"
    )
    assert problem_in(replace(PROBLEM, severity="warning"), "zh-Hant").severity == "warning"


def test_place_keeps_names_of_files() -> None:
    """Only the words of a place are said in Chinese, never the names of files, sheets and columns."""
    assert place_in("C:/data/sites.csv:row 12:id", "zh-Hant") == "C:/data/sites.csv:第 12 列:id"
    assert place_in("sheet thirty:row 4", "zh-Hant") == "工作表 thirty:第 4 列"


def test_sentence_within_a_sentence_is_said_too() -> None:
    """A blank that holds a sentence of ours is said in Chinese as well; one that holds the file's text is not."""
    assert translated("Add it: The language code.", "zh-Hant") == "請加入：The language code."
    assert translated("Add it: Language code.", "zh-Hant") == "請加入：語言代碼。"
    assert translated("site 'no rows' with no chips", "zh-Hant") == "設施 'no rows'，但沒有晶片"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SettingError("--futures", "x", "a whole number or auto"), "--futures：讀到 'x'；應為整數或 auto。"),
        (
            UnknownNameError("row of sites", "nairoby", ["nairobi"]),
            "sites 的列：讀到 'nairoby'；應為檔案中的名稱。最接近的名稱：nairobi。",
        ),
        (ClashError(["budget 2027", "target clinic"]), "2027 的預算"),
        (StudyError("a.study: found no such file; expected a study. Check the path."), "a.study：沒有這個檔案"),
        (CountryFileError("mine", [PROBLEM, PROBLEM]), "mine：2 個問題"),
    ],
)
def test_every_error_is_told_whole(error: TillermanError, said: str) -> None:
    """Each kind of error has its Chinese sentence."""
    told = error_in(error, "zh-Hant")

    assert said in told
    assert not re.search(r"found|expected", told)


def test_a_deed_is_said_after_its_years() -> None:
    """What a plan does in some years is told after them, with the names of the file."""
    names = {"Slice of the hall": "機房的配額"}

    assert translated("2027: Sign: Slice of the hall.", "zh-Hant", names) == "2027：簽署：機房的配額。"
    assert translated("2034–2036: Sign: Slice of the hall.", "zh-Hant", names) == "2034–2036：簽署：機房的配額。"
    assert translated("2027: Sign: Slice of the hall.", "en", names) == "2027: Sign: Slice of the hall."
