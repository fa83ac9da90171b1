"""Rules about use: services that can run somewhere, today's deployments, what is asked of a plan."""

from __future__ import annotations

from collections.abc import Iterator

from tillerman.country.checks.rule import Finding, Rule
from tillerman.country.pairs import Pairing
from tillerman.country.record import Country
from tillerman.errors import nearest
from tillerman.labels import Horizon, ProgrammeKind

MAX_PAIRS = (
    8  # routes a class of a service may have: what keeps a state's programme small enough to solve in a millisecond
)


def _speaks(country: Country) -> Iterator[Finding]:
    for service in country.services:
        if not service.languages:
            yield Finding(
                "services",
                service.id,
                "languages",
                "no language",
                "at least one",
                "Name the languages in which it must work.",
            )


def _plain_service_id(country: Country) -> Iterator[Finding]:
    for service in country.services:
        if "." in service.id:
            remedy = "Use '_' or '-': a dot parts a service from its easy and hard uses."
            yield Finding("services", service.id, "id", repr(service.id), "an id without a dot", remedy)


def _some_demand(country: Country) -> Iterator[Finding]:
    if country.services and not any(service.demand_muse_per_year > 0 for service in country.services):
        expected = "at least one service with a demand above 0"
        yield Finding(
            "services",
            "",
            "demand_muse_per_year",
            "no demand at all",
            expected,
            "Fill in how much each service is used.",
        )


def _demand_each(country: Country) -> Iterator[Finding]:
    for service in country.services:
        if service.demand_muse_per_year == 0 and any(other.demand_muse_per_year for other in country.services):
            remedy = "Fill it in, or remove the service; growth and programmes multiply it."
            yield Finding("services", service.id, "demand_muse_per_year", "0", "a demand above 0", remedy)


def _demand_of_a_use(country: Country) -> Iterator[Finding]:
    for service in country.services:
        uses = service.demand_muse_per_year * 1e6
        if 0 < uses < 1:
            found, remedy = f"{uses:.1g} uses a year", "Check the unit: the column counts millions of uses."
            yield Finding("services", service.id, "demand_muse_per_year", found, "one use a year or more", remedy)


def _floors_rise(country: Country) -> Iterator[Finding]:
    for service in country.services:
        if service.floor_hard < service.floor_easy and 0 < service.hard_share < 1:
            found = f"{service.floor_hard:g} for hard uses, {service.floor_easy:g} for easy ones"
            yield Finding(
                "services",
                service.id,
                "floor_hard",
                found,
                "hard uses to need at least as good a model",
                "Exchange the two.",
            )


def _moving_gets_easier(country: Country) -> Iterator[Finding]:
    for service in country.services:
        if not service.moved_hit <= service.moved_adapting <= service.moved_adapted:
            found = f"{service.moved_hit:g}, {service.moved_adapting:g}, {service.moved_adapted:g}"
            expected = "shares that do not fall from the first days to after switching"
            yield Finding("services", service.id, "moved_adapting", found, expected, "Check the three shares.")


def _has_a_route(country: Country) -> Iterator[Finding]:
    pairing = Pairing(country)
    for service in country.services:
        existing = [route for route in country.routes if pairing.exists(service, route)]
        if not existing:
            remedy = "Add a route whose model is scored in its languages and that keeps its residency."
            yield Finding("services", service.id, None, "no route it can run on", "at least one", remedy)
            continue
        for column, share, floor in (
            ("floor_easy", 1 - service.hard_share, service.floor_easy),
            ("floor_hard", service.hard_share, service.floor_hard),
        ):
            best = max(pairing.score(service, route) or 0 for route in existing)
            if share > 0 and best < floor:
                remedy = "Check the floor and the scores, or add a better model."
                yield Finding(
                    "services",
                    service.id,
                    column,
                    f"{floor:g}, with {best:g} as the best score",
                    "a floor some model reaches",
                    remedy,
                )


def _few_pairs(country: Country) -> Iterator[Finding]:
    pairing = Pairing(country)
    for service in country.services:
        number = sum(pairing.exists(service, route) for route in country.routes)
        if number > MAX_PAIRS:
            remedy = "Join routes with the same holders and no better cost or quality, or say where its data must stay."
            yield Finding(
                "services", service.id, None, f"{number} routes it can run on", f"{MAX_PAIRS} or fewer", remedy
            )


def _deployed_well(country: Country) -> Iterator[Finding]:
    pairing = Pairing(country)
    services = {row.id: row for row in country.services}
    routes = {row.id: row for row in country.routes}
    for row in country.deployments:
        service, route = services.get(row.service), routes.get(row.route)
        if service is None or route is None:
            continue
        if reason := pairing.why_not(service, route):
            remedy = "Remove the deployment, or correct what makes it impossible."
            yield Finding(
                "deployments",
                row.id,
                "route",
                f"{row.service} on {row.route}: {reason}",
                "a route the service can run on",
                remedy,
            )
        elif route.programme is not None:
            found = f"{row.route}, which programme {route.programme!r} would open"
            yield Finding(
                "deployments",
                row.id,
                "route",
                found,
                "a route that is open today",
                "Remove the deployment, or the route's programme.",
            )


def _deployed_good(country: Country) -> Iterator[Finding]:
    pairing = Pairing(country)
    services = {row.id: row for row in country.services}
    routes = {row.id: row for row in country.routes}
    for row in country.deployments:
        service, route = services.get(row.service), routes.get(row.route)
        if service is None or route is None:
            continue
        score = pairing.score(service, route)
        for column, share, of_class, floor in (
            ("share_easy", row.share_easy, 1 - service.hard_share, service.floor_easy),
            ("share_hard", row.share_hard, service.hard_share, service.floor_hard),
        ):
            if share > 0 and of_class == 0:
                found = f"{share:g} of a class with no uses"
                yield Finding(
                    "deployments",
                    row.id,
                    column,
                    found,
                    "0 where the service has no such uses",
                    "Write 0, or correct hard_share.",
                )
            elif share > 0 and score is not None and score < floor:
                found = f"{share:g} on a model with score {score:g}, below the floor of {floor:g}"
                remedy = "It counts as not served; check the floor and the score."
                yield Finding("deployments", row.id, column, found, "a model that reaches the floor", remedy)


def _deployed_once(country: Country) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for row in country.deployments:
        if (row.service, row.route) in seen:
            found = f"{row.service} on {row.route} a second time"
            yield Finding("deployments", row.id, "route", found, "each service once on a route", "Join the two rows.")
        seen.add((row.service, row.route))


def _runs_today(country: Country) -> Iterator[Finding]:
    deployed = {row.service for row in country.deployments}
    for service in country.services:
        if service.relied_share > 0 and service.id not in deployed:
            found = f"{service.relied_share:g} of it relied on, and no deployment"
            yield Finding(
                "services",
                service.id,
                "relied_share",
                found,
                "a deployment today",
                "Add one, or write 0 if nobody relies on it yet.",
            )


def _sites_of_today(country: Country) -> Iterator[Finding]:
    sites = {row.id: row for row in country.sites}
    routes = {row.id: row for row in country.routes}
    for row in country.deployments:
        route = routes.get(row.route)
        site = sites.get(route.site) if route else None
        if site is None:
            continue
        if site.available_from > country.frame.first_year or site.capacity_h100e == 0:
            what = f"exists from {site.available_from}" if site.capacity_h100e else "has no capacity today"
            found = f"{row.route}, whose site {site.id} {what}"
            yield Finding(
                "deployments",
                row.id,
                "route",
                found,
                "a site with capacity in the first year",
                "Check the site or the deployment.",
            )


def _targets(country: Country) -> Iterator[Finding]:
    horizons = [horizon.value for horizon in Horizon]
    for target in country.targets:
        if target.horizon not in horizons:
            near = nearest(target.horizon, horizons)
            remedy = f"Did you mean {near[0]!r}?" if near else "Write one of the four."
            yield Finding("targets", target.id, "horizon", repr(target.horizon), "7d, 90d, 1y or 5y", remedy)


def _target_years(country: Country) -> Iterator[Finding]:
    first = country.frame.first_year
    last = first + sum(country.frame.period_years) - 1
    for target in country.targets:
        if not first <= target.year <= last:
            yield Finding(
                "targets",
                target.id,
                "year",
                str(target.year),
                f"a year of the plan, {first} to {last}",
                "Correct the year.",
            )


def _programmes_unlock(country: Country) -> Iterator[Finding]:
    kinds = {row.id: row.kind for row in country.levers}
    for route in country.routes:
        if route.programme in kinds and kinds[route.programme] is not ProgrammeKind.UNLOCK:
            found = f"{route.programme!r}, a programme of {kinds[route.programme]}"
            yield Finding(
                "routes",
                route.id,
                "programme",
                found,
                "a lever of kind unlock",
                "Name the programme that opens the route.",
            )


_PAIRS = ("frame", "capabilities", "resources", "parties", "holds", "models")

RULES = (
    Rule("speaks", "Every service names at least one language.", _speaks),
    Rule("plain_service_id", "A service's id has no dot.", _plain_service_id),
    Rule("some_demand", "Some service is used at all.", _some_demand, whole=("services",)),
    Rule("demand_each", "Each service is used.", _demand_each, "warning", whole=("services",)),
    Rule("demand_of_a_use", "A service that is used is used once a year or more.", _demand_of_a_use),
    Rule("floors_rise", "Hard uses need at least as good a model as easy ones.", _floors_rise, "warning"),
    Rule("moving_gets_easier", "What can be moved does not fall from phase to phase.", _moving_gets_easier, "warning"),
    Rule("has_a_route", "Each service has a route good enough for it.", _has_a_route, "warning", (*_PAIRS, "routes")),
    Rule("few_pairs", f"A service can run on at most {MAX_PAIRS} routes.", _few_pairs, whole=_PAIRS),
    Rule("deployed_can_run", "A service is deployed where it can run.", _deployed_well, whole=_PAIRS),
    Rule("deployed_is_good", "A service is deployed on models good enough.", _deployed_good, "warning", _PAIRS),
    Rule("deployed_once", "A service is deployed once on a route.", _deployed_once),
    Rule("runs_today", "A service relied on is deployed somewhere.", _runs_today, "warning", ("deployments",)),
    Rule("sites_of_today", "Deployments of today are on sites of today.", _sites_of_today, "warning", ("frame",)),
    Rule("target_horizon", "A target's horizon is one of the four.", _targets),
    Rule("target_year", "A target's year lies within the plan.", _target_years, whole=("frame",)),
    Rule("programmes_unlock", "A route is opened by a programme of kind unlock.", _programmes_unlock),
)  # fmt: skip
