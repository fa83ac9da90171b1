"""Agreements: signed once or not at all, a reserved slice up to what is on offer, and enforcement behind clauses.

reserve[g, t] <= max_h100e x signed[g, t];   sum over t of signed <= 1
enforced <= reserved;   enforced <= max_h100e x enforcement level
"""

from __future__ import annotations

from tillerman.dispatch import quantity
from tillerman.labels import ProgrammeKind
from tillerman.plan.rules import Column, Rule, Rulebook
from tillerman.plan.setting import Setting, signed_name, start_name


def add(book: Rulebook, setting: Setting) -> None:
    """Add signatures, reserved slices and the slices that enforcement makes safer."""
    reserves = {(start.subject, start.period): start_name(start) for start in setting.starts("reserved")}
    for agreement in setting.country.agreements:
        signatures = {}
        for t, year in enumerate(setting.years):
            may = year >= agreement.first_year and not agreement.is_signed
            signed = signed_name(agreement.id, t)
            book.add_column(Column(signed, 1.0 if may else 0.0, is_integer=may))
            signatures[signed] = 1.0
            reserve = reserves.get((agreement.id, t))
            if reserve is not None:
                book.add_column(Column(reserve, agreement.max_h100e))
                terms = {reserve: 1.0, signed: -agreement.max_h100e}
                book.add_rule(Rule(f"reserve[{agreement.id},{t}]", f"agreement {agreement.id}", terms, upper=0.0))
        book.add_rule(Rule(f"sign_once[{agreement.id}]", f"agreement {agreement.id}", signatures, upper=1.0))
    _enforcement(book, setting)


def _enforcement(book: Rulebook, setting: Setting) -> None:
    """A slice counts as enforced only as far as it is reserved and the enforcement programme is at work."""
    position = setting.dispatch.space.position
    levers = [lever for lever in setting.country.levers if lever.kind is ProgrammeKind.ENFORCEMENT]
    for name in position:
        family, _, rest = name.partition("[")
        if family != "enforced":
            continue
        agreement, period, *_ = rest.rstrip("]").split(",")
        most = setting.agreement[agreement].max_h100e
        reserved = name.replace("enforced[", "reserved[", 1)
        terms = {name: 1.0} | ({reserved: -1.0} if reserved in position else {})
        book.add_rule(Rule(f"reserved_first[{name}]", f"agreement {agreement}", terms, upper=0.0))
        terms = {name: 1.0}
        for lever in levers:
            level = quantity("level", lever.id, int(period))
            if level in position:
                terms[level] = -most * lever.effect
        book.add_rule(Rule(f"enforce[{name}]", "enforcement of clauses", terms, upper=0.0))
