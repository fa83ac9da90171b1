"""The tools are set as we say they are: a rule that is written down but not switched on checks nothing."""

import re
import subprocess
import sys
import time
import tomllib
import warnings
from pathlib import Path

import pytest

from tests.conftest import TooLongError
from tests.house.fences import ROOT

TEXT = (ROOT / "pyproject.toml").read_text("utf-8")
SETTINGS = tomllib.loads(TEXT)


def ruff(folder: Path, code: str) -> str:
    """Lint one module of a made-up room with the project's settings, and return what was said."""
    room = folder / "src" / "tillerman" / "country"
    room.mkdir(parents=True)
    (room / "__init__.py").write_text('"""A room."""\n')
    (room / "module.py").write_text(f'"""A module."""\n\n{code}\n')
    (folder / "pyproject.toml").write_text(TEXT)
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "concise", str(folder)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("def f() -> None:\n    return None", "D103"),
        ("print(1)", "T201"),
        ('def f(a: int, b: int, c: int, d: int, e: int, f: int, g: int, h: int) -> None:\n    """Give."""', "PLR0913"),
        ("import random", "TID251"),
        ("import os\n\nHOME = os.environ", "TID251"),
        ("import time\n\nNOW = time.time()", "TID251"),
        ("import numpy as np\n\nX = np.random.rand()", "NPY002"),
        ('from typing import Any\n\n\ndef f(a: Any) -> None:\n    """Give."""', "ANN401"),
        ('def f(a: float) -> bool:\n    """Give."""\n    return a < 1e-7', "PLR2004"),
        ('def f(a: float) -> None:\n    """Give."""\n    assert a', "S101"),
        ("from . import other", "TID252"),
        ("# TO" + "DO: later", "TD002"),
        ("try:\n    X = 1\nexcept:\n    X = 2", "E722"),
        ('def f(*, is_on: bool, flag: bool = False) -> None:\n    """Give."""\n    g(is_on, flag)', "F821"),
        ('def f(flag: bool) -> None:\n    """Give."""', "FBT001"),
    ],
)
def test_lint_sees(tmp_path: Path, code: str, rule: str) -> None:
    """A planted offence is reported by the rule that should see it."""
    assert f" {rule} " in ruff(tmp_path, code)


def test_lint_lets_good_code_through(tmp_path: Path) -> None:
    """A documented, typed function draws no complaint."""
    code = 'def half(value: float) -> float:\n    """Half of a value."""\n    return value / 2'

    assert ruff(tmp_path, code).splitlines() == ["All checks passed!"]


def test_every_ignored_rule_has_its_reason() -> None:
    """Each rule that is switched off says why, on its line."""
    rules = re.findall(r'^  "([A-Z]+\d+)",(.*)$', TEXT, re.MULTILINE)

    assert len(rules) > len(SETTINGS["tool"]["ruff"]["lint"]["ignore"])
    assert [rule for rule, rest in rules if not re.fullmatch(r"\s+# (as [A-Z]+\d+|.{8,})", rest)] == []


def test_every_inline_exception_names_its_rule_and_reason() -> None:
    """A line that silences a checker names the rule, and says why when it is a lint rule."""
    bare = re.compile(r"#\s*(?:noqa(?!: [A-Z]+\d+(, [A-Z]+\d+)* - \w)|type: ignore(?!\[))")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if bare.search(line)
    ]

    assert bare.search("import os  # no" + "qa: F401")
    assert not bare.search("import os  # no" + "qa: F401 - re-exported")
    assert found == []


def test_types_are_strict() -> None:
    """The type checker runs in its strict mode, on the package and on its tests."""
    mypy = SETTINGS["tool"]["mypy"]

    assert mypy["strict"] is True
    assert mypy["files"] == ["src", "tests"]


def test_warning_is_an_error() -> None:
    """A warning fails the test in which it is given."""
    with pytest.raises(UserWarning, match="careful"):
        warnings.warn("careful", stacklevel=1)


@pytest.mark.time_limit(seconds=0.2, reason="to see the limit stop a test")
@pytest.mark.xfail(raises=TooLongError, strict=True)
def test_limit_stops_a_test() -> None:
    """A test that runs past its limit is stopped, and fails."""
    time.sleep(5)
