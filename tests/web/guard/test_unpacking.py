"""Unpacking: a zipped country file becomes a folder; everything else is refused whole, with one clear message."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from tillerman.country import load
from tillerman.errors import CountryFileError
from tillerman.study import PACKS
from tillerman.web.guard.unpacking import MAX_FILES, refuse_bomb, unpack


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """An archive of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return held.getvalue()


def linked(name: str) -> zipfile.ZipInfo:
    """An entry that is a link."""
    item = zipfile.ZipInfo(name)
    item.create_system = 3
    item.external_attr = (stat.S_IFLNK | 0o777) << 16
    return item


def raw(name: str) -> zipfile.ZipInfo:
    """An entry with exactly this name."""
    item = zipfile.ZipInfo("x")
    item.filename = name
    return item


@pytest.mark.parametrize("top", ["", "kenya/", "My Documents/"])
def test_a_zipped_country_file_loads(tmp_path: Path, top: str) -> None:
    """A country file zipped with or without its folder is the country file again; what systems add is left out."""
    files = [(f"{top}{path.name}", path.read_bytes()) for path in (PACKS / "kenya").iterdir() if path.is_file()]
    extra = [("__MACOSX/._x.csv", b"junk"), (f"{top}.DS_Store", b"junk")]
    unpack(zipped(*files, *extra), tmp_path)

    assert load(tmp_path).content_hash == load("kenya").content_hash
    assert {path.name for path in tmp_path.iterdir()} == {name.rpartition("/")[2] for name, _ in files}


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"not an archive", "no readable archive"),
        (b"", "no readable archive"),
        (zipped(), "an empty archive"),
        (zipped(("../parties.csv", b"x")), "'../parties.csv'"),
        (zipped(("a/../../parties.csv", b"x")), "parties.csv'"),
        (zipped((raw("/etc/passwd"), b"x")), "'/etc/passwd'"),
        (zipped((raw("C:\\x.csv"), b"x")), "x.csv'"),
        (zipped((raw("a\\..\\..\\x.csv"), b"x")), "x.csv'"),
        (zipped((raw("a\nb.csv"), b"x")), "b.csv'"),
        (zipped((linked("parties.csv"), b"/etc/passwd")), "a link or a device"),
        (zipped(("inner.csv", zipped(("x", b"y")))), "an archive within the archive"),
        (zipped(("a.csv", b"x"), ("A.csv", b"y")), "the same name twice"),
        (zipped(*((f"{n}.csv", b"x") for n in range(MAX_FILES + 1))), "201 files"),
        (zipped(("zeros.csv", bytes(60_000_000))), "60 MB when unpacked"),
        (zipped(("zeros.csv", bytes(20_000_000))), "packed into"),
    ],
)
def test_everything_else_is_refused_whole(tmp_path: Path, data: bytes, found: str) -> None:
    """Each kind of unsafe archive is refused with what was found, and nothing is written anywhere."""
    place = tmp_path / "in" / "here"
    place.mkdir(parents=True)

    with pytest.raises(CountryFileError, match="expected") as refusal:
        unpack(data, place)

    assert found in str(refusal.value)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_one_bad_file_refuses_the_good_ones_too(tmp_path: Path) -> None:
    """A folder of good tables and one path that leads out is not unpacked in part."""
    with pytest.raises(CountryFileError, match="odd characters"):
        unpack(zipped(("parties.csv", b"id,name"), ("../../x.csv", b"x")), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_lied_size_is_not_believed(tmp_path: Path) -> None:
    """An archive that says it is small and is not is found damaged: no more than the said size is ever unpacked."""
    honest = zipped(("zeros.csv", bytes(40_000)))
    lied = honest.replace((40_000).to_bytes(4, "little"), (400).to_bytes(4, "little"))

    with pytest.raises(CountryFileError, match="damaged"):
        unpack(lied, tmp_path)


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    """A file with a password is told as such."""
    data = bytearray(zipped(("parties.csv", b"id,name")))
    data[6] |= 1  # the flag of encryption, in the file's own header
    data[data.rindex(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(CountryFileError, match="damaged or locked"):
        unpack(bytes(data), tmp_path)


def test_a_workbook_is_judged_by_the_same_measure() -> None:
    """A workbook of zeros that grows beyond measure is refused before it is read; an ordinary one is not."""
    refuse_bomb(zipped(("xl/worksheets/sheet1.xml", b"<row>1</row>" * 2000)), name="book.xlsx")

    with pytest.raises(CountryFileError, match="when unpacked"):
        refuse_bomb(zipped(("xl/worksheets/sheet1.xml", bytes(60_000_000))), name="book.xlsx")
