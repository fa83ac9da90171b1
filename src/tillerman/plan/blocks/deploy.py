"""Standing deployments: what each service is ready to run on each route, hot standby included.

y[w, k, e] <= M[w, e];   y <= M x level of the route's programme;   sum over routes of y <= STANDBY_CAP x M

M is the most that a class can be asked for in an epoch (docs/reference/dispatch.md). That y stays within it is what
keeps the bound of moved uses above 0; that all routes together stay within three times it is a choice: one to run on,
one to fall back on, and one more for when both are struck.
"""

from __future__ import annotations

from tillerman.dispatch import deploy_name, most_demand, quantity
from tillerman.plan.rules import Rule, Rulebook
from tillerman.plan.setting import Setting

STANDBY_CAP = 3.0  # at most three times the most that a class can be asked for may stand ready


def add(book: Rulebook, setting: Setting) -> None:
    """Cap deployments, charge their upkeep, and tie them to the programmes that unlock them."""
    space, shape = setting.dispatch.space, setting.dispatch.layout
    n_epochs = max(space.epochs) + 1
    for epoch in range(n_epochs):
        periods = [t for t, e in enumerate(space.epochs) if e == epoch]
        discounted = sum(setting.discounted[t] for t in periods)
        ready: dict[int, dict[str, float]] = {}
        for pair in shape.pairs:
            if not pair.is_resident:
                continue
            name = deploy_name(pair.name(shape.classes), epoch)
            most = most_demand(space, pair.klass, epoch)
            ready.setdefault(pair.klass, {})[name] = 1.0
            book.add_cost(name, discounted * shape.classes[pair.klass].service.integration_musd_per_muse_year)
            if pair.route.programme is not None:
                level = quantity("level", pair.route.programme, periods[0])
                unlocked = {name: 1.0} | ({level: -most} if level in space.position else {})
                book.add_rule(Rule(f"unlock[{name}]", f"programme {pair.route.programme}", unlocked, upper=0.0))
        for klass, terms in ready.items():
            cap = STANDBY_CAP * most_demand(space, klass, epoch)
            book.add_rule(Rule(f"standby[{shape.classes[klass].name},{epoch}]", "", terms, upper=cap))
