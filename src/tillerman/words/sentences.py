"""Sentences that rooms write in English, said in another language: looked up by their form, blanks put into place.

A refusal says in English where something is wrong, what was found, what was expected and what to do, and programs may
rely on it. For a reader of another language each of these texts is found again among the forms in which it can be
written (a test collects them from the sources, so that none is forgotten). A text without a form stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from tillerman.errors import ClashError, CountryFileError, Problem, SettingError, UnknownNameError
from tillerman.words.catalogue import Words, closed, words

_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_DATED = re.compile(r"(\d{4}(?:–\d{4})?): (.+)", re.DOTALL)
_BLANK = re.compile(r"\{\d+(?::said)?\}")


@dataclass(frozen=True)
class _Form:
    """One form of a sentence: how it looks in English, and what it is in the other language."""

    looks: re.Pattern[str]
    said: str


@dataclass(frozen=True)
class Sentences:
    """All forms of one language: those without blanks by their text, the others from the most to the least said."""

    fixed: Mapping[str, str]
    forms: tuple[_Form, ...]

    def said(self, text: str, names: Mapping[str, str] = _NO_NAMES) -> str:
        """Say a text in this language, with the names of a file as they are told; one without a form stays as it is."""
        if text in names:
            return names[text]
        if text in self.fixed:
            return self.fixed[text]
        for form in self.forms:
            if found := form.looks.fullmatch(text):
                return closed(form.said.format(*(_Filled(blank, self, names) for blank in found.groups())))
        return text


class _Filled:
    """What stands in a blank: as it is, or said in the language where the form asks for it."""

    def __init__(self, text: str, sentences: Sentences, names: Mapping[str, str]) -> None:
        self._text = text
        self._sentences = sentences
        self._names = names

    def __format__(self, how: str) -> str:
        if how == "said":
            return self._sentences.said(self._text, self._names)
        return self._names.get(self._text, self._text)


def translated(text: str, language: str, names: Mapping[str, str] = _NO_NAMES) -> str:
    """Say a text that a room wrote in English in another language; `names` tells the names of a country file in it."""
    if language == "en":
        return text
    if dated := _DATED.fullmatch(text):  # what a plan does, after the years in which it does
        return words(language).pair(dated[1], translated(dated[2], language, names))
    return _sentences(language).said(text, names)


def problem_in(problem: Problem, language: str) -> Problem:
    """Say a problem of a country file in another language; its severity stays."""
    if language == "en":
        return problem
    say = _sentences(language).said
    return replace(
        problem,
        where=place_in(problem.where, language),
        found=say(problem.found),
        expected=say(problem.expected),
        remedy=say(problem.remedy),
    )


def place_in(where: str, language: str) -> str:
    """Say where something stands: file, row, column."""
    return where if language == "en" else ":".join(map(_sentences(language).said, where.split(":")))


def error_in(error: Exception, language: str) -> str:
    """Say what is wrong, whole, in a language; in English it is the error's own text."""
    if language == "en":
        return str(error)
    say, put = words(language), _sentences(language).said
    match error:
        case CountryFileError():
            heading = say("refusal.file", source=error.source, n=len(error.problems))
            return "\n".join([heading, *(f"  - {problem_line(problem, language)}" for problem in error.problems)])
        case UnknownNameError():
            names = say("list.between").join(error.nearest)
            remedy = say("refusal.nearest", names=names) if names else ""
            return _line(say, put(error.what), repr(error.name), put(error.expected), remedy)
        case SettingError():
            where = place_in(error.where, language)
            return _line(say, where, repr(error.found), put(error.expected), put(error.remedy))
        case ClashError():
            return say("refusal.clash", rules="\n".join(f"  - {put(rule)}" for rule in error.rules))
        case _:
            return put(str(error))


def problem_line(problem: Problem, language: str) -> str:
    """Say a problem on one line."""
    told = problem_in(problem, language)
    return _line(words(language), told.where, told.found, told.expected, told.remedy)


def _line(say: Words, where: str, found: str, expected: str, remedy: str) -> str:
    return say("refusal.line", where=where, found=found, expected=expected, remedy=remedy).rstrip()


@cache
def _sentences(language: str) -> Sentences:
    fixed: dict[str, str] = {}
    forms: dict[str, str] = {}
    for english, said in forms_of(language).items():
        (forms if _BLANK.search(english) else fixed)[english] = said
    most_said_first = sorted(forms, key=lambda english: (-len(_BLANK.sub("", english)), english))
    return Sentences(fixed, tuple(_Form(_looks(english), forms[english]) for english in most_said_first))


def forms_of(language: str, topic: str = "") -> Mapping[str, str]:
    """Return the forms of a language by their English ones: all of them, or those of one file."""
    import tomllib

    folder = files("tillerman.words").joinpath(language, "sentences")
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.startswith(topic):
            found.update(tomllib.loads(path.read_text("utf-8")))
    return found


def _looks(english: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, _BLANK.split(english))), re.DOTALL)
