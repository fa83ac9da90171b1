"""A mark of content for every answer, so that asking again for what did not change costs no second transfer."""

from __future__ import annotations

from hashlib import blake2b

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_BYTES = 12


class Marked:
    """Adds an `ETag` to answers that are sent in one piece, and answers 304 where the asker has that very content."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        known = Headers(scope=scope).get("if-none-match", "")
        start: Message | None = None

        async def sending(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _may_be_marked(message):
                start = message
                return
            if start is not None and message["type"] == "http.response.body":
                first, start = start, None
                if not message.get("more_body", False):
                    await _send_marked(first, message, known, send)
                    return
                await send(first)
            await send(message)

        await self.app(scope, receive, sending)


def _may_be_marked(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return start["status"] == 200 and "etag" not in headers


async def _send_marked(start: Message, body: Message, known: str, send: Send) -> None:
    # weak, because the same content may be sent compressed and uncompressed
    mark = f'W/"{blake2b(body.get("body", b""), digest_size=_BYTES).hexdigest()}"'
    MutableHeaders(scope=start)["etag"] = mark
    if mark in {item.strip() for item in known.split(",")}:
        headers = MutableHeaders(scope=start)
        del headers["content-length"]
        await send({**start, "status": 304})
        await send({"type": "http.response.body", "body": b""})
        return
    await send(start)
    await send(body)
