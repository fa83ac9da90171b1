"""The search for a plan as the command line runs it: kept in a file, gone on with when asked, told of when stopped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tillerman.cli.screen import Screen
from tillerman.errors import TillermanError

if TYPE_CHECKING:
    from tillerman.plan.base import Base, Listener, Prepared


def search(prepared: Prepared, kept: Path, screen: Screen, tell: Listener, *, resume: bool) -> Base:
    """Find the plan, keeping the search in a file; with `resume`, go on from what that file holds."""
    from tillerman.plan.base import find
    from tillerman.plan.kept import resumed

    say = screen.say
    memory = resumed(prepared, kept) if resume else None
    if resume and memory is None:
        screen.remark(say["resume.none"].format(file=kept.name))
    elif not resume and kept.exists():
        screen.remark(say["resume.replaced"].format(file=kept.name))
    is_new = not kept.exists()
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        return find(prepared, memory=memory, checkpoint=kept, progress=tell)
    except TillermanError:
        if is_new:  # there is no plan to search for
            kept.unlink(missing_ok=True)
        raise
    except KeyboardInterrupt:
        if kept.exists():
            screen.remark(say["resume.kept"].format(file=kept.name))
        raise
