"""Everything that can be asked about a plan: each question is a method here, and its answer can be kept on the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from tillerman.country import Country
from tillerman.errors import SettingError
from tillerman.plan.alternatives_result import WITHIN, Alternatives
from tillerman.plan.ambiguity_result import Ambiguity
from tillerman.plan.asked import QUESTIONS, Asked
from tillerman.plan.base import Base, Listener, base_for
from tillerman.plan.flips_result import Flips
from tillerman.plan.frontier_result import Frontier
from tillerman.plan.levers_result import Levers
from tillerman.plan.options_result import Options
from tillerman.plan.outofsample import CERTIFIED, OutOfSample
from tillerman.plan.request import Request
from tillerman.plan.whynot_result import LeftOut, WhyNot
from tillerman.plan.worth_result import Worth

if TYPE_CHECKING:
    from tillerman.plan.result import Plan


class Questions:
    """The questions of a plan. An opened study finds its plan again first, unless it holds the answer."""

    if TYPE_CHECKING:  # what every plan has

        @property
        def country(self) -> Country: ...  # noqa: D102 - as in Plan
        @property
        def request(self) -> Request: ...  # noqa: D102 - as in Plan
        @property
        def base(self) -> Base | None: ...  # noqa: D102 - as in Plan
        @property
        def asked(self) -> Asked: ...  # noqa: D102 - as in Plan

    def start(self, progress: Listener | None = None) -> Base:
        """The solved plan that a question starts from; found again where it is not at hand."""
        return self.base or base_for(self.country, self.request, progress=progress)

    def levers(self, *, progress: Listener | None = None) -> Levers:
        """What each of the seven levers is worth: alone, added last, and its fair share."""
        from tillerman.plan.levers import levers

        return self.asked.levers or levers(self.start(progress), progress=progress)

    def foresight(self, *, progress: Listener | None = None) -> Worth:
        """What planning for uncertainty is worth, what foresight could be, and whether there were enough futures."""
        from tillerman.plan.worth import worth

        return self.asked.foresight or worth(self.start(progress), progress=progress)

    def certified(self, n: int = CERTIFIED, *, progress: Listener | None = None) -> OutOfSample:
        """What the plan costs on n fresh futures, drawn from a stream that it has not seen."""
        from tillerman.plan.outofsample import out_of_sample

        held = self.asked.certified
        if held is not None and held.n_futures == n:
            return held
        return out_of_sample(self.start(progress), n, progress=progress)

    def alternatives(self, within: float = WITHIN, *, progress: Listener | None = None) -> Alternatives:
        """What every plan that costs little more contains, what none does, and what is free choice."""
        from tillerman.plan.alternatives import alternatives

        held = self.asked.alternatives
        if held is not None and held.within == within:
            return held
        return alternatives(self.start(progress), within, progress=progress)

    def frontier(self, *, progress: Listener | None = None) -> Frontier:
        """From the cheapest plan to the safest: what it costs to keep more under the most serious single loss."""
        from tillerman.plan.frontier import frontier

        return self.asked.frontier or frontier(self.start(progress), progress=progress)

    def flips(self, *, progress: Listener | None = None) -> Flips:
        """At which value of a number, or chance of a disruption, the dearest decisions stop paying."""
        from tillerman.plan.flips import flips

        return self.asked.flips or flips(self.start(progress), progress=progress)

    def options(self, *, progress: Listener | None = None) -> Options:
        """What each option is worth, and what planning again in year 3 would save."""
        from tillerman.plan.options_worth import options

        return self.asked.options or options(self.start(progress), progress=progress)

    def ambiguity(self, *, progress: Listener | None = None) -> Ambiguity:
        """What the plan costs if disruptions are likelier or rarer than assumed."""
        from tillerman.plan.ambiguity import ambiguity

        return self.asked.ambiguity or ambiguity(self.start(progress), progress=progress)

    def why_not(self, subject: str, *, progress: Listener | None = None) -> WhyNot:
        """What would have to be true for one thing to be in the plan that the plan leaves out."""
        from tillerman.plan.whynot import why_not

        return why_not(self.start(progress), subject, progress=progress)

    def left_out(self, *, progress: Listener | None = None) -> LeftOut:
        """Everything that could be decided and that the plan leaves out, with what it would cost more."""
        from tillerman.plan.whynot import left_out

        return self.asked.left_out or left_out(self.start(progress), progress=progress)


def known(names: Iterable[str]) -> tuple[str, ...]:
    """The named questions, each once. Raises SettingError for a name that is no question."""
    wanted = tuple(dict.fromkeys(names))
    for name in wanted:
        if name not in QUESTIONS:
            raise SettingError("--with", name, f"one of {', '.join(QUESTIONS)}")
    return wanted


def ask(plan: Plan, names: Iterable[str], *, progress: Listener | None = None) -> Plan:
    """The same plan with the named questions answered, so that study, report and workbook hold the answers.

    Raises:
        SettingError: for a name that is no question.
    """
    wanted = known(names)
    if not wanted:
        return plan
    started = replace(plan, base=plan.start(progress))
    answers = {name: getattr(started, name)(progress=progress) for name in wanted}
    return replace(started, asked=replace(plan.asked, **answers))
