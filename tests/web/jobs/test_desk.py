"""What may be asked, what is refused before anything is queued, and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.web.jobs.conftest import OWNER, Office
from tillerman.errors import CountryFileError, SettingError, UnknownNameError
from tillerman.plan.asked import QUESTIONS
from tillerman.plan.interval import Interval
from tillerman.plan.whynot_result import LeftOut, Reason, WhyNot
from tillerman.web.errors import NoPlanError
from tillerman.web.jobs.errors import NoSuchJobError
from tillerman.web.jobs.kinds import WORK, Asked
from tillerman.web.jobs.kinds.change import ChangeNumbers, NumberChange
from tillerman.web.jobs.kinds.plan import PlanAnew
from tillerman.web.jobs.kinds.question import AskMore
from tillerman.web.jobs.kinds.why_not import AskWhyNot, with_row
from tillerman.web.jobs.records import State
from tillerman.web.jobs.turns import fairly
from tillerman.words import words

SAY = words("en")


class Idle:
    """A runner that runs nothing."""

    def nudge(self) -> None:
        """Do nothing."""

    def stop(self) -> None:
        """Do nothing."""


@pytest.fixture
def office(open_office: Callable[..., Office]) -> Office:
    """An office where jobs only wait."""
    found = open_office()
    found.desk._runner = Idle()  # type: ignore[assignment]  # a stand-in
    return found


@pytest.mark.parametrize(
    ("study", "work", "error", "told"),
    [
        ("hand", PlanAnew(budget="300"), SettingError, r"^budget: found '300'; expected an amount such as 250m"),
        ("hand", PlanAnew(worst_weight=1.5), SettingError, r"expected 0 to 1\."),
        ("hand", PlanAnew(likelihood=-1.0), SettingError, r"^likelihood: found -1\.0"),
        ("hand", PlanAnew(distrust=(("XQ", 2.0),)), UnknownNameError, r"^distrust: found 'XQ'"),
        ("hand", PlanAnew(futures=10_001), SettingError, r"^futures: found 10001; expected at most 10,000 here"),
        ("hand", PlanAnew(futures=0), SettingError, r"^futures: found 0; expected 1 to 5,000,000\."),
        ("hand", PlanAnew(questions=("why",)), SettingError, r"found 'why'; expected one of levers"),
        ("hand", AskMore(questions=("flips",)), NoPlanError, r"^hand: there is no plan yet"),
        ("kenya", AskMore(), SettingError, r"^questions: found 'none'; expected one or more of levers"),
        ("hand", AskWhyNot(subject="home_hall"), NoPlanError, r"^hand: there is no plan yet"),
        ("kenya", AskWhyNot(subject="a_castle"), UnknownNameError, r"^subject: found 'a_castle'; expected the id"),
        ("hand", ChangeNumbers(), SettingError, r"^changes: found 'none'; expected one or more numbers"),
        ("hand", ChangeNumbers(changes=(NumberChange("frame", None, "budget_musd_per_year", -1.0),)), SettingError,
         r"^frame:budget_musd_per_year: found -1\.0; expected a number in million US\$/year of 0 or more"),
        ("hand", ChangeNumbers(changes=(NumberChange("sites", "nowhere", "kw_per_h100e", 1.0),)), UnknownNameError,
         r"^row of sites: found 'nowhere'"),
        ("hand", PlanAnew(name="x" * 81), SettingError, r"^name: "),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_once(
    office: Office, study: str, work: Asked, error: type[Exception], told: str
) -> None:
    """The mistake names the field, before anything waits."""
    opened = office.shelf.open(study, OWNER)

    with pytest.raises(error, match=told):
        office.desk.start(OWNER, opened, work, SAY)
    assert office.desk.of(OWNER) == ()


def test_a_file_that_is_not_enough_is_refused(office: Office) -> None:
    """What is missing for a plan is told, each table with why."""
    opened = office.shelf.open("hand", OWNER)
    poor = replace(opened, country=replace(opened.country, disruptions=()))

    with pytest.raises(CountryFileError, match=r"disruptions"):
        office.desk.start(OWNER, poor, PlanAnew(), SAY)


def test_work_is_kept_as_it_was_asked(office: Office) -> None:
    """What a worker reads is what was asked, with the name that the new study will have."""
    opened = office.shelf.open("kenya", OWNER)
    work = PlanAnew(budget="KES 30bn", worst_weight=0.5, questions=("flips", "options"))

    job = office.desk.start(OWNER, opened, work, words("zh-Hant"))

    assert WORK.validate_json(job.work) == PlanAnew(
        name="Kenya（重新規劃）", budget="KES 30bn", worst_weight=0.5, questions=("flips", "options")
    )
    assert (job.owner, job.study, job.kind, job.state) == (OWNER, "kenya", "plan", State.QUEUED)


def test_only_the_owner_may_cancel(office: Office) -> None:
    """A job of somebody else is not there."""
    job = office.desk.start(OWNER, office.shelf.open("hand", OWNER), PlanAnew(), SAY)

    with pytest.raises(NoSuchJobError):
        office.desk.cancel("bob", job.id)
    with pytest.raises(NoSuchJobError):
        office.desk.job("bob", job.id)
    assert office.desk.cancel(OWNER, job.id).state is State.CANCELLED


def test_a_deleted_study_takes_its_jobs_along(office: Office) -> None:
    """What waits is cancelled and gone from the list; what runs is told to stop."""
    opened = office.shelf.open("hand", OWNER)
    waits, runs = (office.desk.start(OWNER, opened, PlanAnew(), SAY) for _ in range(2))
    other = office.desk.start(OWNER, office.shelf.open("kenya", OWNER), PlanAnew(), SAY)
    office.store.claim(runs.id)

    office.desk.forget(OWNER, "hand")

    assert [job.id for job in office.desk.of(OWNER)] == [other.id, runs.id]
    assert office.store.job(runs.id).is_stopping
    with pytest.raises(NoSuchJobError):
        office.desk.job(OWNER, waits.id)


def test_owners_take_turns(office: Office) -> None:
    """Who asks for much does not make others wait for all of it."""
    hers = [office.store.add("ada", "hand", "plan", "{}").id for _ in range(3)]
    his = office.store.add("bob", "hand", "plan", "{}").id

    order = [job.id for job in fairly(office.store.in_state(State.QUEUED), ())]

    assert order == [hers[0], his, hers[1], hers[2]]
    assert [office.desk.n_before(office.store.job(job)) for job in order] == [0, 1, 2, 3]
    office.store.claim(hers[0])
    assert [office.desk.n_before(office.store.job(job)) for job in order] == [0, 1, 2, 3]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_a_name(question: str) -> None:
    """What is asked is said in words, whatever can be asked."""
    assert SAY.knows(f"jobs_page.question.{question}")


def test_what_the_plan_has_is_not_left_out() -> None:
    """Asking why not of something that is in the plan is answered by saying that it is."""
    row = WhyNot("build", "hall", "The hall", "H100e", 1, Reason.IN_PLAN, 2.0, "", 2.0, Interval(0.0, 0.0), (), ())

    with pytest.raises(SettingError, match=r"^subject: found 'hall'; expected something that the plan leaves out"):
        with_row(LeftOut((), 1.0, 0), row)
