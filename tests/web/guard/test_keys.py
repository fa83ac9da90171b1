"""Keys: whose name and token belong together, how often somebody may try, and what a file of keys may say."""

from __future__ import annotations

import pytest

from tillerman.errors import SettingError
from tillerman.web.guard.keys import MAX_FAILURES, WAIT_SECONDS, Keys, clean_name, keys_from
from tillerman.web.serving import ANYBODY, Key

LONG = "a-token-that-is-long-enough"
OTHER = "another-one-that-is-long-too"


def test_each_person_has_a_token() -> None:
    """A name comes in with its own token only; case and blanks of the name do not matter."""
    keys = Keys((Key("ada", LONG), Key("bo", OTHER)))

    assert keys.owner(" Ada ", LONG, "a") == "ada"
    assert [keys.owner(*pair, "b") for pair in (("ada", OTHER), ("bo", LONG), ("", LONG), ("ada", ""))] == [None] * 4


def test_one_token_for_all_still_asks_for_a_name() -> None:
    """With one token whoever knows it comes in under the name they say."""
    keys = Keys((Key(ANYBODY, LONG),))

    assert keys.owner("Grace Hopper", LONG, "a") == "grace hopper"
    assert keys.owner("", LONG, "a") is None
    assert keys.owner("grace", LONG[:-1], "a") is None


def test_who_fails_too_often_waits() -> None:
    """After five failures even the right token is refused for a quarter of an hour; others are not touched."""
    now = 0.0
    keys = Keys((Key("ada", LONG),), clock=lambda: now)
    for _ in range(MAX_FAILURES):
        assert keys.owner("ada", "wrong", "there") is None

    assert keys.is_shut("there")
    assert keys.owner("ada", LONG, "there") is None
    assert keys.owner("ada", LONG, "here") == "ada"
    now = WAIT_SECONDS + 1
    assert keys.owner("ada", LONG, "there") == "ada"


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        (f"{LONG}\n", (ANYBODY,)),
        (f"# who may come in\nAda: {LONG}\n\nbo:{OTHER}", ("ada", "bo")),
    ],
)
def test_a_file_of_keys_is_read(text: str, owners: tuple[str, ...]) -> None:
    """One token for all, or a line for each person; blank lines and remarks do not count."""
    assert tuple(key.owner for key in keys_from(text, "keys.txt")) == owners


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "keys.txt: found 'nothing'; expected a token of 16 characters or more. Write one into it."),
        ("short", "keys.txt, line 1: found 'a token of 5 characters'; expected 16 characters or more"),
        (f"ada: {LONG}\nbo: x", "keys.txt, line 2: found 'a token of 1 characters'"),
        (f"ada: {LONG}\nADA: {OTHER}", "keys.txt: found 'ada, ada'; expected one token, or one line a person"),
        (f"{LONG}\n{OTHER}", "keys.txt: found 'two tokens'; expected one token, or one line a person"),
        (f"../x: {LONG}", "keys.txt, line 1: found '../x'; expected a name of letters and digits"),
    ],
)
def test_a_poor_file_of_keys_is_refused(text: str, told: str) -> None:
    """What is wrong is told with its line, and never with the token."""
    with pytest.raises(SettingError, match="expected") as refusal:
        keys_from(text, "keys.txt")

    assert told in str(refusal.value)
    assert LONG not in str(refusal.value)


@pytest.mark.parametrize("name", ["", "  ", "-x", "../x", "a/b", "<b>", "a" * 41, "a\x00b"])
def test_a_name_is_plain(name: str) -> None:
    """A name that could be taken for a path or a tag is none."""
    assert clean_name(name) == ""
