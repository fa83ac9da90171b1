"""What the program needs of a machine, each looked at by itself."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from tillerman.country import shipped
from tillerman.errors import StudyError

_NAME = re.compile(r"[^\w.-]")


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; its name and what to do are the messages `doctor.<id>` and `doctor.<id>.remedy`."""

    id: str
    is_well: bool
    found: str


def checks(folder: Path) -> tuple[Check, ...]:
    """Look at everything that the program needs; `folder` is where the browser's studies are kept."""
    return tuple(_all(folder))


def _all(folder: Path) -> Iterator[Check]:
    yield Check("python", (3, 11) <= sys.version_info[:2] < (3, 15), f"{platform.python_version()}, {sys.platform}")
    yield _packages()
    yield _compiled()
    yield _fonts()
    yield _stored()
    yield _writable("folder", folder)
    yield _writable("temporary", Path(tempfile.gettempdir()))


def _packages() -> Check:
    """Every package that the program asks for, with its version."""
    names = [_NAME.split(line)[0] for line in requires("tillerman") or () if "extra ==" not in line]
    found, missing = [], []
    for name in sorted(names):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    return Check("packages", not missing, ", ".join(missing or (f"tillerman {version('tillerman')}", *found)))


def _compiled() -> Check:
    """The folder where compiled code is kept; without a lasting one it is compiled again each time."""
    from tillerman.twostage.compiled import cache_folder

    with tempfile.TemporaryDirectory() as spare:
        found = cache_folder(Path(spare))
        is_lasting = not found.is_relative_to(spare)
    return Check("compiled", is_lasting, str(found) if is_lasting else "–")


def _fonts() -> Check:
    """The shipped fonts, by the hashes that are shipped beside them."""
    import tillerman.brief

    return fonts_in(Path(tillerman.brief.__file__).parent / "fonts")


def fonts_in(folder: Path) -> Check:
    """Tell whether the fonts of a folder are those of its list."""
    listed = [line.split() for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines() if line.strip()]
    wrong = [
        name
        for digest, name in listed
        if not (folder / name).is_file() or hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    ]
    return Check("fonts", not wrong, ", ".join(wrong or (name for _, name in listed)))


def _stored() -> Check:
    """Shipped countries whose stored plan can be opened and speaks of the very same file."""
    from tillerman.study import PACKS, kept_plan

    wrong = []
    names = [name for name in shipped() if (PACKS / name / f"{name}.study").exists()]
    for name in names:
        try:
            kept_plan(name)
        except StudyError:
            wrong.append(name)
    return Check("stored", not wrong, ", ".join(wrong or names))


def _writable(name: str, folder: Path) -> Check:
    """Tell whether a folder can be written to, or made."""
    parent = next(above for above in (folder, *folder.absolute().parents) if above.exists())
    return Check(name, parent.is_dir() and os.access(parent, os.W_OK | os.X_OK), str(folder))
