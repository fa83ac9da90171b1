"""Stack: seven layers as one picture; withdraw anybody and see at once what falls and what recovers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from tillerman.errors import UnknownNameError, nearest
from tillerman.exposure import Withdrawal, WithdrawalKind
from tillerman.exposure.drill import Drill, drill
from tillerman.labels import Cause, Horizon
from tillerman.report.charts import Key
from tillerman.report.tables import Table
from tillerman.web.answers import answered
from tillerman.web.asking import PLAN, TODAY, Asked, Drilled, LookedAt
from tillerman.web.called import Called, called
from tillerman.web.falls import Fall, falls_of, shares_said, table_of
from tillerman.web.ground import Ground
from tillerman.web.layers import SHARES, WHOLE, Band, Given, Teller, by_horizon
from tillerman.web.needs import ground_of
from tillerman.web.shelf import Opened
from tillerman.web.shell import figures_of, page
from tillerman.web.visit import Visit, Visitor
from tillerman.words import Words

pages = APIRouter()
api = APIRouter(tags=["stack"])
CRITICAL = 1
NAMED = 3  # so many withdrawals are named in a sentence
MOST_SERIOUS = 10  # so many stand in sight; the others one gesture away


@dataclass(frozen=True)
class Choice:
    """Somebody or something that can be withdrawn."""

    key: str
    name: str
    kind: str
    is_home: bool
    is_withdrawn: bool
    kept: float  # of critical service, today, at the worst time after this alone is withdrawn
    changes: bool  # does that take anything from critical service, compared with nobody withdrawing?


@dataclass(frozen=True)
class Withdrawn:
    """Something that is withdrawn in this drill."""

    key: str
    name: str
    kind: str
    cause: str
    is_home: bool


@dataclass(frozen=True)
class Stack:
    """Seven layers and every service, with what a drill leaves of them."""

    finding: str
    sentences: tuple[str, ...]
    basis: str  # today or plan
    year: int
    horizon: str
    cause: str | None
    withdrawn: tuple[Withdrawn, ...]
    critical_whole: dict[str, float]  # share of critical service, by people
    critical_kept: dict[str, float]
    services: tuple[Fall, ...]
    bands: tuple[Band, ...]
    elsewhere: tuple[Given, ...]  # what others need from us that belongs to no layer
    choices: tuple[Choice, ...]  # most serious first: by consequence today, never by likelihood
    table: Table
    is_anonymous: bool


def answer(visit: Visit, study: str, asked: Drilled) -> Stack:
    """What a drill leaves of every layer and service. Raises UnknownNameError, NoPlanError or NoSuchStudyError."""
    opened = visit.open(study)
    names = called(opened.country, visit.say, is_anonymous=asked.is_anonymous)
    return told(visit, opened, names, asked)


def told(visit: Visit, opened: Opened, names: Called, asked: Drilled) -> Stack:
    """Run a drill and tell it."""
    say, write = visit.say, figures_of(visit, opened)
    ground = ground_of(opened, is_plan=asked.basis == PLAN)
    items = [names.meant(key).because(asked.cause) for key in asked.without]
    found = drill(ground.keeper, items)
    teller = Teller(ground, found, asked.horizon, names, write)
    at = list(Horizon).index(asked.horizon)
    falls = falls_of(found, opened, names, write)
    return Stack(
        finding=_finding(say, names, found, at),
        sentences=_sentences(visit, opened, ground, found, at=at, cause=asked.cause),
        basis=asked.basis,
        year=ground.year,
        horizon=asked.horizon.value,
        cause=asked.cause.value if asked.cause else None,
        withdrawn=tuple(
            Withdrawn(names.key(w), names.withdrawal(w), w.kind.value, w.cause.value, w.is_home) for w in items
        ),
        critical_whole=by_horizon(found.critical_whole),
        critical_kept=by_horizon(found.critical_kept),
        services=falls,
        bands=teller.bands(),
        elsewhere=teller.elsewhere(),
        choices=_choices(opened, names, items),
        table=table_of(say, falls),
        is_anonymous=asked.is_anonymous,
    )


def _finding(say: Words, names: Called, found: Drill, at: int) -> str:
    if not found.withdrawn:
        return say("stack_page.finding.nothing")
    critical = [row for row in found.services if row.tier == CRITICAL]
    n = sum(row.falls[at] for row in critical)
    told = [names.withdrawal(item) for item in found.withdrawn]
    if len(told) > NAMED:
        told = [*told[: NAMED - 1], say("stack_page.more", n=len(told) - NAMED + 1)]
    blanks = {"names": say.listed(tuple(told)), "horizon": say(f"horizon.{list(Horizon)[at].value}")}
    return say("stack_page.finding.stops" if n else "stack_page.finding.runs", n=n, of=len(critical), **blanks)


def _sentences(
    visit: Visit, opened: Opened, ground: Ground, found: Drill, *, at: int, cause: Cause | None
) -> tuple[str, ...]:
    say, share = visit.say, figures_of(visit, opened).share
    where = say("stack_page.on_plan", year=ground.year) if ground.is_plan else say("stack_page.on_today")
    if not found.withdrawn:
        return (say("stack_page.intro"), where)
    kept, whole = share(found.critical_kept[at]), share(found.critical_whole[at])
    because = () if cause is None else (say(f"stack_page.because.{cause.value}"),)
    return (say("stack_page.kept", kept=kept, whole=whole), *because, where)


def _choices(opened: Opened, names: Called, items: list[Withdrawal]) -> tuple[Choice, ...]:
    """Everybody who can withdraw, home and allies too, most serious first."""
    keys = {item.key for item in items}
    whole = drill(opened.today.keeper, ()).critical_whole
    return tuple(
        Choice(
            key=names.key(found.withdrawal),
            name=names.withdrawal(found.withdrawal),
            kind=found.withdrawal.kind.value,
            is_home=found.withdrawal.is_home,
            is_withdrawn=found.withdrawal.key in keys,
            kept=found.worst,
            changes=any(w - k >= 1 - WHOLE for w, k in zip(whole, found.kept, strict=True)),
        )
        for found in opened.today.singles
    )


@pages.get("/studies/{study}/stack")
def show(
    study: str,
    visit: Visitor,
    asked: LookedAt,
    add: Annotated[str, Query(max_length=120)] = "",
) -> Response:
    """Show the picture; words typed into the search withdraw whom they name."""
    opened = visit.open(study)
    names = called(opened.country, visit.say, is_anonymous=asked.is_anonymous)
    place = f"/studies/{study}/stack"
    hits = names.search(add)
    if len(hits) == 1:
        return RedirectResponse(asked.adding(names.key(hits[0])).at(place), status_code=303)
    known, unknown = _sorted_out(names, asked)
    found = told(visit, opened, names, known)
    return page(
        visit,
        "pages/stack.html.j2",
        title=found.finding,
        opened=opened,
        here="stack",
        found=found,
        asked=known,
        place=place,
        search=_searched(add.strip(), hits, names, found),
        unknown=unknown,
        share_link=str(visit.request.base_url).rstrip("/") + known.at(place),
        horizons=tuple(Horizon),
        shares=partial(shares_said, visit.say, figures_of(visit, opened).share),
        causes=(None, *Cause),
        bases=(TODAY, PLAN) if opened.plan else (TODAY,),
        kinds=tuple(kind.value for kind in WithdrawalKind if any(c.kind == kind for c in found.choices)),
        most=MOST_SERIOUS,
        legend_keys=tuple(Key(look, visit.say(f"posture.key.{look}")) for look in SHARES),
    )


@dataclass(frozen=True)
class Searched:
    """What was typed, and what may have been meant where that is not clear."""

    text: str
    offered: tuple[tuple[str, str], ...]  # key and name


def _searched(text: str, hits: tuple[Withdrawal, ...], names: Called, found: Stack) -> Searched:
    if hits or not text:
        return Searched(text, tuple((names.key(item), names.withdrawal(item)) for item in hits[:MOST_SERIOUS]))
    near = nearest(text, [choice.name for choice in found.choices])
    return Searched(text, tuple((choice.key, choice.name) for choice in found.choices if choice.name in near))


def _sorted_out(names: Called, asked: Drilled) -> tuple[Drilled, tuple[str, ...]]:
    """A drill by the keys of this view, without names that the file does not know (a link may be older), and those."""
    known, unknown = [], []
    for key in asked.without:
        try:
            known.append(names.key(names.meant(key)))
        except UnknownNameError:
            unknown.append(key)
    return replace(asked, without=tuple(dict.fromkeys(known))), tuple(unknown)


@api.get("/studies/{study}/stack")
@answered
def tell(study: str, visit: Visitor, asked: Asked) -> Stack:
    """Withdraw anybody, for any cause, and see what is left of every layer and service at the four horizons."""
    return answer(visit, study, asked)
