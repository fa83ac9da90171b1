"""What `--json` prints, against the schemas that are part of the project."""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any

import jsonschema  # type: ignore[import-untyped]  # published without types; used here to judge, not to build
import pytest

from tests.cli.conftest import Program
from tests.cli.schemas import FOLDER, PRINTED, text_of
from tillerman.cli.views.schema import schema_of
from tillerman.plain import plain


def schema(name: str) -> dict[str, Any]:
    """A schema as it is shipped."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", PRINTED)
def test_schema_is_current(name: str) -> None:
    """The shipped schema is the one the record declares (to renew: python -m tests.cli.schemas)."""
    assert (FOLDER / f"{name}.json").read_text("utf-8") == text_of(PRINTED[name].view)


def test_every_shipped_schema_belongs_to_a_command() -> None:
    """No schema is left over from a command that is gone."""
    assert {path.stem for path in FOLDER.glob("*.json")} == set(PRINTED)


@pytest.mark.parametrize("name", PRINTED)
def test_answer_keeps_its_schema(name: str, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command prints exactly one JSON object, of the declared shape, and no complaint."""
    monkeypatch.chdir(tmp_path)
    done = program(*PRINTED[name].command)

    jsonschema.validate(json.loads(done.out), schema(name))
    assert done.code == 0
    assert all(line.endswith(" ...") for line in done.err.splitlines())  # progress, and nothing else


@pytest.mark.parametrize("name", PRINTED)
def test_schema_refuses_what_is_missing_or_new(
    name: str, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The schema sees a field that is gone and one that is new, so that a change of shape cannot pass unseen."""
    monkeypatch.chdir(tmp_path)
    answer = json.loads(program(*PRINTED[name].command).out)
    first = next(iter(answer))
    fewer = {key: value for key, value in answer.items() if key != first}

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(fewer, schema(name))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**answer, "surprise": 1}, schema(name))


@pytest.mark.parametrize("name", PRINTED)
def test_every_field_is_described(name: str) -> None:
    """Each field of each record in a schema says what it means."""
    whole = schema(name)
    for record in (whole, *whole["$defs"].values()):
        assert record["description"]
        for field, declared in record["properties"].items():
            assert declared.get("description"), field


@dataclass(frozen=True)
class Odd:
    """A record with a field that no schema can describe."""

    thing: Annotated[complex, "A number off the line."]


def test_what_has_no_json_form_is_refused() -> None:
    """A field that JSON cannot carry is refused when its schema is made and when it is printed."""
    assert [item.name for item in fields(Odd)] == ["thing"]
    with pytest.raises(TypeError, match="no JSON Schema"):
        schema_of(Odd)
    with pytest.raises(TypeError, match="no JSON form"):
        plain(Odd(1j))
