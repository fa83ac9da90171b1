"""Plans to compare with: as today, rent everything, rent with one fallback, build everything, cheapest.

Each is the same problem with some decisions ruled out, so everything learnt while solving the plan stays valid.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tillerman.dispatch import deploy_name
from tillerman.exposure import fleet_as_today
from tillerman.futures import Futures, State
from tillerman.plan.assemble import Assembled, assemble, with_bounds
from tillerman.plan.result import MissingReference
from tillerman.plan.setting import Setting, signed_name, start_name
from tillerman.plan.variants import TOLERANCE, side_by_side, uninterrupted
from tillerman.twostage import Outcome, Risk, Solution, Tuning, clash, solve
from tillerman.units import DOLLAR, money

Floats = NDArray[np.float64]
CALM_ROUNDS = 300  # the problem without withdrawals is small, so that its search may go on longer


@dataclass(frozen=True)
class Comparison:
    """A reference plan's first stage, and whether its bounds met."""

    name: str
    label: str
    x: Floats
    is_certified: bool
    note: str


def as_today(assembled: Assembled) -> Floats:
    """The first stage in which nothing is decided: today's deployments keep their shares."""
    x = np.zeros(assembled.problem.first.cost.size)
    fleet = fleet_as_today(assembled.setting.dispatch)
    x[: fleet.size] = fleet
    return x


def comparisons(
    assembled: Assembled, best: Solution, risk: Risk, *, rounds: int
) -> tuple[tuple[Comparison, ...], tuple[MissingReference, ...]]:
    """Solve every reference plan, re-using what the plan's own solve has learnt; what cannot be shown says why."""
    found = [Comparison("as_today", "Carry on as today", as_today(assembled), is_certified=True, note="")]
    missing = []
    kinds: tuple[tuple[str, str, Callable[[Setting], set[str]]], ...] = (
        ("rent_everything", "Rent everything", _all_but_rent),
        ("rent_and_fallback", "Rent everything, with one fallback at home", _all_but_rent_and_fallback),
        ("build_everything", "Build everything at home", _all_but_home),
    )
    bans = [banned(assembled.setting) for _, _, banned in kinds]
    answers = side_by_side(assembled, bans, best, risk, rounds=rounds)
    for (name, label, _), ruled_out, answer in zip(kinds, bans, answers, strict=True):
        if np.isfinite(answer.x).all():
            found.append(Comparison(name, label, answer.x, _is_certified(answer), _doubt(answer)))
        else:
            missing.append(MissingReference(name, label, _why_missing(assembled, ruled_out, answer)))
    cheapest = _cheapest(assembled, best)
    if isinstance(cheapest, Comparison):
        found.append(cheapest)
    else:
        missing.append(cheapest)
    return tuple(found), tuple(missing)


def _is_certified(answer: Solution) -> bool:
    return answer.outcome is Outcome.CERTIFIED


def _doubt(answer: Solution) -> str:
    """What must be said beside a reference plan whose search stopped early."""
    if _is_certified(answer):
        return ""
    distance = answer.objective - answer.lower_bound
    most = f"up to {money(distance, DOLLAR)} less" if np.isfinite(distance) else "less, nobody knows how much"
    return f"Not searched to the end: the best plan of this kind may cost {most}."


def _why_missing(assembled: Assembled, ruled_out: set[str], answer: Solution) -> str:
    if answer.outcome is not Outcome.INFEASIBLE:
        return f"No plan of this kind was found. {answer.outcome.value}"
    names = assembled.problem.first.names
    problem = with_bounds(assembled.problem, upper={i: 0.0 for i, n in enumerate(names) if n in ruled_out})
    rules = ", ".join(name for name in clash(problem.first, assembled.book.groups) if name)
    return f"No plan of this kind keeps all the rules; these cannot hold together: {rules}."


def _cheapest(assembled: Assembled, best: Solution) -> Comparison | MissingReference:
    """The plan of somebody who counts on nothing ever being withdrawn."""
    calm = _without_withdrawals(assembled.futures)
    problem = assemble(assembled.setting, calm).problem
    # the plan itself keeps the same rules, so the search has something to show from its first round
    answer = uninterrupted(
        solve(
            problem, risk=Risk(aversion=0.0), tolerance=TOLERANCE, tuning=Tuning(start=best.x, most_rounds=CALM_ROUNDS)
        )
    )
    name, label = "cheapest", "Cheapest, trusting that nothing stops"
    if not np.isfinite(answer.x).all():
        return MissingReference(name, label, f"No plan of this kind was found. {answer.outcome.value}")
    note = "Planned as if nothing were ever withdrawn; shown at what it then really costs."
    if not _is_certified(answer):
        note += f" {_doubt(answer)[:-1]} if nothing is withdrawn."
    return Comparison(name, label, answer.x, _is_certified(answer), note)


def _without_withdrawals(futures: Futures) -> Futures:
    """The same futures with every withdrawal taken out; states that become equal are merged, futures averaged."""
    positions: dict[State, int] = {}
    column = [
        positions.setdefault(replace(state, active=(), fired=frozenset()), len(positions)) for state in futures.states
    ]
    weight = futures.weights.T @ futures.probability
    merged = np.zeros((1, len(positions)))
    np.add.at(merged[0], np.array(column), weight)
    return replace(
        futures,
        states=tuple(positions),
        weights=sparse.csr_array(merged),
        probability=np.ones(1),
    )


def _all_but_rent(setting: Setting) -> set[str]:
    """Everything that is not renting: building, and running on sites at home."""
    return _builds(setting) | _deployments(setting, at_home=True)


def _all_but_rent_and_fallback(setting: Setting) -> set[str]:
    """Renting, and standing ready on what is at home today; nothing is built."""
    return _builds(setting)


def _all_but_home(setting: Setting) -> set[str]:
    """Everything that is not at home: foreign agreements and running abroad."""
    foreign = {a.id for a in setting.country.agreements if not _is_home_site(setting, a.site)}
    signed = {signed_name(a, t) for a in foreign for t in range(setting.n_periods)}
    reserved = {start_name(start) for start in setting.starts("reserved") if start.subject in foreign}
    return signed | reserved | _deployments(setting, at_home=False)


def _builds(setting: Setting) -> set[str]:
    options = {start_name(start) for start in setting.starts("kept")}
    return {start_name(start) for start in setting.starts("built")} | options


def _deployments(setting: Setting, *, at_home: bool) -> set[str]:
    space, shape = setting.dispatch.space, setting.dispatch.layout
    return {
        deploy_name(pair.name(shape.classes), epoch)
        for pair in shape.pairs
        if pair.is_resident and _is_home_site(setting, pair.route.site) == at_home
        for epoch in range(max(space.epochs) + 1)
    }


def _is_home_site(setting: Setting, site: str) -> bool:
    territory = next(r.territory for r in setting.country.resources if r.id == site)
    return territory in setting.country.frame.home_jurisdictions
