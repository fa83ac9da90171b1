"""A plan on a screen, as a government asks: what runs, what to do, how free it leaves us, what it costs, how sure."""

from __future__ import annotations

from collections.abc import Sequence

from tillerman.cli.screen import Screen
from tillerman.cli.screens.alternatives import show_alternatives
from tillerman.cli.screens.ambiguity import tell_ambiguity
from tillerman.cli.screens.basis import show_basis
from tillerman.cli.screens.exposure import (
    by_horizon,
    fallback_line,
    service_head,
    show_bars,
    show_postures,
    withdrawal_name,
)
from tillerman.cli.screens.flips import tell_flips
from tillerman.cli.screens.foresight import show_foresight, show_fresh
from tillerman.cli.screens.frontier import show_frontier
from tillerman.cli.screens.levers import show_levers
from tillerman.cli.screens.money import show_accounts, show_break_evens, show_references
from tillerman.cli.screens.options import tell_options
from tillerman.cli.screens.purse import Purse
from tillerman.cli.screens.why_not import tell_left_out
from tillerman.cli.views.exposure import ServiceView
from tillerman.cli.views.plan import DecisionView, PlanView
from tillerman.units import number, share


def show_first(view: PlanView, screen: Screen) -> None:
    """The first screen: the finding, and what keeps running today and with the plan."""
    say = screen.say
    counts = {"x": view.n_stopping_today, "n": view.n_critical, "y": view.n_stopping}
    screen.title(say("finding.plan", country=screen.country(view.country), **counts))
    today = {s.service: s for s in view.services_today}
    screen.heading(say("keeps.title"))
    screen.line(say("keeps.note"))
    for service in (s for s in view.services if s.tier == 1):
        screen.line("")
        screen.line(service_head(service, say), style="bold")
        rows: list[tuple[str, ServiceView]] = [
            (say("keeps.today"), today[service.service]),
            (say("keeps.plan", year=view.service_year), service),
        ]
        show_bars(rows, screen)
        screen.line(fallback_line(service, say), indent=2)


def show_plan(view: PlanView, screen: Screen, purse: Purse) -> None:
    """The whole plan."""
    say = screen.say
    show_first(view, screen)
    _show_decisions(view, screen, purse)
    at_end = tuple(row.posture for row in view.postures if row.year == view.service_year)
    show_postures(at_end, screen, title=say("posture.title.plan", year=view.service_year))
    _show_balance(view, screen)
    _show_worst(view, screen)
    show_accounts(view, screen, purse)
    show_references(view, screen, purse)
    show_break_evens(view, screen)
    _show_asked(view, screen, purse)
    if view.basis is not None:
        show_basis(view.basis, screen)
    _show_annex(view, screen, purse)
    if view.files is not None:
        screen.heading(say("files.title"))
        screen.items(
            [
                say.pair(say(f"files.{kind}"), getattr(view.files, kind))
                for kind in ("html", "workbook", "study", "search")
            ]
        )
    screen.line("")
    screen.line(view.note, style="italic")
    screen.line(say("limits"))


def _show_asked(view: PlanView, screen: Screen, purse: Purse) -> None:
    """The answers to whatever was asked about the plan."""
    if view.alternatives is not None:
        show_alternatives(view.alternatives, screen, purse)
    if view.frontier is not None:
        show_frontier(view.frontier, screen, purse)
    if view.levers is not None:
        show_levers(view.levers, screen, purse)
    if view.foresight is not None:
        show_foresight(view.foresight, screen, purse)
    if view.certified is not None:
        show_fresh(view.certified, screen, purse)
    if view.flips is not None:
        tell_flips(view.flips, screen, purse)
    if view.options is not None:
        tell_options(view.options, screen, purse)
    if view.ambiguity is not None:
        tell_ambiguity(view.ambiguity, screen, purse)
    if view.left_out is not None:
        tell_left_out(view.left_out, screen, purse)


def _show_decisions(view: PlanView, screen: Screen, purse: Purse) -> None:
    say = screen.say
    screen.heading(say("do.title"))
    deeds = [d for d in view.decisions if d.action != "run"]
    if not deeds:
        screen.line(say("do.nothing"))
    for is_committed, message in ((True, "do.committed"), (False, "do.provisional")):
        chosen = [d for d in deeds if d.is_committed is is_committed]
        if chosen:
            screen.line(say(message), style="bold")
            lines = [say.pair(d.years, screen.said(d.text)) + _cash(d, screen, purse) for d in chosen]
            screen.items(lines)
    screen.heading(say("run.title"))
    screen.line(say("run.note"))
    critical = {service.name for service in view.services_today if service.tier == 1}
    runs = [d for d in view.decisions if d.action == "run"]
    told = [d for d in runs if d.name in critical and d.is_committed]
    screen.items([say.pair(years, screen.said(text)) for years, text in _runs(told)])
    if len(told) < len(runs):
        screen.line(say("run.rest", n=len(runs) - len(told)))


def _cash(decision: DecisionView, screen: Screen, purse: Purse) -> str:
    """What a decision costs the public, where that is more than nothing."""
    if decision.public_cash_musd <= 0:
        return ""
    return " " + screen.say("do.cash", money=purse.told(decision.public_cash_musd, screen))


def _runs(decisions: Sequence[DecisionView]) -> list[tuple[str, str]]:
    """Where services run, each sentence once with all years in which it holds."""
    years: dict[str, list[str]] = {}
    for d in decisions:
        years.setdefault(d.text, []).append(d.years)
    return [(_span(found), text) for text, found in years.items()]


def _span(years: Sequence[str]) -> str:
    """Periods as one span: 2027 and 2028–2029 are 2027–2029; what is not next to each other stays apart."""
    spans: list[tuple[int, int]] = []
    for text in years:
        first, _, last = text.partition("–")
        start, end = int(first), int(last or first)
        if spans and spans[-1][1] + 1 == start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)


def _show_balance(view: PlanView, screen: Screen) -> None:
    say = screen.say
    screen.heading(say("balance.title"))
    rows = []
    for name in ("control", "capability", "consistency"):
        today, planned = getattr(view.trilemma_today, name), getattr(view.trilemma, name)
        told = [say("balance.unmeasured") if value is None else share(value) for value in (today, planned)]
        rows.append((say(f"balance.{name}"), *told))
    screen.table(["", say("keeps.today"), say("keeps.plan", year=view.service_year)], rows, right=(1, 2))
    for reason in dict.fromkeys(r for r in (view.trilemma_today.reason, view.trilemma.reason) if r):
        screen.line(screen.said(reason))


def _show_worst(view: PlanView, screen: Screen) -> None:
    say = screen.say
    worst = view.worst_withdrawal
    screen.heading(say("worst.title"))
    kept = by_horizon(worst.kept, say)
    name = withdrawal_name(worst, say)
    screen.line(say("worst.line", name=name, cause=say(f"cause.{worst.cause}"), kept=kept))
    called = {s.service: s.name for s in view.services}
    if worst.stops["90d"]:
        names = say("separator").join(called[s] for s in worst.stops["90d"])
        screen.line(say("asked.named", horizon=say("horizon.90d"), names=names))


def _show_annex(view: PlanView, screen: Screen, purse: Purse) -> None:
    """How it was calculated: the one place for the words of the workshop."""
    say = screen.say
    screen.heading(say("cli.annex.title"))
    budget = purse.told(view.budget_musd_per_year, screen)
    lines = [
        say("cli.annex.request", budget=budget, aversion=number(view.risk_aversion)),
        say("cli.annex.futures", n=f"{view.n_futures:,}", states=f"{view.n_states:,}", seed=view.seed),
        screen.said(view.outcome),
    ]
    if not view.geopolitics:
        lines.insert(1, say("cli.annex.no_geopolitics"))
    if view.gap is not None:
        lines.append(say("cli.annex.gap", gap=f"{100 * view.gap:.2g} %", seconds=number(view.solve_seconds)))
    lines.append(
        say("cli.annex.no_tail", reason=screen.said(view.cvar_reason))
        if view.cvar_musd is None
        else say("cli.annex.tail", money=purse.told(view.cvar_musd, screen))
    )
    lines.append(say("cli.annex.digits"))
    lines.append(f"{view.cite}")
    screen.items(lines)
