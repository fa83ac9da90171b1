"""Unpacking what a visitor sends: a zipped folder becomes files of bearable size, in one place, or is refused whole."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from tillerman.errors import CountryFileError, Problem

MAX_UNPACKED = 50_000_000  # bytes
MAX_FILES = 200
MAX_RATIO = 200  # unpacked bytes for each packed one; tables of numbers reach 30
_ODD = frozenset('\\:*?"<>|')  # in names: not allowed by one system or another, or read as a path by one
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_LEFT_OUT = ("Thumbs.db", "desktop.ini")  # what systems put into an archive by themselves
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


def unpack(data: bytes, into: Path, *, name: str = "folder.zip") -> None:
    """Unpack a zipped folder into an empty one; a folder that is alone at the top is entered.

    Raises:
        CountryFileError: where it is no archive, too large, or holds anything but plain files; nothing is written then.
    """
    files = _read(data, name)
    for path, content in _entered(files).items():
        place = into.joinpath(*path.parts)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def refuse_bomb(data: bytes, *, name: str) -> None:
    """Refuse a workbook that cannot be read, or grows beyond all measure. Raises CountryFileError."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        remedy = "Open it in a spreadsheet and save it again as .xlsx, without a password."
        raise _refused(name, "a file that is no readable workbook", "an .xlsx workbook", remedy) from error
    with archive:
        _judge_sizes(archive.infolist(), len(data), name)


def _read(data: bytes, name: str) -> dict[PurePosixPath, bytes]:
    """The files of an archive, after everything that speaks against them."""
    with _opened(data, name) as archive:
        items = [item for item in archive.infolist() if not item.is_dir() and not _is_left_out(item.filename)]
        if not items:
            raise _refused(name, "an empty archive", "a zipped country file", "Put the folder itself into it.")
        _judge_sizes(items, len(data), name)
        files: dict[PurePosixPath, bytes] = {}
        for item in items:
            path = _path(item, name)
            if str(path).casefold() in {str(other).casefold() for other in files}:
                raise _refused(f"{name}:{path}", "the same name twice", "each file once", "Remove one of them.")
            try:
                content = archive.read(item)  # never more than the size it was judged by
            except _BROKEN as error:
                raise _refused(f"{name}:{path}", f"a damaged or locked file ({error})", "a readable one") from error
            if content.startswith(_ARCHIVES):
                raise _refused(f"{name}:{path}", "an archive within the archive", "tables and country.toml")
            files[path] = content
    return files


def _opened(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        remedy = "Zip the folder again, without a password."
        raise _refused(name, "a file that is no readable archive", "a zipped folder", remedy) from error


def _judge_sizes(items: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    remedy = "Check that this is the file you mean."
    if len(items) > MAX_FILES:
        raise _refused(name, f"{len(items):,} files", f"{MAX_FILES} files or fewer", remedy)
    unpacked = sum(item.file_size for item in items)
    if unpacked > MAX_UNPACKED:
        limit = f"{MAX_UNPACKED / 1e6:,.0f} MB or less"
        raise _refused(name, f"{unpacked / 1e6:,.0f} MB when unpacked", limit, remedy)
    if unpacked > MAX_RATIO * max(packed, 1_000):
        found = f"{unpacked / 1e6:,.1f} MB packed into {packed / 1e3:,.0f} kB"
        raise _refused(name, found, f"at most {MAX_RATIO} times its own size when unpacked", remedy)


def _path(item: zipfile.ZipInfo, name: str) -> PurePosixPath:
    """Where a file of an archive goes. Raises CountryFileError where it is no plain file, or would go elsewhere."""
    kind = stat.S_IFMT(item.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        raise _refused(f"{name}:{item.filename!a}", "a link or a device", "plain files", "Put the file itself into it.")
    parts = item.orig_filename.split("/")  # as it stands in the archive: the reader has already changed the other
    is_plain = all(part not in {"", ".", ".."} and part.isprintable() and not _ODD & set(part) for part in parts)
    if not is_plain or item.orig_filename.startswith("/"):
        found = f"the name {item.orig_filename!a}"
        raise _refused(name, found, "names without '..', drives or odd characters", "Rename it and zip again.")
    return PurePosixPath(*parts)


def _entered(files: dict[PurePosixPath, bytes]) -> dict[PurePosixPath, bytes]:
    """The same files without the one folder in which all of them stand, if there is one."""
    tops = {path.parts[0] for path in files}
    if len(tops) == 1 and all(len(path.parts) > 1 for path in files):
        return {PurePosixPath(*path.parts[1:]): content for path, content in files.items()}
    return files


def _is_left_out(filename: str) -> bool:
    """Tell whether a system put a file into the archive by itself, such as `.DS_Store`; `..` is not one of these."""
    first, last = filename.split("/", maxsplit=1)[0], filename.rpartition("/")[2]
    return first == "__MACOSX" or last in _LEFT_OUT or (last.startswith(".") and not last.startswith(".."))


def _refused(where: str, found: str, expected: str, remedy: str = "Zip the folder again.") -> CountryFileError:
    return CountryFileError(where.partition(":")[0], [Problem(where, found, expected, remedy)])
