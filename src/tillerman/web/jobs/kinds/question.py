"""Asking a plan something that takes a while: the answers are kept with the plan, or with a copy of a shipped one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from tillerman.errors import SettingError
from tillerman.plan.asked import QUESTIONS
from tillerman.plan.questions import ask, known
from tillerman.web.jobs.ground import Ground
from tillerman.web.jobs.records import Made
from tillerman.web.jobs.task import Task
from tillerman.web.needs import plan_of
from tillerman.web.strict import STRICT

MOST_QUESTIONS = len(QUESTIONS)
_LONGEST = 40  # characters of a question's name
# More than there are questions is not read: each wrong one would be looked up among them.
Questions = Annotated[tuple[Annotated[str, Field(max_length=_LONGEST)], ...], Field(max_length=MOST_QUESTIONS)]
OF_THE_COPY = "Of the copy that holds the answer, where the study is a shipped one."


@dataclass(frozen=True)
class AskMore:
    """Ask the plan of a study one or more questions."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["question"] = "question"
    name: Annotated[str, Field(description=OF_THE_COPY)] = ""
    questions: Annotated[Questions, Field(description=f"One or more of {', '.join(QUESTIONS)}.")] = ()

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
