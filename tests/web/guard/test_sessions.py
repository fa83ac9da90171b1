"""Sessions: kept as hashes, ended by time, by leaving and by nobody's guess."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tillerman.web.guard.sessions import IDLE_SECONDS, WHOLE_SECONDS, Sessions, fresh_cookie


class Clock:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that tests turn."""
    return Clock()


@pytest.fixture
def sessions(tmp_path: Path, clock: Clock) -> Sessions:
    """Sessions in a file of their own."""
    return Sessions(tmp_path / "new" / "sessions.sqlite", clock)


def test_a_session_names_its_owner_until_it_is_ended(sessions: Sessions) -> None:
    """Who came in is known by the cookie alone; after leaving, the cookie opens nothing."""
    ada, bo = sessions.begin("ada"), sessions.begin("bo")

    assert (sessions.owner(ada), sessions.owner(bo), sessions.owner(fresh_cookie())) == ("ada", "bo", None)
    sessions.end(ada)
    assert (sessions.owner(ada), sessions.owner(bo)) == (None, "bo")


def test_a_session_ends_when_it_is_not_used(sessions: Sessions, clock: Clock) -> None:
    """Eight hours without a request end it; a request before that gives it eight more."""
    cookie = sessions.begin("ada")
    for _ in range(3):
        clock.now += IDLE_SECONDS - 1
        assert sessions.owner(cookie) == "ada"
    clock.now += IDLE_SECONDS + 1

    assert sessions.owner(cookie) is None


def test_a_session_ends_after_a_week_however_often_it_is_used(sessions: Sessions, clock: Clock) -> None:
    """A session in daily use ends a week after it began."""
    cookie, began = sessions.begin("ada"), clock.now
    while clock.now - began + IDLE_SECONDS / 2 <= WHOLE_SECONDS:
        clock.now += IDLE_SECONDS / 2
        assert sessions.owner(cookie) == "ada"
    clock.now += IDLE_SECONDS / 2

    assert sessions.owner(cookie) is None


def test_ended_sessions_are_forgotten(sessions: Sessions, clock: Clock, tmp_path: Path) -> None:
    """The file does not grow with sessions that have ended."""
    for _ in range(5):
        sessions.begin("ada")
        clock.now += WHOLE_SECONDS + 1
    sessions.begin("bo")

    with closing(sqlite3.connect(tmp_path / "new" / "sessions.sqlite")) as file:
        assert file.execute("SELECT owner FROM session").fetchall() == [("bo",)]


def test_the_file_opens_no_door(sessions: Sessions, tmp_path: Path) -> None:
    """Nobody else may read the file, and whoever reads it finds no cookie in it."""
    cookie = sessions.begin("ada")
    path = tmp_path / "new" / "sessions.sqlite"

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert cookie.encode() not in path.read_bytes()


def test_sessions_survive_a_restart(sessions: Sessions, clock: Clock, tmp_path: Path) -> None:
    """A server that is started again knows its visitors and takes the forms that it gave out."""
    cookie = sessions.begin("ada")
    mark = sessions.form_mark(cookie)
    again = Sessions(tmp_path / "new" / "sessions.sqlite", clock)

    assert again.owner(cookie) == "ada"
    assert again.is_form_mark(cookie, mark)


def test_a_form_belongs_to_one_browser(sessions: Sessions) -> None:
    """A mark is taken from the browser it was given to, differs each time, and cannot be made up."""
    ada, bo = fresh_cookie(), fresh_cookie()
    first, second = sessions.form_mark(ada), sessions.form_mark(ada)

    assert first != second
    assert all(sessions.is_form_mark(ada, mark) for mark in (first, second))
    assert not any(sessions.is_form_mark(bo, mark) for mark in (first, second))
    assert not any(sessions.is_form_mark(ada, mark) for mark in ("", "x", first[:-1], first + "0", "é" * 80))
