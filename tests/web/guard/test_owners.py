"""Owners: what is somebody's own is not there for anybody else, by whichever address they ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web.guard.test_login import ADA, BO, KEYS, basic, come_in
from tests.web.jobs.idle import idle
from tillerman.study import kept_plan
from tillerman.web import Serving, create_app
from tillerman.web.shelving import new_study

NAME = "Only for Ada"


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    """A server that demands tokens, with one study of Ada's; calculations wait for ever."""
    made = create_app(Serving(tmp_path, keys=KEYS))
    idle(made)
    new_study(made.state.shelf, "ada", NAME, plan=kept_plan("kenya"))
    return made


@pytest.fixture
def programs(app: FastAPI) -> Iterator[TestClient]:
    """A program before that server."""
    with TestClient(app, base_url="http://localhost", headers={"x-tillerman": "1"}) as client:
        yield client


def ids(programs: TestClient, name: str, token: str) -> str:
    """Everything that an owner is told of studies and calculations."""
    return "".join(programs.get(f"/api/v1/{what}", headers=basic(name, token)).text for what in ("studies", "jobs"))


def test_nobody_else_is_told_of_a_study(app: FastAPI, programs: TestClient) -> None:
    """Ada's study stands in her lists and in nobody else's, on pages and for programs."""
    assert NAME in ids(programs, "ada", ADA)
    assert NAME not in ids(programs, "bo", BO)
    with TestClient(app, base_url="http://localhost") as browser:
        come_in(browser, "bo", BO)
        assert all(NAME not in browser.get(path).text for path in ("/", "/studies", "/jobs", "/compare"))
        browser.cookies.clear()
        come_in(browser, "ada", ADA)
        assert NAME in browser.get("/studies").text


def test_no_address_opens_another_owners_study(programs: TestClient) -> None:
    """Every address of the interface that names Ada's study or calculation answers Bo that there is none."""
    ada, bo = basic("ada", ADA), basic("bo", BO)
    study = re.findall(r'"id": ?"([0-9a-f]{16})"', programs.get("/api/v1/studies", headers=ada).text)[0]
    begun = programs.post(f"/api/v1/studies/{study}/jobs", json={"kind": "plan"}, headers=ada)
    assert begun.status_code == 202, begun.text
    job = begun.headers["location"].rpartition("/")[2]
    schema = programs.get("/api/v1/openapi.json", headers=bo).json()
    fill = {"study": study, "job": job, "service": "mpesa_fraud", "file": "brief"}
    fill |= {"table": "services", "row": "mpesa_fraud", "column": "people_million"}
    statuses = {}
    for path, verbs in schema["paths"].items():
        if not {"{study}", "{job}"} & set(re.findall(r"\{\w+\}", path)):
            continue
        address = re.sub(r"\{(\w+)\}", lambda found: fill[found.group(1)], path)
        for verb in verbs:
            body = {"kind": "plan"} if path.endswith("/jobs") else {"name": "Mine"}
            json = body if verb in {"post", "patch", "put"} else None
            statuses[f"{verb} {path}"] = programs.request(verb, address, headers=bo, json=json).status_code

    assert len(statuses) > 8
    assert {found: status for found, status in statuses.items() if status != 404} == {}
    assert programs.get(f"/api/v1/studies/{study}", headers=ada).status_code == 200
    assert programs.get(f"/api/v1/jobs/{job}", headers=ada).json()["state"] == "queued"


def test_no_page_opens_another_owners_study(app: FastAPI) -> None:
    """The same for pages and their forms."""
    own = next(iter(app.state.shelf.entries("ada"))).id
    with TestClient(app, base_url="http://localhost") as browser:
        come_in(browser, "bo", BO)
        places = ("keeps", "stack", "plan", "evidence", "fallbacks", "study", "files/brief", "services/mpesa_fraud")
        assert {browser.get(f"/studies/{own}/{place}").status_code for place in places} == {404}
        compared = browser.get("/compare", params={"a": own, "b": "kenya"})
        assert compared.status_code in {404, 422}
        assert NAME not in compared.text
