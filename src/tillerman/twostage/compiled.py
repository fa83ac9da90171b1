"""Where compiled code keeps its machine code between runs, and the one place that loads it.

The folder carries the package version and a hash of the kernel's source, so that old machine code is never read.
A folder that cannot be written gives way to a temporary one, of this user alone: machine code that somebody else has
put there would be run.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import stat
import sys
import tempfile
import threading
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

KERNEL, CHECK = "tillerman.twostage.kernel", "tillerman.twostage.kernel_check"
SOURCES = ("kernel.py", "kernel_check.py")
_lock = threading.Lock()


def load_kernel() -> ModuleType | None:
    """Give the compiled kernel, compiling it once; nothing where numba is absent."""
    return _load(KERNEL)


def load_check() -> ModuleType | None:
    """Give the compiled check, compiling it once; nothing where numba is absent."""
    return _load(CHECK)


def _load(name: str) -> ModuleType | None:
    with _lock:  # workers must never compile the same code twice, or half of it
        if name in sys.modules:
            return sys.modules[name]
        try:
            from numba import config
        except ImportError:
            return None
        if not getattr(config, "CACHE_DIR", ""):  # a folder set by the user wins
            vars(config)["CACHE_DIR"] = str(cache_folder(spare_folder(Path(tempfile.gettempdir()))))
        return importlib.import_module(name)


def cache_folder(spare: Path, *, home: Path | None = None) -> Path:
    """Give a folder that can be written for this version of the kernel: the user's cache, else the spare one."""
    source = b"".join((Path(__file__).parent / name).read_bytes() for name in SOURCES)
    name = Path("tillerman") / version("tillerman") / hashlib.sha256(source).hexdigest()[:16]
    for base in (_user_cache(home), spare):
        if base is None:
            continue
        folder = base / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / "writable"
            probe.write_bytes(b"")
            probe.unlink(missing_ok=True)
        except OSError:
            continue
        return folder
    return spare


def spare_folder(temporary: Path) -> Path:
    """Give a folder under the temporary one that nobody else can write to: always the same one, or else a new one."""
    if sys.platform == "win32":
        return temporary  # belongs to the user there
    folder = temporary / f"tillerman-{os.getuid()}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077:
            return folder
    return Path(tempfile.mkdtemp(prefix="tillerman-", dir=temporary))


def _user_cache(home: Path | None) -> Path | None:
    try:
        base = Path.home() if home is None else home
    except RuntimeError:
        return None
    if sys.platform == "darwin":
        return base / "Library" / "Caches"
    return base / "AppData" / "Local" if sys.platform == "win32" else base / ".cache"
