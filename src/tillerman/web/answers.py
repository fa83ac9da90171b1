"""Answers to programs: one JSON form for every record, its schema from the same annotations, one shape for mistakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from starlette.responses import JSONResponse

from tillerman.errors import CountryFileError, Problem
from tillerman.plain import to_json
from tillerman.words.sentences import problem_in

P = ParamSpec("P")
R = TypeVar("R")


class Answer(JSONResponse):
    """A record as JSON, in the form that the command line prints."""

    def render(self, content: object) -> bytes:
        """Write a record as it is sent."""
        return to_json(content, indent=None).encode()


@dataclass(frozen=True)
class Trouble:
    """One thing wrong in what was sent: where, what was found, what was expected, what to do."""

    where: str
    found: str
    expected: str
    remedy: str


@dataclass(frozen=True)
class Mistake:
    """Why something cannot be given."""

    detail: str
    problems: tuple[Trouble, ...]  # every problem of a country file; empty where the detail says it all


def answered(endpoint: Callable[P, R]) -> Callable[P, R | Answer]:
    """Answer with a record as it is: FastAPI reads its schema from the annotation and does not check it over again."""

    @wraps(endpoint)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R | Answer:
        found = endpoint(*args, **kwargs)
        return found if isinstance(found, JSONResponse) else Answer(found)

    return answer


def mistake_of(detail: str, error: Exception | None = None, language: str = "en") -> Mistake:
    """Tell programs of a mistake, with every problem where there are several."""
    found = error.problems if isinstance(error, CountryFileError) else ()
    return Mistake(detail, tuple(_trouble(problem_in(problem, language)) for problem in found))


def _trouble(problem: Problem) -> Trouble:
    return Trouble(problem.where, problem.found, problem.expected, problem.remedy)
