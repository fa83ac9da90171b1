"""What `import tillerman` offers, and what it costs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import tillerman as tm

SOURCE = ast.parse(Path(tm.__file__).read_text("utf-8"))
HEAVY = {"altair", "linopy", "numba", "numpy", "pandas", "rich", "scipy", "typer", "xarray"}


def typed_names() -> set[str]:
    """The names that a type checker sees."""
    guarded = next(node for node in SOURCE.body if isinstance(node, ast.If))
    imported = {
        alias.asname or alias.name for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    declared = {
        node.target.id for node in guarded.body if isinstance(node, ast.AnnAssign) if isinstance(node.target, ast.Name)
    }
    return imported | declared


def test_names_are_the_same_for_people_and_type_checkers() -> None:
    """Every public name is typed, and every typed name is public."""
    assert typed_names() == set(tm.__all__)


@pytest.mark.parametrize("name", sorted(set(tm.__all__)))
def test_every_public_name_is_there(name: str) -> None:
    """Each public name leads to something, and is listed by dir()."""
    assert getattr(tm, name) is not None
    assert name in dir(tm)


def test_unknown_name_is_refused() -> None:
    """A name that is not public is refused with those that are."""
    with pytest.raises(AttributeError, match=r"no attribute 'solve'; it has .*assess"):
        _ = tm.solve  # type: ignore[attr-defined]  # the point of the test


def test_import_loads_nothing_heavy() -> None:
    """Importing the package loads no library at all."""
    code = f"import sys, tillerman; print(sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_loading_and_exposure_need_no_tables_or_compilers() -> None:
    """Opening a country and assessing it loads neither tables nor compilers nor model builders."""
    code = (
        "import sys, tillerman as tm; tm.assess(tm.load('hand'));"
        "print(sorted({'linopy', 'numba', 'pandas', 'xarray', 'altair'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
