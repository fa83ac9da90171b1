"""Programmes under the seven levers: each up to its scale, and adoption within what a service can absorb.

sum over t of start_level[l, t] <= max_scale;   sum of adoption effects on a service <= absorptive capacity
sum of pooling effects on a service <= POOLING_CAP, and <= peak demand factor - 1
"""

from __future__ import annotations

from tillerman.dispatch import pooling_limit, quantity
from tillerman.labels import ProgrammeKind
from tillerman.plan.rules import Column, Rule, Rulebook
from tillerman.plan.setting import Setting, start_name

POOLING_CAP = 0.5  # pooling can take at most half of mean demand off the peak


def add(book: Rulebook, setting: Setting) -> None:
    """Add programmes, their scales, and the caps on what they can do together."""
    scale: dict[str, dict[str, float]] = {}
    for start in setting.starts("level"):
        lever = setting.lever[start.subject]
        name = start_name(start)
        book.add_column(Column(name, lever.max_scale, is_integer=lever.is_whole))
        scale.setdefault(lever.id, {})[name] = 1.0
    for lever_id, terms in scale.items():
        most = setting.lever[lever_id].max_scale
        book.add_rule(Rule(f"scale[{lever_id}]", f"programme {lever_id}", terms, upper=most))
    frame, shape, position = setting.country.frame, setting.dispatch.layout, setting.dispatch.space.position
    caps = {
        ProgrammeKind.ADOPTION: frame.absorptive_capacity,
        ProgrammeKind.POOLING: min(POOLING_CAP, pooling_limit(frame)),
    }
    for kind, cap in caps.items():
        for service in shape.services:
            for t in range(setting.n_periods):
                together = {
                    quantity("level", lever.id, t): lever.effect
                    for lever in setting.country.levers
                    if lever.kind is kind
                    and shape.acts_on(lever, service)
                    and quantity("level", lever.id, t) in position
                }
                book.add_rule(Rule(f"{kind}[{service.id},{t}]", f"limit on {kind}", together, upper=cap))
