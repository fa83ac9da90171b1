"""The screen: headings, paragraphs and tables, with nothing in a country file able to disturb the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from tillerman.words import Language, words
from tillerman.words.sentences import translated

if TYPE_CHECKING:
    from tillerman.country import Country

ViewT = TypeVar("ViewT")


class Screen:
    """Prints in one language; results to standard output, progress and remarks to standard error."""

    def __init__(self, language: Language) -> None:
        from rich.console import Console

        self.say = words(language)
        self._names: Mapping[str, str] = {}
        self.out = Console(markup=False, highlight=False, emoji=False)
        self.err = Console(markup=False, highlight=False, emoji=False, stderr=True)

    def title(self, text: str) -> None:
        """The finding, on top."""
        self.out.print(clean(text), style="bold")
        self.out.print()

    def heading(self, text: str) -> None:
        """A heading of a part."""
        self.out.print()
        self.out.print(clean(text), style="bold underline")

    def line(self, text: str, *, style: str = "", indent: int = 0) -> None:
        """A paragraph; an indented one stays indented when it wraps."""
        from rich.padding import Padding

        self.out.print(Padding(clean(text), (0, 0, 0, indent), expand=False) if indent else clean(text), style=style)

    def said(self, text: str) -> str:
        """A sentence that a room wrote in English, in the language of the screen."""
        return translated(text, self.say.language, self._names)

    def told(self, view: ViewT, country: Country) -> ViewT:
        """An answer with the names of a country file in the language of the screen; sentences take them up too."""
        from tillerman.country.telling import names_in, told_in

        self._names = names_in(country, self.say.language)
        return told_in(view, self._names)

    def country(self, name: str) -> str:
        """The name of a country in the language of the screen."""
        from tillerman.country.names import name_in

        return name_in(name, self.say.language)

    def record(self, text: str) -> None:
        """One record on one line, however long, so that a list of them can be searched and cut."""
        self.out.print(clean(text), soft_wrap=True)

    def remark(self, text: str) -> None:
        """A remark beside the result, on standard error."""
        self.err.print(clean(text), style="dim")

    def trouble(self, heading: str, texts: Sequence[str]) -> None:
        """Problems, one line each, on standard error; not wrapped, so that they can be searched."""
        self.err.print(clean(heading), style="bold", soft_wrap=True)
        for text in texts:
            self.err.print(f"- {clean(text)}", soft_wrap=True)

    def items(self, texts: Sequence[str], *, indent: int = 1) -> None:
        """A list."""
        from rich.padding import Padding
        from rich.table import Table

        for text in texts:
            grid = Table.grid(padding=(0, 1))
            grid.add_column()
            grid.add_column(overflow="fold")
            grid.add_row("-", clean(text))
            self.out.print(Padding(grid, (0, 0, 0, indent), expand=False))

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
        """A table; columns named in `right` stand right-aligned. Text columns wrap, none is cut."""
        from rich import box
        from rich.table import Table

        drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        for at, head in enumerate(heads):
            drawn.add_column(
                clean(head), justify="right" if at in right else "left", overflow="fold", min_width=0 if at else 12
            )
        for row in rows:
            drawn.add_row(*map(clean, row))
        self.out.print(drawn)


def cell_width(text: str) -> int:
    """How many cells of the terminal a text takes; a Chinese character takes two."""
    from rich.cells import cell_len

    return cell_len(text)


def clean(text: str) -> str:
    """A text without control characters: a name in a country file must not move the cursor or colour the screen."""
    return "".join(" " if unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} else letter for letter in text)
