"""The documentation as the tests read it: pages, links, and fenced blocks that run."""

import ast
import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.fences import ROOT, tracked

RUNNABLE = ("console", "python")
SHOWN = ("csv", "json", "text", "toml")
_FENCE = re.compile(
    r"(?:^<!-- (?P<mark>not run|slow): (?P<reason>.+?) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_SAME = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Block:
    """One fenced block of a page: its language, its text, and whether and when it runs."""

    line: int
    language: str
    text: str
    mark: str | None
    reason: str | None


def pages() -> list[Path]:
    """Every page that people read, the three at the root included."""
    return list(tracked(".md"))


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [
        Block(
            line=text.count("\n", 0, match.start("language")) + 1,
            language=match["language"],
            text=match["text"],
            mark=match["mark"],
            reason=match["reason"],
        )
        for match in _FENCE.finditer(text)
    ]


def broken_links(page: Path, text: str) -> list[str]:
    """Links to a file or a heading of this project that is not there."""
    found = []
    for target in _LINK.findall(re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists():
            found.append(f"{target}: no such file")
        elif anchor and file.suffix == ".md" and anchor not in anchors(file.read_text("utf-8") if name else text):
            found.append(f"{target}: no such heading")
    return found


def anchors(text: str) -> set[str]:
    """The headings of a page, as links write them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def headings(text: str) -> set[str]:
    """The headings of a page, without their code marks."""
    return {heading.strip("`") for heading in re.findall(r"^#+ (.+?)\s*$", text, re.MULTILINE)}


def run_page(page_blocks: list[Block], *, name: str, folder: Path, with_slow: bool) -> int:
    """Run the blocks of a page in order, as a reader would, and return how many ran."""
    names: dict[str, object] = {"__name__": "__page__"}
    n_run = 0
    for block in page_blocks:
        if block.language not in RUNNABLE or block.mark == "not run" or (block.mark == "slow" and not with_slow):
            continue
        where = f"{name}, line {block.line}"
        if block.language == "console":
            _run_console(block.text, where=where, folder=folder)
        elif ">>> " in block.text:
            _run_session(block.text, where=where, names=names)
        else:
            exec(compile(block.text, where, "exec"), names)  # noqa: S102 - the page's own code is what is tested
        n_run += 1
    return n_run


def _run_session(text: str, *, where: str, names: dict[str, object]) -> None:
    """Run an interactive session and compare what it prints."""
    test = doctest.DocTestParser().get_doctest(text, names, where, where, 0)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=_SAME).run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    assert not said, "".join(said)


def _run_console(text: str, *, where: str, folder: Path) -> None:
    """Run shell lines of our own programs and compare what they print; `$ echo $?` shows an expected failure."""
    status, expects_status = 0, False
    for command, expected in _commands(text):
        if command == "echo $?":
            assert expected.strip() == str(status), f"{where}: exit code {status}, the page says {expected.strip()}"
            expects_status = False
            continue
        assert not expects_status, f"{where}: exit code {status}, which the page does not mention"
        words = shlex.split(command)
        assert words[0] in {"tillerman", "python"}, f"{where}: cannot run {words[0]!r}; mark the block as not run"
        words[0] = str(Path(sys.executable).with_name(words[0]))
        environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "PYTHONWARNINGS": "ignore"}
        done = subprocess.run(
            words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        status, expects_status = done.returncode, done.returncode != 0
        if expected.strip():
            same = doctest.OutputChecker().check_output(expected, done.stdout, _SAME)
            assert same, f"{where}: {command}\n--- the page\n{expected}\n--- the program\n{done.stdout}"
    assert not expects_status, f"{where}: exit code {status}, which the page does not mention"


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """Each shell line of a console block, with what the page says it prints."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command.strip(), expected


def error_classes() -> dict[str, Path]:
    """Every public error class of the package, with the file that declares it."""
    found = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name.endswith("Error") and not node.name.startswith("_"):
                found[node.name] = path
    return found
