"""Putting the guard before an application."""

from __future__ import annotations

from fastapi import FastAPI

from tillerman.web.guard import login
from tillerman.web.guard.door import Door
from tillerman.web.guard.headers import Headers
from tillerman.web.guard.keys import Keys
from tillerman.web.guard.limits import Limits
from tillerman.web.guard.sessions import Sessions
from tillerman.web.serving import Serving


def install(app: FastAPI, serving: Serving) -> None:
    """Put every layer of the guard before an application; what is added last stands outermost."""
    sessions, keys = Sessions(serving.folder / "sessions.sqlite"), Keys(serving.keys)
    app.state.sessions = sessions
    app.state.keys = keys
    if serving.keys:
        app.include_router(login.router, include_in_schema=False)
    app.add_middleware(Limits)
    app.add_middleware(Door, serving=serving, sessions=sessions, keys=keys)
    app.add_middleware(Headers, serving=serving)
