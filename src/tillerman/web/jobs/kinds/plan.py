"""Making a plan anew: as the study's own plan was made, with other dials where they are given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from tillerman.country import Country, Purpose
from tillerman.country.purpose import gaps
from tillerman.errors import CountryFileError
from tillerman.plan.base import prepare
from tillerman.plan.dials import Dials, Turned, turned
from tillerman.plan.optimise import plan_of
from tillerman.plan.questions import ask, known
from tillerman.settings import SETTINGS
from tillerman.units import DOLLAR, Currency, parse_money
from tillerman.web.jobs.ground import Ground
from tillerman.web.jobs.records import Made
from tillerman.web.jobs.task import Task


@dataclass(frozen=True)
class PlanAnew:
    """Make a plan: as this study's plan was made, or by the defaults, with the dials given here."""

    kind: Literal["plan"] = "plan"
    name: str = ""  # of the new study; a study of your own without a plan is given the plan itself
    budget: str = ""  # public money a year, such as 250m or KES 30bn; blank for as before
    likelihood: float = 1.0  # of every deliberate withdrawal, as a multiple of the file's
    distrust: tuple[tuple[str, float], ...] = ()  # a party or jurisdiction, and a multiple of what it may do
    worst_weight: float | None = None  # how much the worst futures count beside the average, 0 to 1
    futures: int | None = None
    geopolitics: bool | None = None  # False: as if nobody ever cut anyone off on purpose
    questions: tuple[str, ...] = ()  # asked about the plan once it is found

    def check(self, ground: Ground) -> None:
        """Refuse what cannot be asked, before anything is queued.

        Raises:
            SettingError: naming the dial.
            CountryFileError: when the file is not enough for a plan.
        """
        known(self.questions)
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
