"""Asking why a plan leaves something out: what it would cost more, and at which price or chance it would pay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from tillerman.country import Country
from tillerman.errors import SettingError, UnknownNameError
from tillerman.plan.questions import ask
from tillerman.plan.whynot_price import PRICES
from tillerman.plan.whynot_result import LeftOut, WhyNot
from tillerman.web.jobs.ground import Ground
from tillerman.web.jobs.kinds.question import OF_THE_COPY
from tillerman.web.jobs.records import Made
from tillerman.web.jobs.task import Task
from tillerman.web.needs import plan_of
from tillerman.web.strict import STRICT

QUESTION = "left_out"


@dataclass(frozen=True)
class AskWhyNot:
    """Ask why the plan of a study leaves one thing out, by its id in the country file."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["why_not"] = "why_not"
    name: Annotated[str, Field(description=OF_THE_COPY)] = ""
    subject: Annotated[str, Field(description="The id of a site, agreement, lever or option of the country file.")] = ""

    def check(self, ground: Ground) -> None:
        """Refuse what cannot be decided, and a study without a plan. Raises UnknownNameError or NoPlanError."""
        plan_of(ground.opened)
        known = subjects(ground.opened.country)
        if self.subject not in known:
            raise UnknownNameError("subject", self.subject, known, expected="the id of one thing that can be decided")

    def run(self, task: Task) -> Made:
        """Answer for everything that the plan leaves out, and for the subject also how likely a withdrawal must be."""
        plan = plan_of(task.opened)
        found = ask(replace(plan, base=plan.start(task.tell)), (QUESTION,), progress=task.tell)
        row = found.why_not(self.subject, progress=task.tell)
        asked = replace(found.asked, left_out=with_row(found.asked.left_out, row))
        return Made(task.keep_answers(replace(found, asked=asked), (QUESTION,), self.name), subject=self.subject)


def subjects(country: Country) -> tuple[str, ...]:
    """The ids of everything that can be decided with a country file."""
    return tuple(row.id for table, _ in PRICES.values() for row in getattr(country, table))


def with_row(table: LeftOut | None, row: WhyNot) -> LeftOut:
    """The table with a fuller answer in one row. Raises SettingError where the plan has the thing."""
    if table is None or all(found.subject != row.subject for found in table.rows):
        raise SettingError("subject", row.subject, "something that the plan leaves out", "It is in the plan.")
    return replace(table, rows=tuple(row if found.subject == row.subject else found for found in table.rows))
