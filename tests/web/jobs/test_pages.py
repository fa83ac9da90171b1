"""The pages and answers about calculations, with everything that a browser without scripts or a program needs."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from threading import Timer

import pytest
from starlette.testclient import TestClient

from tests.web.jobs.idle import idle
from tillerman.twostage import Progress
from tillerman.web import Serving, create_app
from tillerman.web.guard.passes import FORM_FIELD, LOCAL
from tillerman.web.jobs import Desk, Made
from tillerman.web.jobs.kinds import WORK
from tillerman.web.jobs.kinds.plan import PlanAnew
from tillerman.web.jobs.kinds.question import AskMore
from tillerman.words import LANGUAGES

PROGRAM = {"X-Tillerman": "1"}
SEARCH = "Finding the plan"


@pytest.fixture
def still(tmp_path: Path) -> TestClient:
    """The application without its lifespan, and with a desk where jobs only wait: nothing happens by itself."""
    app = create_app(Serving(tmp_path))
    idle(app)
    return TestClient(app, base_url="http://localhost", follow_redirects=False)


def desk_of(client: TestClient) -> Desk:
    """The desk behind a client."""
    found: Desk = client.app.state.jobs  # type: ignore[attr-defined]  # starlette's own
    return found


def added(client: TestClient, work: PlanAnew | AskMore | None = None, owner: str = LOCAL, study: str = "kenya") -> str:
    """A job in the list, as its owner asked for it."""
    found = work or PlanAnew(name="new")
    return desk_of(client).store.add(owner, study, found.kind, WORK.dump_json(found).decode()).id


def test_a_program_starts_follows_and_cancels(still: TestClient) -> None:
    """202 with the address; then how it stands; DELETE cancels; again changes nothing."""
    answer = still.post("/api/v1/studies/kenya/jobs", json={"kind": "plan", "worst_weight": 0.5}, headers=PROGRAM)

    assert answer.status_code == 202
    address = answer.headers["location"]
    assert address == f"/api/v1/jobs/{answer.json()['id']}"
    found = still.get(address).json()
    assert (found["study"], found["kind"], found["state"], found["bounds"]) == ("kenya", "plan", "queued", None)
    assert found["said"]["what"] == "A new plan for Kenya"
    assert [job["id"] for job in still.get("/api/v1/jobs").json()["calculations"]] == [found["id"]]
    assert [still.delete(address, headers=PROGRAM).json()["state"] for _ in range(2)] == ["cancelled", "cancelled"]


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        ({"kind": "plan", "budget": "300"}, 422, "budget: found '300'"),
        ({"kind": "plan", "worst_weight": 3}, 422, "expected 0 to 1"),
        ({"kind": "plan", "worst_weight": "much"}, 422, "plan.worst_weight: Input should be a valid number"),
        ({"kind": "bake"}, 422, "'plan', 'question', 'why_not', 'change'"),
        ({"kind": "question", "questions": ["why"]}, 422, "found 'why'; expected one of levers"),
        ({"kind": "question", "questions": ["flips"] * 10}, 422, "question.questions: Tuple should have at most 9"),
        ({"kind": "question", "questions": ["f" * 41]}, 422, "at most 40 characters"),
        ({"kind": "plan", "questions": ["flips"] * 10}, 422, "plan.questions: Tuple should have at most 9"),
        ({"kind": "plan", "budgt": "KES 30bn"}, 422, "plan.budgt: no such field"),
        ({"kind": "change", "changes": [{"table": "sites", "colum": "x"}]}, 422, "changes.0.colum: no such field"),
        ({"kind": "change", "changes": []}, 422, "changes: found 'none'"),
    ],
)
def test_what_cannot_be_is_told(still: TestClient, sent: dict[str, object], status: int, told: str) -> None:
    """A mistake names its field, and nothing waits."""
    answer = still.post("/api/v1/studies/kenya/jobs", json=sent, headers=PROGRAM)

    assert answer.status_code == status
    assert told in answer.json()["detail"]
    assert still.get("/api/v1/jobs").json() == {"calculations": []}


def test_a_plan_that_is_not_there_cannot_be_asked(still: TestClient) -> None:
    """409, as on the pages that need one."""
    sent = {"kind": "question", "questions": ["flips"]}

    assert still.post("/api/v1/studies/hand/jobs", json=sent, headers=PROGRAM).status_code == 409


def test_too_many_are_refused(still: TestClient) -> None:
    """429 once an owner waits for as many as one may."""
    sent = {"kind": "plan"}
    codes = [still.post("/api/v1/studies/kenya/jobs", json=sent, headers=PROGRAM).status_code for _ in range(9)]

    assert codes == [202] * 8 + [429]


@pytest.mark.parametrize("path", ["/jobs/{}", "/jobs/{}/events", "/api/v1/jobs/{}", "/api/v1/jobs/{}/events"])
def test_a_job_of_somebody_else_is_not_there(still: TestClient, path: str) -> None:
    """Whether it exists is not told either."""
    other = added(still, owner="somebody else")

    answers = [still.get(path.format(job)) for job in (other, "no-such-job")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert still.get("/api/v1/jobs").json() == {"calculations": []}
    assert still.delete(f"/api/v1/jobs/{other}", headers=PROGRAM).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_works_without_scripts(still: TestClient, language: str) -> None:
    """It loads itself again while the job goes on, and cancels by a form that our own page gave out."""
    job = added(still)
    page = still.get(f"/jobs/{job}", params={"lang": language}).text

    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert still.post(f"/jobs/{job}/cancel").status_code == 403
    answer = still.post(f"/jobs/{job}/cancel", data=form_of(page))
    assert (answer.status_code, answer.headers["location"]) == (303, f"/jobs/{job}?lang={language}")
    after = still.get(f"/jobs/{job}", params={"lang": language}).text
    assert "http-equiv" not in after
    assert "sse-connect" not in after


@pytest.mark.parametrize(
    ("language", "back", "asked"),
    [
        ("en", "Back to Kenya</a>", r"Asked on \d{1,2}\xa0\w+\xa0\d{4}, \d\d:\d\d UTC"),
        ("zh-Hant", "回到「肯亞」</a>", r"提出時間：\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d（世界協調時間）"),
    ],
)
def test_a_cancelled_calculation_leads_back(still: TestClient, language: str, back: str, asked: str) -> None:
    """It says when it was asked as other pages tell days, and leads back to its study while that is there."""
    job, orphan = added(still), added(still, study="gone")
    for one in (job, orphan):
        still.delete(f"/api/v1/jobs/{one}", headers=PROGRAM)
    page, alone, listed = (
        still.get(path, params={"lang": language}).text for path in (f"/jobs/{job}", f"/jobs/{orphan}", "/jobs")
    )

    assert f'<a href="/studies/kenya">{back}' in page
    assert re.search(asked, page)
    assert "/studies/gone" not in alone
    assert not re.search(r">\d{4}-\d\d-\d\d", page + listed)


def form_of(page: str) -> dict[str, str]:
    """The hidden fields of the form on a page."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
def test_cancelling_leads_nowhere_else(still: TestClient, back: str) -> None:
    """Where to go back to is a page of ours, whatever a form says."""
    job = added(still)
    fields = form_of(still.get(f"/jobs/{job}").text)

    answer = still.post(f"/jobs/{job}/cancel", data={**fields, "back": back})

    assert (answer.status_code, answer.headers["location"]) == (303, f"/jobs/{job}")


def test_bounds_are_shown_in_money_and_as_a_line(still: TestClient) -> None:
    """At least, at most, and how much better it could be; the dark part is what is left of the first line."""
    job, store = added(still), desk_of(still).store
    store.claim(job)
    store.tell(job, SEARCH, Progress(1, -200.0, 0.0, 0.9, 0.1))
    store.tell(job, SEARCH, Progress(2, -100.0, -50.0, 0.2, 0.2))

    page, found = still.get(f"/jobs/{job}").text, still.get(f"/api/v1/jobs/{job}").json()

    bounds = found["bounds"]
    assert (bounds["lower_musd"], bounds["upper_musd"], bounds["gap"]) == (-100.0, -50.0, 0.2)
    assert (bounds["start"], bounds["width"]) == (50.0, 25.0)
    assert '<rect class="own" x="50.0" y="0" width="25.0" height="10"/>' in page
    assert f'<dd class="big">{bounds["lower"][0]}</dd>' in page
    said = "at least KES −13\N{NO-BREAK SPACE}billion".replace(" KES ", " KES\N{NO-BREAK SPACE}")
    assert said in found["said"]["bounds"]
    assert "A minus sign means that it is worth more than it costs." in found["said"]["bounds"]
    assert found["said"]["stage"] == SEARCH


def test_no_bounds_are_no_line(still: TestClient) -> None:
    """Until there are bounds the page says so; it never draws what is not known."""
    job, store = added(still), desk_of(still).store
    store.claim(job)
    store.tell(job, SEARCH, Progress(0, float("-inf"), float("inf"), float("inf"), 0.0))

    page = still.get(f"/jobs/{job}").text

    assert "No bounds yet" in page
    assert "<rect class=" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ending_is_told(still: TestClient, language: str) -> None:
    """Done leads to what was made; failed says why, or that the worker died; each is listed."""
    store = desk_of(still).store
    done, failed, died = (added(still) for _ in range(3))
    asked = added(still, AskMore(name="new", questions=("flips", "levers")))
    store.done(done, Made("kenya", compared_with="japan"))
    store.failed(failed, dict.fromkeys(LANGUAGES, "No plan <satisfies> all the rules."))
    store.failed(died, {})
    store.done(asked, Made("kenya"))

    pages = {job: still.get(f"/jobs/{job}", params={"lang": language}).text for job in (done, failed, died, asked)}
    listed = still.get("/jobs", params={"lang": language}).text

    assert 'href="/studies/kenya/changes"' in pages[done]
    assert 'href="/studies/kenya/changes"' not in pages[asked]
    assert '<pre class="told">No plan &lt;satisfies&gt; all the rules.</pre>' in pages[failed]
    assert 'class="notice warning"' in pages[died]
    assert all(f'href="/jobs/{job}"' in listed for job in pages)


def test_a_deleted_study_is_no_obstacle(still: TestClient) -> None:
    """The list and the page are there, though the study is not."""
    job = added(still, study="0123456789abcdef")

    assert "A new plan for a study that was deleted" in still.get("/jobs").text
    assert still.get(f"/jobs/{job}").status_code == 200


def parts(stream: str) -> list[dict[str, str]]:
    """The messages of a stream of server-sent events."""
    found = []
    for block in stream.strip().split("\n\n"):
        fields: dict[str, str] = {}
        for line in block.splitlines():
            name, _, value = line.partition(": ")
            fields[name] = f"{fields[name]}\n{value}" if name in fields else value
        found.append(fields)
    return found


def test_a_page_that_comes_late_is_told_everything_at_once(still: TestClient) -> None:
    """The whole state, the words for who listens, what came of it, and the end: then the stream closes."""
    job, store = added(still), desk_of(still).store
    store.claim(job)
    store.tell(job, SEARCH, Progress(1, -200.0, 0.0, 0.9, 0.1))
    store.done(job, Made("kenya"))

    answer = still.get(f"/jobs/{job}/events", params={"lang": "zh-Hant"}, headers={"Last-Event-ID": "1"})

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert "content-encoding" not in answer.headers
    told = parts(answer.text)
    assert [part["event"] for part in told] == ["job", "said", "end"]
    assert told[0]["id"] == "1"
    assert "已完成" in told[0]["data"]
    assert told[1]["data"] == "已完成。"
    assert "開啟新計畫" in told[2]["data"]
    assert "<script" not in answer.text


@pytest.mark.parametrize("path", ["/jobs/{}/events", "/api/v1/jobs/{}/events"])
def test_a_server_about_to_end_lets_go_of_who_looks_on(still: TestClient, path: str) -> None:
    """The stream closes without an end, so that the page comes back to the next server."""
    job, desk = added(still), desk_of(still)
    Timer(0.6, desk.let_go).start()

    told = still.get(path.format(job)).text

    assert "event: end" not in told


def test_a_program_goes_on_after_what_it_has_seen(still: TestClient) -> None:
    """Each event once, by its number; infinity never travels."""
    job, store = added(still), desk_of(still).store
    store.claim(job)
    store.tell(job, "Drawing possible futures")
    store.tell(job, SEARCH, Progress(0, float("-inf"), 5.0, float("inf"), 0.1))
    store.tell(job, SEARCH, Progress(1, -2.0, 5.0, 0.5, 0.1))
    store.failed(job, {"en": "It was too hard."})

    all_of_it = parts(still.get(f"/api/v1/jobs/{job}/events").text)
    rest = parts(still.get(f"/api/v1/jobs/{job}/events", headers={"Last-Event-ID": "2"}).text)

    assert [part.get("id") for part in all_of_it] == ["1", "2", "3", None]
    assert [part.get("id") for part in rest] == ["3", None]
    second = json.loads(all_of_it[1]["data"])
    assert (second["stage"], second["lower"], second["upper"]) == (SEARCH, None, 5.0)
    assert json.loads(rest[-1]["data"])["message"] == "It was too hard."


@pytest.mark.skipif(sys.platform == "win32", reason="needs another operating system: short paths")
@pytest.mark.time_limit(seconds=60, reason="a worker process has to start")
def test_from_the_button_to_the_new_plan(client: TestClient) -> None:
    """A form asks for a plan; the stream tells how far it is; its last message leads to the new study."""
    mark = form_of_any(client)
    answer = client.post("/studies/hand/jobs/plan", data=mark, follow_redirects=False)
    assert answer.status_code == 303

    told = parts(client.get(f"{answer.headers['location']}/events").text)

    assert told[-1]["event"] == "end"
    link = re.search(r'href="(/studies/[0-9a-f]+)/', told[-1]["data"])
    assert link is not None
    assert client.get(f"{link[1]}/keeps").status_code == 200
    steps = [part["data"] for part in told if part["event"] == "said"]
    assert steps[-1] == "Done."


def form_of_any(client: TestClient) -> dict[str, str]:
    """The mark that forms of this browser carry, as a page gives it out."""
    found = re.search(r'hx-headers=\'{"X-CSRF-Token": "(\w+)"}\'', client.get("/jobs").text)
    assert found is not None
    return {FORM_FIELD: found[1]}
