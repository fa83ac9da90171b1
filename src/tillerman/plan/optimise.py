"""Optimise: the plan that costs least on average and in the worst futures, with what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from tillerman.country import Country
from tillerman.dispatch import Dispatch, compile_dispatch, period_of, withheld
from tillerman.errors import ClashError, EngineError, SettingError
from tillerman.exposure import Exposure, Keeper, assess, at_a_glance, postures
from tillerman.futures import Futures, sample
from tillerman.plan.assemble import Assembled, assemble
from tillerman.plan.breakeven import break_evens
from tillerman.plan.decisions import decisions
from tillerman.plan.figures import accounts, running, tail, trilemma
from tillerman.plan.references import Comparison, as_today, comparisons
from tillerman.plan.result import (
    BreakEven,
    Certificate,
    Decision,
    MissingReference,
    Plan,
    Reference,
    Request,
    YearPosture,
)
from tillerman.plan.setting import Setting
from tillerman.plan.variants import uninterrupted
from tillerman.settings import ENOUGH_TAIL, SETTINGS, default
from tillerman.twostage import Evaluation, Outcome, Progress, Risk, Solution, Tuning, clash, evaluate, solve

Floats = NDArray[np.float64]
Listener = Callable[[str, Progress | None], None]  # (what is being done, bounds while solving)
DEFAULT_FUTURES = int(default("futures"))
DEFAULT_SEED = int(default("seed"))
ROUNDS = 16  # each reference plan and break-even stops after so many and says that it did
N_BREAK_EVENS = 2
WORKERS = 2  # threads of the engine; the answer does not depend on them
SERVICE_AFTER_YEARS = 4  # what keeps running with the plan is shown for the fifth year


@withheld()
def optimise(
    country: Country,
    *,
    futures: int | Futures = DEFAULT_FUTURES,
    seed: int = DEFAULT_SEED,
    risk_aversion: float = default("risk_aversion"),
    budget_musd_per_year: float | None = None,
    geopolitics: bool = True,
    progress: Listener | None = None,
) -> Plan:
    """Find what to build, sign, start and run over ten years, tested against many possible futures.

    `futures` is how many to draw, or futures drawn (or written down) already, which then bring their own seed.
    `budget_musd_per_year` replaces the file's; `geopolitics=False` plans as if nobody ever cut anyone off on purpose.

    Raises:
        ClashError: when no plan satisfies all the rules.
        SettingError: for a setting out of its limits, or futures of another country.
        EngineError: when no plan can be given for another reason, such as a cap that is missing.
    """
    given = futures if isinstance(futures, Futures) else None
    if given is not None:
        _check_futures(country, given)
        seed, geopolitics = given.seed, given.geopolitics
    number = futures.n_futures if isinstance(futures, Futures) else futures
    request = _request(country, number, seed, risk_aversion, budget_musd_per_year, geopolitics=geopolitics)
    tell = progress or (lambda _stage, _bounds: None)
    tell("Looking at today", None)
    dispatch = compile_dispatch(country)
    today = assess(country, dispatch=dispatch)
    tell("Drawing possible futures", None)
    drawn = (
        sample(country, request.n_futures, seed=request.seed, geopolitics=request.geopolitics)
        if given is None
        else given
    )
    assembled = assemble(Setting(dispatch, request.budget_musd_per_year), drawn)
    risk = Risk(request.risk_aversion)
    best = uninterrupted(
        solve(
            assembled.problem,
            risk=risk,
            tolerance=request.tolerance,
            tuning=Tuning(n_workers=WORKERS),
            progress=lambda bounds: tell("Finding the plan", bounds),
        )
    )
    if best.outcome is Outcome.INFEASIBLE:
        raise ClashError(explain(assembled))
    if not np.isfinite(best.x).all():
        raise EngineError(f"No plan can be given. {best.outcome.value}")
    tell("Comparing with other plans", None)
    others, missing = comparisons(assembled, best, risk, rounds=ROUNDS)
    amounts = dict(zip(assembled.problem.first.names, best.x.tolist(), strict=True))
    rows = decisions(assembled.setting, amounts)
    tell("Looking for break-even chances", None)
    evens = break_evens(assembled, best, risk, rows, most=N_BREAK_EVENS, rounds=ROUNDS)
    tell("Measuring what the plan changes", None)
    return _plan(_Solved(request, dispatch, today, assembled, best, risk, others, missing), rows, evens)


def explain(assembled: Assembled) -> tuple[str, ...]:
    """A smallest set of rules, in domain words, that no plan can satisfy together."""
    found = clash(assembled.problem.first, assembled.book.groups)
    return tuple(name for name in found if name)


def _check_futures(country: Country, given: Futures) -> None:
    if given.country != country:
        found = f"futures of {given.country.frame.name}, file {given.country.content_hash[:12]}"
        expected = f"futures of {country.frame.name}, file {country.content_hash[:12]}"
        raise SettingError("futures", found, expected, "Draw them from the same country file.")


def _request(
    country: Country, futures: int, seed: int, risk_aversion: float, budget: float | None, *, geopolitics: bool
) -> Request:
    if budget is not None and not np.isfinite(budget):
        raise SettingError("budget_musd_per_year", budget, "a number", SETTINGS["budget_musd_per_year"].doc)
    money = country.frame.budget_musd_per_year if budget is None else budget
    return Request(
        n_futures=int(SETTINGS["futures"].check(futures)),
        seed=int(SETTINGS["seed"].check(seed)),
        risk_aversion=SETTINGS["risk_aversion"].check(risk_aversion),
        budget_musd_per_year=SETTINGS["budget_musd_per_year"].check(money),
        geopolitics=geopolitics,
        tolerance=default("tolerance"),
    )


@dataclass(frozen=True)
class _Solved:
    """Everything known once the plan and its references are solved."""

    request: Request
    dispatch: Dispatch
    today: Exposure
    assembled: Assembled
    best: Solution
    risk: Risk
    others: tuple[Comparison, ...]
    missing: tuple[MissingReference, ...]

    def fleet(self, x: Floats) -> Floats:
        """The fleet quantities of a first stage."""
        return np.asarray(x[: self.dispatch.n_fleet])

    def priced(self, x: Floats) -> Evaluation:
        """A first stage priced exactly in every state."""
        return evaluate(self.assembled.problem, x, risk=self.risk, primal=True)


def _plan(solved: _Solved, rows: tuple[Decision, ...], evens: tuple[BreakEven, ...]) -> Plan:
    """Put the plan's record together."""
    country, setting, best = solved.assembled.setting.country, solved.assembled.setting, solved.best
    service_period = period_of(country, setting.years[0] + SERVICE_AFTER_YEARS)
    priced = solved.priced(best.x)
    second = running(solved.assembled, priced, solved.fleet(best.x))
    fleet = solved.fleet(best.x)
    with_plan = assess(country, year=setting.years[service_period], dispatch=solved.dispatch, fleet=fleet)
    measured = tuple(
        YearPosture(t, year, posture)
        for t, year in enumerate(setting.years)
        for posture in postures(Keeper(solved.dispatch, fleet, t))
    )
    today_second = running(solved.assembled, solved.priced(as_today(solved.assembled)), solved.today.keeper.fleet)
    total = priced.first_cost + priced.future_values
    worst_average, n_tail = tail(total, solved.assembled.problem.probability)
    enough = n_tail >= ENOUGH_TAIL
    told = f"{n_tail:.0f} future{'' if round(n_tail) == 1 else 's'}"
    reason = "" if enough else f"rests on {told}; at least {ENOUGH_TAIL} are needed: ask for more futures"
    return Plan(
        country=country,
        request=solved.request,
        certificate=_certificate(best),
        decisions=rows,
        periods=tuple(setting.label(t) for t in range(setting.n_periods)),
        today=solved.today,
        services=with_plan.services,
        service_year=setting.years[service_period],
        year_postures=measured,
        trilemma=trilemma(tuple(p.posture for p in measured if p.period == service_period), second),
        trilemma_today=trilemma(solved.today.posture_rows, today_second),
        worst_withdrawal=with_plan.worst_single,
        accounts=accounts(solved.assembled, best.x, second),
        expected_loss_musd=second.loss,
        cvar_musd=worst_average if enough else None,
        cvar_reason=reason,
        n_effective_tail=n_tail,
        references=tuple(_references(solved, service_period)),
        break_evens=evens,
        versions=tuple((name, version(name)) for name in ("tillerman", "highspy", "numpy", "scipy")),
        missing_references=solved.missing,
    )


def _certificate(best: Solution) -> Certificate:
    return Certificate(
        objective_musd=best.objective,
        lower_bound_musd=best.lower_bound,
        gross_musd=best.gross,
        gap=best.gap,
        outcome=best.outcome.value,
        n_states=best.n_states,
        iterations=best.iterations,
        seconds=best.seconds,
        method=best.method,
    )


def _references(solved: _Solved, period: int) -> list[Reference]:
    """The plan and every reference plan side by side, each priced exactly on the same futures."""
    plan = Comparison("plan", "This plan", solved.best.x, is_certified=True, note="")
    found = []
    for other in (plan, *solved.others):
        priced = solved.priced(other.x)
        worst_kept, stopping = at_a_glance(Keeper(solved.dispatch, solved.fleet(other.x), period))
        found.append(
            Reference(
                name=other.name,
                label=other.label,
                objective_musd=priced.objective,
                first_cost_musd=priced.first_cost,
                expected_loss_musd=running(solved.assembled, priced, solved.fleet(other.x)).loss,
                worst_kept=worst_kept,
                stopping=stopping,
                is_certified=other.is_certified,
                note=other.note,
            )
        )
    return found
