"""The plan as one Excel workbook: results first, then the country's own tables, which can be edited and loaded again.

Cells keep every digit, so that sums and the reader's own formulas hold; what is displayed is rounded. The country's
currency is a formula over the US$ cell and the exchange rate in the sheet `frame`, so it follows when that is changed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from tillerman.country import Country
from tillerman.country.workbook_writing import CREATED, OPTIONS, add_sheets
from tillerman.country.writing import put_bytes, refuse_errors
from tillerman.plan import Plan
from tillerman.report.notes import add_notes
from tillerman.report.page import Page, page
from tillerman.report.sheet import Sheets
from tillerman.report.tables import Table


def write_workbook(plan: Plan, path: str | Path, *, language: str = "en", with_hazards: bool = False) -> Path:
    """Write a plan as a workbook, whole or not at all; `tillerman.load` reads the country back from it.

    Its input tables hold the whole country file, assumed chances included: without them it could not be loaded again.
    Raises SettingError for a language there is no catalogue of, CountryFileError for a country that has errors.
    """
    refuse_errors(plan.country)
    return put_bytes(Path(path), _bytes(page(plan, language=language, with_hazards=with_hazards), plan.country))


def _bytes(view: Page, country: Country) -> bytes:
    from xlsxwriter.workbook import Workbook

    say = view.context.say
    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        properties = {
            "title": say("title", country=view.context.country),
            "comments": say("standard"),
            "created": CREATED,
        }
        book.set_properties(properties)
        sheets = Sheets(book, view.context)
        sheets.add_text(say("sheet.read_me"), say("sheet.read_me_title", country=view.context.country), _read_me(view))
        for name, tables in _results(view):
            sheets.add_tables(say(f"sheet.{name}"), tables)
        add_sheets(book, country, say)
        add_notes(book, view.context)
    return out.getvalue()


def _results(view: Page) -> Iterator[tuple[str, tuple[Table, ...]]]:
    """Every sheet of results, in the order of the report."""
    yield "keeps", (view.keeps.table,)
    yield "decisions", (view.decisions.table,)
    if view.decisions.ready is not None:
        yield "ready", (view.decisions.ready,)
    yield "postures", (view.posture.table,)
    yield "balance", (view.balance.table,)
    yield "accounts", (view.accounts.cash, view.accounts.welfare, view.accounts.exchange)
    yield "references", (view.references.table,)
    if view.worth.table is not None:
        yield "breakeven", (view.worth.table,)
    if view.alternatives is not None:
        yield "alternatives", (view.alternatives.table,)
    if view.frontier is not None:
        yield "frontier", (view.frontier.table, *((view.frontier.tail,) if view.frontier.tail else ()))
    if view.levers is not None:
        yield "levers", (view.levers.bounds,)
    if view.trust is not None:
        yield "trust", view.trust.tables
    yield "losses", (view.loss.table,)
    yield "evidence", (view.evidence.table,)
    yield "calculation", (view.annex.table,)


def _read_me(view: Page) -> Iterator[tuple[str, str]]:
    """What the workbook holds and how to use it: a heading and a text a line."""
    say = view.context.say
    yield say("keeps.heading"), view.keeps.finding
    yield from (("", sentence) for sentence in view.keeps.answer)
    yield say("sheet.about"), say("standard")
    if not view.context.plan.request.geopolitics:
        yield "", say("no_geopolitics")
    yield say("sheet.change"), say("sheet.change_how")
    yield "", say("sheet.digits")
    yield "", say("sheet.currency")
    yield "", say("sheet.notes")
    yield from view.evidence.marks
    yield say("unknown.heading"), view.unknown.items[0]
    yield from (("", item) for item in view.unknown.items[1:])
    yield say("disclosure.heading"), say("disclosure.tbi")
    yield from (("", say(f"disclosure.{name}")) for name in ("mit", "neither", "names"))
    yield say("annex.cite"), view.annex.cite
