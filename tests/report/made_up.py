"""A plan put together by hand, so that every part of a report has something to tell and no solver is needed."""

from __future__ import annotations

from dataclasses import replace

from tests.report.made_up_trust import with_trust
from tillerman.country import Country
from tillerman.exposure import Exposure, Posture, assess
from tillerman.plan import (
    Accounts,
    Alternative,
    Alternatives,
    Asked,
    BreakEven,
    Certificate,
    Choice,
    Decision,
    Frontier,
    FrontierPoint,
    Interval,
    Levers,
    LeverSubset,
    LeverWorth,
    MissingReference,
    Plan,
    Reference,
    Request,
    Trilemma,
    YearPosture,
)

HAZARD = 0.4142  # an assumed chance that no other number rounds to: it must not be seen unless asked for


def made_up(country: Country) -> Plan:
    """A plan with a decision of every kind the country allows, and plain numbers everywhere else."""
    today = assess(country)
    years = country.frame.period_years
    periods = _periods(country)
    service_year = int(periods[-1].split("–")[0])
    services = tuple(
        replace(s, any_one=max(s.any_one, 0.71), alone=max(s.alone, 0.53), whole=1.0) for s in today.services
    )
    worst = replace(today.worst_single, kept=(0.62, 0.73, 0.84, 0.95), stops=((), (), (), ()))
    return Plan(
        country=country,
        request=Request(20, 7, 0.3, country.frame.budget_musd_per_year, geopolitics=True, tolerance=0.005),
        certificate=Certificate(-812.3, -815.9, 1234.5, 0.0029, "certified", 321, 45, "level", 6.7),
        decisions=_decisions(country, periods),
        periods=periods,
        today=today,
        services=services,
        service_year=service_year,
        year_postures=_postures(today, country, service_year),
        trilemma=Trilemma(0.44, 0.91, 0.66),
        trilemma_today=Trilemma(0.22, 0.81, None, "too few layers can be measured with this file"),
        worst_withdrawal=worst,
        accounts=Accounts(
            tuple(11.7 * (t + 1) for t in range(len(years))), 345.6, 78.9, 23.4, 56.7, 1891.2, 98.7, 65.4
        ),
        expected_loss_musd=23.4,
        cvar_musd=None,
        cvar_reason="rests on 1 futures; at least 50 are needed: ask for more futures",
        n_effective_tail=1.0,
        references=_references(),
        break_evens=_break_evens(country),
        versions=(("tillerman", "0.0.1"), ("highspy", "1.2.3")),
        missing_references=(
            MissingReference("build_everything", "Build everything", "No plan of this kind was found."),
        ),
        asked=with_trust(Asked(levers=_levers(), frontier=_frontier(), alternatives=_alternatives()), country),
    )


def _periods(country: Country) -> tuple[str, ...]:
    at, found = country.frame.first_year, []
    for length in country.frame.period_years:
        found.append(str(at) if length == 1 else f"{at}–{at + length - 1}")
        at += length
    return tuple(found)


def _decisions(country: Country, periods: tuple[str, ...]) -> tuple[Decision, ...]:
    names = {resource.id: resource.name for resource in country.resources}
    site = next(s for s in country.sites if s.build_max_h100e_per_year > 0)
    service, route = country.services[0], country.routes[0]
    found = [
        Decision("build", site.id, names[site.id], periods[0], 0, 437.6, "H100e", 31.4, 1, True, "Build."),
        Decision("run", f"{service.id}.easy@{route.id}", service.name, periods[0], 0, 0.57, "share of peak demand",
                 0.0, None, True, "Run."),
    ]  # fmt: skip
    last = len(periods) - 1
    found += [
        Decision("sign", a.id, a.name, periods[0], 0, 152.2, "H100e", 9.27, 1, True, "Sign.")
        for a in country.agreements[:1]
    ]
    found += [
        Decision("start", x.id, x.name, periods[last], last, 0.38, "programme", 2.72, x.lever, False, "Start.")
        for x in country.levers[:1]
    ]
    found += [
        Decision("keep_open", o.id, o.name, periods[last], last, 83.1, "H100e", 1.13, None, False, "Keep.")
        for o in country.options[:1]
    ]
    return tuple(sorted(found, key=lambda d: d.period))


def _postures(today: Exposure, country: Country, year: int) -> tuple[YearPosture, ...]:
    last = len(country.frame.period_years) - 1
    first = tuple(YearPosture(0, country.frame.first_year, p) for p in today.posture_rows)
    better = tuple(YearPosture(last, year, _better(p)) for p in today.posture_rows)
    return first + better


def _better(posture: Posture) -> Posture:
    if posture.control is None:
        return posture
    return replace(posture, control=0.61, steer=0.19, maker=0.13, taker=0.07)


def _references() -> tuple[Reference, ...]:
    def one(name: str, objective: float, kept: float, *, is_certified: bool = True) -> Reference:
        return Reference(name, name, objective, 345.6, 23.4, kept, 3, is_certified, "" if is_certified else "Stopped.")

    return (
        one("plan", -812.3, 0.73),
        one("as_today", -512.3, 0.31),
        one("rent_everything", -712.3, 0.33, is_certified=False),
        one("rent_and_fallback", -802.3, 0.57),  # nearer than one per cent of gross cost
        one("cheapest", -612.3, 0.27),
    )


def _alternatives() -> Alternatives:
    proved, seen = Interval(0.0, 0.97), Interval(0.23, 0.93)

    def one(verdict: str) -> Choice:
        return Choice("start", verdict, verdict.title(), "programme", 2, verdict, 0.83, 0.37, proved, seen)

    choices = tuple(one(verdict) for verdict in ("in_every", "in_none", "free_choice", "undetermined"))
    example = Alternative(17.3, ("2027: Start.",), ("2028: Build.",))
    return Alternatives(0.05, -790.1, choices, (example,), 0.39, Interval(0.43, 0.49), 11, 99)


def _frontier() -> Frontier:
    def one(at: int, name: str, kept: float, more: Interval, deeds: tuple[str, ...]) -> FrontierPoint:
        cost = Interval(-815.9 + more.low, -812.3 + more.high)
        return FrontierPoint(kept, kept, "GB", cost, more, at > 1, name, 345.6, deeds)

    points = (
        one(0, "cheapest", 0.531, Interval(0.0, 0.0), ("2027: Build.",)),
        one(1, "", 0.553, Interval(0.0, 7.3), ()),
        one(2, "safest", 0.577, Interval(21.4, 28.7), ("2027: Build.", "2027: Keep open.")),
    )
    reason = "the worst 5 in 100 of 20 futures are too few: ask for 1,000 futures"
    return Frontier(2031, points, Interval(0.577, 0.578), ("Farco",), 0.517, (), reason, 1234.5, 99)


def _levers() -> Levers:
    nothing, blurred, clear = Interval(0.0, 0.0), Interval(0.0, 3.7), Interval(41.3, 46.6)
    rows = tuple(
        LeverWorth(n, n < 7, *((clear, clear, blurred) if n < 3 else (blurred, nothing, blurred)))
        if n < 7
        else LeverWorth(n, False, nothing, nothing, nothing)
        for n in range(1, 8)
    )
    subsets = (LeverSubset((), Interval(-715.9, -712.3)), LeverSubset((1, 2, 3, 4, 5, 6), Interval(-815.9, -812.3)))
    return Levers(Interval(96.4, 103.6), rows, subsets, 0.074, False, True, 1234.5, 99)


def _break_evens(country: Country) -> tuple[BreakEven, ...]:
    names = [lever.name for lever in country.levers] or ["A programme"]
    disruption = country.disruptions[0]
    return (
        BreakEven("a", names[0], disruption.id, disruption.name, HAZARD, None, "worth it at every chance tried"),
        BreakEven("b", names[-1], disruption.id, disruption.name, HAZARD, 0.0333, "worth it above this chance"),
    )
