"""One bar, written once: what is drawn, what a screen reader says, and the figure beside it are the same record."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

_ROUNDING = 1e-6  # parts smaller than this are rounding of a linear programme


@dataclass(frozen=True)
class Part:
    """A part of a bar: its look, its share of the whole, and what it means with its figure."""

    look: str
    share: float
    words: str


@dataclass(frozen=True)
class Bar:
    """A bar of parts from left to right; what is left over to 1 stays empty."""

    label: str
    parts: tuple[Part, ...]
    figure: str

    @property
    def said(self) -> str:
        """What the bar shows, in words."""
        return f"{self.label}: {'; '.join(part.words for part in self.parts if part.share > _ROUNDING)}"

    @property
    def drawn(self) -> tuple[tuple[str, str, str], ...]:
        """Look, start and width of every visible part, in per cent of the bar."""
        clipped = [min(1.0, max(0.0, part.share)) for part in self.parts]
        starts = accumulate(clipped, initial=0.0)
        return tuple(
            (part.look, f"{100 * start:.2f}", f"{100 * min(share, 1 - start):.2f}")
            for part, start, share in zip(self.parts, starts, clipped, strict=False)
            if min(share, 1 - start) > _ROUNDING
        )


@dataclass(frozen=True)
class Key:
    """One entry of a legend."""

    look: str
    words: str
