"""What was changed in a study of one's own, and what follows: today at once, and in the plan once it is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tillerman.compare import DecisionChange, ExposureChange, PlanChange, exposure_change, outline_of, plan_change
from tillerman.country import Change, diff, numbers
from tillerman.country.numbers import FRAME
from tillerman.plan.influence_change import with_number
from tillerman.report.figures import Figures
from tillerman.web.answers import answered
from tillerman.web.differing import cell, said
from tillerman.web.drafts import is_draft, put_change
from tillerman.web.errors import NoSuchStudyError
from tillerman.web.pages.evidence import address_of, name_of
from tillerman.web.pages.jobs import running
from tillerman.web.shelf import Opened
from tillerman.web.shell import context_of, figures_of, named, page
from tillerman.web.visit import Visit, Visitor
from tillerman.words import Words

pages = APIRouter()
api = APIRouter(tags=["evidence"])


@dataclass(frozen=True)
class Corrected:
    """One number that was changed, in words, and whether it can be put back here."""

    table: str
    row: str
    column: str
    name: str
    text: str
    can_undo: bool


@dataclass(frozen=True)
class Changes:
    """What was changed, and what follows."""

    parent: str  # its name; blank where it is gone, or never was
    is_copy: bool  # was it made from another study?
    corrected: tuple[Corrected, ...]
    effect: ExposureChange | None  # None without a parent to compare with
    plan: PlanChange | None  # None until both have a plan
    has_old_plan: bool
    has_new_plan: bool
    n_futures: tuple[int, ...]  # of the old and the new plan
    whys: tuple[str, ...]

    @property
    def decisions(self) -> tuple[DecisionChange, ...]:
        """The decisions that differ."""
        return self.plan.decisions if self.plan else ()


def answer(visit: Visit, study: str) -> Changes:
    """What was changed in a study since it was copied, and what follows."""
    opened, told = visit.open(study), visit.told(study)
    before = _parent(visit, opened)
    is_copy = bool(opened.entry.parent)
    if before is None:
        has_plan = told.plan is not None
        return Changes("", is_copy, (), None, None, has_old_plan=False, has_new_plan=has_plan, n_futures=(), whys=())
    found, was = diff(before.country, opened.country), before.told(visit.language)
    change = _plan_change(visit, was, told)
    return Changes(
        parent=named(before.entry, visit.language),
        is_copy=is_copy,
        corrected=tuple(_corrected(visit.say, told, item) for item in found),
        effect=exposure_change(was.today, told.today),
        plan=change,
        has_old_plan=was.plan is not None,
        has_new_plan=told.plan is not None,
        n_futures=tuple(item.plan.request.n_futures for item in (was, told) if item.plan) if change else (),
        whys=whys(visit.say, figures_of(visit, opened), found, change) if change else (),
    )


def _plan_change(visit: Visit, before: Opened, after: Opened) -> PlanChange | None:
    """What differs between two plans, in words; None until both are there."""
    if before.plan is None or after.plan is None:
        return None
    found = plan_change(outline_of(before.plan), outline_of(after.plan))
    return replace(
        found, decisions=said(found.decisions, context_of(visit, before.plan), context_of(visit, after.plan))
    )


def whys(say: Words, write: Figures, changes: tuple[Change, ...], found: PlanChange) -> tuple[str, ...]:
    """Say why decisions differ, as far as two plans and the changes between their files can tell."""
    if not found.decisions:
        return ()
    touched = {item.row for item in changes}
    own = tuple(say("changes_page.why_own", name=item.name) for item in found.decisions if item.subject in touched)
    if not found.is_clear:
        return (*own, say("changes_page.why_unclear"))
    worse = found.objective_after_musd - found.objective_before_musd
    way = say("changes_page.dearer" if worse > 0 else "changes_page.cheaper")
    return (*own, say("changes_page.why_worth", money=write.money(abs(worse)), way=way))


def _corrected(say: Words, opened: Opened, item: Change) -> Corrected:
    undo = is_draft(opened) and any(
        (found.table, found.row or "", found.column) == (item.table, item.row, item.column)
        for found in numbers(opened.country)
    )
    name = name_of(opened.country, item.table, item.row or None)
    return Corrected(item.table, item.row, item.column or "", name, cell(say, item), undo)


def _parent(visit: Visit, opened: Opened) -> Opened | None:
    try:
        return visit.open(opened.entry.parent) if opened.entry.parent else None
    except NoSuchStudyError:
        return None


@pages.get("/studies/{study}/changes")
def show(study: str, visit: Visitor) -> HTMLResponse:
    """Show what was changed and what follows."""
    found = answer(visit, study)
    opened = visit.open(study)
    return page(
        visit,
        "pages/changes.html.j2",
        title=visit.say("changes_page.heading"),
        opened=opened,
        here="evidence",
        found=found,
        running=running(visit, study),
        number_path=lambda item: address_of(study, item.table, item.row, item.column),
        evidence_path=f"/studies/{study}/evidence",
    )


@pages.post("/studies/{study}/changes/undo")
def undo(
    study: str,
    visit: Visitor,
    table: Annotated[str, Form(max_length=80)],
    column: Annotated[str, Form(max_length=80)],
    row: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Put one number back to what the study it was changed from has."""
    opened = visit.open(study)
    before = _parent(visit, opened)
    if before is not None and is_draft(opened):
        was = {(item.table, item.row or "", item.column): item.value for item in numbers(before.country)}
        value = was.get((table, row, column))
        if value is not None:
            place = (table, None if table == FRAME else row, column)
            put_change(visit, opened, with_number(opened.country, place, value), name=opened.entry.name)
    return RedirectResponse(f"/studies/{study}/changes", status_code=303)


@api.get("/studies/{study}/changes")
@answered
def tell(study: str, visit: Visitor) -> Changes:
    """What was changed in a study since it was copied, and what follows today and in the plan."""
    return answer(visit, study)
