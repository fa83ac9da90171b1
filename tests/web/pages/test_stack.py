"""Stack: the drill in an address, what it leaves, and what it never says."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from tillerman.country import load, shipped
from tillerman.exposure import withdrawals
from tillerman.labels import Cause
from tillerman.study import stored
from tillerman.web import Serving, create_app
from tillerman.words import LANGUAGES

API = "/api/v1/studies/{}/stack"
WITH_PLAN = sorted(name for name in shipped() if name != "hand")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application once for all tests here: they only read."""
    with TestClient(create_app(Serving(tmp_path_factory.mktemp("stack"))), base_url="http://localhost") as found:
        yield found


@pytest.fixture(autouse=True)
def without_a_past(client: TestClient) -> None:
    """Each test comes for the first time: no language was chosen before."""
    client.cookies.clear()


def told(client: TestClient, study: str, query: str = "") -> dict:  # type: ignore[type-arg]  # as it is sent
    """What the API tells of a drill."""
    found = client.get(f"{API.format(study)}?{query}")
    assert found.status_code == 200, found.text
    answer: dict = found.json()  # type: ignore[type-arg]
    return answer


def text_of(page: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def links(page: str) -> dict[str, str]:
    """Addresses by the id of their link."""
    found = re.findall(r'<a\b[^>]*?\bid="([^"]+)"[^>]*?\bhref="([^"]+)"', page)
    return {name: html.unescape(address) for name, address in found}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("study", sorted(shipped()))
def test_every_country_in_every_language(client: TestClient, study: str, language: str) -> None:
    """Every shipped country shows its stack, whole and with its most serious holder withdrawn."""
    worst = told(client, study)["choices"][0]["key"]
    for query in (f"lang={language}", f"lang={language}&without={worst}"):
        found = client.get(f"/studies/{study}/stack?{query}")
        assert found.status_code == 200
        assert told(client, study, query)["finding"] in text_of(found.text)


@pytest.mark.parametrize("study", WITH_PLAN)
def test_the_plans_stack(client: TestClient, study: str) -> None:
    """With nothing withdrawn the plan's stack keeps what the stored plan's record says it keeps."""
    plan = stored(study)
    assert plan is not None
    found = told(client, study, "with=plan")
    assert found["year"] == plan.service_year
    kept = {row["service"]: row["kept"]["90d"] for row in found["services"]}
    for row in plan.services:
        assert kept[row.service] == pytest.approx(row.whole, abs=0.02)


def test_a_country_without_a_plan_has_no_plans_stack(client: TestClient) -> None:
    """What is asked on a plan that is not there is told so; today is shown."""
    assert client.get("/studies/hand/stack").status_code == 200
    assert client.get("/studies/hand/stack?with=plan").status_code == 409
    assert client.get(f"{API.format('hand')}?with=plan").status_code == 409


def test_more_withdrawn_never_keeps_more(client: TestClient) -> None:
    """Each further withdrawal takes from critical service, or leaves it as it is, at every horizon."""
    before = told(client, "kenya")["critical_kept"]
    query = ""
    for key in ("openai", "US", "safaricom", "international", "CN"):
        query += f"without={key}&"
        after = told(client, "kenya", query)["critical_kept"]
        assert all(after[h] <= before[h] + 1e-7 for h in after)
        before = after


def test_the_same_in_any_order(client: TestClient) -> None:
    """Who was named first does not matter."""
    one = told(client, "japan", "without=US&without=ntt")
    other = told(client, "japan", "without=ntt&without=US")
    assert one["critical_kept"] == pytest.approx(other["critical_kept"])
    assert [row["said"] for row in one["services"]] == [row["said"] for row in other["services"]]


def test_undo_is_the_address_without_the_last(client: TestClient) -> None:
    """Undo leads to the view before, start again to the first, and a chip takes back its own withdrawal alone."""
    page = client.get("/studies/kenya/stack?without=openai&without=US&for=1y").text
    asked = {name: parse_qsl(urlsplit(address).query) for name, address in links(page).items()}
    assert asked["undo"] == [("without", "openai"), ("for", "1y")]
    assert asked["start-again"] == [("for", "1y")]
    back = client.get(links(page)["undo"]).text
    straight = client.get("/studies/kenya/stack?without=openai&for=1y").text
    assert text_of(back) == text_of(straight)


def test_the_address_holds_the_whole_view(client: TestClient) -> None:
    """Every dial's link differs from the view in that dial alone."""
    query = "without=US&cause=chooses&for=7d&with=plan&anonymous=true&all=true"
    page = client.get(f"/studies/kenya/stack?{query}").text
    found = {name: dict(parse_qsl(urlsplit(address).query)) for name, address in links(page).items()}
    now = dict(parse_qsl(query))
    now["without"] = found["for-7d"]["without"]  # a number instead of the name
    assert now["without"].startswith("jurisdiction-")
    assert found["for-7d"] == now
    assert found["for-1y"] == {**now, "for": "1y"}
    assert found["cause-ordered"] == {**now, "cause": "ordered"}
    assert found["cause-usual"] == {name: value for name, value in now.items() if name != "cause"}
    assert found["with-today"] == {name: value for name, value in now.items() if name != "with"}
    assert found["everybody"] == {name: value for name, value in now.items() if name != "all"}


def test_any_cause_for_anybody(client: TestClient) -> None:
    """The same withdrawal can be asked for each cause, and which promises hold depends on it."""
    by_cause = {cause: told(client, "hand", f"without=farco&cause={cause}") for cause in Cause}
    for cause, found in by_cause.items():
        assert [item["cause"] for item in found["withdrawn"]] == [cause.value]
    blocks = {
        cause: {b["resource"]: b["left"] for band in found["bands"] for b in band["in_use"]}
        for cause, found in by_cause.items()
    }
    assert blocks[Cause.CHOOSES] != blocks[Cause.CANNOT] or blocks[Cause.CHOOSES] != blocks[Cause.ORDERED]


def test_what_is_gone_is_said_in_words(client: TestClient) -> None:
    """A block that is gone says so; the share of one that is reduced stands beside it."""
    page = text_of(client.get("/studies/kenya/stack?without=US&for=7d").text)
    assert "OpenAI model by call gone" in page
    found = told(client, "kenya", "without=US&for=7d")
    gone = [b["name"] for band in found["bands"] for b in band["in_use"] if b["state"] == "gone"]
    assert "OpenAI model by call" in gone
    for name in gone:
        assert f"{name} gone" in page


def test_both_directions(client: TestClient) -> None:
    """What others need from Kenya stands on the layer it belongs to, or apart where it belongs to none."""
    found = told(client, "kenya")
    ours = {band["layer"]: [item["name"] for item in band["ours"]] for band in found["bands"]}
    assert "Geothermal power and land at Olkaria" in ours["energy"]
    assert [item["name"] for item in found["elsewhere"]] == ["Minimum use by the State"]
    everything = [name for names in ours.values() for name in names]
    country = load("kenya")
    assert len(everything) + 1 == len(country.concessions) + sum(h.direction == "by_us" for h in country.holds)


def test_everybody_can_be_withdrawn_home_too(client: TestClient) -> None:
    """The list holds every single withdrawal of the file, sorted by what is left."""
    choices = told(client, "kenya")["choices"]
    assert {choice["key"] for choice in choices} == {item.key for item in withdrawals(load("kenya"))}
    assert any(choice["is_home"] for choice in choices)
    assert [choice["kept"] for choice in choices] == pytest.approx(sorted(choice["kept"] for choice in choices))


def test_who_changes_nothing_is_said_to(client: TestClient) -> None:
    """Who takes nothing from critical service is not shown with a share, as if it were to blame for what is missing."""
    page = text_of(client.get("/studies/south_korea/stack?all=true&lang=en").text)
    assert "ASML changes nothing" in page
    whole = told(client, "south_korea")["critical_whole"]
    for choice in told(client, "south_korea")["choices"]:
        if not choice["changes"]:
            kept = told(client, "south_korea", f"without={choice['key']}")["critical_kept"]
            assert kept == pytest.approx(whole, abs=6e-3)


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [("NVIDIA", "nvidia"), ("united states", "US"), ("KE", "KE"), ("nvidia: supplies only", "nvidia:supplies")],
)
def test_search_withdraws_whom_it_names(client: TestClient, typed: str, leads_to: str) -> None:
    """A name, a code, whatever its case, leads to the view with it withdrawn as well."""
    found = client.get("/studies/kenya/stack", params={"add": typed, "without": "meta"}, follow_redirects=False)
    assert found.status_code == 303
    query = parse_qsl(urlsplit(found.headers["location"]).query)
    assert query == [("without", "meta"), ("without", leads_to)]


def test_search_in_chinese(client: TestClient) -> None:
    """A state is found by its Chinese name on a Chinese page."""
    asked = {"add": "美國", "lang": "zh-Hant"}
    found = client.get("/studies/kenya/stack", params=asked, follow_redirects=False)
    assert found.headers["location"] == "/studies/kenya/stack?without=US"


def test_search_that_may_mean_several_offers_them(client: TestClient) -> None:
    """Half a name withdraws nobody and offers all who are called so; a slip offers the nearest."""
    page = client.get("/studies/kenya/stack?add=united").text
    assert "United Kingdom" in page
    assert "Did you mean" in page
    assert "Safaricom" in text_of(client.get("/studies/kenya/stack?add=Safricom").text).split("Did you mean")[1][:200]
    assert "is called “xyzzyx”" in client.get("/studies/kenya/stack?add=xyzzyx").text


def test_a_name_that_is_no_more_is_left_out_and_said(client: TestClient) -> None:
    """A link older than the file shows what it still can; a program is refused with the nearest name."""
    page = client.get("/studies/kenya/stack?without=US&without=nvidai")
    assert page.status_code == 200
    assert "Not in this file any more, and so left out: nvidai." in text_of(page.text)
    assert "United States withdrawn" in page.text
    refused = client.get(f"{API.format('kenya')}?without=nvidai")
    assert refused.status_code == 422
    assert "nvidia" in refused.json()["detail"].casefold()


def test_numbers_instead_of_names(client: TestClient) -> None:
    """An anonymous view names no supplier, no state abroad and no resource of the file, in its addresses either."""
    first = told(client, "kenya", "anonymous=true")["choices"]
    abroad = next(choice["key"] for choice in first if not choice["is_home"])
    page = client.get(f"/studies/kenya/stack?without={abroad}&anonymous=true&all=true").text
    country = load("kenya")
    body = page[page.index("<main") :]
    names = [party.name for party in country.parties] + [resource.name for resource in country.resources]
    assert [name for name in names if name in html.unescape(body)] == []
    assert "United States" not in body
    assert not re.search(r"without=(US|CN|openai|microsoft)\b", body)
    assert "jurisdiction 1" in body
    same = told(client, "kenya", f"without={abroad}&anonymous=true")
    assert same["withdrawn"][0]["key"] == abroad


def test_no_likelihood_and_no_conduct(client: TestClient) -> None:
    """The page says that it sorts by consequence and predicts nobody's conduct, and shows no chance."""
    page = text_of(client.get("/studies/kenya/stack?without=US&all=true").text)
    assert "never by likelihood" in page
    assert "does not predict the conduct of any state or firm" in page
    assert "a year chance" not in page


def test_malformed_questions_are_refused(client: TestClient) -> None:
    """A horizon or cause that is none is refused, and nothing breaks."""
    for query in ("for=2d", "cause=war", "with=hope", "without=" + "x" * 200):
        assert client.get(f"/studies/kenya/stack?{query}").status_code == 422


def test_nothing_is_escaped_twice(client: TestClient) -> None:
    """A share that is not quite all is written with its sign, not with the code of the sign."""
    page = client.get("/studies/kenya/stack?open=international&all=true&lang=en").text
    assert "&gt;" in page
    assert "&amp;gt;" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_state_that_holds_something_itself_is_told_apart(client: TestClient, language: str) -> None:
    """In every language the orders of South Africa read otherwise than the State of South Africa as a holder."""
    names = [item["name"] for item in client.get(API.format("kenya"), params={"lang": language}).json()["choices"]]
    assert len(names) == len(set(names)) > 1
