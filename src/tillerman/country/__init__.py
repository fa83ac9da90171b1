"""Country files: a folder, a workbook or a shipped name in; one checked, frozen Country out.

`load` opens a file and refuses it with every problem at once; `check` says how far a file gets you.
"""

from __future__ import annotations

from tillerman.country.checks.judge import problems_of
from tillerman.country.purpose import Purpose
from tillerman.country.reading import Report, check, load, shipped
from tillerman.country.record import TABLES, Country

__all__ = ["TABLES", "Country", "Purpose", "Report", "check", "load", "problems_of", "shipped"]
