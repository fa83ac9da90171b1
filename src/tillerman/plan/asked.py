"""The questions that were asked about a plan, each with its answer; a plan carries them into study and report."""

from __future__ import annotations

from dataclasses import dataclass, fields

from tillerman.plan.alternatives_result import Alternatives
from tillerman.plan.ambiguity_result import Ambiguity
from tillerman.plan.flips_result import Flips
from tillerman.plan.frontier_result import Frontier
from tillerman.plan.levers_result import Levers
from tillerman.plan.options_result import Options
from tillerman.plan.outofsample import OutOfSample
from tillerman.plan.whynot_result import LeftOut
from tillerman.plan.worth_result import Worth


@dataclass(frozen=True)
class Asked:
    """One field a question; None where it was not asked."""

    levers: Levers | None = None
    frontier: Frontier | None = None
    alternatives: Alternatives | None = None
    foresight: Worth | None = None
    certified: OutOfSample | None = None
    flips: Flips | None = None
    options: Options | None = None
    ambiguity: Ambiguity | None = None
    left_out: LeftOut | None = None

    @property
    def fresh(self) -> OutOfSample | None:
        """How the plan did on futures that it was not made for; None where that was not asked."""
        return self.certified or (self.foresight.fresh if self.foresight is not None else None)


QUESTIONS = tuple(item.name for item in fields(Asked))
