"""Which decision needs which of the seven levers: the one table behind what each lever is worth.

| decision | levers it needs |
| building chips; an option and what is kept by it | 1 |
| signing an agreement, its reserved slice | the agreement's own |
| the part of a slice that enforcement makes safer | the agreement's, and that of the enforcement programmes |
| starting a programme | the programme's own |
| standing ready on a route that a programme unlocks | the programme's |
| standing ready on any other route | none |

A quantity that only follows from these (chips there, a programme's level) needs no row of its own: rules hold it at 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tillerman.dispatch import deploy_name
from tillerman.labels import ProgrammeKind
from tillerman.plan.setting import Setting, signed_name, start_name

SECURE_ACCESS = 1  # own chips, and the right to more of them, are access to computing
LEVERS = tuple(range(1, 8))

Needs = Mapping[str, frozenset[int]]


def levers_needed(setting: Setting) -> Needs:
    """The levers that each decision needs, by its name; a decision that is not named needs none."""
    found: dict[str, frozenset[int]] = {}
    for name, levers in (*_starts(setting), *_signatures(setting), *_deployments(setting)):
        found[name] = found.get(name, frozenset()) | levers
    return found


def levers_at_work(setting: Setting) -> tuple[int, ...]:
    """The levers under which the file offers something that can have an effect; the others are worth nothing."""
    found = {lever.lever for lever in setting.country.levers if lever.effect > 0 and lever.max_scale > 0}
    found |= {a.lever for a in setting.country.agreements if not a.is_signed}
    if setting.starts("built") or setting.starts("kept"):
        found.add(SECURE_ACCESS)
    return tuple(sorted(found))


def _starts(setting: Setting) -> Iterator[tuple[str, frozenset[int]]]:
    for start in setting.dispatch.space.starts:
        if start.family in ("built", "kept"):
            yield start_name(start), frozenset({SECURE_ACCESS})
        elif start.family == "reserved":
            yield start_name(start), frozenset({setting.agreement[start.subject].lever})
        else:
            yield start_name(start), frozenset({setting.lever[start.subject].lever})
    for option in setting.country.options:
        yield f"taken[{option.id}]", frozenset({SECURE_ACCESS})


def _signatures(setting: Setting) -> Iterator[tuple[str, frozenset[int]]]:
    enforcing = {v.lever for v in setting.country.levers if v.kind is ProgrammeKind.ENFORCEMENT}
    # with enforcement under several levers any one of them serves, which a rule says and not this table
    behind = frozenset(enforcing) if len(enforcing) == 1 else frozenset()
    for agreement in setting.country.agreements:
        own = frozenset({agreement.lever})
        for t in range(setting.n_periods):
            yield signed_name(agreement.id, t), own
        for name in setting.dispatch.space.names:
            if name.startswith(f"enforced[{agreement.id},"):
                yield name, own | behind


def _deployments(setting: Setting) -> Iterator[tuple[str, frozenset[int]]]:
    space, shape = setting.dispatch.space, setting.dispatch.layout
    for pair in shape.pairs:
        if pair.is_resident and pair.route.programme is not None:
            needs = frozenset({setting.lever[pair.route.programme].lever})
            for epoch in range(max(space.epochs) + 1):
                yield deploy_name(pair.name(shape.classes), epoch), needs
