"""Asking a plan something that takes a while: the answers are kept with the plan, or with a copy of a shipped one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import Field

from tillerman.errors import SettingError
from tillerman.plan.asked import QUESTIONS
from tillerman.plan.questions import ask, known
from tillerman.web.jobs.ground import Ground
from tillerman.web.jobs.records import Made
from tillerman.web.jobs.task import Task
from tillerman.web.needs import plan_of

OF_THE_COPY = "Of the copy that holds the answer, where the study is a shipped one."


@dataclass(frozen=True)
class AskMore:
    """Ask the plan of a study one or more questions."""

    kind: Literal["question"] = "question"
    name: Annotated[str, Field(description=OF_THE_COPY)] = ""
    questions: Annotated[tuple[str, ...], Field(description=f"One or more of {', '.join(QUESTIONS)}.")] = ()

    def check(self, ground: Ground) -> None:
        """Refuse what is no question, and a study without a plan. Raises SettingError or NoPlanError."""
        plan_of(ground.opened)
        if not known(self.questions):
            raise SettingError("questions", "none", f"one or more of {', '.join(QUESTIONS)}")

    def run(self, task: Task) -> Made:
        """Find the plan again, which gives the same one to the bit, and ask it what it has not answered yet."""
        plan = plan_of(task.opened)
        names = known(self.questions)
        # Not from a search that was kept: one gone on with may end in another plan within the tolerance.
        found = ask(replace(plan, base=plan.start(task.tell)), names, progress=task.tell)
        return Made(task.keep_answers(found, names, self.name))
