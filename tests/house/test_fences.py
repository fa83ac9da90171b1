"""The project against its own rules on size, addresses and doors; each rule is first shown an offence."""

import pytest

from tests.house.fences import (
    MAX_LINES,
    MAX_PARAMETERS,
    ROOT,
    complaints_about_functions,
    is_too_long,
    leaks,
    python_files,
    tracked,
)


def test_length_counts_lines() -> None:
    """A module of 500 lines passes and one of 501 does not."""
    assert not is_too_long("x = 1\n" * MAX_LINES)
    assert is_too_long("x = 1\n" * (MAX_LINES + 1))


def test_no_module_is_too_long() -> None:
    """No module of the project is past the ceiling."""
    assert [str(path.relative_to(ROOT)) for path in python_files() if is_too_long(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "planted",
    [
        "index-url = " + "https" + "://py" + "pi.org/simple",
        "see " + "http" + "://regis" + "try.example.com/a.tgz",
        "/".join(("open('", "ho" + "me", "ada", "x.csv')")),
        "/".join(("", "wo" + "rk", "main")),
        "key = 'gh" + "p_" + "a" * 36 + "'",
        "-----BEGIN RSA PRIVATE" + " KEY-----",
    ],
)
def test_leak_is_seen(planted: str) -> None:
    """An index address, a machine's path or a secret is found in a text."""
    assert leaks(planted)


@pytest.mark.parametrize(
    "harmless",
    ["../shared/data/epoch-ai", "https://github.com/PyPSA/linopy", "network/rooted/tree", "a framework/thing"],
)
def test_harmless_text_is_let_through(harmless: str) -> None:
    """Relative paths, source links and ordinary words are no leak."""
    assert leaks(harmless) == []


def test_tracked_files_leak_nothing() -> None:
    """No file under version control names a package index, a path of one machine, or a secret."""
    found = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {leak}" for leak in leaks(text)]

    assert found == []


def test_no_lock_file_is_tracked() -> None:
    """A lock file that carries addresses is never committed."""
    assert [path.name for path in tracked() if path.name == "uv.lock"] == []


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("def f(a, b, c, d, e, f, g, h):\n    '''Give.'''", "takes 8 parameters"),
        ("def f(a, *, b):\n    return a", "no docstring"),
        ("def f(a, **more):\n    '''Give.'''", "passes **more on"),
        ("class A:\n    def f(self):\n        return 1", "A.f"),
    ],
)
def test_poor_door_is_seen(source: str, complaint: str) -> None:
    """Too many parameters, a missing docstring and a pass-through are found."""
    assert complaint in " ".join(complaints_about_functions(source))


@pytest.mark.parametrize(
    "source",
    [
        "def f(a, b, c, d, e, f, g):\n    '''Give.'''",
        "def _f(a, b, c, d, e, f, g, h): ...",
        "class A:\n    @override\n    def f(self): ...",
    ],
)
def test_good_door_is_let_through(source: str) -> None:
    """Seven parameters, a private function and a method described elsewhere are fine."""
    assert complaints_about_functions(source) == []


def test_public_functions_are_few_worded_and_described() -> None:
    """Every public function of the package has a docstring and at most seven parameters.

    Two sorts may take more: a command's parameters are its options, and a compiled loop cannot take a record. What a
    page shows is named by its template, which refuses a name that is missing: there alone names are passed on.
    """
    source = ROOT / "src"
    commands = source / "tillerman" / "cli"
    kernels = set((source / "tillerman" / "twostage").glob("kernel*.py"))
    found = [
        f"{path.relative_to(ROOT)}: {complaint}"
        for path in tracked(".py")
        if path.is_relative_to(source)
        for complaint in complaints_about_functions(
            path.read_text("utf-8"), most=99 if path.is_relative_to(commands) or path in kernels else MAX_PARAMETERS
        )
        if not (path == source / "tillerman" / "web" / "shell.py" and "passes **view on" in complaint)
    ]

    assert found == []
