"""Make the fonts of the PDF brief anew: `python -m tests.brief.fonts FOLDER`, with the folder of the unpacked package.

The package is `@expo-google-fonts/noto-sans-tc` 0.4.3 (Noto Sans TC, SIL Open Font License 1.1), which holds plain
TrueType files. Kept are: every character of Big5's first plane of common characters, which holds the common characters
of the education ministry's standard; Latin, Greek and Cyrillic letters; kana; punctuation, arrows and signs; and
every character that a catalogue, a shipped country file or the list of territories uses.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from babel import Locale
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from tillerman.country import shipped
from tillerman.words import LANGUAGES, words

FACES = {"Regular": "400Regular/NotoSansTC_400Regular.ttf", "Bold": "700Bold/NotoSansTC_700Bold.ttf"}
SOURCE_SHA256 = {
    "Regular": "add35d53f70727657b4509531677c4e3712b67df3d54661efdee5d3a0c16d954",
    "Bold": "ed4ae6ed781e34d0beee896e9be5d835a938ac7adabbcc1b6b6904290006f372",
}
ROOM = Path(str(files("tillerman.brief"))) / "fonts"
_BLOCKS = (
    (0x0020, 0x052F),  # Latin, Greek, Cyrillic
    (0x1E00, 0x1EFF),  # more Latin
    (0x2000, 0x22FF),  # punctuation, currency, letters, arrows, mathematics
    (0x2460, 0x27BF),  # numbers in circles, boxes, shapes
    (0x3000, 0x312F),  # punctuation of Chinese, kana, bopomofo
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),  # full-width forms
)
_FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "tnum", "lnum", "palt", "pwid", "halt"]


def wanted() -> set[int]:
    """Every character that the fonts should have."""
    found = {code for first, last in _BLOCKS for code in range(first, last + 1)}
    for high in range(0xA4, 0xC7):
        for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            if (high, low) <= (0xC6, 0x7E):
                found |= _codes([bytes((high, low)).decode("big5", "ignore")])
    for language in LANGUAGES:
        found |= _codes(words(language).messages.values())
        found |= _codes(Locale.parse(language, sep="-").territories.values())
    packs = Path(str(files("tillerman.country"))) / "packs"
    for name in shipped():
        found |= _codes(
            path.read_text("utf-8") for path in (packs / name).iterdir() if path.suffix in (".csv", ".toml")
        )
    return {code for code in found if code >= ord(" ")}


def _codes(texts: Iterable[str]) -> set[int]:
    return {ord(character) for text in texts for character in text}


def subset(source: Path, target: Path, codes: set[int]) -> set[int]:
    """Write the part of a font that has these characters; give those that it has."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(hinting=False, layout_features=_FEATURES, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17])
    options.drop_tables += ["STAT", "vhea", "vmtx", "VORG", "BASE", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.save(target)
    return set(TTFont(target).getBestCmap())


def ranges(codes: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring codes, first and last of each."""
    found: list[tuple[int, int]] = []
    for code in sorted(codes):
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return found


def main(folder: Path) -> None:
    """Write both faces, what they cover, and their checksums."""
    codes = wanted()
    covered: set[int] | None = None
    lines = []
    for face, path in FACES.items():
        if hashlib.sha256((folder / path).read_bytes()).hexdigest() != SOURCE_SHA256[face]:
            raise SystemExit(f"{path}: found another file; expected that of @expo-google-fonts/noto-sans-tc 0.4.3.")
        target = ROOM / f"NotoSansTC-{face}.ttf"
        found = subset(folder / path, target, codes)
        covered = found if covered is None else covered & found
        lines.append(f"{hashlib.sha256(target.read_bytes()).hexdigest()}  {target.name}")
        print(f"{target.name}: {target.stat().st_size:,} bytes, {len(found):,} characters")
    runs = [f"{a:04X}" if a == b else f"{a:04X}-{b:04X}" for a, b in ranges(covered or ())]
    (ROOM / "coverage.txt").write_text("\n".join(runs) + "\n", "ascii")
    (ROOM / "SHA256SUMS").write_text("\n".join(lines) + "\n", "ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
