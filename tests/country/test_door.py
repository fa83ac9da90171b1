"""The door is quick and light, and its reference page is current."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import tillerman.country
from tillerman.country import load, to_workbook, write
from tillerman.country.reference import page

ROOT = Path(__file__).parents[2]
HEAVY = ("pandas", "numpy", "xarray", "linopy", "scipy", "numba", "altair", "highspy")


def test_the_reference_page_is_current() -> None:
    """Change the declarations, then run `python -m tillerman.country.reference > docs/reference/country-file.md`."""
    assert (ROOT / "docs" / "reference" / "country-file.md").read_text(encoding="utf-8") == page()


def test_reading_needs_nothing_heavy() -> None:
    """Opening a shipped country, writing it as a folder and telling its health import no numerical library."""
    program = (
        "import sys; from tillerman.country import load; load('hand').health(); "
        f"print(sorted(set({HEAVY!r} + ('openpyxl', 'xlsxwriter')) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_reading_a_workbook_needs_openpyxl_only(tmp_path: Path) -> None:
    """A workbook is opened without pandas."""
    path = to_workbook(load("hand"), tmp_path / "a.xlsx")
    heavy = tuple(name for name in HEAVY if name != "numpy")  # openpyxl looks for numpy by itself
    program = (
        "import sys; from tillerman.country import load; load(sys.argv[1]); "
        f"print(sorted(set({heavy!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_everything_at_the_door_is_documented() -> None:
    """Each name that the room exports exists and says what it gives."""
    for name in set(tillerman.country.__all__) - {"NOTES", "TABLES"}:
        assert getattr(tillerman.country, name).__doc__


def test_the_hand_sized_pack_is_as_it_would_be_written(tmp_path: Path) -> None:
    """The tiny file in the package has the bytes that writing it gives, its description of the tables included."""
    shipped_folder = Path(tillerman.country.__file__).parent / "packs" / "hand"
    for path in write(load("hand"), tmp_path / "hand").iterdir():
        assert (shipped_folder / path.name).read_bytes() == path.read_bytes(), path.name
