"""What pages cannot give.

LookupError
├── NoSuchStudyError     there is no study of this id that this owner may open
└── NoPlanError          the page speaks of a plan, and the study has none yet
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tillerman.web.shelf import Opened


class NoSuchStudyError(LookupError):
    """There is no study of this id that this owner may open."""


class NoPlanError(LookupError):
    """The page speaks of a plan, and this study has none yet."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        super().__init__(f"{opened.entry.id}: there is no plan yet; make one first.")
