"""What a job may be asked to do, one file a kind; each checks what it is asked and knows how to do it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from tillerman.web.jobs.kinds.change import ChangeNumbers
from tillerman.web.jobs.kinds.change import NumberChange as NumberChange
from tillerman.web.jobs.kinds.plan import PlanAnew
from tillerman.web.jobs.kinds.question import AskMore
from tillerman.web.jobs.kinds.why_not import AskWhyNot

Asked = PlanAnew | AskMore | AskWhyNot | ChangeNumbers
WORK: TypeAdapter[Asked] = TypeAdapter(Annotated[Asked, Field(discriminator="kind")])
