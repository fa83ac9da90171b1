"""How a server is set up: where it listens, where it keeps studies, and who may come in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
PORT = 8321
ANYBODY = ""  # whose key it is when it is not one person's


@dataclass(frozen=True)
class Key:
    """What a visitor must know to come in: a token of one person, or of anybody who says a name."""

    owner: str
    token: str


@dataclass(frozen=True)
class Serving:
    """The settings of one server."""

    folder: Path  # where studies, jobs and sessions are kept; in a private session one that is deleted at the end
    host: str = LOOPBACK
    port: int = PORT
    keys: tuple[Key, ...] = ()  # demanded for any address but loopback; without any, the visitor is the machine's user
    is_private: bool = False
    is_behind_https: bool = False  # something in front of this server speaks https to browsers
    known_as: tuple[str, ...] = ()  # other names under which browsers reach it
