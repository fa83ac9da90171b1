"""How much one request may bring."""

from __future__ import annotations

from fastapi import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tillerman.web.mistakes import told

MAX_UPLOAD = 20_000_000  # bytes; as much as one file of a country may have
MAX_BODY = 1_000_000  # bytes of any other request
MAX_QUERY = 4_000  # bytes
MAX_DEPTH = 20  # lists and records within each other, in JSON


class Limits:
    """Refuse what is too long before it is read, and stop reading what turns out to be."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if len(scope["query_string"]) > MAX_QUERY:
            await (await told(request, 414, "guard.long_query"))(scope, receive, send)
            return
        most = most_of(request)
        said = request.headers.get("content-length", "")
        if said.isdigit() and int(said) > most:
            await (await told(request, 413, "guard.too_large", limit=f"{most / 1e6:g}"))(scope, receive, send)
            return
        n_bytes = 0

        async def counted() -> Message:
            nonlocal n_bytes
            message = await receive()
            n_bytes += len(message.get("body", b""))
            if n_bytes > most:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)


def most_of(request: Request) -> int:
    """How many bytes a request may bring; a form with files may bring more."""
    return MAX_UPLOAD if request.headers.get("content-type", "").startswith("multipart/form-data") else MAX_BODY


def depth_of(found: object) -> int:
    """How many lists and records stand within each other; no deeper than one past the limit is counted."""
    depth, layer = 0, [found]
    while layer and depth <= MAX_DEPTH:
        layer = [
            item
            for part in layer
            if isinstance(part, dict | list)
            for item in (part.values() if isinstance(part, dict) else part)
        ]
        depth += 1
    return depth
