"""Making a plan anew: as the study's own plan was made, with other dials where they are given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from tillerman.country import Country, Purpose
from tillerman.country.purpose import gaps
from tillerman.errors import CountryFileError, SettingError
from tillerman.plan.asked import QUESTIONS
from tillerman.plan.base import prepare
from tillerman.plan.dials import Dials, Turned, turned
from tillerman.plan.optimise import plan_of
from tillerman.plan.questions import ask, known
from tillerman.settings import SETTINGS
from tillerman.units import DOLLAR, Currency, parse_money
from tillerman.web.jobs.ground import Ground
from tillerman.web.jobs.kinds.question import Questions
from tillerman.web.jobs.records import Made
from tillerman.web.jobs.task import Task
from tillerman.web.strict import STRICT

MOST_FUTURES = 10_000  # more need more memory than a server should risk: the command line takes them


@dataclass(frozen=True)
class PlanAnew:
    """Make a plan: as this study's plan was made, or by the defaults, with the dials given here."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["plan"] = "plan"
    name: Annotated[
        str, Field(description="Of the new study. A study of your own without a plan is given the plan itself.")
    ] = ""
    budget: Annotated[str, Field(description="Public money a year, such as 250m or KES 30bn; blank for as before.")] = (
        ""
    )
    likelihood: Annotated[
        float, Field(description="Of every deliberate withdrawal, as a multiple of the file's chance.")
    ] = 1.0
    distrust: Annotated[
        tuple[tuple[str, float], ...],
        Field(description='A supplier or state, and a multiple of the chance of what it may do: [["US", 3]].'),
    ] = ()
    worst_weight: Annotated[
        float | None, Field(description="How much the worst futures count beside the average, 0 to 1.")
    ] = None
    futures: Annotated[
        int | None, Field(description=f"How many possible futures, up to {MOST_FUTURES:,}; none for as before.")
    ] = None
    geopolitics: Annotated[
        bool | None, Field(description="False: as if nobody ever cut anyone off on purpose; none for as before.")
    ] = None
    questions: Annotated[
        Questions, Field(description=f"Asked about the plan once it is found: {', '.join(QUESTIONS)}.")
    ] = ()

    def check(self, ground: Ground) -> None:
        """Refuse what cannot be asked, before anything is queued.

        Raises:
            SettingError: naming the dial.
            CountryFileError: when the file is not enough for a plan.
        """
        known(self.questions)
        if self.futures is not None and self.futures > MOST_FUTURES:
            remedy = "The command line takes more: tillerman plan --futures."
            raise SettingError("futures", self.futures, f"at most {MOST_FUTURES:,} here", remedy)
        missing = gaps(ground.opened.country, Purpose.PLAN)
        if missing:
            raise CountryFileError(ground.opened.entry.name, missing)
        self.asked(ground)

    def run(self, task: Task) -> Made:
        """Find the plan, say what it means, answer the questions, keep it."""
        found = self.asked(task.ground)
        base = task.search(prepare(found.country, found.request, progress=task.tell))
        plan = ask(plan_of(base, progress=task.tell), self.questions, progress=task.tell)
        study = task.keep(plan, self.name, found.country)
        return Made(study, compared_with=task.before, capped=found.capped, idle=found.idle)

    def asked(self, ground: Ground) -> Turned:
        """The country and the request that the dials make of a study."""
        country = ground.opened.country
        before = ground.request(country)
        if self.geopolitics is not None:
            before = replace(before, geopolitics=self.geopolitics)
        dials = Dials(
            budget_musd_per_year=_budget(self.budget, country),
            likelihood=self.likelihood,
            distrust=self.distrust,
            worst_weight=self.worst_weight,
            futures=self.futures,
        )
        return turned(country, before, dials)


def _budget(text: str, country: Country) -> float | None:
    if not text.strip():
        return None
    own = Currency(country.frame.currency, country.frame.currency_per_usd)
    return SETTINGS["budget_musd_per_year"].check(parse_money(text, (own, DOLLAR), where="budget"))
