"""The door: where a request comes from, who sends it, and whether it may change anything."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import quote, urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tillerman.web.guard.hosts import is_known, known_hosts
from tillerman.web.guard.keys import Keys
from tillerman.web.guard.limits import MAX_DEPTH, depth_of
from tillerman.web.guard.passes import FORM_FIELD, LOCAL, NOBODY_YET, Pass, give_pass, pass_of
from tillerman.web.guard.sessions import Sessions, fresh_cookie
from tillerman.web.mistakes import told
from tillerman.web.serving import Serving
from tillerman.web.visit import LANGUAGE_COOKIE
from tillerman.words import LANGUAGES

FORM_HEADER = "x-csrf-token"
PROGRAM_HEADER = "x-tillerman"  # no page of another site can send it
LOGIN = "/login"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN = (LOGIN, "/static/")  # what may be seen before coming in
_A_YEAR = 365 * 24 * 3600  # how long a browser remembers the language that was chosen
_COOKIE_LENGTH = len(fresh_cookie())
# A browser keeps a strict cookie back when a link on another site is followed; asked from this page, it sends it.
_AGAIN = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0"><title>Tillerman</title>'


class Door:
    """Send away who may not come in, and give everybody else a pass."""

    def __init__(self, app: ASGIApp, serving: Serving, sessions: Sessions, keys: Keys) -> None:
        self.app = app
        self.serving = serving
        self.sessions = sessions
        self.keys = keys
        self._hosts = known_hosts(serving)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if not is_known(request.headers.get("host", ""), self.serving, self._hosts):
            await (await told(request, 421, "guard.host"))(scope, receive, send)
            return
        cookie = self._cookie(request)
        if not cookie and _is_followed_link(request):
            await HTMLResponse(_AGAIN)(scope, receive, send)
            return
        is_new = not cookie and not _is_program(request) and not request.url.path.startswith("/static/")
        cookie = fresh_cookie() if is_new else cookie
        owner = self._owner(request, cookie)
        give_pass(scope, Pass(owner, cookie, self.sessions.form_mark(cookie) if cookie else ""))
        refusal = await self._refusal(request, owner)
        answer = _with_cookies(
            send, set_cookie(self.serving, cookie) if is_new else "", request.query_params.get("lang", "")
        )
        await (refusal or self.app)(scope, receive, answer)

    def _cookie(self, request: Request) -> str:
        found = request.cookies.get(cookie_name(self.serving), "")
        return found if len(found) == _COOKIE_LENGTH else ""

    def _owner(self, request: Request, cookie: str) -> str:
        if not self.serving.keys:
            return LOCAL
        if cookie and (found := self.sessions.owner(cookie)) is not None:
            return found
        name, token = _basic(request) if _is_program(request) else ("", "")
        return (token and self.keys.owner(name, token, _sender(request))) or NOBODY_YET

    async def _refusal(self, request: Request, owner: str) -> Response | None:
        """Why a request may not go on; None where it may."""
        path = request.url.path
        if owner == NOBODY_YET and not path.startswith(_OPEN):
            if self.keys.is_shut(_sender(request)):
                return await told(request, 429, "guard.wait")
            if _is_program(request):
                return await told(request, 401, "guard.come_in")
            here = path + (f"?{request.url.query}" if request.url.query else "")
            language = request.query_params.get("lang", "")
            asked = f"&lang={language}" if language in LANGUAGES else ""
            return RedirectResponse(f"{LOGIN}?after={quote(here, safe='')}{asked}", status_code=303)
        if request.method not in _SAFE and not _is_from_here(request):
            return await told(request, 403, "guard.elsewhere")
        return None


def cookie_name(serving: Serving) -> str:
    """The name of the cookie; servers on other ports of the same machine have others."""
    return f"{'__Host-' if serving.is_behind_https else ''}tillerman-{serving.port}"


def set_cookie(serving: Serving, cookie: str) -> str:
    """The header that hands a browser its cookie; it goes when the browser is closed."""
    secure = "; Secure" if serving.is_behind_https else ""
    return f"{cookie_name(serving)}={cookie}; Path=/; HttpOnly; SameSite=Strict{secure}"


async def checked(request: Request) -> None:
    """Refuse a change whose form was not given out to this browser; a dependency of every page and answer."""
    if _is_json(request):
        try:
            depth = depth_of(await request.json())
        except (ValueError, RecursionError) as error:
            raise HTTPException(400) from error
        if depth > MAX_DEPTH:
            raise HTTPException(413)
    if request.method in _SAFE or (_is_program(request) and request.headers.get(PROGRAM_HEADER) == "1"):
        return
    mark = request.headers.get(FORM_HEADER, "")
    if not mark and _is_form(request):
        field = (await request.form()).get(FORM_FIELD, "")
        mark = field if isinstance(field, str) else ""
    cookie = pass_of(request.scope).cookie
    sessions: Sessions = request.app.state.sessions
    if not cookie or not sessions.is_form_mark(cookie, mark):
        raise HTTPException(403)


def _is_from_here(request: Request) -> bool:
    """Tell whether one of our own pages, or no page at all, sends a request."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    if origin is None or (origin == "null" and site == "same-origin"):
        return True
    return urlsplit(origin).netloc.casefold() == request.headers.get("host", "").casefold()


def _is_followed_link(request: Request) -> bool:
    headers = request.headers
    return request.method == "GET" and (
        headers.get("sec-fetch-site") in {"cross-site", "same-site"} and headers.get("sec-fetch-mode") == "navigate"
    )


def _is_program(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().endswith("json")


def _is_form(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    return kind in {"application/x-www-form-urlencoded", "multipart/form-data"}


def _sender(request: Request) -> str:
    return request.client.host if request.client else ""


def _basic(request: Request) -> tuple[str, str]:
    """Name and token, as a program sends them."""
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() != "basic":
        return "", ""
    try:
        name, _, token = base64.b64decode(rest, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, token


def _with_cookies(send: Send, own: str, language: str) -> Send:
    """Hand the browser its cookie, and let it remember a language that was chosen for a page (not for a file)."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if own:
                headers.append("set-cookie", own)
            if language in LANGUAGES and headers.get("content-type", "").startswith("text/html"):
                told = f"{LANGUAGE_COOKIE}={language}; Path=/; Max-Age={_A_YEAR}; HttpOnly; SameSite=Lax"
                headers.append("set-cookie", told)
        await send(message)

    return sent
