"""One number: tried at once, refused in the file's own words, kept in a study of one's own, put back."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

FRAME_RATE = "numbers/frame/frame/discount_rate"
USES = "numbers/services/{service}/demand_muse_per_year"


@pytest.fixture
def service(client: TestClient) -> str:
    """A service of the invented country."""
    lines = client.get("/api/v1/studies/hand/evidence", params={"table": "services"}).json()["lines"]
    return str(lines[0]["row"])


def _mark(text: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', text)
    assert found is not None
    return found[1]


def _keep(client: TestClient, study: str, place: str, value: str) -> str:
    """Change a number through the form; return the id of the study that has it."""
    path = f"/studies/{study}/{place}"
    mark = _mark(client.get(path, params={"value": value}).text)
    done = client.post(path, data={"value": value, "csrf": mark}, follow_redirects=False)
    assert done.status_code == 303
    return str(done.headers["location"].split("/")[2])


def test_a_number_is_shown_with_what_it_accepts(client: TestClient) -> None:
    """The page of a number tells its value and what it can be."""
    found = client.get(f"/api/v1/studies/hand/{FRAME_RATE}").json()

    assert found["line"]["value"]
    assert "0.3" in found["accepts"]
    assert found["effect"] is None


@pytest.mark.parametrize("typed", ["abc", "12 %", "-1", "=1+1", "1,5", "nan", "inf", "1e999"])
def test_what_cannot_be_is_refused_in_words(client: TestClient, typed: str) -> None:
    """A value that the file would refuse is refused with a reason, and changes nothing."""
    found = client.get(f"/api/v1/studies/hand/{FRAME_RATE}", params={"value": typed}).json()

    assert found["effect"] is None
    assert found["problems"][0]["expected"]


def test_the_same_value_changes_nothing(client: TestClient) -> None:
    """Trying the value that is there moves no figure."""
    value = client.get(f"/api/v1/studies/hand/{FRAME_RATE}").json()["line"]["value"]
    found = client.get(f"/api/v1/studies/hand/{FRAME_RATE}", params={"value": value}).json()

    assert found["changes"] == []
    assert found["effect"]["services"] == []


def test_a_number_that_is_not_there_is_refused(client: TestClient) -> None:
    """An address of no number says so."""
    assert client.get("/studies/hand/numbers/services/nobody/tier").status_code == 422


def test_a_change_is_kept_beside_the_shipped_file(client: TestClient) -> None:
    """Keeping a change makes a study of one's own; the shipped one stays as it is."""
    before = client.get(f"/api/v1/studies/hand/{FRAME_RATE}").json()["line"]["value"]
    own = _keep(client, "hand", FRAME_RATE, "0.05")
    found = client.get(f"/api/v1/studies/{own}/changes").json()

    assert [(item["table"], item["column"]) for item in found["corrected"]] == [("frame", "discount_rate")]
    assert client.get(f"/api/v1/studies/hand/{FRAME_RATE}").json()["line"]["value"] == before
    assert client.get(f"/api/v1/studies/{own}/{FRAME_RATE}").json()["line"]["value"] == "0.05"


def test_changes_gather_and_are_undone(client: TestClient, service: str) -> None:
    """A second change joins the first in the same study; undone, only the other one is left."""
    own = _keep(client, "hand", FRAME_RATE, "0.05")
    again = _keep(client, own, USES.format(service=service), "1")
    page = client.get(f"/studies/{own}/changes")
    undone = client.post(
        f"/studies/{own}/changes/undo",
        data={"table": "frame", "row": "", "column": "discount_rate", "csrf": _mark(page.text)},
        follow_redirects=False,
    )

    assert again == own
    assert undone.status_code == 303
    left = client.get(f"/api/v1/studies/{own}/changes").json()["corrected"]
    assert left[0]["text"].endswith(" → 1 million uses a year")
    assert [(item["row"], item["column"]) for item in left] == [(service, "demand_muse_per_year")]


def test_a_change_without_a_plan_says_so(client: TestClient) -> None:
    """Before the new plan is made there is none to compare, and a way to make it."""
    own = _keep(client, "hand", FRAME_RATE, "0.05")
    found = client.get(f"/api/v1/studies/{own}/changes").json()

    assert (found["has_new_plan"], found["plan"]) == (False, None)
    assert f'action="/studies/{own}/jobs/plan"' in client.get(f"/studies/{own}/changes").text


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Nothing was changed here: this study stands as it came."), ("zh-Hant", "沒有任何更動")],
)
def test_a_study_that_was_never_changed_says_so(client: TestClient, language: str, said: str) -> None:
    """Nothing is called gone that never was, and there is a way on."""
    page = client.get("/studies/hand/changes", params={"lang": language})

    assert page.status_code == 200
    assert said in page.text
    assert 'href="/studies/hand/evidence"' in page.text
    assert "/jobs/plan" not in page.text
    assert client.get("/api/v1/studies/hand/changes").json()["is_copy"] is False


def test_a_form_of_another_site_changes_nothing(client: TestClient) -> None:
    """Without the mark of our own form nothing is kept."""
    done = client.post(f"/studies/hand/{FRAME_RATE}", data={"value": "0.05"}, follow_redirects=False)

    assert done.status_code == 403
