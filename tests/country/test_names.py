"""Names of states, economies and blocs come from one stated list, in the language asked for."""

import pytest

from tillerman.country import load
from tillerman.country.names import code_named, territory


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("GB", "United Kingdom", "英國"),
        ("TW", "Taiwan", "臺灣"),
        ("EU", "European Union", "歐盟"),
        ("EAC", "East African Community", "東非共同體"),
        ("XN", "a neighbouring economy", "鄰近經濟體"),
        ("XO", "another economy", "其他經濟體"),
    ],
)
def test_a_code_has_a_name(code: str, english: str, chinese: str) -> None:
    """States, economies and blocs alike."""
    assert territory(code) == english
    assert territory(code, "zh-Hant") == chinese


@pytest.mark.parametrize("name", ["Taiwan", "臺灣", "台灣", "tw"])
def test_a_name_is_understood_in_either_form_of_a_character(name: str) -> None:
    """Screens write the official form; whoever types the common one is understood."""
    assert code_named(name) == "TW"


@pytest.mark.parametrize("text", ["Microsoft", "XA", "XU", "ZZ", "us", "jurisdiction 3", "home", ""])
def test_what_is_no_code_stays_as_it_is(text: str) -> None:
    """Names of parties, invented states and aliases are not changed."""
    assert territory(text) == text


def test_every_state_of_a_shipped_file_has_a_name() -> None:
    """No code of Kenya's file is left on a screen."""
    codes = {code for party in load("kenya").parties for code in party.jurisdictions}

    assert [code for code in codes if territory(code) == code or territory(code, "zh-Hant") == code] == []
