"""The answer of `tillerman plan`: what to do by year, what it keeps running, what it costs, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from tillerman.cli.views.alternatives import AlternativesView, view_alternatives
from tillerman.cli.views.ambiguity import AmbiguityView, view_ambiguity
from tillerman.cli.views.basis import BasisView
from tillerman.cli.views.exposure import (
    PostureView,
    ServiceView,
    WithdrawalView,
    view_posture,
    view_service,
    view_withdrawal,
)
from tillerman.cli.views.flips import FlipsView, view_flips
from tillerman.cli.views.foresight import ForesightView, FreshView, view_foresight, view_fresh
from tillerman.cli.views.frontier import FrontierView, view_frontier
from tillerman.cli.views.levers import LeversView, view_levers
from tillerman.cli.views.options import OptionsView, view_options
from tillerman.cli.views.why_not import WhyNotView, view_left_out
from tillerman.country.aliases import SHOWN
from tillerman.plan import Plan, Trilemma
from tillerman.study import Files


@dataclass(frozen=True)
class DecisionView:
    """One thing to do."""

    action: Annotated[str, "build, sign, start, keep_open or run."]
    subject: Annotated[str, "Its id in the country file."]
    name: Annotated[str, "In plain words."]
    years: Annotated[str, "A year, or a span of years."]
    amount: Annotated[float, "How much, in the unit beside it."]
    unit: Annotated[str, "H100e, programme, share of peak demand, and so on."]
    public_cash_musd: Annotated[float, "Public cash over the whole plan, million US$, undiscounted."]
    lever: Annotated[int | None, "Which of the seven levers; null where none."]
    is_committed: Annotated[bool, "True in years 1 to 3; later decisions are provisional."]
    text: Annotated[str, "The decision as a sentence."]


@dataclass(frozen=True)
class YearPostureView:
    """How free one layer is in one year: four shares that sum to 1 at each horizon, or nulls and a reason."""

    year: Annotated[int, "First year of the period."]
    posture: Annotated[PostureView, "The layer, the horizon and the shares."]


@dataclass(frozen=True)
class TrilemmaView:
    """Three things to balance, each from 0 to 1; a null says why in the reason."""

    control: Annotated[float | None, "Critical service that runs with nobody's permission, at 90 days."]
    capability: Annotated[float | None, "Value of demand that is served, on average over possible futures."]
    consistency: Annotated[float | None, "What of the weakest layer's control is left when all layers are tested."]
    reason: Annotated[str, "Why one of them is not measured."]


@dataclass(frozen=True)
class AccountsView:
    """Three views of the same plan, million US$; never to be summed."""

    periods: Annotated[tuple[str, ...], "The planning periods."]
    public_cash: Annotated[tuple[float, ...], "Public cash within each period, undiscounted."]
    first_stage_welfare: Annotated[float, "Cost to the nation of what is decided now, discounted, less what is left."]
    running: Annotated[float, "Calls, rented chips and power, discounted, on average."]
    losses: Annotated[float, "Relied-on uses that fail, discounted, on average."]
    unmet_value: Annotated[float, "Value of new demand left unmet, discounted, on average."]
    value: Annotated[float, "Value of all demand, discounted, on average."]
    net_welfare: Annotated[float, "Value less everything it costs."]
    exchange_first_stage: Annotated[float, "Payments abroad of what is decided now, undiscounted."]
    exchange_running: Annotated[float, "Running payments abroad, discounted, on average."]


@dataclass(frozen=True)
class ReferenceView:
    """A plan to compare with."""

    name: Annotated[str, "Short name; 'plan' is this plan."]
    label: Annotated[str, "In plain words."]
    objective_musd: Annotated[float, "Cost and loss less value, the worst cases weighed in, million US$."]
    first_cost_musd: Annotated[float, "What is decided now, million US$."]
    expected_loss_musd: Annotated[float, "Loss on average over possible futures, million US$."]
    worst_kept: Annotated[float, "Critical service kept at 90 days under the most serious single loss."]
    stopping: Annotated[int, "Critical services that stop if one supplier or state withdraws."]
    is_certified: Annotated[bool, "False where a better plan of this kind may exist."]
    note: Annotated[str, "Anything a reader should know."]


@dataclass(frozen=True)
class MissingReferenceView:
    """A plan to compare with that cannot be shown, and why."""

    name: Annotated[str, "Short name."]
    label: Annotated[str, "In plain words."]
    reason: Annotated[str, "Why it is not shown."]


@dataclass(frozen=True)
class BreakEvenView:
    """From which yearly chance on a decision is worth its money."""

    subject: Annotated[str, "Id of the decision's subject."]
    name: Annotated[str, "In plain words."]
    disruption: Annotated[str, "Id of the disruption."]
    disruption_name: Annotated[str, "In plain words."]
    break_even_chance: Annotated[float | None, "A year; null where there is none, as the verdict says."]
    verdict: Annotated[str, "In words."]


@dataclass(frozen=True)
class FilesView:
    """The files that were written."""

    html: Annotated[str, "The report."]
    workbook: Annotated[str, "The Excel workbook."]
    study: Annotated[str, "The study, a SQLite file."]
    search: Annotated[str, "What the search for the plan has proved; --resume goes on from it."]


@dataclass(frozen=True)
class PlanView:
    """A plan for one country."""

    country: Annotated[str, "Name of the country or economy."]
    seed: Annotated[int, "Which possible futures were drawn."]
    n_futures: Annotated[int, "How many possible futures the plan was tested against."]
    n_states: Annotated[int, "How many different states of the world they hold."]
    risk_aversion: Annotated[float, "How much the average of the worst 5 in 100 counts beside the average."]
    budget_musd_per_year: Annotated[float, "Public money a year, million US$."]
    geopolitics: Annotated[bool, "False for a plan as if nobody ever cut anyone off on purpose."]
    objective_musd: Annotated[float, "Cost and loss less value, the worst cases weighed in, million US$."]
    lower_bound_musd: Annotated[float | None, "No plan does better than this; null where no bound was found."]
    gap: Annotated[float | None, "Distance to the lower bound as a share of gross cost; null where there is no bound."]
    outcome: Annotated[str, "What was proved, in words."]
    cvar_musd: Annotated[float | None, "Average cost and loss of the worst 5 in 100 futures; null with a reason."]
    cvar_reason: Annotated[str, "Why that average is not given."]
    expected_loss_musd: Annotated[float, "Loss on average over possible futures, discounted."]
    solve_seconds: Annotated[float, "How long the calculation took."]
    n_critical: Annotated[int, "How many services are critical."]
    n_stopping_today: Annotated[int, "How many of them stop today if one supplier or state withdraws."]
    n_stopping: Annotated[int, "The same with the plan."]
    decisions: Annotated[tuple[DecisionView, ...], "What to do, by year."]
    services_today: Annotated[tuple[ServiceView, ...], "What keeps running today, at 90 days."]
    services: Annotated[tuple[ServiceView, ...], "What keeps running with the plan, at 90 days."]
    service_year: Annotated[int, "The year for which the plan's services, trilemma and worst withdrawal stand."]
    postures: Annotated[tuple[YearPostureView, ...], "Layer by year by horizon."]
    trilemma: Annotated[TrilemmaView, "With the plan."]
    trilemma_today: Annotated[TrilemmaView, "Today."]
    worst_withdrawal: Annotated[WithdrawalView, "The most serious single loss from abroad, with the plan."]
    accounts: Annotated[AccountsView, "Public cash, national welfare, foreign exchange."]
    references: Annotated[tuple[ReferenceView, ...], "This plan and those to compare it with."]
    missing_references: Annotated[tuple[MissingReferenceView, ...], "Plans that could not be compared with."]
    break_evens: Annotated[tuple[BreakEvenView, ...], "Break-even chances of the dearest decisions."]
    levers: Annotated[LeversView | None, "What each lever is worth; null unless asked with --with levers."]
    foresight: Annotated[ForesightView | None, "How far to trust the plan; null unless asked."]
    certified: Annotated[FreshView | None, "The plan on many fresh futures; null unless asked with --certify."]
    flips: Annotated[FlipsView | None, "When decisions stop paying; null unless asked with --with flips."]
    options: Annotated[OptionsView | None, "What options are worth; null unless asked with --with options."]
    ambiguity: Annotated[AmbiguityView | None, "The plan under other chances; null unless asked with --ambiguity."]
    left_out: Annotated[tuple[WhyNotView, ...] | None, "What it leaves out; null unless asked with --with left_out."]
    basis: Annotated[BasisView | None, "What a file of thirty numbers rests on; null for a full file."]
    alternatives: Annotated[AlternativesView | None, "Other good plans; null unless asked with --with alternatives."]
    frontier: Annotated[FrontierView | None, "Cheapest to safest; null unless asked with --with frontier."]
    files: Annotated[FilesView | None, "What was written; null where nothing was."]
    input_hash: Annotated[str, "Hash of the country file's content."]
    version: Annotated[str, "Version of the program."]
    cite: Annotated[str, "How to cite this plan."]
    note: Annotated[str, "How to read this."]


def view_plan(plan: Plan, *, note: str, files: Files | None = None, basis: BasisView | None = None) -> PlanView:
    """Put a plan into the form that is shown and printed."""
    certificate, request = plan.certificate, plan.request
    return PlanView(
        country=plan.country.frame.name,
        seed=request.seed,
        n_futures=request.n_futures,
        n_states=certificate.n_states,
        risk_aversion=request.risk_aversion,
        budget_musd_per_year=request.budget_musd_per_year,
        geopolitics=request.geopolitics,
        objective_musd=certificate.objective_musd,
        lower_bound_musd=_finite(certificate.lower_bound_musd),
        gap=_finite(certificate.gap),
        outcome=certificate.outcome,
        cvar_musd=plan.cvar_musd,
        cvar_reason=plan.cvar_reason,
        expected_loss_musd=plan.expected_loss_musd,
        solve_seconds=certificate.seconds,
        n_critical=sum(s.tier == 1 for s in plan.services),
        n_stopping_today=len(plan.today.stopping),
        n_stopping=len(plan.stopping),
        decisions=tuple(
            DecisionView(
                d.action,
                d.subject,
                d.name,
                d.years,
                d.amount,
                d.unit,
                d.public_cash_musd,
                d.lever,
                d.is_committed,
                d.text,
            )
            for d in plan.decisions
        ),
        services_today=tuple(view_service(s, SHOWN, plan.today) for s in plan.today.services),
        services=tuple(view_service(s, SHOWN, plan.today) for s in plan.services),
        service_year=plan.service_year,
        postures=tuple(YearPostureView(row.year, view_posture(row.posture, SHOWN)) for row in plan.year_postures),
        trilemma=_trilemma(plan.trilemma),
        trilemma_today=_trilemma(plan.trilemma_today),
        worst_withdrawal=view_withdrawal(plan.worst_withdrawal, SHOWN),
        accounts=_accounts(plan),
        references=tuple(
            ReferenceView(
                r.name,
                r.label,
                r.objective_musd,
                r.first_cost_musd,
                r.expected_loss_musd,
                r.worst_kept,
                r.stopping,
                r.is_certified,
                r.note,
            )
            for r in plan.references
        ),
        missing_references=tuple(MissingReferenceView(r.name, r.label, r.reason) for r in plan.missing_references),
        break_evens=tuple(
            BreakEvenView(b.subject, b.name, b.disruption, b.disruption_name, b.break_even_chance, b.verdict)
            for b in plan.break_evens
        ),
        alternatives=None if plan.asked.alternatives is None else view_alternatives(plan.asked.alternatives),
        frontier=None if plan.asked.frontier is None else view_frontier(plan.asked.frontier),
        levers=None if plan.asked.levers is None else view_levers(plan.asked.levers),
        foresight=None if plan.asked.foresight is None else view_foresight(plan.asked.foresight),
        certified=None if plan.asked.certified is None else view_fresh(plan.asked.certified),
        flips=None if plan.asked.flips is None else view_flips(plan.asked.flips),
        options=None if plan.asked.options is None else view_options(plan.asked.options),
        ambiguity=None if plan.asked.ambiguity is None else view_ambiguity(plan.asked.ambiguity),
        left_out=None if plan.asked.left_out is None else view_left_out(plan.asked.left_out.rows),
        basis=basis,
        files=None
        if files is None
        else FilesView(str(files.html), str(files.workbook), str(files.study), str(files.search)),
        input_hash=plan.input_hash,
        version=dict(plan.versions)["tillerman"],
        cite=plan.cite(),
        note=note,
    )


def _trilemma(found: Trilemma) -> TrilemmaView:
    return TrilemmaView(found.control, found.capability, found.consistency, found.reason)


def _accounts(plan: Plan) -> AccountsView:
    found = plan.accounts
    return AccountsView(
        periods=plan.periods,
        public_cash=found.public_cash_by_period,
        first_stage_welfare=found.first_stage_welfare,
        running=found.running,
        losses=found.losses,
        unmet_value=found.unmet_value,
        value=found.value,
        net_welfare=found.net_welfare,
        exchange_first_stage=found.exchange_first_stage,
        exchange_running=found.exchange_running,
    )


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
