"""Which service can run on which route at all: language, residency and quality, as the dispatch page defines them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from tillerman.country.record import Country
from tillerman.country.stack import Model, Party, Resource, Route
from tillerman.country.use import Service
from tillerman.labels import Direction, HoldKind

_RUNS_A_SITE = (HoldKind.OWNS, HoldKind.OPERATES, HoldKind.HOSTS)


@dataclass(frozen=True)
class Pairing:
    """Answers about pairs of one country; a name that does not exist makes an answer 'no', never a failure."""

    country: Country

    def score(self, service: Service, route: Route) -> float | None:
        """The lowest score over the service's languages, or None where one was never measured."""
        scores = [self._scores.get((route.model, language)) for language in service.languages]
        measured = [score for score in scores if score is not None]
        return min(measured) if scores and len(measured) == len(scores) else None

    def is_resident(self, service: Service, route: Route) -> bool:
        """Tell whether the route keeps to the territory and the courts that the service demands."""
        home = set(self.country.frame.home_jurisdictions)
        site = self._resources.get(route.site)
        if service.must_stay_home and (site is None or site.territory not in home):
            return False
        return not service.must_answer_home or all(home.issuperset(p.jurisdictions) for p in self._who_runs(route))

    def why_not(self, service: Service, route: Route) -> str | None:
        """Say why a service cannot stand ready on a route; None where it can."""
        for language in service.languages:
            if (route.model, language) not in self._scores:
                return f"{route.model} has no measured score in {language}"
        if not self.is_resident(service, route):
            return "the service must stay at home, and the route leaves it"
        return None

    def exists(self, service: Service, route: Route) -> bool:
        """Tell whether the pair is in dispatch at all: ready, or under an emergency waiver."""
        if self.score(service, route) is None:
            return False
        return service.waiver_usd_per_use is not None or self.is_resident(service, route)

    def _who_runs(self, route: Route) -> tuple[Party, ...]:
        held = self._runners[route.site]
        model = self._models.get(route.model)
        if model is not None and not model.is_open_weights:
            held = held | self._licensors[route.model]
        return tuple(self._parties[name] for name in sorted(held) if name in self._parties)

    @cached_property
    def _scores(self) -> dict[tuple[str, str], float]:
        return {(row.model, row.language): row.score for row in self.country.capabilities}

    @cached_property
    def _resources(self) -> dict[str, Resource]:
        return {row.id: row for row in self.country.resources}

    @cached_property
    def _parties(self) -> dict[str, Party]:
        return {row.id: row for row in self.country.parties}

    @cached_property
    def _models(self) -> dict[str, Model]:
        return {row.id: row for row in self.country.models}

    @cached_property
    def _runners(self) -> dict[str, set[str]]:
        return self._held_by(_RUNS_A_SITE)

    @cached_property
    def _licensors(self) -> dict[str, set[str]]:
        return self._held_by((HoldKind.LICENSES,))

    def _held_by(self, kinds: tuple[HoldKind, ...]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for hold in self.country.holds:
            if hold.kind in kinds and hold.direction is Direction.ON_US:
                found[hold.resource].add(hold.party)
        return found
