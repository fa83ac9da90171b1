"""The oracle shares no code with the program: otherwise agreement would prove little."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
INDEPENDENT = ("country_file.py", "dispatch_oracle.py", "posture_oracle.py", "programme.py")
ALLOWED = {"__future__", "collections", "csv", "dataclasses", "numpy", "pathlib", "scipy", "tomllib", "typing"}


@pytest.mark.parametrize("name", INDEPENDENT)
def test_the_oracle_imports_nothing_of_the_program(name: str) -> None:
    """Only the standard library, numpy, scipy and its own modules."""
    for node in ast.walk(ast.parse((HERE / name).read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for module in names:
            own = module.startswith("tests.oracle.") and f"{module.rsplit('.', 1)[1]}.py" in INDEPENDENT
            assert own or module.split(".")[0] in ALLOWED, f"{name} imports {module}"
