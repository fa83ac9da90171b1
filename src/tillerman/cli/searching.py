"""The search for a plan as the command line runs it: kept in a file, gone on with when asked, told of when stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
    from tillerman.plan.base import find
    from tillerman.plan.kept import resumed

    memory = resumed(prepared, kept) if resume else None
    if resume and memory is None:
        screen.remark(screen.say("resume.none", file=kept.name))
    elif not resume and kept.exists():
        screen.remark(screen.say("resume.replaced", file=kept.name))
    with _keeping(kept):
        try:
            base = find(prepared, memory=memory, checkpoint=kept, scheduler=scheduler, progress=tell)
        except KeyboardInterrupt:
            if kept.exists():
                screen.remark(screen.say("resume.kept", file=kept.name))
            raise
    _tell_unsent(base, scheduler, screen)
    return base


def grow(
    country: Country, request: Request, kept: Path, screen: Screen, tell: Listener, *, scheduler: str | None = None
) -> Base:
    """Find the plan for as many futures as it needs, telling of each number that was tried."""
    from tillerman.plan.auto import FEWEST, enough_for
    from tillerman.plan.enough import Enough
    from tillerman.units import share

    trying = FEWEST

    def stepped(found: Enough) -> None:
        nonlocal trying
        trying = found.n_futures if found.is_enough else 2 * found.n_futures
        message = "auto.enough" if found.is_enough else "auto.few"
        screen.remark(screen.say(message, n=f"{found.n_futures:,}", share=share(found.share)))

    with _keeping(kept):
        try:
            base, _ = enough_for(
                country, request, checkpoint=kept, scheduler=scheduler, stepped=stepped, progress=tell
            )  # fmt: skip
        except KeyboardInterrupt:
            if kept.exists():
                screen.remark(screen.say("auto.stopped", file=kept.name, n=trying))
            raise
    _tell_unsent(base, scheduler, screen)
    return base


def reach(scheduler: str | None) -> None:
    """See that a cluster answers before anything is worked out. Raises SettingError where it does not."""
    if scheduler is not None:
        from tillerman.twostage.cluster import connect

        with _named():
            connect(scheduler)


def _tell_unsent(base: Base, scheduler: str | None, screen: Screen) -> None:
    """Say that a cluster was not asked, where the states are so few that this process solves them faster."""
    if scheduler is not None and base.best.audit.engine != "kernel":
        screen.remark(screen.say("scheduler.unused", n=f"{base.best.n_states:,}"))


@contextmanager
def _keeping(kept: Path) -> Iterator[None]:
    """Where a search ends in an error, leave no file that it began, and name the file that could not be written."""
    is_new = not kept.exists()
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _named():
            yield
    except TillermanError:
        if is_new:  # there is no plan to search for
            kept.unlink(missing_ok=True)
        raise
    except OSError as error:
        kept.with_name(kept.name + ".part").unlink(missing_ok=True)
        if error.filename is None:  # a full disk says no name
            error.filename = str(kept)
        raise


@contextmanager
def _named() -> Iterator[None]:
    """Trouble with a cluster is trouble with the option that names it."""
    from tillerman.errors import SettingError
    from tillerman.twostage.errors import ClusterError

    try:
        yield
    except (TillermanError, ClusterError) as error:
        why = error if isinstance(error, ClusterError) else error.__cause__
        if isinstance(why, ClusterError):
            raise SettingError("--scheduler", why.found, why.expected, why.remedy) from error
        raise


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
