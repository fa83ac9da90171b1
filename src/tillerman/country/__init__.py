"""Country files: a folder, a workbook or a shipped name in; one checked, frozen Country out.

`load` opens a file and refuses it with every problem at once; `check` says how far a file gets you.
"""

from __future__ import annotations

from tillerman.country.checks.judge import problems_of
from tillerman.country.citing import Source
from tillerman.country.difference import Change, diff
from tillerman.country.health import Health
from tillerman.country.numbers import Number, numbers, replace_number
from tillerman.country.purpose import Purpose
from tillerman.country.reading import Report, check, load, shipped
from tillerman.country.record import NOTES, TABLES, Country
from tillerman.country.workbook_writing import to_workbook
from tillerman.country.writing import write

__all__ = [
    "NOTES",
    "TABLES",
    "Change",
    "Country",
    "Health",
    "Number",
    "Purpose",
    "Report",
    "Source",
    "check",
    "diff",
    "load",
    "numbers",
    "problems_of",
    "replace_number",
    "shipped",
    "to_workbook",
    "write",
]
