"""One service: its chain in words, who can withdraw which link, what that leaves of it, and its fallback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from tillerman.country.stack import Party, Resource
from tillerman.country.use import Fallback
from tillerman.exposure.chain import Chain, Hand, Link, Threat, Way
from tillerman.exposure.drill import ServiceLeft
from tillerman.labels import Horizon
from tillerman.report.figures import Figures
from tillerman.web.answers import answered
from tillerman.web.asking import PLAN, TODAY, Asked, Drilled
from tillerman.web.called import Called, called
from tillerman.web.falls import said, shares_said
from tillerman.web.ground import Ground
from tillerman.web.layers import by_horizon
from tillerman.web.needs import ground_of
from tillerman.web.shelf import Opened
from tillerman.web.shell import figures_of, page
from tillerman.web.visit import Visit, Visitor
from tillerman.words import Words

pages = APIRouter()
api = APIRouter(tags=["services"])
MOST_SERIOUS = 8  # so many withdrawals stand in sight; the others one gesture away
NAMED = 3  # so many holders of a link are named in the sentence; the list below names all


@dataclass(frozen=True)
class Held:
    """What one party holds of a link."""

    key: str  # by which its withdrawal is named in an address
    name: str
    how: tuple[str, ...]  # owns, operates, supplies, licenses, hosts, powers, funds or staffs
    states: tuple[str, ...]  # whose orders reach it
    is_home: bool
    agreements: tuple[str, ...]
    left: dict[str, float]  # share of the link left when it withdraws, no promise counted


@dataclass(frozen=True)
class Linked:
    """One link of a chain."""

    resource: str
    name: str
    kind: str
    layer: str
    holders: tuple[Held, ...]


@dataclass(frozen=True)
class Path:
    """One way on which the service stands ready."""

    easy: float | None  # share of its easy uses in the busiest hours; None where it has none
    hard: float | None
    said: str  # the whole chain in words
    links: tuple[Linked, ...]


@dataclass(frozen=True)
class Standing:
    """How the service stands on one fleet: today's, or the plan's."""

    basis: str
    year: int
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Danger:
    """One withdrawal, and what it leaves of the service."""

    key: str
    name: str
    kind: str
    cause: str
    is_home: bool
    kept: dict[str, float]
    said: str
    through: tuple[str, ...]  # names of the links that it strikes


@dataclass(frozen=True)
class Register:
    """What takes over."""

    name: str
    holder: str
    hours: float | None
    last_tested: str
    note: str


@dataclass(frozen=True)
class ServicePage:
    """One service, link by link."""

    service: str
    name: str
    tier: int
    people: str
    finding: str
    note: str
    standings: tuple[Standing, ...]
    common: tuple[Linked, ...]  # what it needs on every way
    basis: str  # on which the dangers stand
    whole: dict[str, float]
    dangers: tuple[Danger, ...]  # most serious first
    harmless: tuple[str, ...]
    fallbacks: tuple[Register, ...]
    is_anonymous: bool


def answer(visit: Visit, study: str, service: str, asked: Drilled) -> ServicePage:
    """Everything about one service. Raises NoSuchStudyError or NoPlanError, or answers 404 for an unknown service."""
    opened = visit.open(study)
    if service not in opened.country.by_id["services"]:
        raise HTTPException(404)
    names = called(opened.country, visit.say, is_anonymous=asked.is_anonymous)
    return _Teller(opened, names, figures_of(visit, opened)).told(service, asked)


@dataclass(frozen=True)
class _Teller:
    """Tells one service in one language."""

    opened: Opened
    names: Called
    write: Figures

    @property
    def say(self) -> Words:
        return self.names.say

    def told(self, service: str, asked: Drilled) -> ServicePage:
        ground = ground_of(self.opened, is_plan=asked.basis == PLAN)
        found = ground.chain(service)
        grounds = (self.opened.ground_today, self.opened.ground_with_plan)
        return ServicePage(
            service=service,
            name=self.names.text(found.service.name),
            tier=found.service.tier,
            people=self.write.people(found.service.people_million),
            finding=self._finding(found, ground),
            note=self.names.names.note(found.service.note or ""),
            standings=tuple(self._standing(one, service) for one in grounds if one is not None),
            common=tuple(map(self._link, found.common)),
            basis=asked.basis,
            whole=by_horizon(found.whole),
            dangers=tuple(self._danger(found, threat) for threat in found.threats),
            harmless=tuple(map(self.names.withdrawal, found.harmless)),
            fallbacks=tuple(self._fallback(f) for f in self.opened.country.fallbacks if f.service == service),
            is_anonymous=asked.is_anonymous,
        )

    def _finding(self, found: Chain, ground: Ground) -> str:
        """The finding: who can stop it, and when it is back."""
        key = "plan" if ground.is_plan else "today"
        name = self.names.text(found.service.name)
        stopping = [t for t in found.threats if any(_left(found, t).falls)]
        if not found.ways:
            return self.say("service_page.finding.nowhere", name=name)
        if not stopping:
            return self.say(f"service_page.finding.runs_{key}", name=name)
        return self.say(
            f"service_page.finding.stops_{key}",
            name=name,
            n=len(stopping),
            worst=self.names.withdrawal(stopping[0].withdrawal),
        )

    def _standing(self, ground: Ground, service: str) -> Standing:
        found = ground.chain(service)
        paths = tuple(self._path(found, way) for way in found.ways)
        return Standing("plan" if ground.is_plan else TODAY, ground.year, paths)

    def _path(self, found: Chain, way: Way) -> Path:
        service = found.service
        return Path(
            easy=way.easy if service.hard_share < 1 else None,
            hard=way.hard if service.hard_share > 0 else None,
            said=self._said(way),
            links=tuple(map(self._link, way.links)),
        )

    def _said(self, way: Way) -> str:
        """The chain in words: on which model, at which place, on whose chips, with which power, through which gates."""
        say = self.say
        parts = [self._in_words(link) for link in way.links]
        return say("service_page.sentence", chain=say("service_page.then").join(parts))

    def _in_words(self, link: Link) -> str:
        """A link with those who hold it: each named once, with how it holds it."""
        say, resource = self.say, self._resources[link.resource]
        held = [self._by(hand) for hand in link.hands]
        if len(held) > NAMED:
            held = [*held[: NAMED - 1], say("service_page.more", n=len(held) - NAMED + 1)]
        name = say(f"service_page.link.{resource.kind.value}", name=self.names.resource(link.resource))
        return say("service_page.held", link=name, hands=say("service_page.also").join(held)) if held else name

    def _by(self, hand: Hand) -> str:
        how = tuple(self.say(f"service_page.by.{kind.value}") for kind in hand.kinds)
        return self.say("service_page.by_whom", how=self.say.listed(how), name=self.names.party(hand.party))

    def _link(self, link: Link) -> Linked:
        resource = self._resources[link.resource]
        return Linked(
            resource=self.names.names.id(link.resource),
            name=self.names.resource(link.resource),
            kind=resource.kind.value,
            layer=resource.layer.value,
            holders=tuple(map(self._hand, link.hands)),
        )

    def _hand(self, hand: Hand) -> Held:
        party = self._parties[hand.party]
        home = set(self.opened.country.frame.home_jurisdictions)
        return Held(
            key=self.names.party_key(party.id),
            name=self.names.party(party.id),
            how=tuple(kind.value for kind in hand.kinds),
            states=tuple(map(self.names.state, party.jurisdictions)),
            is_home=set(party.jurisdictions) <= home,
            agreements=tuple(self.names.text(self._agreements[a]) for a in hand.agreements),
            left=by_horizon(hand.left),
        )

    def _danger(self, found: Chain, threat: Threat) -> Danger:
        item = threat.withdrawal
        return Danger(
            key=self.names.key(item),
            name=self.names.withdrawal(item),
            kind=item.kind.value,
            cause=item.cause.value,
            is_home=item.is_home,
            kept=by_horizon(threat.kept),
            said=said(self.say, self.write.share, _left(found, threat)),
            through=tuple(map(self.names.resource, threat.through)),
        )

    def _fallback(self, found: Fallback) -> Register:
        return Register(
            name=self.names.text(found.name),
            holder=self.names.party(found.holder) if found.holder else "",
            hours=found.hours_to_switch,
            last_tested=found.last_tested.isoformat() if found.last_tested else "",
            note=self.names.names.note(found.note or ""),
        )

    @cached_property
    def _resources(self) -> Mapping[str, Resource]:
        return {resource.id: resource for resource in self.opened.country.resources}

    @cached_property
    def _parties(self) -> Mapping[str, Party]:
        return {party.id: party for party in self.opened.country.parties}

    @cached_property
    def _agreements(self) -> Mapping[str, str]:
        return {agreement.id: agreement.name for agreement in self.opened.country.agreements}


def _left(found: Chain, threat: Threat) -> ServiceLeft:
    """What a withdrawal leaves of the service, as a drill tells it."""
    return ServiceLeft(found.service.id, found.service.tier, found.whole, threat.kept)


@pages.get("/studies/{study}/services/{service}")
def show(study: str, service: str, visit: Visitor, asked: Asked) -> HTMLResponse:
    """Show one service, link by link."""
    opened = visit.open(study)
    found = answer(visit, study, service, asked)
    return page(
        visit,
        "pages/service.html.j2",
        title=found.finding,
        opened=opened,
        here="keeps",
        found=found,
        asked=asked.cleared(),
        place=f"/studies/{study}/services/{service}",
        most=MOST_SERIOUS,
        horizons=tuple(Horizon),
        shares=partial(shares_said, visit.say, figures_of(visit, opened).share),
        bases=(TODAY, PLAN) if opened.plan else (TODAY,),
    )


@api.get("/studies/{study}/services/{service}")
@answered
def tell(study: str, service: str, visit: Visitor, asked: Asked) -> ServicePage:
    """One service: its chain, who can withdraw which link, what that leaves of it, and its fallback."""
    return answer(visit, study, service, asked)
