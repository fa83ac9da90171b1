"""What every answer tells the browser: load nothing from elsewhere, run nothing from a page, keep nothing private."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tillerman.country import shipped
from tillerman.web.mistakes import told
from tillerman.web.serving import Serving

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    # not `no-referrer`: browsers would then blank the origin of our own forms, by which the door knows them
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"
KEEP_NOTHING = "no-store"
_IN_STUDY = 3  # parts of a path such as /studies/kenya/keeps


class Headers:
    """Put the headers on every answer, those of mistakes inside the program too. The outermost layer."""

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self.app = app
        self.serving = serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_begun = False

        async def marked(message: Message) -> None:
            nonlocal is_begun
            if message["type"] == "http.response.start":
                is_begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS:
                    headers[name] = value
                headers["cache-control"] = kept(scope, self.serving, message["status"])
            await send(message)

        try:
            await self.app(scope, receive, marked)
        except Exception:
            if not is_begun:
                answer = await told(Request(scope), 500, "guard.inside")
                await answer(scope, receive, marked)
            raise  # whoever runs the server reads it in the log


def kept(scope: Scope, serving: Serving, status: int) -> str:
    """How long a browser may keep an answer: shipped files for ever, shipped countries if it asks again, own never."""
    path = str(scope["path"])
    if path.startswith("/static/"):
        has_mark = scope["query_string"].startswith(b"v=")
        return FOR_EVER if has_mark and status == 200 else ASK_AGAIN
    parts = path.removeprefix("/api/v1").strip("/").split("/")
    is_public = len(parts) >= _IN_STUDY and parts[0] == "studies" and parts[1] in shipped()
    return ASK_AGAIN if is_public and not serving.keys and not serving.is_private else KEEP_NOTHING
