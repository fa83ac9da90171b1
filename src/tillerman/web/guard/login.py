"""Coming in and going out, where a token is demanded."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tillerman.web.guard.door import LOGIN, set_cookie
from tillerman.web.guard.keys import Keys
from tillerman.web.guard.passes import pass_of
from tillerman.web.guard.sessions import Sessions
from tillerman.web.shell import page
from tillerman.web.visit import Visit, Visitor

router = APIRouter()
Short = Annotated[str, Form(max_length=200)]


@router.get(LOGIN)
def ask(visit: Visitor, after: str = "/") -> HTMLResponse:
    """Ask for name and token."""
    return _form(visit, after)


@router.post(LOGIN)
async def come_in(visit: Visitor, name: Short = "", token: Short = "", after: Short = "/") -> Response:
    """Let a visitor in who knows a token; in the event loop, where failures are counted one at a time."""
    state = visit.request.app.state
    keys: Keys = state.keys
    sessions: Sessions = state.sessions
    sender = visit.request.client.host if visit.request.client else ""
    owner = keys.owner(name, token, sender)
    if owner is None:
        is_shut = keys.is_shut(sender)
        return _form(visit, after, name, visit.say("guard.wait" if is_shut else "guard.wrong"), 429 if is_shut else 403)
    answer = RedirectResponse(own_address(after), status_code=303)
    answer.headers.append("set-cookie", set_cookie(visit.serving, sessions.begin(owner)))  # never the one before
    return answer


@router.post("/logout")
def go(visit: Visitor) -> RedirectResponse:
    """End the session."""
    sessions: Sessions = visit.request.app.state.sessions
    sessions.end(pass_of(visit.request.scope).cookie)
    return RedirectResponse(LOGIN, status_code=303)


def own_address(text: str) -> str:
    """An address of this server, whatever was asked: a login never leads elsewhere."""
    is_own = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable() and "\\" not in text
    return text if is_own and not text.startswith(LOGIN) else "/"


def _form(visit: Visit, after: str, name: str = "", trouble: str = "", status: int = 200) -> HTMLResponse:
    return page(
        visit,
        "pages/login.html.j2",
        title=visit.say("guard.login"),
        status=status,
        after=own_address(after),
        name=name,
        trouble=trouble,
    )
