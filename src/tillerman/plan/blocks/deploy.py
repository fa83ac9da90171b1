"""Standing deployments: what each service is ready to run on each route, hot standby included.

sum over routes of y[w, k, e] <= STANDBY_CAP x highest demand;   y <= highest demand x level of the route's programme
"""

from __future__ import annotations

from tillerman.dispatch import deploy_name, quantity
from tillerman.exposure import highest_demand
from tillerman.plan.rules import Rule, Rulebook
from tillerman.plan.setting import Setting

STANDBY_CAP = 3.0  # at most three times the highest demand of a class may stand ready


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
            most = most_demand(setting, pair.klass, epoch)
            ready.setdefault(pair.klass, {})[name] = 1.0
            book.add_cost(name, discounted * shape.classes[pair.klass].service.integration_musd_per_muse_year)
            if pair.route.programme is not None:
                level = quantity("level", pair.route.programme, periods[0])
                unlocked = {name: 1.0} | ({level: -most} if level in space.position else {})
                book.add_rule(Rule(f"unlock[{name}]", f"programme {pair.route.programme}", unlocked, upper=0.0))
        for klass, terms in ready.items():
            cap = STANDBY_CAP * most_demand(setting, klass, epoch)
            book.add_rule(Rule(f"standby[{shape.classes[klass].name},{epoch}]", "", terms, upper=cap))


def most_demand(setting: Setting, klass: int, epoch: int) -> float:
    """The highest demand rate a class can reach in an epoch: adoption at its cap, demand at its high level."""
    frame = setting.country.frame
    return highest_demand(setting.dispatch, klass, epoch) * (1 + frame.absorptive_capacity) * HIGH_DEMAND


HIGH_DEMAND = 2.0  # no sampled demand level exceeds twice the trend: its bands are means, not extremes
