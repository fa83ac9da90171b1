"""Thirty numbers are enough to start: a form that a government fills in within days, and the country it supports.

A form comes in (a workbook with one sheet, or a folder with one CSV file); a full Country goes out, in which every
number says what it rests on: an answer, a range over peers, or a general assumption. What nothing supports is left out.

    form = open_form("my-country.xlsx")          # answers, and `form.figures`: every range
    form.at({"firm_spare": 80.0}).country()      # the country if one answer were known exactly
    for draw in form.draws(20, seed=1): form.at(draw).country()
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tillerman.country.purpose import Purpose, gaps
from tillerman.country.raw import at
from tillerman.country.record import Country
from tillerman.country.thirty.basis import Basis, Standing, basis_of
from tillerman.country.thirty.expand import expand_with_entries
from tillerman.country.thirty.figure import Figure, Status
from tillerman.country.thirty.form import About, Answer, Entry, Form
from tillerman.country.thirty.form_reading import is_form, read_form
from tillerman.country.thirty.layout import MORE_SHEET, SHEET
from tillerman.country.thirty.question import Group, Otherwise, Question
from tillerman.country.thirty.questions import BY_KEY, QUESTIONS
from tillerman.errors import CountryFileError, Problem

__all__ = [
    "BY_KEY",
    "QUESTIONS",
    "About",
    "Answer",
    "Basis",
    "Entry",
    "Figure",
    "Form",
    "Group",
    "Otherwise",
    "Question",
    "Standing",
    "Status",
    "basis_of",
    "country_of",
    "is_form",
    "open_form",
]


def open_form(source: str | Path) -> Form:
    """Open a form of thirty numbers.

    Raises:
        CountryFileError: with every problem of the form; also where it is none.
    """
    path = Path(source)
    if not is_form(path):
        problem = Problem(
            str(source), "no form of thirty numbers", f"a workbook with the sheet {SHEET!r}", "Check the path."
        )
        raise CountryFileError(str(source), [problem])
    form, problems = read_form(path)
    errors = [problem for problem in problems if problem.severity == "error"]
    if form is None or errors:
        raise CountryFileError(str(source), errors)
    return form


def country_of(path: Path) -> tuple[Country | None, tuple[Problem, ...], Mapping[Purpose, tuple[Problem, ...]]]:
    """The country that a form supports, the form's problems, and what is missing for each purpose."""
    form, problems = read_form(path)
    if form is None:
        return None, problems, dict.fromkeys(Purpose, ())
    country, met = expand_with_entries(form)
    lost = tuple(
        Problem(
            at(f"sheet {MORE_SHEET}", None, entry.key),
            "a number of something that the first sheet does not support",
            "a number that is in the file",
            "Answer the question that it belongs to, or clear the row.",
            "warning",
        )
        for entry in form.entries
        if entry.key not in met
    )
    return country, (*problems, *lost), {purpose: _gaps(form, country, purpose) for purpose in Purpose}


def _gaps(form: Form, country: Country, purpose: Purpose) -> tuple[Problem, ...]:
    """What is missing for a purpose, in the words of the form."""
    missing = gaps(country, purpose)
    if not missing or country.services:
        return missing
    keys = [key for key in _PEOPLE if form.status(key) is Status.LEFT_OUT]
    expected = f"people whom AI serves, which {purpose} needs"
    return (Problem(f"sheet {SHEET}", f"no answer to {', '.join(keys)}", expected, "Answer population first."),)


_PEOPLE = ("population", "health_people", "public_people", "payment_people")
