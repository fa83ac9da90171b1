"""The table of operations in docs/reference/api.md: `python -m tests.web.interface` writes it."""

import tempfile
from pathlib import Path

from tests.house.fences import ROOT
from tillerman.web import Serving, create_app
from tillerman.web.interface import groups

PAGE = ROOT / "docs" / "reference" / "api.md"
BEGIN, END = "<!-- operations -->\n", "<!-- end of operations -->\n"


def written() -> str:
    """Every operation of the interface as a table of Markdown, by what it speaks of."""
    with tempfile.TemporaryDirectory() as folder:
        found = groups(create_app(Serving(Path(folder))).openapi())
    lines = ["| | address below `/api/v1` | what it does | answers |", "| --- | --- | --- | --- |"]
    for group in found:
        lines += [
            f"| {item.method} | `{item.path.removeprefix('/api/v1')}` | {item.summary} | {item.answer or 'nothing'} |"
            for item in group.operations
        ]
    return "\n".join(lines) + "\n"


def between(text: str) -> tuple[str, str, str]:
    """What stands before the table, the table, and what stands after it."""
    head, _, rest = text.partition(BEGIN)
    table, _, tail = rest.partition(END)
    return head, table, tail


def main() -> None:
    """Write the table into its page."""
    head, _, tail = between(PAGE.read_text("utf-8"))
    PAGE.write_text(f"{head}{BEGIN}{written()}{END}{tail}", "utf-8")


if __name__ == "__main__":
    main()
