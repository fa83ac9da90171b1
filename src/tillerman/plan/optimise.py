"""Optimise: the plan that costs least on average and in the worst futures, with what it means."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

from tillerman.country import Country
from tillerman.dispatch import period_of, withheld
from tillerman.exposure import Exposure, Keeper, assess, at_a_glance, postures
from tillerman.futures import Futures
from tillerman.plan.base import Base, Listener, find, prepare
from tillerman.plan.breakeven import break_evens
from tillerman.plan.decisions import decisions
from tillerman.plan.figures import accounts, running, tail, trilemma
from tillerman.plan.references import Comparison, as_today, comparisons
from tillerman.plan.request import DEFAULT_FUTURES, DEFAULT_SEED, make_request
from tillerman.plan.result import BreakEven, Certificate, MissingReference, Plan, Reference
from tillerman.plan.rows import Decision, YearPosture
from tillerman.settings import ENOUGH_TAIL, default
from tillerman.twostage import Solution

REFERENCE_ROUNDS = 80  # each reference plan stops after so many at the latest and says that it did
ROUNDS = 16  # of each break-even, likewise
N_BREAK_EVENS = 2
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
        seed, geopolitics = given.seed, given.geopolitics
    request = make_request(
        country,
        futures=futures.n_futures if isinstance(futures, Futures) else futures,
        seed=seed,
        risk_aversion=risk_aversion,
        budget_musd_per_year=budget_musd_per_year,
        geopolitics=geopolitics,
    )
    prepared = prepare(country, request, futures=given, progress=progress)
    return plan_of(find(prepared, progress=progress), progress=progress)


@withheld()
def plan_of(base: Base, *, progress: Listener | None = None) -> Plan:
    """Say what a solved plan means: decisions, postures, accounts, other plans beside it, break-even chances."""
    tell = progress or (lambda _stage, _bounds: None)
    tell("Looking at today", None)
    today = assess(base.country, dispatch=base.dispatch)
    assembled, best, risk = base.assembled, base.best, base.risk
    tell("Comparing with other plans", None)
    others, missing = comparisons(assembled, best, risk, rounds=REFERENCE_ROUNDS)
    amounts = dict(zip(assembled.problem.first.names, best.x.tolist(), strict=True))
    rows = decisions(assembled.setting, amounts)
    tell("Looking for break-even chances", None)
    evens = break_evens(assembled, best, risk, rows, most=N_BREAK_EVENS, rounds=ROUNDS)
    tell("Measuring what the plan changes", None)
    return _plan(_Solved(base, today, others, missing), rows, evens)


@dataclass(frozen=True)
class _Solved:
    """Everything known once the plan and its references are solved."""

    base: Base
    today: Exposure
    others: tuple[Comparison, ...]
    missing: tuple[MissingReference, ...]


def _plan(solved: _Solved, rows: tuple[Decision, ...], evens: tuple[BreakEven, ...]) -> Plan:
    """Put the plan's record together."""
    base = solved.base
    country, setting, best = base.country, base.assembled.setting, base.best
    service_period = period_of(country, setting.years[0] + SERVICE_AFTER_YEARS)
    priced = base.priced(best.x)
    second = running(base.assembled, priced, base.fleet(best.x))
    fleet = base.fleet(best.x)
    with_plan = assess(country, year=setting.years[service_period], dispatch=base.dispatch, fleet=fleet)
    measured = tuple(
        YearPosture(t, year, posture)
        for t, year in enumerate(setting.years)
        for posture in postures(Keeper(base.dispatch, fleet, t))
    )
    today_second = running(base.assembled, base.priced(as_today(base.assembled)), solved.today.keeper.fleet)
    total = priced.first_cost + priced.future_values
    worst_average, n_tail = tail(total, base.assembled.problem.probability)
    enough = n_tail >= ENOUGH_TAIL
    told = f"{n_tail:.0f} future{'' if round(n_tail) == 1 else 's'}"
    reason = "" if enough else f"rests on {told}; at least {ENOUGH_TAIL} are needed: ask for more futures"
    return Plan(
        country=country,
        request=base.request,
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
        accounts=accounts(base.assembled, best.x, second),
        expected_loss_musd=second.loss,
        cvar_musd=worst_average if enough else None,
        cvar_reason=reason,
        n_effective_tail=n_tail,
        references=tuple(_references(solved, service_period)),
        break_evens=evens,
        versions=tuple((name, version(name)) for name in ("tillerman", "highspy", "numpy", "scipy")),
        missing_references=solved.missing,
        base=base,
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
    base = solved.base
    plan = Comparison("plan", "This plan", base.best.x, is_certified=True, note="")
    found = []
    for other in (plan, *solved.others):
        priced = base.priced(other.x)
        worst_kept, stopping = at_a_glance(Keeper(base.dispatch, base.fleet(other.x), period))
        found.append(
            Reference(
                name=other.name,
                label=other.label,
                objective_musd=priced.objective,
                first_cost_musd=priced.first_cost,
                expected_loss_musd=running(base.assembled, priced, base.fleet(other.x)).loss,
                worst_kept=worst_kept,
                stopping=stopping,
                is_certified=other.is_certified,
                note=other.note,
            )
        )
    return found
