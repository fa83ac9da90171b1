"""Every number on the page is a number of the record, rounded; none is typed in, and none has more digits than that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum

import numpy as np
import pytest

from tests.report.reading import Element, cells, read
from tillerman.country import numbers
from tillerman.exposure import Keeper
from tillerman.labels import Grade
from tillerman.plan import Plan
from tillerman.report.figures import Figures, figures
from tillerman.report.html import render
from tillerman.report.page import page
from tillerman.words import words

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
QUARTER = 1


def written(plan: Plan) -> Element:
    """The page of a plan."""
    return read(render(page(plan)))


def values(record: object) -> Iterator[float]:
    """Every number of a record, however deep; what it was computed with is left out."""
    match record:
        case bool() | str() | Enum() | None | Keeper() | np.ndarray():
            return
        case int() | float():
            yield float(record)
        case tuple() | list():
            for item in record:
                yield from values(item)
        case _ if is_dataclass(record):
            for item in fields(record):
                yield from values(getattr(record, item.name))


def texts(record: object) -> Iterator[str]:
    """Every text of a record, dates included."""
    match record:
        case str():
            yield record
        case tuple() | list():
            for item in record:
                yield from texts(item)
        case Keeper() | np.ndarray():
            return
        case _ if is_dataclass(record):
            for item in fields(record):
                yield from texts(getattr(record, item.name))
        case _ if hasattr(record, "isoformat"):
            yield record.isoformat()


def derived(plan: Plan) -> Iterator[float]:
    """What the page computes from the record: differences, sums and shares, each named in the report's own words."""
    ours = plan.certificate.objective_musd
    yield from (r.objective_musd - ours for r in plan.references)
    yield plan.accounts.net_welfare
    firsts = [int(label.split("–")[0]) for label in plan.periods]
    yield sum(
        cash
        for cash, first in zip(plan.accounts.public_cash_by_period, firsts, strict=True)
        if first < plan.country.frame.first_year + 3
    )
    budgets = [plan.request.budget_musd_per_year * length for length in plan.country.frame.period_years]
    yield from budgets
    yield from (c / b for c, b in zip(plan.accounts.public_cash_by_period, budgets, strict=True))
    found = list(numbers(plan.country))
    grades = [n.evidence.grade if n.evidence else None for n in found]
    yield from (grades.count(grade) / len(found) for grade in (*Grade, None))
    yield (grades.count(Grade.ASSUMPTION) + grades.count(None)) / len(found)
    yield sum(n.evidence is not None and n.evidence.low is not None for n in found) / len(found)
    for p in plan.today.posture_rows:
        yield from (x for x in (p.control, p.steer, p.maker, p.taker, p.service_kept) if x is not None)
    for tables in (
        ("services", "deployments", "holds", "retention", "clauses", "sites", "models", "capabilities", "talent"),
        ("services", "deployments", "holds", "retention", "clauses", "sites", "models", "capabilities", "talent",
         "agreements", "levers", "options", "disruptions", "climates"),
        ("sites", "models", "agreements", "levers"),
    ):  # fmt: skip
        some = [n.evidence for n in found if n.table in tables]
        yield sum(e is not None and e.grade is not Grade.ASSUMPTION for e in some) / len(some)
        yield len(some)
    yield from (len(c.stops[0]) for c in plan.today.singles)
    yield from (grades.count(grade) for grade in (*Grade, None))
    yield len(found)


def allowed(plan: Plan, write: Figures) -> set[str]:
    """Every way in which the numbers of a record may be written, and the numbers in its texts and in the messages."""
    found: set[str] = set()
    for value in (*values(replace(plan, country=plan.country)), *derived(plan)):
        if not np.isfinite(value):
            continue
        size = abs(value)
        told = [write.amount(size), write.share(size), write.chance(size), write.money(size), write.people(size)]
        told += [f"{size:.0f}", f"{size:,.0f}", write.whole(size), write.hours(size), f"{100 * size:.2g}"]
        found |= {n for text in told for n in NUMBER.findall(text)}
    said = [
        *words("en").messages.values(),
        *texts(plan),
        plan.cite(),
        plan.input_hash[:12],
        *map(str, plan.country.cite()),
    ]
    found |= {n for text in said for n in NUMBER.findall(text)}
    counts = [len(plan.today.services), len(plan.today.stopping), len(plan.stopping), len(plan.decisions)]
    return found | {str(n) for n in range(max(counts) + 1)}


def test_every_number_comes_from_the_record(plan: Plan) -> None:
    """No number stands on the page that is not the rounding of a number of the record, or part of one of its texts."""
    root = written(plan)
    ok = allowed(plan, figures(words("en"), plan.country.frame))
    spoken = " ".join(e.attributes.get("aria-label", "") for e in root.all())
    for figure in root.all("figure"):  # the ticks of an axis are round numbers of its own; what it shows is spoken
        figure.children = [*figure.all("figcaption", "ol", "title", "desc")]
    strange = {n for n in NUMBER.findall(f"{root.text} {spoken}") if n not in ok and n.rstrip(",") not in ok}

    assert strange == set()


def test_a_number_that_is_not_in_the_record_is_seen(hand_plan: Plan) -> None:
    """The test above would notice a number that was typed in or computed from something else."""
    ok = allowed(hand_plan, figures(words("en"), hand_plan.country.frame))

    assert not {"8.4", "37,123", "0.1337"} & ok


def test_what_keeps_running_is_the_record(plan: Plan) -> None:
    """Row by row, the first table shows the record's shares in whole per cent, today and with the plan."""
    write = figures(words("en"), plan.country.frame)
    table = written(plan).by_id("keeps").all("table")[0]
    after = {s.service: s for s in plan.services}
    expected = [
        [s.name, str(s.tier), write.people(s.people_million)]
        + [write.share(x) for x in (s.alone, s.any_one, s.whole)]
        + [write.share(x) for x in (after[s.service].alone, after[s.service].any_one, after[s.service].whole)]
        for s in plan.today.services
    ]

    assert [row[:6] + row[7:10] for row in cells(table)] == [[" ".join(c.split()) for c in row] for row in expected]


def test_bars_are_as_long_as_their_figures(kenya_plan: Plan) -> None:
    """The parts of each service's bar start where the last one ended, and end where the record says."""
    section = written(kenya_plan).by_id("keeps")
    bars = [svg for svg in section.all("svg") if svg.attributes.get("role") == "img"]
    critical = [s for s in kenya_plan.today.services if s.tier == 1]
    after = {s.service: s for s in kenya_plan.services}
    rows = [row for s in critical for row in (s, after[s.service])]

    assert len(bars) == len(rows)
    for bar, row in zip(bars, rows, strict=True):
        parts = {r.attributes["class"]: r.attributes for r in bar.all("rect")}
        ends = {look: float(p["x"]) + float(p["width"]) for look, p in parts.items()}
        runs = max(ends.get("own", 0.0), ends.get("shared", 0.0))
        assert runs == pytest.approx(100 * row.any_one, abs=0.02)
        assert max(runs, ends.get("stops", 0.0)) == pytest.approx(100 * row.whole, abs=0.02)


@pytest.mark.parametrize("share", [0.05, 0.77])
def test_page_follows_the_record(hand_plan: Plan, share: float) -> None:
    """Another share in the record is another figure and another finding on the page."""
    changed = replace(hand_plan, services=tuple(replace(s, any_one=share, alone=0.0) for s in hand_plan.services))
    root = written(changed)
    stopped = sum(s.tier == 1 for s in changed.services) if share < 0.5 else 0

    assert f"{share:.0%}".replace("%", "") in root.by_id("keeps").text
    assert root.all("h1")[0].text.endswith(f"with the plan, {stopped or 'none'}.")
