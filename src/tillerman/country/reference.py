"""The reference page of the country file, from its declarations: `python -m tillerman.country.reference > page.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tillerman.country.cells import expected
from tillerman.country.checks import ALL_RULES
from tillerman.country.checks.cell import CELL_RULES
from tillerman.country.columns import Column, columns_of
from tillerman.country.frame import Evidence, Frame
from tillerman.country.purpose import NEEDS
from tillerman.country.record import NOTES, TABLES

_OPENING = """\
# The country file

<!-- Generated from the declarations in `tillerman.country`; change them there, then run
`python -m tillerman.country.reference > docs/reference/country-file.md`. -->

A country file is a folder, or the same as one Excel workbook. In a folder, `country.toml` holds the frame under
`[frame]`, and each table is a CSV file of its name; in a workbook each is a sheet, and the sheet `frame` has the
columns `key` and `value`. `datapackage.json` describes the folder for other people's tools; it is written, never read.

- Text is UTF-8, columns are separated by commas, decimals by a point; nothing stands between thousands.
- A blank cell means *not known* or *does not apply*. It is never taken as zero.
- Several values in one cell are separated by `;`. Dates are written `2026-03-31`, yes and no `true` and `false`.
- A column may be left out if its cells may be blank. A list's blank means *none*, so a list's column must be there.
- A table without rows may be left out. What each use of the file needs is [below](#how-far-a-file-gets-you).
- Chips are counted in H100-equivalents, power in MW at the meter, money in millions of US dollars of the base year.
- A text that a spreadsheet would run as a formula is written with an apostrophe before it, and read without.
"""


def page() -> str:
    """Write the reference page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _OPENING
    for table, record in {"frame": Frame, **TABLES, **NOTES, "evidence": Evidence}.items():
        yield f"## {table}\n"
        yield f"{(record.__doc__ or '').splitlines()[0]}\n"
        yield "| column | what it says | what is accepted |"
        yield "|---|---|---|"
        for name, item in columns_of(record).items():
            yield f"| `{name}` | {_cell(item.doc)}{_references(item)} | {_cell(_accepted(item))} |"
        yield ""
    yield "## How far a file gets you\n"
    yield "A file can be opened long before it is complete. `check` says what it allows, and what is missing.\n"
    yield "| for | table | because it says |"
    yield "|---|---|---|"
    for need in NEEDS:
        rows = f" (rows {', '.join(need.ids)})" if need.ids else ""
        yield f"| {need.purpose} | `{need.table}`{rows} | {need.why} |"
    yield "\n## What is checked\n"
    yield "All problems of a file are listed at once. An error must be corrected; a warning is worth a look.\n"
    yield "| rule | what must hold | |"
    yield "|---|---|---|"
    yield "| `unique_id` | An id stands once in its table. | error |"
    rules = [(rule.name, rule.must, rule.severity) for rule in CELL_RULES]
    rules += [(rule.name, rule.must, rule.severity) for rule in ALL_RULES]
    yield from (f"| `{name}` | {_cell(must)} | {severity} |" for name, must, severity in rules)


def _accepted(item: Column) -> str:
    return expected(item) + ("; may be blank" if item.is_optional else "")


def _references(item: Column) -> str:
    if not item.references:
        return ""
    return " An id of " + " or ".join(f"[{table}](#{table})" for table in item.references) + "."


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(page())
