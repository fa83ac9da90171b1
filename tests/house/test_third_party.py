"""What others made and we ship is named, with its licence, and is what it says it is."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "tillerman"
OURS = {"web/static/charts.js"}
ROW = re.compile(
    r"^\| `(?P<file>[^`]+)` \| [^|]+ \| [^`|]+`(?P<licence>[^`]+)` \| `(?P<sha256>[0-9a-f]{64}|[\w/]+SHA256SUMS)` \|$",
    re.MULTILINE,
)
LISTED = {found["file"]: found for found in ROW.finditer((ROOT / "THIRD_PARTY.md").read_text("utf-8"))}


def stated(name: str, where: str) -> str:
    """The hash that the list states, or that a file of hashes states for it."""
    if not where.endswith("SHA256SUMS"):
        return where
    lines = (PACKAGE / where).read_text("utf-8").splitlines()
    return next(line.split()[0] for line in lines if line.split()[1] == Path(name).name)


def test_every_script_and_typeface_is_ours_or_named() -> None:
    """No script and no typeface is shipped that the list of others' work does not name."""
    shipped = {
        path.relative_to(PACKAGE).as_posix() for kind in ("js", "ttf", "woff2") for path in PACKAGE.rglob(f"*.{kind}")
    }

    assert shipped - OURS == set(LISTED)


def test_files_are_what_the_list_says() -> None:
    """Each file has the hash that is stated, and its licence is shipped with it."""
    found = {name: hashlib.sha256((PACKAGE / name).read_bytes()).hexdigest() for name in LISTED}

    assert found == {name: stated(name, row["sha256"]) for name, row in LISTED.items()}
    assert [row["licence"] for row in LISTED.values() if len((PACKAGE / row["licence"]).read_text("utf-8")) < 500] == []
