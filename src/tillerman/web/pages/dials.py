"""The dials of a plan: budget, trust, likelihood, the weight of the worst; turned, they start a new plan."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from tillerman.country.names import territory
from tillerman.errors import SettingError
from tillerman.labels import Direction
from tillerman.plan import Request
from tillerman.plan.request import make_request
from tillerman.units import Currency, money
from tillerman.web.jobs.kinds.plan import PlanAnew
from tillerman.web.shelf import Opened
from tillerman.web.visit import Visit, Visitor
from tillerman.words.order import order
from tillerman.words.sentences import error_in

pages = APIRouter()
api = APIRouter()  # programs start a plan through `POST /studies/{study}/jobs`
MISUSED = 422
LIKELIHOODS = ("0", "0.5", "1", "2", "4")
TRUSTS = ("0.5", "2", "4")
WEIGHTS = ("0", "0.3", "0.6", "1")
FUTURES = ("20", "100", "500", "2000")


@dataclass(frozen=True)
class Option:
    """One choice of a dial."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Turned:
    """The dials as a visitor left them; blank for as before."""

    budget: str = ""
    likelihood: str = ""
    who: tuple[str, ...] = ()
    trust: str = ""
    worst_weight: str = ""
    futures: str = ""


@dataclass(frozen=True)
class Choice:
    """The dials as the page shows them, and what is wrong with any of them."""

    budget: str
    budget_now: str
    currency: str
    likelihoods: tuple[Option, ...]
    holders: tuple[Option, ...]
    trusts: tuple[Option, ...]
    weights: tuple[Option, ...]
    futures: tuple[Option, ...]
    problems: dict[str, str] = field(default_factory=dict)  # by dial


def choice_of(
    visit: Visit, opened: Opened, turned: Turned | None = None, problems: dict[str, str] | None = None
) -> Choice:
    """The dials of a study: where they stand, or where a visitor left them."""
    say, frame = visit.say, opened.country.frame
    at = turned or Turned()
    asked: Request = opened.plan.request if opened.plan else make_request(opened.country)
    own = Currency(frame.currency, frame.currency_per_usd)
    weight = at.worst_weight if _is_number(at.worst_weight) else f"{asked.risk_aversion:g}"
    n = at.futures if at.futures.isdecimal() else str(asked.n_futures)
    return Choice(
        budget=at.budget,
        budget_now=money(asked.budget_musd_per_year, own, language=visit.language),
        currency=own.code,
        likelihoods=_options(
            LIKELIHOODS,
            at.likelihood if at.likelihood in LIKELIHOODS else "1",
            lambda value: say(f"dials.likelihood.{value}"),
        ),
        holders=_holders(visit, opened, at.who),
        trusts=_options(TRUSTS, at.trust if at.trust in TRUSTS else "2", lambda value: say(f"dials.trust.{value}")),
        weights=_options(
            (*WEIGHTS, weight), weight, lambda value: say("dials.weight", percent=f"{100 * float(value):.0f}")
        ),
        futures=_options((*FUTURES, n), n, lambda value: say("dials.futures", n=f"{int(value):,}")),
        problems=problems or {},
    )


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _options(values: Sequence[str], chosen: str, label: Callable[[str], str]) -> tuple[Option, ...]:
    ordered = sorted(set(values), key=float)
    return tuple(Option(value, label(value), float(value) == float(chosen)) for value in ordered)


def _holders(visit: Visit, opened: Opened, chosen: Sequence[str]) -> tuple[Option, ...]:
    """Every state whose law reaches a holder, and every holder, by name; home and allies included."""
    country = opened.country
    held = {hold.party for hold in country.holds if hold.direction is Direction.ON_US}
    parties = {party.id: party.name for party in country.parties if party.id in held}
    states = {j for party in country.parties if party.id in held for j in party.jurisdictions}
    named = parties | {state: _state(visit, state, parties.values()) for state in states}
    by_name = order(visit.language)
    listed = sorted(named.items(), key=lambda item: by_name(item[1]))
    return tuple(Option(key, name, key in chosen) for key, name in listed)


def _state(visit: Visit, state: str, holders: Iterable[str]) -> str:
    """Name a state; where it holds something by itself too, say that its orders are meant."""
    name = territory(state, visit.language)
    return visit.say("bracketed", text=name, note=visit.say("kind.jurisdiction")) if name in holders else name


def work_of(turned: Turned) -> PlanAnew:
    """The calculation that the dials ask for. Raises SettingError for a dial that cannot stand so."""
    times = _factor(turned.trust, "distrust")
    return PlanAnew(
        budget=turned.budget,
        likelihood=_factor(turned.likelihood, "likelihood"),
        distrust=tuple((who, times) for who in turned.who),
        worst_weight=_number(turned.worst_weight, "worst_weight"),
        futures=_whole(turned.futures),
    )


def _number(text: str, dial: str) -> float | None:
    try:
        found = float(text) if text.strip() else None
    except ValueError:
        raise SettingError(dial, text, "a number") from None
    return found


def _factor(text: str, dial: str) -> float:
    found = _number(text, dial)
    return 1.0 if found is None else found


def _whole(text: str) -> int | None:
    found = _number(text, "futures")
    if found is not None and found != int(found):
        raise SettingError("futures", text, "a whole number")
    return None if found is None else int(found)


Short = Annotated[str, Form(max_length=60)]


def turned_by(
    *,
    who: Annotated[Sequence[str], Form()] = (),
    budget: Short = "",
    likelihood: Short = "",
    trust: Short = "",
    worst_weight: Short = "",
    futures: Short = "",
) -> Turned:
    """Read the dials from a form."""
    return Turned(budget, likelihood, tuple(who), trust, worst_weight, futures)


@pages.post("/studies/{study}/plan/dials")
def turn(study: str, visit: Visitor, turned: Annotated[Turned, Depends(turned_by)]) -> Response:
    """Start a plan with the dials as they were left, or say beside each dial what is wrong with it."""
    from tillerman.web.pages.plan import shown_with

    opened = visit.open(study)
    try:
        job = visit.jobs.start(visit.owner, opened, work_of(turned), visit.say)
    except SettingError as error:
        told = {error.where: error_in(error, visit.language)}
        return shown_with(visit, study, choice_of(visit, visit.told(study), turned, told), status=MISUSED)
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)
