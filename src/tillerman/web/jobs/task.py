"""What a job works with: the study it is about, a file for its search, someone to tell, and a place for its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from tillerman.country import Country
from tillerman.errors import SettingError
from tillerman.plan import Plan
from tillerman.plan.base import Base, Listener, Prepared, find
from tillerman.plan.kept import resumed
from tillerman.web.jobs.ground import Ground
from tillerman.web.shelf import Entry, Kind, Opened, Shelf
from tillerman.web.shelving import new_study, put_plan


@dataclass(frozen=True)
class Task:
    """One job as its worker sees it."""

    shelf: Shelf
    owner: str
    ground: Ground
    kept: Path  # the search, kept while it goes on
    tell: Listener

    @property
    def opened(self) -> Opened:
        """The study that the job is about, opened."""
        return self.ground.opened

    @property
    def before(self) -> str:
        """The study to compare with; blank where there is none."""
        return self.ground.before.entry.id if self.ground.before is not None else ""

    @property
    def entry(self) -> Entry:
        """The study that the job is about."""
        return self.opened.entry

    def search(self, prepared: Prepared) -> Base:
        """Find a plan, going on from what a worker before this one has kept."""
        memory = resumed(prepared, self.kept)
        return find(prepared, memory=memory, checkpoint=self.kept, progress=self.tell)

    def keep(self, plan: Plan, name: str, country: Country) -> str:
        """Keep a plan in the study itself, if that is the owner's and waits for one, else in a new one; give its id."""
        is_waiting = self.entry.kind is Kind.OWN and self.opened.plan is None
        if is_waiting and plan.input_hash == self.opened.country.content_hash:
            put_plan(self.shelf, self.entry, plan)
            return self.entry.id
        return self.keep_anew(plan, name, country)

    def keep_anew(self, plan: Plan, name: str, country: Country) -> str:
        """Keep a plan in a new study; give its id."""
        return new_study(self.shelf, self.owner, name, country=country, plan=plan, parent=self.entry.id).id

    def keep_answers(self, plan: Plan, names: tuple[str, ...], name: str) -> str:
        """Keep what was answered about a plan: with that plan, or with a copy of a shipped one; give the study's id.

        Raises:
            SettingError: when the study has been given another plan in the meantime.
        """
        if self.entry.kind is Kind.SHIPPED:
            return self.keep_anew(plan, name, self.opened.country)
        now = self.shelf.open(self.entry.id, self.owner).plan
        if now is None or _marks(now) != _marks(plan):
            expected = "the plan that was asked about"
            raise SettingError("study", "another plan", expected, "It was planned anew meanwhile: ask again.")
        answers = {question: getattr(plan.asked, question) for question in names}
        put_plan(self.shelf, self.entry, replace(now, asked=replace(now.asked, **answers)))
        return self.entry.id


def _marks(plan: Plan) -> tuple[object, ...]:
    """What tells one plan from another."""
    return plan.input_hash, plan.request, plan.decisions
