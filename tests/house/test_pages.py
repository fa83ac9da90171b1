"""What the documentation says is true: blocks run, links lead somewhere, errors and commands are described."""

from pathlib import Path

import pytest

from tests.house.fences import ROOT
from tests.house.pages import (
    RUNNABLE,
    SHOWN,
    anchors,
    blocks,
    broken_links,
    error_classes,
    headings,
    pages,
    run_page,
)

PAGES = {str(page.relative_to(ROOT)): page for page in pages()}
WITH_CODE = [
    name for name, page in PAGES.items() if any(b.language in RUNNABLE for b in blocks(page.read_text("utf-8")))
]
WITH_SLOW = [name for name, page in PAGES.items() if any(b.mark == "slow" for b in blocks(page.read_text("utf-8")))]


def page(*lines: str) -> str:
    """A made-up page; fences are written with ~ so that they do not close this file's own."""
    return "\n".join(lines).replace("~", "`") + "\n"


@pytest.mark.parametrize(
    "text",
    [
        page("~~~python", "1 / 0", "~~~"),
        page("~~~python", ">>> 1 + 1", "3", "~~~"),
        page("~~~console", "$ python -c 'print(2)'", "3", "~~~"),
        page("~~~console", "$ python -c 'raise SystemExit(2)'", "~~~"),
        page("~~~console", "$ python -c 'raise SystemExit(2)'", "$ echo $?", "1", "~~~"),
        page("~~~console", "$ rm -r everything", "~~~"),
    ],
)
def test_false_block_is_seen(tmp_path: Path, text: str) -> None:
    """A block that fails, prints something else, or runs a foreign program does not pass."""
    with pytest.raises((AssertionError, ZeroDivisionError)):
        run_page(blocks(text), name="planted", folder=tmp_path, with_slow=False)


@pytest.mark.parametrize(
    ("text", "n_run"),
    [
        (page("~~~python", "x = 1", "~~~", "then", "~~~python", ">>> x + 1", "2", "~~~"), 2),
        (page("~~~console", "$ python -c 'print(1, 2)'", "1 ...", "~~~"), 1),
        (page("~~~console", "$ python -c 'raise SystemExit(2)'", "$ echo $?", "2", "~~~"), 1),
        (page("<!-- not run: it would take an hour -->", "~~~python", "1 / 0", "~~~"), 0),
        (page("<!-- slow: a minute -->", "~~~python", "1 / 0", "~~~"), 0),
        (page("~~~text", "anything", "~~~"), 0),
    ],
)
def test_true_block_passes(tmp_path: Path, text: str, n_run: int) -> None:
    """A block that does what the page says passes, and a marked one waits."""
    assert run_page(blocks(text), name="planted", folder=tmp_path, with_slow=False) == n_run


@pytest.mark.parametrize("name", WITH_CODE)
def test_page_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block of a page runs in order and prints what the page says."""
    monkeypatch.chdir(tmp_path)
    text = PAGES[name].read_text("utf-8")
    n_waiting = sum(block.mark is not None for block in blocks(text) if block.language in RUNNABLE)
    n_blocks = sum(block.language in RUNNABLE for block in blocks(text))

    assert run_page(blocks(text), name=name, folder=tmp_path, with_slow=False) == n_blocks - n_waiting


@pytest.mark.slow
@pytest.mark.parametrize("name", WITH_SLOW)
def test_slow_page_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with slow blocks runs as a whole."""
    monkeypatch.chdir(tmp_path)

    assert run_page(blocks(PAGES[name].read_text("utf-8")), name=name, folder=tmp_path, with_slow=True) > 0


@pytest.mark.parametrize("name", PAGES)
def test_every_block_names_its_language(name: str) -> None:
    """A fenced block says what it is, so that none escapes being run by having no name."""
    assert [
        f"line {block.line}: {block.language!r}"
        for block in blocks(PAGES[name].read_text("utf-8"))
        if block.language not in {*RUNNABLE, *SHOWN}
    ] == []


def test_broken_link_is_seen() -> None:
    """A link to a missing file or heading is found; one to a file, a heading or the outside is not."""
    good = "[a](LICENSE) [b](#here) [c](https://example.org) `[d](gone.md)`\n# Here\n"
    bad = "[e](nowhere.md) [f](#there) [g](README.md#no-such)"
    planted = ROOT / "README.md"

    assert anchors(good) == {"here"}
    assert broken_links(planted, good) == []
    assert broken_links(planted, bad) == [
        "nowhere.md: no such file",
        "#there: no such heading",
        "README.md#no-such: no such heading",
    ]


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    """Every link inside the project leads to a file, and to a heading where it names one."""
    assert broken_links(PAGES[name], PAGES[name].read_text("utf-8")) == []


def test_every_page_can_be_found() -> None:
    """Every page of the documentation is linked from its front page."""
    front = ROOT / "docs" / "index.md"
    text = front.read_text("utf-8")
    missing = [
        str(page.relative_to(front.parent))
        for page in PAGES.values()
        if page.is_relative_to(front.parent)
        and page != front
        and f"({page.relative_to(front.parent).as_posix()})" not in text
    ]

    assert missing == []


def test_every_error_has_its_section() -> None:
    """Every public error class is described on the errors page, and the page describes no other."""
    described = {
        name for name in headings((ROOT / "docs/reference/errors.md").read_text("utf-8")) if name.endswith("Error")
    }

    assert len(error_classes()) > 5
    assert described == set(error_classes())


def test_errors_live_in_one_place_a_package() -> None:
    """An error class is declared in a file called errors.py, where its tree is drawn."""
    strays = {name: path.name for name, path in error_classes().items() if path.name != "errors.py"}

    assert strays == {}
