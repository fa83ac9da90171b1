"""Everything that can go wrong, drawn once.

TillermanError
├── CountryFileError(ValueError)     a country file has problems; carries all of them
├── UnknownNameError(KeyError)       a name that is not in the file; carries the nearest known
├── SettingError(ValueError)         a setting or option with a value it cannot have
├── ClashError(ValueError)           no plan satisfies all the rules; carries a smallest clashing set
├── StudyError(ValueError)           a study file cannot be opened
└── EngineError(RuntimeError)        the solver and its judge disagree, or the problem is malformed
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal


class TillermanError(Exception):
    """Base of every error this package raises on purpose."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a country file: where, what was found, what was expected, what to do."""

    where: str
    found: str
    expected: str
    remedy: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return f"{self.where}: found {self.found}; expected {self.expected}. {self.remedy}"


class CountryFileError(TillermanError, ValueError):
    """A country file that cannot be used, with every problem in it."""

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        n = len(self.problems)
        heading = f"{source}: {n} problem{'s' if n != 1 else ''}"
        super().__init__("\n".join([heading, *(f"  - {problem}" for problem in self.problems)]))


class UnknownNameError(TillermanError, KeyError):
    """A name that is not known, with the nearest known ones."""

    def __init__(self, what: str, name: str, known: Iterable[str], *, expected: str = "a name from the file") -> None:
        self.what = what
        self.name = name
        self.expected = expected
        self.nearest = nearest(name, known)
        hint = f" Nearest known: {', '.join(self.nearest)}." if self.nearest else ""
        self.message = f"{what}: found {name!r}; expected {expected}.{hint}"
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message


class SettingError(TillermanError, ValueError):
    """A setting or command-line option with a value it cannot have."""

    def __init__(self, where: str, found: object, expected: str, remedy: str = "") -> None:
        self.where = where
        self.found = found
        self.expected = expected
        self.remedy = remedy
        tail = f" {remedy}" if remedy else ""
        super().__init__(f"{where}: found {found!r}; expected {expected}.{tail}")


class ClashError(TillermanError, ValueError):
    """No plan satisfies all the rules at once, with a smallest set of them that cannot hold together."""

    def __init__(self, rules: Sequence[str]) -> None:
        self.rules = tuple(rules)
        listed = "\n".join(f"  - {rule}" for rule in self.rules)
        remedy = "Relax any one of them and the others can hold."
        super().__init__(f"No plan satisfies all the rules. These cannot hold together:\n{listed}\n{remedy}")


class StudyError(TillermanError, ValueError):
    """A study file that cannot be opened, and why."""


class EngineError(TillermanError, RuntimeError):
    """The solver met something it must not pass over in silence."""


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three known names that look like `name`, whatever its case."""
    by_fold = {candidate.casefold(): candidate for candidate in known}
    return tuple(by_fold[match] for match in get_close_matches(name.casefold(), by_fold, n=3, cutoff=0.5))
