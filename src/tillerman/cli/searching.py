"""The search for a plan as the command line runs it: kept in a file, gone on with when asked, told of when stopped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tillerman.cli.screen import Screen
from tillerman.errors import TillermanError

if TYPE_CHECKING:
    from tillerman.country import Country
    from tillerman.plan import Request
    from tillerman.plan.base import Base, Listener, Prepared


def search(
    prepared: Prepared, kept: Path, screen: Screen, tell: Listener, *, resume: bool, scheduler: str | None = None
) -> Base:
    """Find the plan, keeping the search in a file; with `resume`, go on from what that file holds."""
    from tillerman.errors import SettingError
    from tillerman.plan.base import find
    from tillerman.plan.kept import resumed
    from tillerman.twostage.errors import ClusterError

    say = screen.say
    memory = resumed(prepared, kept) if resume else None
    if resume and memory is None:
        screen.remark(say("resume.none", file=kept.name))
    elif not resume and kept.exists():
        screen.remark(say("resume.replaced", file=kept.name))
    is_new = not kept.exists()
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        return find(prepared, memory=memory, checkpoint=kept, scheduler=scheduler, progress=tell)
    except TillermanError as error:
        if is_new:  # there is no plan to search for
            kept.unlink(missing_ok=True)
        why = error.__cause__
        if isinstance(why, ClusterError):
            raise SettingError("--scheduler", why.found, why.expected, why.remedy) from error
        raise
    except KeyboardInterrupt:
        if kept.exists():
            screen.remark(say("resume.kept", file=kept.name))
        raise


def grow(country: Country, request: Request, kept: Path, screen: Screen, tell: Listener) -> Base:
    """Find the plan for as many futures as it needs, telling of each number that was tried."""
    from tillerman.plan.auto import enough_for
    from tillerman.plan.enough import Enough
    from tillerman.units import share

    def stepped(found: Enough) -> None:
        message = "auto.enough" if found.is_enough else "auto.few"
        screen.remark(screen.say(message, n=f"{found.n_futures:,}", share=share(found.share)))

    kept.parent.mkdir(parents=True, exist_ok=True)
    base, _ = enough_for(country, request, checkpoint=kept, stepped=stepped, progress=tell)
    return base


def begin(country: Country, request: Request, kept: Path | None, tell: Listener) -> Base:
    """The solved plan that a question starts from; from the search in a file, where one is named."""
    from tillerman.errors import SettingError
    from tillerman.plan.base import find, prepare
    from tillerman.plan.kept import resumed

    prepared = prepare(country, request, progress=tell)
    memory = None if kept is None else resumed(prepared, kept)
    if kept is not None and memory is None:
        raise SettingError("--resume", str(kept), "a search kept by `tillerman plan`", "Check the folder and name.")
    return find(prepared, memory=memory, progress=tell)
