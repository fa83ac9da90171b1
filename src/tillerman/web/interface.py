"""The description of the interface for programs: OpenAPI 3.1, with what the framework cannot read from the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

API = "/api/v1"
_SAFE = {"get", "head", "options"}
_CHANGE = {
    "name": "X-Tillerman",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "enum": ["1"]},
    "description": "Says that a program, and no page of another site, asks for a change.",
}
_LANGUAGE = {
    "name": "lang",
    "in": "query",
    "required": False,
    "schema": {"type": "string"},
    "description": "`en` or `zh-Hant`, in which texts are said; English unless `Accept-Language` asks for Chinese.",
}
_LOGIN = {
    "type": "http",
    "scheme": "basic",
    "description": "A name and a token; only where the server was started with tokens.",
}


class Described(FastAPI):
    """An application whose description says what a caller must know beside the records."""

    def openapi(self) -> dict[str, Any]:
        """Describe the interface, once."""
        if self.openapi_schema is None:
            _complete(super().openapi())
        assert self.openapi_schema is not None  # noqa: S101 - made just above
        return self.openapi_schema


def operation_id(route: APIRoute) -> str:
    """The name of an operation: its method and the words of its address."""
    words = [part for part in re.split(r"[^a-z]+", route.path_format.removeprefix(API)) if part]
    return "_".join([*sorted(method.lower() for method in route.methods or ()), *words])


def _complete(found: dict[str, Any]) -> None:
    found.setdefault("components", {})["securitySchemes"] = {"login": _LOGIN}
    found["security"] = [{}, {"login": []}]
    for method, operation in _operations(found):
        told = operation.get("description", "").replace("`", "").strip()
        operation["description"] = told
        operation["summary"] = told.partition("\n")[0].partition(". ")[0].rstrip(".")
        parameters = operation.setdefault("parameters", [])
        if not any(item["name"] == "lang" for item in parameters):
            parameters.append(_LANGUAGE)
        if method not in _SAFE:
            parameters.append(_CHANGE)
        for item in parameters:
            item.setdefault("description", _PARTS.get(item["name"], ""))


_PARTS = {
    "study": "The id of a study: the name of a shipped country, or what `/studies` tells.",
    "service": "The id of a service in the country file.",
    "table": "A table of the country file, or `frame`.",
    "row": "The id of a row; `frame` for the frame.",
    "column": "A column of the table.",
    "job": "The id of a calculation, as it was told when it was asked for.",
    "file": "Which file.",
    "last-event-id": "The last event that was seen; what came after it is sent.",
}


def _operations(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for methods in found["paths"].values():
        yield from methods.items()


@dataclass(frozen=True)
class Parameter:
    """One thing that a request may say."""

    name: str
    where: str  # path, query or header
    is_required: bool
    type: str
    told: str


@dataclass(frozen=True)
class Operation:
    """One question that a program may put."""

    id: str
    method: str
    path: str
    summary: str
    told: str
    parameters: tuple[Parameter, ...]
    body: str  # what is sent; blank where nothing is
    status: str
    answer: str  # what comes back


@dataclass(frozen=True)
class Group:
    """Operations that belong together."""

    name: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Field:
    """One field of a record."""

    name: str
    type: str


@dataclass(frozen=True)
class Record:
    """One record of the interface."""

    name: str
    told: str
    fields: tuple[Field, ...]


def groups(found: dict[str, Any]) -> tuple[Group, ...]:
    """Every operation, by what it speaks of."""
    by_name: dict[str, list[Operation]] = {}
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            by_name.setdefault(operation["tags"][0], []).append(_operation(path, method, operation))
    return tuple(Group(name, tuple(items)) for name, items in by_name.items())


def records(found: dict[str, Any]) -> tuple[Record, ...]:
    """Every record, by name."""
    schemas = found["components"]["schemas"]
    return tuple(
        Record(
            short(name),
            schema.get("description", "").strip(),
            tuple(Field(field, told_type(inner)) for field, inner in schema.get("properties", {}).items()),
        )
        for name, schema in sorted(schemas.items(), key=lambda item: short(item[0]))
        if "properties" in schema
    )


def short(name: str) -> str:
    """The name of a record without the module it stands in; two of one name keep the last part of theirs."""
    parts = name.split("__")
    return name if len(parts) == 1 else f"{parts[-1]} ({parts[-2]})"


def told_type(schema: dict[str, Any]) -> str:
    """A type in words: string, number, list of Row, Row or null."""
    if "$ref" in schema:
        return short(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(told_type(item) for item in schema["anyOf"]))
    if "enum" in schema or "const" in schema:
        return " | ".join(map(str, schema.get("enum", [schema.get("const")])))
    if schema.get("type") == "array":
        return f"list of {told_type(schema.get('items') or {'anyOf': schema.get('prefixItems', [])})}"
    return str(schema.get("type", "any"))


def _operation(path: str, method: str, operation: dict[str, Any]) -> Operation:
    status, answer = next((code, body) for code, body in operation["responses"].items() if code.startswith("2"))
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        told=operation.get("description", "").strip(),
        parameters=tuple(
            Parameter(
                item["name"], item["in"], item.get("required", False), told_type(item["schema"]), item["description"]
            )
            for item in operation["parameters"]
        ),
        body=_content(operation.get("requestBody", {})),
        status=status,
        answer=_content(answer),
    )


def _content(body: dict[str, Any]) -> str:
    """What is sent or comes back: a record, or a file."""
    held = body.get("content", {})
    if "application/json" in held:
        return told_type(held["application/json"].get("schema", {}))
    return "a file" if held else ""
