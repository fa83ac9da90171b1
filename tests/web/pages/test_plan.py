"""The plan: every point between cheapest and safest follows at once; a wrong dial is told and loses nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tillerman.brief import compose
from tillerman.brief.document import Points
from tillerman.country import load, shipped
from tillerman.plan import Asked, Plan
from tillerman.report import context
from tillerman.report.page import page as page_of
from tillerman.study import stored
from tillerman.web import shelf
from tillerman.web.shelf import Shelf
from tillerman.web.shelving import new_study
from tillerman.words import words

OWN = "kenya"  # its stored plan has its points between cheapest and safest


@cache
def _plan() -> Plan:
    """A plan with its points between cheapest and safest."""
    plan = stored(OWN)
    assert plan is not None
    return plan


def _shelf(client: TestClient) -> Shelf:
    found = client.app.state.shelf  # type: ignore[attr-defined]
    assert isinstance(found, Shelf)
    return found


@pytest.fixture
def own(client: TestClient) -> str:
    """A study of one's own that has its frontier."""
    return new_study(_shelf(client), "local", "My Kenya", plan=_plan()).id


def _mark(text: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
@pytest.mark.parametrize("study", [name for name in shipped() if name != "hand"])
def test_every_shipped_plan_opens(client: TestClient, study: str, language: str) -> None:
    """The stored plan of every country is shown with its decisions, in either language."""
    found = client.get(f"/studies/{study}/plan", params={"lang": language})

    assert found.status_code == 200
    assert 'class="timeline"' in found.text


def test_points_run_from_cheapest_to_safest(client: TestClient, own: str) -> None:
    """Further to the safest end, no less is kept; the ends have their names."""
    stops = client.get(f"/api/v1/studies/{own}/plan").json()["stops"]
    points = _plan().asked.frontier
    assert points is not None
    kept = [point.kept for point in points.points]

    assert (stops[0]["id"], stops[-1]["id"]) == ("cheapest", "safest")
    assert kept == sorted(kept)


def test_everything_follows_the_point(client: TestClient, own: str) -> None:
    """A point shows its own decisions, services and accounts, and how they differ from the plan made."""
    frontier = _plan().asked.frontier
    assert frontier is not None
    for number, point in enumerate(frontier.points):
        found = client.get(f"/api/v1/studies/{own}/plan", params={"point": str(number)}).json()
        standing = frontier.standing(number)
        told = sum(len(year["deeds"]) for year in found["decisions"]["years"])

        assert found["at"] == number
        assert told == sum(decision.action != "run" for decision in standing.decisions)
        assert found["worst"] or not point.worst


def test_slider_stands_where_the_words_say(client: TestClient, own: str) -> None:
    """The plan made is named by the point that it is, where the slider stands; of no point, the slider shows none."""
    page = client.get(f"/studies/{own}/plan").text
    assert client.get(f"/api/v1/studies/{own}/plan").json()["stands_at"] == 0
    assert 'class="is-nowhere"' not in page
    assert "The plan made, which is “cheapest” here" in page

    other = replace(_plan(), decisions=_plan().decisions[:-1])
    study = new_study(_shelf(client), "local", "Other", plan=other).id
    elsewhere = client.get(f"/studies/{study}/plan").text
    assert 'class="is-nowhere"' in elsewhere
    assert "which is “" not in elsewhere


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_worst_futures_are_told_as_in_brief_and_report(client: TestClient, own: str, language: str) -> None:
    """One figure, in the same words with the futures it was found on, on page, in brief and in report."""
    plan = _plan()
    told = client.get(f"/api/v1/studies/{own}/plan", params={"lang": language}).json()["tail"]
    say = words(language)
    wrong = next(part for part in compose(plan, language=language).sections if part.id == "wrong")
    annex = {row.values[0]: row.values[1] for row in page_of(plan, language=language).annex.table.rows}

    assert "1,200" in told
    assert told in [line.words for block in wrong.blocks if isinstance(block, Points) for line in block.lines]
    assert annex[say("annex.tail")] == told
    assert client.get(f"/api/v1/studies/{own}/plan", params={"point": "safest"}).json()["tail"] == ""


def test_what_differs_is_said_in_the_readers_language(client: TestClient) -> None:
    """A Chinese page tells how a point differs in Chinese, with the file's translated names, as it tells decisions."""
    for study in ("kenya", "uae"):
        told = client.get(f"/api/v1/studies/{study}/plan", params={"point": "safest", "lang": "zh-Hant"}).json()
        deeds = {deed["sentence"] for year in told["decisions"]["years"] for deed in year["deeds"]}

        assert told["differs"]
        assert [line for line in told["differs"] if re.search(r"Build|Sign|Start|Before", line)] == []
        assert any(deed in line for deed in deeds for line in told["differs"])


def test_a_point_is_told_without_walking_the_record_again(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are told once a study and language; every point after the first view is taken from that."""
    client.get("/api/v1/studies/kenya/plan", params={"lang": "zh-Hant"})
    walked: list[object] = []

    def walk(record: object, _: object) -> object:
        walked.append(record)
        return record

    for module in (context, shelf):
        monkeypatch.setattr(module, "told_in", walk)
    for point in ("cheapest", "middle", "safest"):
        client.get("/api/v1/studies/kenya/plan", params={"lang": "zh-Hant", "point": point})

    assert walked == []


def test_a_point_by_name_is_the_point_by_number(client: TestClient, own: str) -> None:
    """The five named points have addresses of their own, with the same answer."""
    last = len(client.get(f"/api/v1/studies/{own}/plan").json()["stops"]) - 1
    by_name, by_number = (
        client.get(f"/api/v1/studies/{own}/plan", params={"point": point}).json() for point in ("safest", str(last))
    )

    assert by_name == by_number


@pytest.mark.parametrize("point", ["nowhere", "-1", "999", "１"])
def test_a_point_that_is_not_there_is_refused(client: TestClient, own: str, point: str) -> None:
    """Another point is refused with what there is, not guessed."""
    assert client.get(f"/studies/{own}/plan", params={"point": point}).status_code == 422


def test_without_points_there_is_a_way_to_ask(client: TestClient) -> None:
    """A plan whose points were not asked for offers to find them."""
    bare = replace(_plan(), asked=Asked())
    study = new_study(_shelf(client), "local", "Bare", plan=bare).id
    found = client.get(f"/studies/{study}/plan").text

    assert 'value="frontier"' in found
    assert f'action="/studies/{study}/jobs/question"' in found


def test_chances_are_shown_only_when_asked(client: TestClient) -> None:
    """The chances that the file assumes appear only at the reader's wish."""
    without, with_them = (
        client.get("/api/v1/studies/kenya/plan", params={"hazards": asked}).json()["worth"] for asked in (False, True)
    )

    assert len(with_them["table"]["columns"]) == len(without["table"]["columns"]) + 1


@pytest.mark.parametrize(
    ("dial", "value"), [("budget", "lots"), ("worst_weight", "7"), ("futures", "1.5"), ("likelihood", "-1")]
)
def test_a_wrong_dial_is_told_and_the_rest_is_kept(client: TestClient, own: str, dial: str, value: str) -> None:
    """A dial that cannot stand is told; what else was typed is still there, and nothing was started."""
    mark = _mark(client.get(f"/studies/{own}/plan").text)
    typed = {"budget": "US$ 123m", "csrf": mark, dial: value}
    found = client.post(f"/studies/{own}/plan/dials", data=typed, follow_redirects=False)

    assert found.status_code == 422
    assert 'role="alert"' in found.text
    assert dial == "budget" or 'value="US$ 123m"' in found.text
    assert client.get("/api/v1/jobs").json()["calculations"] == []


def test_no_plan_yet_is_said(client: TestClient, tmp_path: Path) -> None:
    """A study without a plan says so, with a way on."""
    assert tmp_path.exists()
    entry = new_study(_shelf(client), "local", "No plan", country=load("hand"))

    missing = client.get(f"/studies/{entry.id}/plan")
    assert missing.status_code == 409
    assert f'action="/studies/{entry.id}/jobs/plan"' in missing.text


def test_a_state_that_holds_something_itself_is_told_apart_among_the_dials(client: TestClient) -> None:
    """No two entries of the list of those to be trusted more or less read alike."""
    for language in ("en", "zh-Hant"):
        listed = re.search(
            r'<select[^>]*name="who".*?</select>', client.get(f"/studies/kenya/plan?lang={language}").text, re.DOTALL
        )
        assert listed is not None
        names = re.findall(r"<option[^>]*>([^<]+)</option>", listed[0])
        assert len(names) == len(set(names)) > 1
