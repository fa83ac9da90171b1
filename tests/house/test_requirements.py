"""The pinned requirements: complete, hashed, and the same for using and for testing."""

import re
import tomllib

import pytest

from tests.house.fences import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FILES = ("requirements.txt", "requirements-test.txt", "requirements-cluster.txt")
PIN = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;]+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)


def pins(text: str) -> set[tuple[str, str]]:
    """Every package and version that a requirements text pins by hash."""
    return {(normal(name), version) for name, version, _hashes in PIN.findall(text)}


def normal(name: str) -> str:
    """A package name as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    """The packages that a list of requirements names."""
    return {normal(re.split(r"[<>=!~;\[ ]", requirement)[0]) for requirement in requirements}


@pytest.mark.parametrize("file", FILES)
def test_every_pin_has_hashes(file: str) -> None:
    """Each line that pins a version is followed by its hashes, and nothing else is in the file."""
    text = (ROOT / file).read_text("utf-8")
    rest = [line for line in PIN.sub("", text).splitlines() if line and not line.startswith("    #")]

    assert len(pins(text)) > 20
    assert rest == []


def test_every_dependency_is_pinned() -> None:
    """What the project asks for is pinned: re-compile the files after changing it (see CONTRIBUTING.md)."""
    using, testing, cluster = ({name for name, _ in pins((ROOT / file).read_text("utf-8"))} for file in FILES)

    assert names(PROJECT["project"]["dependencies"]) - using == set()
    assert names(PROJECT["dependency-groups"]["test"]) - testing == set()
    assert names(PROJECT["project"]["optional-dependencies"]["cluster"]) - cluster == set()


def test_tests_run_on_the_versions_that_are_used() -> None:
    """The test requirements contain the others, at the same versions."""
    using, testing, cluster = (pins((ROOT / file).read_text("utf-8")) for file in FILES)

    assert using - testing == set()
    assert using - cluster == set()
    assert cluster - testing == set()
