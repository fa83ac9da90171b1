"""A desk that takes calculations in and never begins one."""

from __future__ import annotations

from fastapi import FastAPI

from tillerman.web.jobs.runner import Runner


class _Idle(Runner):
    """A runner that does not run."""

    def start(self) -> None:
        """Begin nothing."""

    def nudge(self) -> None:
        """Begin nothing."""

    def stop(self) -> None:
        """There is nothing to stop."""


def idle(app: FastAPI) -> None:
    """Let an application's calculations wait for ever."""
    desk = app.state.jobs
    desk._runner = _Idle(app.state.serving.folder, desk.store)
