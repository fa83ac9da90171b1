"""What a job may be asked to do, one file a kind; each checks what it is asked and knows how to do it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from tillerman.web.jobs.kinds.change import ChangeNumbers
from tillerman.web.jobs.kinds.change import NumberChange as NumberChange
from tillerman.web.jobs.kinds.plan import PlanAnew
from tillerman.web.jobs.kinds.question import AskMore

WORK: TypeAdapter[PlanAnew | AskMore | ChangeNumbers] = TypeAdapter(
    Annotated[PlanAnew | AskMore | ChangeNumbers, Field(discriminator="kind")]
)
