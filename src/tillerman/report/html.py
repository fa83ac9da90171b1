"""The report as one HTML file: no script, no outside request, good on a phone, in print and read aloud."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

from tillerman.charts.tokens import STYLE
from tillerman.country.writing import put_bytes
from tillerman.plan import Plan
from tillerman.report.page import Page, page
from tillerman.report.pictures import add_drawing
from tillerman.report.tables import shown


def write_html(plan: Plan, path: str | Path, *, language: str = "en", with_hazards: bool = False) -> Path:
    """Write a plan's report as one page, whole or not at all.

    `language` is "en" or "zh-Hant". The chances that the file assumes for withdrawals are left out unless
    `with_hazards` asks for them. Raises SettingError for another language.
    """
    return put_bytes(Path(path), render(page(plan, language=language, with_hazards=with_hazards)).encode())


def render(view: Page) -> str:
    """Write a report's record as HTML; every name and text is escaped."""
    context = view.context
    frame = context.plan.country.frame
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            page=view,
            say=context.say,
            shown=lambda value, kind: shown(value, kind, context.figures),
            country=context.country,
            first_year=frame.first_year,
            last_year=frame.first_year + sum(frame.period_years) - 1,
            is_without_geopolitics=not context.plan.request.geopolitics,
        )
    )


@cache
def _environment() -> Environment:
    """Compile templates once, however many pages are written."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("tillerman.report"), FileSystemLoader(STYLE.parent)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    add_drawing(environment, with_scripts=False)
    return environment
