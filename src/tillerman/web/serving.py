"""How a server is set up: where it listens, where it keeps studies, and who may come in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
PORT = 8321


@dataclass(frozen=True)
class Serving:
    """The settings of one server."""

    folder: Path  # where studies, jobs and sessions are kept; in a private session one that is deleted at the end
    host: str = LOOPBACK
    port: int = PORT
    token: str | None = None  # what a visitor must know; demanded for any address but loopback
    is_private: bool = False
