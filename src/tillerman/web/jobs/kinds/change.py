"""Changing numbers of a country file: a new study with the changed file, and the plan that is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from tillerman.country import Country, Purpose, problems_of
from tillerman.country.purpose import gaps
from tillerman.errors import CountryFileError, SettingError
from tillerman.plan.base import prepare
from tillerman.plan.influence_change import with_number
from tillerman.plan.optimise import plan_of
from tillerman.web.jobs.ground import Ground
from tillerman.web.jobs.records import Made
from tillerman.web.jobs.task import Task
from tillerman.web.strict import STRICT


@dataclass(frozen=True)
class NumberChange:
    """One number of a country file, and what it should be instead."""

    __pydantic_config__: ClassVar = STRICT

    table: str
    row: Annotated[str | None, Field(description="None in the frame.")]
    column: str
    value: float


@dataclass(frozen=True)
class ChangeNumbers:
    """Change numbers of a study's country file and plan with them, in a new study."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["change"] = "change"
    name: Annotated[str, Field(description="Of the new study.")] = ""
    changes: Annotated[tuple[NumberChange, ...], Field(description="One or more numbers of the country file.")] = ()

    def check(self, ground: Ground) -> None:
        """Refuse a change that the file could not hold.

        Raises:
            SettingError: for a value out of its column's limits, or no change at all.
            UnknownNameError: for a table, row or column that is not there.
            CountryFileError: when the changed file has problems, or is not enough for a plan.
        """
        self.changed(ground.opened.country)

    def run(self, task: Task) -> Made:
        """Make the plan of the changed file as the study's own was made, and keep both."""
        country = self.changed(task.opened.country)
        base = task.search(prepare(country, task.ground.request(country), progress=task.tell))
        study = task.keep_anew(plan_of(base, progress=task.tell), self.name, country)
        return Made(study, compared_with=task.entry.id)

    def changed(self, country: Country) -> Country:
        """The country with its numbers changed."""
        if not self.changes:
            raise SettingError("changes", "none", "one or more numbers")
        for change in self.changes:
            country = with_number(country, (change.table, change.row, change.column), change.value)
        problems = tuple(problem for problem in problems_of(country) if problem.severity == "error")
        missing = problems or gaps(country, Purpose.PLAN)
        if missing:
            raise CountryFileError(country.frame.name, missing)
        return country
