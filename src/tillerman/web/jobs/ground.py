"""What a job starts from: a study, and how its plan, or that of the study it was changed from, was asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tillerman.country import Country
from tillerman.errors import StudyError
from tillerman.plan.request import Request, make_request
from tillerman.web.errors import NoSuchStudyError
from tillerman.web.shelf import Opened, Shelf


@dataclass(frozen=True)
class Ground:
    """A study, and the plan to compare with."""

    opened: Opened
    before: Opened | None  # the study with the plan that came before; None where there is none

    def request(self, country: Country) -> Request:
        """Ask for a plan of a country as the plan before was asked for; by the defaults where there is none."""
        plan = self.before.plan if self.before is not None else None
        if plan is None:
            return make_request(country)
        was_of_file = plan.request.budget_musd_per_year == plan.country.frame.budget_musd_per_year
        budget = country.frame.budget_musd_per_year if was_of_file else plan.request.budget_musd_per_year
        return replace(plan.request, budget_musd_per_year=budget)


def ground(shelf: Shelf, opened: Opened, owner: str) -> Ground:
    """Find what a job starts from."""
    if opened.plan is not None:
        return Ground(opened, opened)
    try:
        parent = shelf.open(opened.entry.parent, owner)
    except (NoSuchStudyError, StudyError):  # it was deleted, or there never was one
        parent = None
    return Ground(opened, parent if parent is not None and parent.plan is not None else None)
