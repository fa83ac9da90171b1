"""The folder of a private session: deleted when the server stops, or by the next one where it was killed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tillerman.web.jobs.lease import FILE, lease

PREFIX = "tillerman-private-"
_YOUNG_S = 60.0  # a server that has just begun may not hold its lease yet


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder for as long as the block runs, and no longer; what killed sessions left behind is deleted first."""
    sweep(Path(tempfile.gettempdir()))
    with (
        tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as found,
        lease(Path(found)),
    ):
        yield Path(found)


def sweep(within: Path) -> None:
    """Delete the folders of one's own private sessions that no running server holds."""
    for folder in within.glob(f"{PREFIX}*"):
        with suppress(OSError, sqlite3.Error):  # another server deletes it as well, or it is not ours to read
            if _is_left_behind(folder):
                shutil.rmtree(folder)


def _is_left_behind(folder: Path) -> bool:
    """Tell whether a folder is one's own, not new, and held by nobody."""
    held = folder / FILE
    if folder.is_symlink() or not held.is_file() or time.time() - held.stat().st_mtime < _YOUNG_S:
        return False
    if os.name == "posix" and folder.stat().st_uid != os.getuid():
        return False
    with lease(folder) as is_free:
        return is_free
