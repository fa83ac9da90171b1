"""The answer of `tillerman doctor`: what is there, what is missing, and whether anything tried to leave the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from tillerman.cli.doctor import Check, Watched


@dataclass(frozen=True)
class CheckOfMachine:
    """One thing that was looked at."""

    id: Annotated[str, "python, packages, compiled, fonts, stored, folder or temporary."]
    is_well: Annotated[bool, "Nothing need be done."]
    found: Annotated[str, "What was found: versions, a path, names; what is wrong where something is."]


@dataclass(frozen=True)
class TaskView:
    """One piece of work that was done under watch."""

    id: Annotated[str, "check, exposure, plan, report, brief or pages."]
    trouble: Annotated[str, "Why it could not be done; blank where it was."]


@dataclass(frozen=True)
class AttemptView:
    """One attempt to leave the machine; it was refused."""

    event: Annotated[str, "What was tried, by Python's name for it."]
    target: Annotated[str, "The host that was asked for."]
    where: Annotated[str, "The line of code that tried."]


@dataclass(frozen=True)
class OfflineView:
    """What was done under watch, and what was heard."""

    tasks: Annotated[tuple[TaskView, ...], "The work."]
    attempts: Annotated[tuple[AttemptView, ...], "Every attempt to connect, to look up a name or to listen elsewhere."]
    programs: Annotated[tuple[str, ...], "Programs that the work started; they are not heard."]
    had_no_network: Annotated[bool, "The work was done in a space without any network, so that nothing could leave."]


@dataclass(frozen=True)
class DoctorView:
    """Whether everything is there that the program needs."""

    is_well: Annotated[bool, "Every check is well, all work was done, and nothing tried to leave."]
    checks: Annotated[tuple[CheckOfMachine, ...], "What was looked at."]
    offline: Annotated[OfflineView | None, "With --offline; null otherwise."]


def view_doctor(found: tuple[Check, ...], watched: Watched | None) -> DoctorView:
    """Put what was found into one record."""
    return DoctorView(
        is_well=all(check.is_well for check in found) and (watched is None or watched.is_well),
        checks=tuple(CheckOfMachine(check.id, check.is_well, check.found) for check in found),
        offline=None if watched is None else _offline(watched),
    )


def _offline(watched: Watched) -> OfflineView:
    return OfflineView(
        tasks=tuple(TaskView(task.id, task.trouble) for task in watched.tasks),
        attempts=tuple(AttemptView(item.event, item.target, item.where) for item in watched.attempts),
        programs=watched.programs,
        had_no_network=watched.had_no_network,
    )
