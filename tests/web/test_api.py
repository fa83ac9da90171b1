"""The interface for programs: described truly, the twin of every page, one form for answers and for mistakes."""

from __future__ import annotations

import inspect
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # published without types; used here to judge, not to build
import pytest
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.testclient import TestClient

from tests.web.interface import PAGE, between, written
from tillerman.country import shipped
from tillerman.web import Serving, create_app
from tillerman.web.app import PAGES

API = "/api/v1"
PROGRAM = {"X-Tillerman": "1"}
# Pages whose answer a program gets under another address, or that only lead to another page.
ELSEWHERE: Mapping[str, str] = {
    "/": "/studies",
    "/studies/{study}/study": "/studies/{study}",
    "/studies/{study}/delete": "/studies/{study}",
    "/upload": "/uploads",
    "/api": "/openapi.json",
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """One application for all shipped countries, so that each is opened once."""
    return TestClient(create_app(Serving(tmp_path_factory.mktemp("shared"))), base_url="http://localhost")


@pytest.fixture(scope="module")
def described(shared: TestClient) -> dict[str, Any]:
    """The description of the interface, as a program gets it."""
    found: dict[str, Any] = shared.get(f"{API}/openapi.json").json()
    return found


def _routes(kind: str) -> Iterator[APIRoute]:
    for module in PAGES:
        for route in getattr(module, kind).routes:
            assert isinstance(route, APIRoute)
            yield route


def _operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


@pytest.mark.parametrize("route", list(_routes("api")), ids=lambda route: f"{route.methods}{route.path}")
def test_every_answer_is_written_in_the_one_form(route: APIRoute) -> None:
    """A record is sent as the command line prints it; whoever sends something else says so."""
    returns = inspect.signature(route.endpoint, eval_str=True).return_annotation
    sends_itself = isinstance(returns, type) and issubclass(returns, Response)

    assert sends_itself or hasattr(route.endpoint, "__wrapped__"), "put @answered below the route"


def test_every_page_has_its_twin() -> None:
    """What a page shows is told to programs under the same address, or under one that is named here."""
    told = {route.path for route in _routes("api")} | {"/openapi.json"}
    shown = {route.path for route in _routes("pages") if "GET" in (route.methods or ())}
    led = {"/studies/{study}"}  # leads to the first page of a study

    assert {path for path in shown - led if ELSEWHERE.get(path, path) not in told} <= _OWN_DOOR
    assert set(ELSEWHERE) <= shown


_OWN_DOOR = {
    "/logout",
    "/login",
    "/studies/{study}/files/{file}",
}


def test_the_description_is_openapi_with_words(described: dict[str, Any]) -> None:
    """Every operation has an id of its own, a summary, a group; every parameter a meaning; every schema is one."""
    assert described["openapi"].startswith("3.1.")
    ids = [operation["operationId"] for _, _, operation in _operations(described)]
    assert len(set(ids)) == len(ids)
    for path, method, operation in _operations(described):
        where = f"{method} {path}"
        assert operation["summary"][0].isupper(), where
        assert len(operation["description"]) > 20, where
        assert len(operation["tags"]) == 1, where
        for parameter in operation["parameters"]:
            assert parameter["description"], f"{where}: {parameter['name']}"
        heads = {item["name"] for item in operation["parameters"] if item["in"] == "header"}
        assert ("X-Tillerman" in heads) is (method != "get"), where
    for name, schema in described["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema.get("description") or "enum" in schema or name.startswith("Body_"), name


def _schema(described: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any] | None:
    content = operation["responses"].get("200", {}).get("content", {}).get("application/json")
    return {**content["schema"], "components": described["components"]} if content else None


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
@pytest.mark.parametrize("study", shipped())
def test_answers_are_as_described(shared: TestClient, described: dict[str, Any], study: str, language: str) -> None:
    """Every question about a study that needs nothing else is answered as its schema says, or refused as described."""
    mistake = {"$ref": "#/components/schemas/Mistake", "components": described["components"]}
    n_answered = 0
    for path, method, operation in _operations(described):
        schema = _schema(described, operation)
        if method != "get" or schema is None or set(re.findall(r"{(\w+)}", path)) - {"study"}:
            continue
        query = {"lang": language} | ({"a": study, "b": "uae"} if path.endswith("/compare") else {})
        found = shared.get(path.replace("{study}", study), params=query)
        told = json.loads(found.content, parse_constant=_refuse)
        if found.status_code == 200:
            jsonschema.validate(told, schema, cls=jsonschema.Draft202012Validator)
            n_answered += 1
        else:
            assert found.status_code in {409, 422}, (path, told)
            jsonschema.validate(told, mistake, cls=jsonschema.Draft202012Validator)
    assert n_answered >= 8


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def test_a_number_that_is_not_there_is_noticed() -> None:
    """The check above sees what is no JSON."""
    with pytest.raises(AssertionError, match="NaN is no JSON"):
        json.loads('{"x": NaN}', parse_constant=_refuse)


@pytest.mark.parametrize(
    ("status", "method", "path", "body"),
    [
        (404, "GET", "/studies/nowhere", None),
        (404, "GET", "/nowhere", None),
        (405, "PUT", "/studies", {}),
        (409, "GET", "/studies/hand/plan", None),
        (422, "GET", "/compare?a=kenya", None),
        (422, "POST", "/studies", {"study": "kenya", "name": ""}),
        (422, "POST", "/studies", {"study": "kenya"}),
        (422, "POST", "/studies", ["kenya"]),
    ],
)
def test_mistakes_have_one_shape(shared: TestClient, status: int, method: str, path: str, body: object) -> None:
    """Whatever is refused, the answer is a sentence and a list of problems, in the reader's language."""
    for language in ("en", "zh-Hant"):
        shared.cookies.clear()  # a browser's choice of language would count
        heads = {**PROGRAM, "Accept-Language": "zh-TW" if language == "zh-Hant" else "en"}
        found = shared.request(method, f"{API}{path}", json=body, headers=heads)
        assert found.status_code == status
        assert set(found.json()) == {"detail", "problems"}
        assert found.json()["detail"]
        if status != 422 or body == {"study": "kenya", "name": ""}:  # other requests are refused by the framework
            assert bool(re.search(r"[\u4e00-\u9fff]", found.json()["detail"])) is (language == "zh-Hant")


def test_a_change_without_the_header_is_refused(shared: TestClient) -> None:
    """What a form on another site could send changes nothing."""
    before = shared.get(f"{API}/studies").json()
    assert shared.post(f"{API}/studies", json={"study": "hand", "name": "x"}).status_code == 403
    assert shared.get(f"{API}/studies").json() == before


def test_the_page_of_documentation_lists_every_operation() -> None:
    """The table in docs/reference/api.md is what the interface has: `python -m tests.web.interface` writes it."""
    assert between(PAGE.read_text("utf-8"))[1] == written()


def test_shell_lines_of_the_documentation_do_what_they_say(shared: TestClient) -> None:
    """Each curl line of the documentation, in order, is answered with success."""
    lines = re.findall(r"^curl .+$", PAGE.read_text("utf-8"), re.MULTILINE)
    study = ""
    for line in lines:
        method, heads, body, address = _curl(line.replace("STUDY", study))
        found = shared.request(method, address.removeprefix("http://127.0.0.1:8321"), headers=heads, content=body)
        assert found.status_code in {200, 201, 204}, line
        study = found.json()["id"] if found.status_code == 201 else study
    assert len(lines) >= 5


def _curl(line: str) -> tuple[str, dict[str, str], str | None, str]:
    """What a curl line sends: method, headers, body, address."""
    method, heads, body, address = "GET", {}, None, ""
    words = iter(shlex.split(line)[1:])
    for word in words:
        match word:
            case "-X":
                method = next(words)
            case "-H":
                name, _, value = next(words).partition(": ")
                heads[name] = value
            case "-d":
                body = next(words)
            case "-o":
                next(words)
            case _:
                address = word
    return method, heads, body, address


@pytest.mark.parametrize(("language", "heading"), [("en", "Ask from a program"), ("zh-Hant", "由程式提問")])
def test_the_page_for_programmers_needs_no_script(shared: TestClient, language: str, heading: str) -> None:
    """The page describes every operation and every record, and its examples name this server."""
    text = shared.get("/api", params={"lang": language}).text
    assert f"<h1>{heading}</h1>" in text
    assert "curl http://localhost/api/v1/studies/kenya/keeps" in text
    for route in _routes("api"):
        assert f"<code>{API}{route.path}</code>" in text
    assert "<code>Mistake</code>" in text
    assert re.findall(r"<script(?![^>]* src=)", text) == []
