"""From which yearly chance of a disruption on a decision is worth its money.

The plan with a decision is compared with the best plan without it, on the same futures; the futures are then
re-weighted for other chances of one disruption, exactly, until the two cost the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tillerman.country.world import Disruption
from tillerman.futures import Futures
from tillerman.labels import ProgrammeKind
from tillerman.plan.assemble import Assembled
from tillerman.plan.result import BreakEven
from tillerman.plan.rows import Decision
from tillerman.plan.setting import signed_name, start_name
from tillerman.plan.variants import side_by_side
from tillerman.twostage import Outcome, Risk, Solution, combined_weights

Floats = NDArray[np.float64]
FACTORS = (0.0, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)  # multiples of the file's chance that are tried


def break_evens(
    assembled: Assembled,
    best: Solution,
    risk: Risk,
    rows: Sequence[Decision],
    *,
    most: int,
    rounds: int,
) -> tuple[BreakEven, ...]:
    """Break-even chances of the largest decisions that protect; what makes use grow rests on no disruption."""
    spending: dict[str, float] = {}
    for row in rows:
        if row.action != "run" and not _is_growth(assembled, row.subject):
            spending[row.subject] = spending.get(row.subject, 0.0) + row.public_cash_musd
    names = {row.subject: row.name for row in rows}
    found = []
    subjects = sorted(spending, key=lambda s: (-spending[s], s))[:most]
    bans = [_decisions_of(assembled, subject) for subject in subjects]
    others = side_by_side(assembled, bans, best, risk, rounds=rounds)
    for subject, other in zip(subjects, others, strict=True):
        if np.isfinite(other.x).all():
            found.append(_compare(assembled.futures, risk, subject, names[subject], best, other))
        else:
            verdict = "undetermined: no plan without it was found"
            if other.outcome is Outcome.INFEASIBLE:
                verdict = "needed: no plan without it keeps all the rules"
            found.append(BreakEven(subject, names[subject], "", "", 0.0, None, verdict))
    return tuple(found)


def _is_growth(assembled: Assembled, subject: str) -> bool:
    lever = assembled.setting.lever.get(subject)
    return lever is not None and lever.kind is ProgrammeKind.ADOPTION


def _decisions_of(assembled: Assembled, subject: str) -> set[str]:
    """Every decision to start or sign one subject, in any period."""
    setting = assembled.setting
    names = {start_name(start) for start in setting.dispatch.space.starts if start.subject == subject}
    return names | {signed_name(subject, t) for t in range(setting.n_periods)}


def _compare(futures: Futures, risk: Risk, subject: str, name: str, with_it: Solution, without: Solution) -> BreakEven:
    """Find the disruption whose chance matters most to a decision, and the chance at which the decision pays."""
    on = with_it.first_cost + with_it.future_values
    off = without.first_cost + without.future_values
    # what neither bound can tell apart: the decision may be worth up to so much more or less
    blur = (with_it.objective - with_it.lower_bound) + (without.objective - without.lower_bound)
    best: tuple[float, Disruption, list[tuple[float, float]]] | None = None
    for disruption in futures.disruptions:
        curve = _curve(futures, risk, disruption, on, off)
        swing = max(v for _, v in curve) - min(v for _, v in curve) if curve else 0.0
        if best is None or swing > best[0]:
            best = (swing, disruption, curve)
    if best is None or best[0] <= 0:
        return BreakEven(subject, name, "", "", 0.0, None, "no disruption in the file changes its worth")
    _, disruption, curve = best
    assumed = mean_chance(futures, disruption)
    worth = [value for _, value in curve]
    crossings = [(a, b) for a, b in pairwise(curve) if a[1] * b[1] < 0]
    verdict = ""
    if min(worth) > blur:
        verdict = "worth it at every chance tried"
    elif max(worth) < -blur:
        verdict = "not worth it at any chance tried"
    elif not crossings or max(worth) <= blur or min(worth) >= -blur:
        verdict = "undetermined: within the tolerance"
    if verdict:
        return BreakEven(subject, name, disruption.id, disruption.name, assumed, None, verdict)

    def gain(factor: float) -> float:
        return _worth(futures.reweighted({disruption.id: factor}), risk, on, off)

    from scipy.optimize import brentq  # a quarter of a second, for those who ask this alone

    factor = float(brentq(gain, crossings[0][0][0], crossings[0][1][0], xtol=1e-3))
    rising = crossings[0][0][1] < 0
    verdict = "worth it above this chance" if rising else "worth it below this chance"
    return BreakEven(subject, name, disruption.id, disruption.name, assumed, factor * assumed, verdict)


def mean_chance(futures: Futures, disruption: Disruption) -> float:
    """The yearly chance of a disruption on average over the sampled climates."""
    d = futures.disruptions.index(disruption)
    onsets = futures.probability @ futures.onsets[:, d]
    misses = futures.probability @ futures.misses[:, d, :].sum(axis=1)
    years = onsets + misses
    return float(onsets / years) if years > 0 else 0.0


def _curve(futures: Futures, risk: Risk, disruption: Disruption, on: Floats, off: Floats) -> list[tuple[float, float]]:
    highest = max(disruption.chance_normal, disruption.chance_strained, disruption.chance_broken)
    d = futures.disruptions.index(disruption)
    if not 0 < highest < 1 or not futures.onsets[:, d].any():
        return []
    factors = [f for f in FACTORS if futures.can_reweight({disruption.id: f})]
    return [(f, _worth(futures.reweighted({disruption.id: f}), risk, on, off)) for f in factors]


def _worth(probability: Floats, risk: Risk, on: Floats, off: Floats) -> float:
    """What a decision saves under these probabilities of the futures."""
    return _objective(probability, risk, off) - _objective(probability, risk, on)


def _objective(probability: Floats, risk: Risk, total: Floats) -> float:
    return float(combined_weights(total, probability, risk) @ total)
