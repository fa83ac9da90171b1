"""What every good plan contains, and what is free choice: the answer of `tillerman alternatives`."""

from __future__ import annotations

from dataclasses import dataclass, field

from tillerman.plan.interval import Interval

WITHIN = 0.05  # share of gross cost that a good plan may cost more, where nothing else is said
ALWAYS, NEVER, FREE, OPEN = "in_every", "in_none", "free_choice", "undetermined"


@dataclass(frozen=True)
class Choice:
    """One thing that can be decided, over all years, and whether good plans contain it."""

    action: str  # build, sign, start or keep_open
    subject: str  # id in the country file
    name: str
    unit: str
    lever: int | None
    verdict: str  # in_every, in_none, free_choice or undetermined
    in_plan: float  # how much of it the plan has
    counts_from: float  # so much counts as having it: half of what the plan has, or else a small part of all there is
    proved: Interval  # no good plan has less, or more
    seen: Interval  # the least and most among good plans that were found


@dataclass(frozen=True)
class Alternative:
    """One good plan, as different from the others as could be found."""

    more: float  # it costs so much more than the plan, million US$
    deeds: tuple[str, ...]  # what it does and the plan does not
    without: tuple[str, ...]  # what the plan does and it does not


@dataclass(frozen=True)
class Alternatives:
    """All plans that cost little more than the best: what they share, and where they differ."""

    within: float  # share of gross cost that a good plan may cost more
    limit_musd: float  # the objective up to which a plan is good
    choices: tuple[Choice, ...]
    examples: tuple[Alternative, ...]
    sovereign_in_plan: float  # critical service with nobody's permission, of what is asked for today: the plan's own
    sovereign: Interval  # the most that a good plan can have: found, and proved impossible beyond
    n_good: int  # good plans that were found
    n_priced: int
    seconds: float = field(default=0.0, compare=False)
