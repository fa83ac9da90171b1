"""The door: a name, a folder or a workbook in; one checked, frozen Country out, or every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tillerman.country.checks.judge import grouped, judge, problems_of
from tillerman.country.folder import FRAME_FILE, read_folder
from tillerman.country.parsed import parse
from tillerman.country.purpose import Purpose, gaps
from tillerman.country.raw import RawFile
from tillerman.country.record import NOTES, TABLES, Country
from tillerman.country.workbook_reading import read_workbook
from tillerman.errors import CountryFileError, Problem, UnknownNameError

_PACKS = Path(__file__).parent / "packs"
_KNOWN = (*TABLES, *NOTES, "evidence")


@dataclass(frozen=True)
class Report:
    """How far a file gets you: its problems, and what is missing for each purpose."""

    source: str
    problems: tuple[Problem, ...]
    missing: Mapping[Purpose, tuple[Problem, ...]]
    country: Country | None  # None where a problem is an error

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must be corrected before anything can be done with the file."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def allows(self, purpose: Purpose) -> bool:
        """Tell whether the file is enough for a purpose."""
        return self.country is not None and not self.missing[purpose]

    def lines(self) -> tuple[str, ...]:
        """Say in words how far the file gets you."""
        told = [f"{problem.severity}: {problem}" for problem in self.problems]
        for purpose in Purpose:
            if self.allows(purpose):
                told.append(f"{purpose}: possible")
            elif self.country is None:
                told.append(f"{purpose}: not possible before the errors above are corrected")
            else:
                told.append(f"{purpose}: not yet possible")
                told.extend(f"  - {problem}" for problem in self.missing[purpose])
        return tuple(told)


def shipped() -> tuple[str, ...]:
    """List the country files that come with the package, by name."""
    return tuple(sorted(path.parent.name for path in _PACKS.glob(f"*/{FRAME_FILE}")))


def load(source: str | Path, *, purpose: Purpose = Purpose.PLAN) -> Country:
    """Open a country file by shipped name, folder or workbook, and check all of it.

    Raises:
        CountryFileError: with every problem of the file; also when it lacks what `purpose` needs.
        UnknownNameError: when no shipped file has this name, with the nearest known.
    """
    report = check(source)
    problems = report.errors or report.missing[purpose]
    if report.country is None or problems:
        raise CountryFileError(report.source, problems)
    return report.country


def check(source: str | Path) -> Report:
    """Open a country file and say how far it gets you, without refusing it."""
    from tillerman.country.thirty.form_reading import is_form

    path = _find(source)
    if is_form(path):
        return _check_form(str(source), path)
    raw = _read(path)
    parsed, refused = parse(raw)
    problems = grouped((*raw.problems, *refused, *judge(parsed, raw.name)))
    draft = parsed.draft(raw.name)
    missing = {purpose: gaps(draft, purpose) for purpose in Purpose}
    is_sound = not any(problem.severity == "error" for problem in problems)
    return Report(str(source), problems, missing, draft if is_sound else None)


def _check_form(source: str, path: Path) -> Report:
    """Open a form of thirty numbers, and judge the country that its answers support."""
    from tillerman.country.thirty import country_of

    country, problems, missing = country_of(path)
    if country is not None:
        # what is doubtful in rows that nobody wrote is told by what is missing in the form
        errors = (problem for problem in problems_of(country) if problem.severity == "error")
        problems = grouped((*problems, *errors))
    is_sound = not any(problem.severity == "error" for problem in problems)
    return Report(source, problems, missing, country if is_sound else None)


def _find(source: str | Path) -> Path:
    if isinstance(source, str) and source in shipped():
        return _PACKS / source
    path = Path(source)
    if path.exists():
        return path
    if isinstance(source, str) and path.suffix == "" and len(path.parts) == 1:
        expected = f"the name of a shipped file ({', '.join(shipped())}), a folder or an .xlsx workbook"
        raise UnknownNameError("country file", source, shipped(), expected=expected)
    problem = Problem(str(source), "no such file or folder", "a folder or an .xlsx workbook", "Check the path.")
    raise CountryFileError(str(source), [problem])


def _read(path: Path) -> RawFile:
    if path.is_dir():
        return read_folder(path, _KNOWN)
    if path.suffix.casefold() in {".xlsx", ".xlsm"}:
        return read_workbook(path, _KNOWN)
    remedy = "Save it as an Excel workbook (.xlsx), or as a folder of CSV files."
    problem = Problem(path.name, f"a file of kind {path.suffix or '(none)'!r}", "a folder or an .xlsx workbook", remedy)
    raise CountryFileError(str(path), [problem])
