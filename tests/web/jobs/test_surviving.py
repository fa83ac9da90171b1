"""Jobs in real worker processes: done, killed, gone on with, left behind, cancelled; always whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plan.clashes import CLASHES
from tests.web.jobs.conftest import OWNER, Office, doing, once
from tillerman.country import replace_number
from tillerman.twostage import Outcome
from tillerman.web.jobs.kinds import Asked
from tillerman.web.jobs.kinds.change import ChangeNumbers, NumberChange
from tillerman.web.jobs.kinds.plan import PlanAnew
from tillerman.web.jobs.kinds.question import AskMore
from tillerman.web.jobs.kinds.why_not import AskWhyNot
from tillerman.web.jobs.records import State
from tillerman.web.jobs.runner import start_worker
from tillerman.web.jobs.worker import PLACE
from tillerman.web.shelving import delete, new_study
from tillerman.words import words

SAY = words("en")
OpenOffice = Callable[..., Office]
SLOWLY_S = 1500.0
COMPARING = "Comparing with other plans"
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs another operating system: sends signals"),
    pytest.mark.time_limit(seconds=60, reason="starts several processes, each of which loads the program"),
]


def ask(office: Office, work: Asked, study: str = "hand") -> str:
    """Leave a job at the desk and give its id."""
    return office.desk.start(OWNER, office.shelf.open(study, OWNER), work, SAY).id


def test_a_plan_is_made_in_a_new_study(open_office: OpenOffice) -> None:
    """A shipped country stays as it is; the plan with other dials is the owner's, and is what was asked for."""
    office = open_office()

    job = office.over(ask(office, PlanAnew(worst_weight=0.6, futures=5, budget="7m")))

    assert job.state is State.DONE, job.why
    assert job.result is not None
    made = office.shelf.open(job.result.study, OWNER)
    assert made.plan is not None
    request = made.plan.request
    assert (request.risk_aversion, request.n_futures, request.budget_musd_per_year) == (0.6, 5, 7.0)
    assert made.entry.parent == "hand"
    assert made.entry.name == "Handland (invented), planned anew"
    office.desk.close()
    assert not (office.folder / PLACE / job.id).exists()


def test_dials_are_turned_in_the_new_study(open_office: OpenOffice) -> None:
    """Its file has the multiplied chances; what stopped at the limit, and who can do nothing, is told."""
    office = open_office()
    before = office.shelf.open("hand", OWNER).country
    distrust = (("XA", 8.0), ("ZZ", 2.0))

    job = office.over(ask(office, PlanAnew(futures=3, likelihood=2.0, distrust=distrust)))

    assert job.result is not None, job.why
    after = office.shelf.open(job.result.study, OWNER).country
    [was] = [row for row in before.disruptions if row.id == "xa_orders_stop"]
    [now] = [row for row in after.disruptions if row.id == "xa_orders_stop"]
    assert (was.chance_normal, now.chance_normal) == (0.1, 0.99)
    assert job.result.capped == (was.name,)
    assert job.result.idle == ("ZZ",)


def test_a_study_that_waits_for_its_plan_is_given_it(open_office: OpenOffice) -> None:
    """An own study without a plan gets it, rather than a copy; the parent's plan tells how to ask."""
    office = open_office()
    hand = office.shelf.open("hand", OWNER).country
    first = office.over(ask(office, PlanAnew(worst_weight=0.7, futures=3)))
    assert first.result is not None
    changed = replace_number(hand, "frame", None, "budget_musd_per_year", 9.0)
    draft = new_study(office.shelf, OWNER, "draft", country=changed, parent=first.result.study)

    job = office.over(ask(office, PlanAnew(), draft.id))

    assert job.result is not None
    assert (job.result.study, job.result.compared_with) == (draft.id, first.result.study)
    plan = office.shelf.open(draft.id, OWNER).plan
    assert plan is not None
    assert (plan.request.risk_aversion, plan.request.n_futures, plan.request.budget_musd_per_year) == (0.7, 3, 9.0)


def test_a_question_is_kept_with_the_plan(open_office: OpenOffice) -> None:
    """The answer stands in the owner's study, whose plan is otherwise the same."""
    office = open_office()
    made = office.over(ask(office, PlanAnew(futures=4))).result
    assert made is not None
    before = office.shelf.open(made.study, OWNER).plan

    job = office.over(ask(office, AskMore(questions=("ambiguity",)), made.study))

    assert job.result is not None, job.why
    assert job.result.study == made.study
    after = office.shelf.open(made.study, OWNER).plan
    assert before is not None
    assert after is not None
    assert after.asked.ambiguity is not None
    assert after.decisions == before.decisions


def test_why_not_is_kept_with_the_plan(open_office: OpenOffice) -> None:
    """What is left out is listed, and the one asked about says how likely a withdrawal would have to be."""
    office = open_office()
    made = office.over(ask(office, PlanAnew(futures=20))).result
    assert made is not None

    job = office.over(ask(office, AskWhyNot(subject="home_hall"), made.study))

    assert job.result is not None, job.why
    assert (job.result.study, job.result.subject) == (made.study, "home_hall")
    plan = office.shelf.open(made.study, OWNER).plan
    assert plan is not None
    assert plan.asked.left_out is not None
    [row] = [row for row in plan.asked.left_out.rows if row.subject == "home_hall"]
    assert row.chance is not None
    assert row.price is not None


def test_a_changed_number_makes_a_new_study(open_office: OpenOffice) -> None:
    """The new study has the changed file and its plan, and names the one to compare with."""
    office = open_office()
    change = NumberChange("frame", None, "budget_musd_per_year", 11.0)

    job = office.over(ask(office, ChangeNumbers(changes=(change,))))

    assert job.result is not None, job.why
    made = office.shelf.open(job.result.study, OWNER)
    assert made.entry.name == "Handland (invented), 1 number changed"
    assert made.country.frame.budget_musd_per_year == 11.0
    assert made.plan is not None
    assert made.plan.request.budget_musd_per_year == 11.0
    assert job.result.compared_with == "hand"


def test_a_killed_worker_is_started_again_and_ends_the_same(open_office: OpenOffice) -> None:
    """Killed once the plan was found, the next worker goes on from the search that was kept: the same proved plan."""
    undisturbed, disturbed = open_office(), open_office(once("os.kill(os.getpid(), signal.SIGKILL)"))

    first = undisturbed.over(ask(undisturbed, PlanAnew(futures=5)))
    undisturbed.desk.close()
    second = disturbed.over(ask(disturbed, PlanAnew(futures=5)))

    assert (first.crashes, second.crashes) == (0, 1)
    assert second.state is State.DONE, second.why
    assert first.result is not None
    assert second.result is not None
    one, other = (disturbed.shelf.open(made.study, OWNER).plan for made in (first.result, second.result))
    assert one is not None
    assert other is not None
    assert other.decisions == one.decisions
    assert other.certificate.objective_musd == pytest.approx(one.certificate.objective_musd, abs=1e-9)
    assert len(disturbed.shelf.own(OWNER)) == 2


@pytest.mark.parametrize("lines", ["os.kill(os.getpid(), signal.SIGKILL)", "raise RuntimeError('planted')"])
def test_a_worker_that_dies_twice_has_failed(
    open_office: OpenOffice, caplog: pytest.LogCaptureFixture, lines: str
) -> None:
    """It is not started for ever; nothing is left on the shelf; the server's log has its last words."""
    office = open_office(doing(lines))

    job = office.over(ask(office, PlanAnew(futures=2)))

    assert (job.state, job.crashes, job.why, job.result) == (State.FAILED, 1, {}, None)
    assert office.shelf.own(OWNER) == ()
    office.desk.close()
    assert not (office.folder / PLACE / job.id).exists()
    assert caplog.text.count(f"The worker of calculation {job.id} died.") == 2
    assert ("RuntimeError: planted" in caplog.text) == ("planted" in lines)


def test_a_worker_that_could_not_be_started_is_tried_again(
    open_office: OpenOffice, caplog: pytest.LogCaptureFixture
) -> None:
    """A machine short of memory does not stop all calculations for good."""
    failed: list[str] = []

    def start(folder: Path, job: str) -> subprocess.Popen[bytes]:
        if not failed:
            failed.append(job)
            raise OSError(12, "Cannot allocate memory")
        return start_worker(folder, job)

    office = open_office(start)
    job = ask(office, PlanAnew(futures=2))
    office.until(lambda _: bool(failed), job)
    office.runner.nudge()

    assert office.over(job).state is State.DONE
    assert "Cannot allocate memory" in caplog.text


def test_closing_a_server_leaves_its_jobs_to_the_next(open_office: OpenOffice) -> None:
    """The worker keeps its search and waits again, uncounted as a crash; the next server's worker finishes."""
    before = open_office(doing("time.sleep(60)"))
    job = ask(before, PlanAnew(futures=5))
    before.reaches(job, COMPARING)
    before.desk.close()

    left = before.store.job(job)
    assert (left.state, left.crashes) == (State.QUEUED, 0)
    assert (before.folder / PLACE / job / "plan.search").exists()
    assert before.shelf.own(OWNER) == ()

    after = open_office()
    after.desk.open()
    found = after.over(job)
    assert (found.state, found.crashes) == (State.DONE, 0), found.why
    assert len(after.shelf.own(OWNER)) == 1


KILLED_SERVER = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.plan.clashes import CLASHES
from tests.web.jobs.conftest import Office, OWNER, doing
from tillerman.web.jobs.kinds.plan import PlanAnew
from tillerman.words import words
office = Office(Path(sys.argv[1]), doing("time.sleep(60)"))
job = office.desk.start(OWNER, office.shelf.open("hand", OWNER), PlanAnew(futures=5), words("en"))
office.reaches(job.id, "Comparing with other plans")
print(job.id, flush=True)
time.sleep(60)
"""


def test_a_killed_server_does_not_leave_its_worker_working(open_office: OpenOffice) -> None:
    """The worker feels its leash go, puts its job back, and the next server's worker finishes it: one study."""
    office = open_office()
    with subprocess.Popen(
        [sys.executable, "-c", KILLED_SERVER, str(office.folder), str(Path.cwd())], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        job = server.stdout.readline().strip()
        server.kill()
    office.until(lambda found: found.state is State.QUEUED, job)

    office.desk.open()

    found = office.over(job)
    assert (found.state, found.crashes) == (State.DONE, 0), found.why
    assert len(office.shelf.own(OWNER)) == 1


@pytest.mark.parametrize("lines", ["time.sleep(60)", "worker.interrupt = int; time.sleep(60)"])
def test_cancelling_takes_two_seconds_at_most(open_office: OpenOffice, lines: str) -> None:
    """Also a worker in the middle of a step that hears nothing; nothing is left of it."""
    office = open_office(doing(lines))
    job = ask(office, PlanAnew(futures=2))
    office.reaches(job, COMPARING)

    start = time.perf_counter()
    office.desk.cancel(OWNER, job)
    found = office.over(job)
    took = time.perf_counter() - start

    assert found.state is State.CANCELLED
    assert took <= 2.0 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert office.shelf.own(OWNER) == ()
    office.desk.close()
    assert not (office.folder / PLACE / job).exists()


def test_readers_come_first(open_office: OpenOffice) -> None:
    """A worker has low priority within the session of the server, and on few cores keeps to one of them."""
    office = open_office(doing("time.sleep(60)"))
    job = ask(office, PlanAnew(futures=2))
    office.reaches(job, COMPARING)
    [worker] = office.runner._workers

    assert os.getpriority(os.PRIO_PROCESS, worker.process.pid) == os.getpriority(os.PRIO_PROCESS, 0) + 10
    assert os.getsid(worker.process.pid) == os.getsid(0)
    assert os.getpgid(worker.process.pid) == worker.process.pid
    if sys.platform == "linux" and len(os.sched_getaffinity(0)) <= 2:
        assert len(os.sched_getaffinity(worker.process.pid)) == 1


def test_a_study_deleted_meanwhile_fails_the_job(open_office: OpenOffice) -> None:
    """It does not come back by way of its plan."""
    office = open_office()
    hand = office.shelf.open("hand", OWNER).country
    draft = new_study(office.shelf, OWNER, "draft", country=hand)
    opened = office.shelf.open(draft.id, OWNER)
    delete(office.shelf, draft)

    job = office.over(office.desk.start(OWNER, opened, PlanAnew(), SAY).id)

    assert job.state is State.FAILED
    assert job.why == {"en": "The study was deleted meanwhile.", "zh-Hant": "這項研究已在期間內刪除。"}
    assert office.shelf.own(OWNER) == ()


def test_rules_that_clash_are_told(open_office: OpenOffice) -> None:
    """No plan is an answer too: the job says which rules cannot hold together."""
    office = open_office()
    hand = office.shelf.open("hand", OWNER).country
    [power] = [clash for clash in CLASHES if clash.name == "power"]
    draft = new_study(office.shelf, OWNER, "draft", country=power.build(hand))

    job = office.over(ask(office, PlanAnew(), draft.id))

    assert job.state is State.FAILED
    assert job.why["en"].startswith("No plan satisfies all the rules")
    assert power.planted in job.why["en"]
    assert job.why["zh-Hant"] != job.why["en"]


@pytest.mark.slow
@pytest.mark.time_limit(seconds=1800, reason="a whole plan for Kenya, searched in two parts")
def test_a_killed_search_goes_on_and_is_proved_alike(open_office: OpenOffice) -> None:
    """Killed in the middle of Kenya's search, after a checkpoint: less is left to do, and the tolerance is kept."""
    office = open_office()
    job = ask(office, PlanAnew(futures=60), "kenya")
    office.until(lambda _: (office.folder / PLACE / job / "plan.search").exists(), job, patience_s=SLOWLY_S)
    [worker] = office.runner._workers
    os.kill(worker.process.pid, signal.SIGKILL)

    found = office.until(lambda seen: seen.state.is_final, job, patience_s=SLOWLY_S)

    assert (found.state, found.crashes) == (State.DONE, 1), found.why
    assert found.result is not None
    plan = office.shelf.open(found.result.study, OWNER).plan
    assert plan is not None
    assert plan.certificate.gap <= plan.request.tolerance
    assert plan.certificate.outcome == Outcome.CERTIFIED.value
