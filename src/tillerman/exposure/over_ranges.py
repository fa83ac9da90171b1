"""How far exposure moves over the ranges of a file of thirty numbers: looked at again for each of some draws."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from tillerman.country.thirty import Form
from tillerman.exposure.assess import ServiceKept, assess

CRITICAL = 1  # tier


@dataclass(frozen=True)
class Span:
    """The least and the most of a number over the draws."""

    low: float
    high: float


@dataclass(frozen=True)
class ServiceSpan:
    """What keeps a critical service running at 90 days, over the draws."""

    service: str
    name: str
    any_one: Span
    alone: Span


@dataclass(frozen=True)
class OverRanges:
    """Exposure over the ranges of the answers."""

    n_draws: int
    n_stopping: Span  # critical services that stop if one supplier or state leaves
    services: tuple[ServiceSpan, ...]


def over_ranges(form: Form, *, n: int, seed: int) -> OverRanges:
    """Assess exposure at the middle of every range and at n sets of answers drawn over them."""
    found: dict[str, list[ServiceKept]] = defaultdict(list)
    stopping = []
    for values in ({}, *form.draws(n, seed)):
        exposure = assess(form.at(values).country())
        stopping.append(len(exposure.stopping))
        for row in exposure.services:
            if row.tier == CRITICAL:
                found[row.service].append(row)
    services = tuple(
        ServiceSpan(
            service=name,
            name=rows[0].name,
            any_one=_span([row.any_one for row in rows]),
            alone=_span([row.alone for row in rows]),
        )
        for name, rows in found.items()
    )
    return OverRanges(n, _span(stopping), services)


def _span(values: list[float] | list[int]) -> Span:
    return Span(float(min(values)), float(max(values)))
