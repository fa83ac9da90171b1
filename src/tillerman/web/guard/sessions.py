"""Sessions: who has come in, kept as the hash of a cookie only; they end when unused, and in any case after a week."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

IDLE_SECONDS = 8 * 3600.0
WHOLE_SECONDS = 7 * 24 * 3600.0
_SEEN_EVERY = 60.0  # seconds between two notes that a session is in use
_LAYOUT = """
CREATE TABLE IF NOT EXISTS session (mark TEXT PRIMARY KEY, owner TEXT NOT NULL, made REAL NOT NULL, seen REAL NOT NULL);
CREATE TABLE IF NOT EXISTS secret (value BLOB NOT NULL);
"""


class Sessions:
    """Sessions in one SQLite file, and the secret from which the marks of forms are made. Safe for several threads."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        self._path = path
        self._clock = clock
        with self._store() as store:
            store.executescript(_LAYOUT)
            store.execute(
                "INSERT INTO secret SELECT ? WHERE NOT EXISTS (SELECT 1 FROM secret)", (secrets.token_bytes(32),)
            )
            self._secret: bytes = store.execute("SELECT value FROM secret").fetchone()[0]

    def begin(self, owner: str) -> str:
        """Let somebody in: the cookie that says so from now on. Sessions that have ended are forgotten."""
        cookie, now = fresh_cookie(), self._clock()
        with self._store() as store:
            store.execute("DELETE FROM session WHERE seen < ? OR made < ?", (now - IDLE_SECONDS, now - WHOLE_SECONDS))
            store.execute("INSERT INTO session VALUES (?, ?, ?, ?)", (_mark(cookie), owner, now, now))
        return cookie

    def owner(self, cookie: str) -> str | None:
        """Who came in with a cookie; None where nobody did, or the session has ended."""
        mark, now = _mark(cookie), self._clock()
        with self._store() as store:
            found = store.execute("SELECT owner, made, seen FROM session WHERE mark = ?", (mark,)).fetchone()
        if found is None:
            return None
        owner, made, seen = found
        if now - seen > IDLE_SECONDS or now - made > WHOLE_SECONDS:
            return None
        if now - seen > _SEEN_EVERY:
            with self._store() as store:
                store.execute("UPDATE session SET seen = ? WHERE mark = ?", (now, mark))
        return str(owner)

    def end(self, cookie: str) -> None:
        """Forget a session."""
        with self._store() as store:
            store.execute("DELETE FROM session WHERE mark = ?", (_mark(cookie),))

    def form_mark(self, cookie: str) -> str:
        """Make the mark that shows that a form was given out to this browser; it differs each time."""
        nonce = secrets.token_hex(8)
        return f"{nonce}{self._sign(cookie, nonce)}"

    def is_form_mark(self, cookie: str, mark: str) -> bool:
        """Tell whether a form was given out to this browser."""
        return hmac.compare_digest(self._sign(cookie, mark[:16]).encode(), mark[16:].encode())

    def _sign(self, cookie: str, nonce: str) -> str:
        return hmac.new(self._secret, f"{nonce} {cookie}".encode(), hashlib.sha256).hexdigest()

    @contextmanager
    def _store(self) -> Iterator[sqlite3.Connection]:
        """The file, for one question or change; opening it takes less than a request does."""
        with closing(sqlite3.connect(self._path)) as store, store:
            yield store


def fresh_cookie() -> str:
    """A cookie that nobody can guess."""
    return secrets.token_urlsafe(32)


def _mark(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
