"""A lease on a job: held by one process while it works, and given back by the system however that process ends.

SQLite's own lock on a file serves, since it is the same on every system: whoever has an exclusive transaction open has
the lease.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "lease.sqlite"


@contextmanager
def lease(folder: Path, *, wait_s: float = 0.0) -> Iterator[bool]:
    """While the block runs, hold the lease of a folder; gives False where another process holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    base = sqlite3.connect(folder / FILE, timeout=wait_s, isolation_level=None)
    try:
        yield _is_taken(base)
    finally:
        base.close()


def _is_taken(base: sqlite3.Connection) -> bool:
    try:
        base.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
