"""The answer of `tillerman check`: problems, and how far a file gets you."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from tillerman.cli.views.basis import BasisView, view_basis
from tillerman.country import Purpose, Report
from tillerman.errors import Problem
from tillerman.words import Language


@dataclass(frozen=True)
class ProblemView:
    """One thing wrong or missing in a country file."""

    where: Annotated[str, "File, row and column."]
    found: Annotated[str, "What is there."]
    expected: Annotated[str, "What should be there."]
    remedy: Annotated[str, "What to do."]
    severity: Annotated[Literal["error", "warning"], "An error must be corrected; a warning should be looked at."]


@dataclass(frozen=True)
class PurposeView:
    """Whether a file is enough for one use, and what is missing where it is not."""

    purpose: Annotated[str, "load, exposure or plan."]
    is_possible: Annotated[bool, "True when the file is enough."]
    missing: Annotated[tuple[ProblemView, ...], "What is missing."]


@dataclass(frozen=True)
class CheckView:
    """Every problem of a country file, and how far it gets you."""

    source: Annotated[str, "The file, folder or name."]
    is_sound: Annotated[bool, "True when nothing must be corrected."]
    problems: Annotated[tuple[ProblemView, ...], "Every problem, errors and warnings."]
    purposes: Annotated[tuple[PurposeView, ...], "How far the file gets you."]
    basis: Annotated[BasisView | None, "What a file of thirty numbers rests on; null for a full file."]
    input_hash: Annotated[str | None, "Hash of the content; null where it cannot be read."]


def view_check(report: Report, language: Language = Language.ENGLISH) -> CheckView:
    """Put a report into the form that is shown and printed."""
    return CheckView(
        source=report.source,
        is_sound=not report.errors,
        problems=tuple(map(_view, report.problems)),
        purposes=tuple(
            PurposeView(purpose, report.allows(purpose), tuple(map(_view, report.missing[purpose])))
            for purpose in Purpose
        ),
        basis=None if report.country is None else view_basis(report.country, language),
        input_hash=None if report.country is None else report.country.content_hash,
    )


def _view(problem: Problem) -> ProblemView:
    return ProblemView(problem.where, problem.found, problem.expected, problem.remedy, problem.severity)
